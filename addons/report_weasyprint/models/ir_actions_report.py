import io
import logging
from collections import OrderedDict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.pdf import to_pdf_stream

from ..tools import engine

_logger = logging.getLogger(__name__)


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    pdf_engine = fields.Selection(
        [("wkhtmltopdf", "wkhtmltopdf"), ("weasyprint", "WeasyPrint")],
        string="PDF Engine",
        default="wkhtmltopdf",
        required=True,
        help="WeasyPrint draws every script, running headers and page numbers "
        "without an outside program. It needs a template made for it.",
    )

    # === WEB CLIENT === #

    def _get_readable_fields(self):
        # The web client asks for wkhtmltopdf only where this field names it.
        return super()._get_readable_fields() | {"pdf_engine"}

    def report_action(self, docids, data=None, config=True):
        """Return the print action, which tells the web client the engine.

        Papers of WeasyPrint have a layout of their own, so nobody is sent to the
        wizard that picks one of wkhtmltopdf's.
        """
        if self.pdf_engine == "weasyprint":
            config = False
        action = super().report_action(docids, data=data, config=config)
        if action.get("type") == "ir.actions.report":
            action["pdf_engine"] = self.pdf_engine
        return action

    # === JOBS === #

    def _print_as_job(self, records, name=None):
        """Print ``records`` in the background and open the job.

        :param str name: what the job and its files are called, the report's name if
            not given
        """
        self.ensure_one()
        batch = self.env["paper.batch"]._create_for(self, records, name)
        return batch.action_open()

    # === RENDERING === #

    def _get_rendering_context(self, report, docids, data):
        data = super()._get_rendering_context(report, docids, data)
        # Records are drawn one by one, yet read as one batch.
        batch_ids = self.env.context.get("weasyprint_batch_ids")
        docs = data.get("docs")
        if batch_ids and isinstance(docs, models.BaseModel):
            if docs._name == report.model:
                data["docs"] = docs.with_prefetch(batch_ids)
        return data

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        """Draw the papers of WeasyPrint reports record by record.

        Same contract as Odoo's: ``{res_id: {"stream", "attachment"}}`` in the order
        asked for; under the key ``False`` where the whole cannot be told apart by
        record (no record at all, or one of them twice).

        :raise AccessError: the user may not read one of the records, even where the
            template shows nothing of it or the PDF is already stored
        :raise UserError: WeasyPrint or one of its libraries is missing
        """
        report = self._get_report(report_ref)
        if report.pdf_engine != "weasyprint":
            return super()._render_qweb_pdf_prepare_streams(
                report_ref, data, res_ids=res_ids
            )
        data = dict(data or {}, debug=False)
        data.setdefault("report_type", "pdf")
        batch_ids = self._weasyprint_batch_ids(res_ids or [])
        own = self.with_context(weasyprint_batch_ids=batch_ids)
        records = self.env[report.model].browse(res_ids or [])
        records.with_prefetch(batch_ids).check_access("read")
        if not res_ids or len(res_ids) != len(set(res_ids)):
            stream = own._weasyprint_undivided_stream(report, data, res_ids)
            return {False: {"stream": stream, "attachment": None}}
        return own._weasyprint_streams(report, data, res_ids)

    @api.model
    def _weasyprint_batch_ids(self, res_ids):
        """Records read as one batch: those of a job's step, or all that are drawn."""
        batch_ids = self.env.context.get("weasyprint_batch_ids", ())
        return batch_ids if {*res_ids} <= {*batch_ids} else tuple(res_ids)

    def _weasyprint_streams(self, report, data, res_ids):
        """Return one stream per record, reusing stored papers where asked to."""
        streams = OrderedDict()
        run = engine.PaperRun(report.name)
        for record in self.env[report.model].browse(res_ids):
            attachment = self._weasyprint_stored_paper(report, record)
            stored = attachment and report.attachment_use and to_pdf_stream(attachment)
            if run.streams and (stored or run.is_full()):
                run.pdf()
                run = engine.PaperRun(report.name)
            stream = stored or run.add(
                self._weasyprint_document(report, data, record.ids)
            )
            streams[record.id] = {"stream": stream, "attachment": attachment}
        return streams

    def _weasyprint_stored_paper(self, report, record):
        """Return the attachment that holds the paper of ``record``, if any."""
        if not report.attachment or self.env.context.get("report_pdf_no_attachment"):
            return None
        return report.retrieve_attachment(record)

    def _weasyprint_undivided_stream(self, report, data, res_ids):
        """Return one stream for a print without records or with repeated ones."""
        run = engine.PaperRun(report.name)
        for docids in [[res_id] for res_id in res_ids or []] or [res_ids]:
            run.add(self._weasyprint_document(report, data, docids))
        return io.BytesIO(run.pdf())

    def _weasyprint_document(self, report, data, docids):
        """Render the template for ``docids`` and return it laid out."""
        self._weasyprint_check_engine()
        html = self.with_context(debug=False)._render_qweb_html(
            report, docids, data=data
        )[0]
        document, refused = engine.lay_out(
            html.decode(),
            page_css=self._weasyprint_page_css(report),
            base_url=report.get_base_url(),
        )
        for url in refused:
            _logger.warning(
                "Report %s asked for %.200s, which was refused: images, fonts and "
                "styles must stand in the template or be data: addresses.",
                report.report_name,
                url,
            )
        return document

    @api.model
    def _weasyprint_check_engine(self):
        """Raise a ``UserError`` that says what to install if WeasyPrint cannot load."""
        missing = engine.missing_part()
        if missing:
            raise UserError(
                self.env._(
                    "This paper cannot be printed: %(name)s is missing on the server "
                    "(%(cause)s). Ask your administrator to run “%(command)s” there "
                    "and to restart Odoo.",
                    name=missing.name,
                    cause=missing.cause,
                    command=missing.command,
                )
            )

    def _weasyprint_page_css(self, report):
        """Return the ``@page`` rule for the paper format of the report or company.

        Only size and orientation are taken: the margins of a paper format are made
        for wkhtmltopdf's header and footer, ours belong to the stylesheet.
        """
        paper = report.get_paperformat()
        sides = paper.print_page_width or 210, paper.print_page_height or 297
        if self.env.context.get("landscape"):
            sides = max(sides), min(sides)
        width, height = sides
        return f"@page {{ size: {width}mm {height}mm }}"

    # === MERGING === #

    @api.model
    def _merge_pdfs(self, streams, handle_error=None):
        """Merge laid-out papers by their pages, finished PDF files as Odoo does.

        What remains after that, such as stored papers in between or the runs of a
        large batch, goes through Odoo's own merge.
        """
        merged = engine.merge_runs(streams)
        if len(merged) == 1 < len(streams):
            return merged[0]
        options = {"handle_error": handle_error} if handle_error else {}
        return super()._merge_pdfs(merged, **options)
