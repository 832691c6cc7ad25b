import base64
import gc
import io
import logging
import time

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools.pdf import PdfFileReader, merge_pdf

_logger = logging.getLogger(__name__)

#: Pages of a file: what a printer takes well and what is joined in little memory.
PAGES_A_FILE = 500


class PaperBatchLine(models.Model):
    """One paper of a print job."""

    _name = "paper.batch.line"
    _description = "Paper of a Print Job"
    _order = "batch_id, sequence, id"

    batch_id = fields.Many2one(
        "paper.batch", required=True, readonly=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(readonly=True)
    name = fields.Char(readonly=True)
    res_id = fields.Integer(string="Record", required=True, readonly=True)
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("drawn", "Drawn"),
            ("joined", "In a File"),
            ("failed", "Failed"),
        ],
        default="waiting",
        required=True,
        readonly=True,
        index=True,
    )
    message = fields.Char(string="Reason", readonly=True)
    page_count = fields.Integer(string="Pages", readonly=True)
    # Kept until the papers are joined.
    pdf = fields.Binary(string="PDF", attachment=True, readonly=True)

    def _draw(self, seconds=None):
        """Draw the papers with the rights of the user who asked for them.

        One that cannot be drawn keeps the reason and holds up none of the others.

        :param seconds: after which no other is begun
        :return: the papers that were drawn, or not for a reason
        """
        batch_ids = tuple(self.mapped("res_id"))
        begun = time.monotonic()
        for number, line in enumerate(self):
            if number and seconds and time.monotonic() - begun > seconds:
                return self[:number]
            report = line._get_report().with_context(weasyprint_batch_ids=batch_ids)
            try:
                with self.env.cr.savepoint():
                    pdf = report._render_qweb_pdf(report, [line.res_id])[0]
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                # Nothing is wrong with the paper: the job draws it again.
                raise
            except UserError as error:
                line._update_state("failed", message=str(error))
            except Exception:  # a bad template or record, whatever it raises
                _logger.exception("Print job: %s was not drawn", line.display_name)
                line._update_state("failed", message=line._get_failure_text(report))
            else:
                line._keep(pdf)
        return self

    def _get_report(self):
        """The report as the user would print it: rights, language, companies."""
        batch = self.batch_id
        companies = batch.company_ids & batch.user_id.company_ids
        return batch.report_id.with_user(batch.user_id).with_context(
            lang=batch.user_id.lang,
            tz=batch.user_id.tz,
            allowed_company_ids=companies.ids or batch.user_id.company_id.ids,
            force_report_rendering=True,
        )

    def _get_failure_text(self, report):
        return report.env._("The paper could not be drawn; the server's log says why.")

    def _keep(self, pdf):
        pages = PdfFileReader(io.BytesIO(pdf), strict=False).getNumPages()
        self._update_state("drawn", page_count=pages, pdf=base64.b64encode(pdf))

    def _update_state(self, state, **values):
        """The only writer of the state."""
        self.write({"state": state, **values})

    def _split_into_files(self):
        """Return these papers in their order, in groups that make one file each."""
        groups, pages = [], 0
        for line in self:
            if not groups or pages + line.page_count > PAGES_A_FILE:
                groups.append(self.browse())
                pages = 0
            groups[-1] |= line
            pages += line.page_count
        return groups

    def _join_papers(self):
        """Return one PDF of these papers."""
        pdfs = [base64.b64decode(line.pdf) for line in self]
        joined = pdfs[0] if len(pdfs) == 1 else merge_pdf(pdfs)
        # Pages refer to each other in circles.
        gc.collect()
        return joined
