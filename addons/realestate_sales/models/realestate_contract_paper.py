import base64
import hashlib
import io
from collections import OrderedDict

from odoo import fields, models
from odoo.exceptions import UserError

from .collision import collide

CONTRACT_REPORT = "realestate_sales.report_contract"
#: States whose text is settled. A cancelled contract is drawn with its watermark.
SETTLED = ("approved", "signed", "sealed", "active", "completed")


class RealestateContract(models.Model):
    """The text of an approved contract: drawn once, kept, and printed ever after."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    paper_id = fields.Many2one(
        "realestate.document",
        string="Kept Text",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="The PDF that every print of this contract is.",
    )
    paper_sha256 = fields.Char(
        string="Kept Text (SHA-256)",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )

    def _get_fact_fields(self):
        return super()._get_fact_fields() | {"paper_id", "paper_sha256"}

    # === ACTIONS === #

    def action_draw_again(self, reason=None):
        """Drop the kept text of a contract that is not signed yet: it is drawn anew,
        and every buyer signs anew.

        :param reason: text kept with the signatures; required
        """
        self._check_is_supervisor()
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(
                self.env._("Say why the text is drawn again: the reason is kept.")
            )
        # The kept text and signatures are written by nobody's hand.
        for contract in self.sudo().filtered("paper_id"):
            if contract.state != "approved":
                raise UserError(
                    self.env._(
                        "Contract %(contract)s is “%(state)s”: its text stays.",
                        contract=contract.name,
                        state=contract._state_label(contract.state),
                    )
                )
            contract._void_signatures(reason.strip())
            contract.message_post(
                body=self.env._(
                    "The text (SHA-256 %(hash)s) counts no longer: %(reason)s",
                    hash=contract.paper_sha256,
                    reason=reason.strip(),
                )
            )
            contract._write_facts(paper_id=False, paper_sha256=False)
        return True

    # === BUSINESS === #

    def _is_text_settled(self):
        self.ensure_one()
        return self.state in SETTLED

    def _keep_paper(self):
        """The document with the text of this contract, which is drawn and kept unless
        it has been.

        :raises UserError: when the text is not settled yet
        """
        self.ensure_one()
        if not self._is_text_settled():
            raise UserError(
                self.env._(
                    "Contract %(contract)s is “%(state)s”: its text is kept once it is "
                    "approved.",
                    contract=self.name,
                    state=self._state_label(self.state),
                )
            )
        # Whoever prints the contract may have its kept text made.
        if not self.sudo().paper_id:
            # A print of a settled contract keeps it.
            reports = self.env["ir.actions.report"]
            reports._render_qweb_pdf_prepare_streams(CONTRACT_REPORT, {}, self.ids)
        return self.sudo().paper_id

    def _keep_drawn(self, content):
        """Keep ``content`` as the text of this contract."""
        self.ensure_one()
        document = self._keep_document("CONTRACT", content)
        self._write_facts(paper_id=document.id, paper_sha256=document.sha256)

    def _keep_document(self, code, content, name=None):
        """File a PDF made by the company so that nobody changes it any more."""
        kind = self.env["realestate.document.type"].search([("code", "=", code)])
        lang = self.env["report.realestate_sales.report_contract"]._get_lang(self)
        name = name or kind.with_context(lang=lang).name
        documents = self.env["realestate.document"].with_context(tracking_disable=True)
        document = documents.create(
            {"contract_id": self.id, "type_id": kind.id, "lang": lang, "name": name}
        )
        document._store_file(content, f"{name} {self.name.replace('/', '-')}.pdf")
        document._update_state("accepted", is_kept=True)
        return document

    def _read_paper(self):
        """The bytes of the kept text, and no others.

        :raises UserError: when the file is not what was kept
        """
        self.ensure_one()
        # Whoever may print the contract gets its text.
        own = self.sudo().with_context(bin_size=False)
        content = base64.b64decode(own.paper_id.file or b"")
        if hashlib.sha256(content).hexdigest() != own.paper_sha256:
            raise UserError(
                self.env._(
                    "The kept text of contract %(contract)s is not what was kept: its "
                    "file has changed or is lost (document %(document)s, SHA-256 "
                    "%(hash)s expected). Nothing is printed. Ask the administrator to "
                    "restore the file from the backup.",
                    contract=self.name,
                    document=own.paper_id.id,
                    hash=own.paper_sha256,
                )
            )
        return content


class RealestateDocument(models.Model):
    _inherit = "realestate.document"

    is_kept = fields.Boolean(
        string="Kept",
        readonly=True,
        copy=False,
        help="A text that counts as it is: it is neither replaced nor refused.",
    )

    def _get_fact_fields(self):
        return super()._get_fact_fields() | {"is_kept"}

    def _check_not_kept(self):
        for document in self.filtered("is_kept"):
            raise UserError(
                self.env._(
                    "%(document)s of contract %(contract)s is kept as it is.",
                    document=document.display_name,
                    contract=document.contract_id.name,
                )
            )

    def _check_may_upload(self):
        self._check_not_kept()
        return super()._check_may_upload()

    def _check_may_decide(self):
        self._check_not_kept()
        return super()._check_may_decide()

    def _check_is_supervisor(self):
        self._check_not_kept()
        return super()._check_is_supervisor()


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        """Print the kept text of contracts, and keep what is drawn for the first time.

        A contract asked for twice is printed once: each has its own text.
        """
        report = self._get_report(report_ref)
        if report.report_name != CONTRACT_REPORT or not res_ids:
            return super()._render_qweb_pdf_prepare_streams(
                report_ref, data, res_ids=res_ids
            )
        contracts = self.env["realestate.contract"].browse(dict.fromkeys(res_ids))
        contracts.check_access("read")
        # Whoever may print a contract may be served its kept text.
        own = contracts.sudo()
        kept = own.filtered(lambda one: one.paper_id and one._is_text_settled())
        streams = {
            contract.id: {
                "stream": io.BytesIO(contract._read_paper()),
                "attachment": None,
            }
            for contract in kept
        }
        fresh = own - kept
        if fresh:
            settled = fresh.filtered(lambda one: one._is_text_settled())
            # Who prints them first at the same time waits here and gets what is kept:
            # drawn twice, the same bytes would be found half written in the filestore.
            collide(settled)
            drawn = super()._render_qweb_pdf_prepare_streams(
                report_ref, data, res_ids=fresh.ids
            )
            for contract in settled:
                contract._keep_drawn(drawn[contract.id]["stream"].getvalue())
            streams |= drawn
        return OrderedDict((number, streams[number]) for number in contracts.ids)
