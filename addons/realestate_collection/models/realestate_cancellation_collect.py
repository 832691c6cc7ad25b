import base64
import hashlib
import io
import logging
from dataclasses import dataclass

from PIL import Image

from odoo import models
from odoo.exceptions import UserError
from odoo.tools.pdf import PdfFileReader, merge_pdf

from odoo.addons.realestate_sales.tools import upload

_logger = logging.getLogger(__name__)

COVER = "realestate_collection.report_cancellation"
STATEMENT = "realestate_collection.report_statement"
#: Widest side of a scanned proof in the PDF, in pixels.
MAX_SIDE = 2000


@dataclass(frozen=True)
class Piece:
    """One thing of a package: what it is, its PDF if any, and what is wrong."""

    kind: str
    subject: str = ""
    content: bytes = b""
    problem: str = ""


class RealestateCancellationPackage(models.Model):
    """How a package is put together: pieces, checklist, one PDF."""

    # A file for each concern keeps them short.
    _inherit = "realestate.cancellation.package"  # pylint: disable=consider-merging-classes-inherited

    def action_collect(self):
        """Put the package together from what is there today.

        Done again, it is made anew: what is missing may have been found meanwhile.
        """
        self.check_access("write")
        self._check_is_draft()
        for package in self:
            # Papers and proofs are read for it, whoever may open each of them.
            package.sudo()._collect()
        return True

    def _collect(self):
        self.ensure_one()
        amount, overdue, oldest = self.contract_id._get_debt()
        self._write_facts(
            date=self.company_id._realestate_today(),
            amount_open=amount,
            amount_overdue=overdue,
            date_oldest=oldest or False,
        )
        pieces = [self._read_piece(piece) for piece in self._list_pieces()]
        self._write_items(pieces)
        self._write_file([piece.content for piece in pieces if piece.content])

    # === PIECES === #

    def _list_pieces(self):
        """What belongs to the package, in the order of the PDF."""
        return [
            *self._check_facts(),
            self._draw("contract", self._draw_contract, self.contract_id.name),
            self._draw("statement", self._draw_statement, ""),
            *self._list_notices(),
        ]

    def _check_facts(self):
        """What needs no paper of its own."""
        partner = self.partner_id
        money = self.currency_id.format(self.amount_overdue)
        return [
            Piece("arrears", money, problem="" if self.date_oldest else "no_arrears"),
            Piece(
                "hold",
                self.contract_id.dunning_held_text or "",
                problem="held" if self.contract_id.is_dunning_held else "",
            ),
            Piece(
                "address",
                ", ".join(filter(None, [partner.street, partner.zip, partner.city])),
                problem="" if partner.street and partner.city else "no_address",
            ),
        ]

    def _draw(self, kind, draw, subject):
        try:
            with self.env.cr.savepoint():
                return Piece(kind, subject, draw())
        except UserError as error:
            _logger.info("%s without %s: %s", self.name, kind, error)
        except Exception:  # a paper that cannot be drawn is missing, and said so
            _logger.exception("%s: %s could not be drawn", self.name, kind)
        return Piece(kind, subject, problem="not_drawn")

    def _draw_contract(self):
        self.contract_id._keep_paper()
        return self.contract_id._read_paper()

    def _draw_statement(self):
        return self._draw_report(STATEMENT, self.contract_id)

    def _draw_report(self, name, record):
        reports = self.env["ir.actions.report"]
        streams = reports._render_qweb_pdf_prepare_streams(name, {}, record.ids)
        return streams[record.id]["stream"].getvalue()

    def _get_notices(self):
        """What was sent to the buyer, oldest first."""
        notices = self.contract_id.notice_ids.filtered(
            lambda notice: (
                notice.kind != "reminder" and notice.state in ("sent", "failed")
            )
        )
        return notices.sorted(lambda notice: (notice.date, notice.id))

    def _list_notices(self):
        notices = self._get_notices()
        if not notices:
            return [Piece("notice", problem="no_notice")]
        pieces = []
        for notice in notices:
            pieces += [*self._get_letters(notice), *self._get_proofs(notice)]
        return pieces

    def _get_letters(self, notice):
        subject = f"{notice.name} · {notice.date}"
        if notice.state == "failed":
            return [Piece("notice", subject, problem="not_delivered")]
        letters = notice.attachment_id | notice.delivery_ids.attachment_id
        if not letters:
            return [Piece("notice", subject, problem="no_letter")]
        return [Piece("notice", subject, letter.raw or b"") for letter in letters]

    def _get_proofs(self, notice):
        """Who received the notice when, and the paper that says so."""
        if notice.state == "failed":
            return []
        received = notice.delivery_ids.filtered(
            lambda one: one.date_received or one.proof
        )
        if not received:
            return [Piece("proof", notice.name, problem="no_proof")]
        return [
            Piece(
                "proof",
                self._describe_proof(one),
                base64.b64decode(one.with_context(bin_size=False).proof or b""),
            )
            for one in received
        ]

    def _describe_proof(self, delivery):
        parts = [
            delivery.notice_id.name,
            delivery.registered_number,
            delivery.date_received and str(delivery.date_received),
            delivery.received_by or delivery.bailiff,
        ]
        return " · ".join(filter(None, parts))

    # === FILES === #

    def _read_piece(self, piece):
        """``piece`` with its content as PDF, or with the problem of it."""
        if not piece.content:
            return piece
        try:
            content = self._to_pdf(piece.content)
        except Exception as error:  # whatever a broken file makes of the reader
            _logger.info("%s: %s cannot be read: %s", self.name, piece.subject, error)
            return Piece(piece.kind, piece.subject, problem="unreadable")
        return Piece(piece.kind, piece.subject, content, piece.problem)

    def _to_pdf(self, content):
        """A PDF or a picture as PDF.

        :raises Exception: of the reader, for anything else
        """
        kind = upload.file_kind(content)
        if kind == upload.PDF:
            _count_pages(content)
            return content
        if kind not in (upload.JPEG, upload.PNG):
            raise ValueError("neither PDF nor picture")
        picture = Image.open(io.BytesIO(content)).convert("RGB")
        picture.thumbnail((MAX_SIDE, MAX_SIDE))
        drawn = io.BytesIO()
        picture.save(drawn, format="PDF", resolution=150)
        return drawn.getvalue()

    def _write_items(self, pieces):
        self.item_ids.unlink()
        self.env["realestate.cancellation.item"].create(
            [
                {
                    "package_id": self.id,
                    "sequence": number,
                    "kind": piece.kind,
                    "subject": piece.subject,
                    "problem": piece.problem or False,
                    "page_count": _count_pages(piece.content),
                }
                for number, piece in enumerate(pieces, 1)
            ]
        )

    def _write_file(self, contents):
        """Join the cover and the pieces."""
        cover = self._draw_report(COVER, self)
        joined = merge_pdf([cover, *contents])
        self._write_facts(
            file=base64.b64encode(joined),
            file_name=f"{self.name.replace('/', '-')}.pdf",
            page_count=_count_pages(joined),
            sha256=hashlib.sha256(joined).hexdigest(),
        )

    def _keep(self):
        """File the PDF with the contract: nobody changes it any more."""
        self.ensure_one()
        # Papers of the package, which its reader may see.
        own = self.sudo().with_context(bin_size=False)
        content = base64.b64decode(own.file or b"")
        if hashlib.sha256(content).hexdigest() != own.sha256:
            raise UserError(
                self.env._(
                    "%(package)s: its file is not what was approved. Put it together "
                    "again.",
                    package=self.name,
                )
            )
        document = own.contract_id._keep_document("CANCELLATION", content)
        own._write_facts(document_id=document.id)


def _count_pages(content):
    if not content:
        return 0
    return PdfFileReader(io.BytesIO(content), strict=False).getNumPages()
