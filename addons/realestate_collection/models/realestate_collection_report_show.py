import base64

from odoo import api, fields, models
from odoo.tools import format_datetime
from odoo.tools.misc import formatLang

from ..tools.report_sheet import Page, write_report
from .realestate_collection_report_line import CONVERTED
from .report_text import get_sheets


class RealestateCollectionReport(models.Model):
    """The report on screen, as paper and as spreadsheet: the same tables."""

    # A file for each concern keeps them short.
    _inherit = "realestate.collection.report"  # pylint: disable=consider-merging-classes-inherited

    tables = fields.Html(compute="_compute_tables", sanitize=False)
    xlsx = fields.Binary(compute="_compute_xlsx", attachment=False)
    xlsx_name = fields.Char(compute="_compute_xlsx")

    @api.depends("date_made")
    @api.depends_context("lang")
    def _compute_tables(self):
        for report in self:
            report.tables = self.env["ir.qweb"]._render(
                "realestate_collection.collection_report_screen",
                {"sheets": report._get_sheets()},
            )

    @api.depends("date_made")
    @api.depends_context("lang")
    def _compute_xlsx(self):
        for report in self:
            report.xlsx = base64.b64encode(report._get_xlsx())
            report.xlsx_name = f"{report._get_file_name()}.xlsx"

    # === BUSINESS === #

    def _get_file_name(self):
        """A name for files: company, period, date."""
        self.ensure_one()
        # The company's own name and settings, for whoever works in it.
        company = self.company_id.sudo().name.replace("/", "-")
        return f"{company} {self.name}".replace("/", "-")

    def _get_tables(self):
        """The tables of the report, see :mod:`..tools.report_table`."""
        self.ensure_one()
        self.check_access("read")
        # Whoever may read the report may read the names of its officers and levels.
        return self.env["realestate.collection.report.tables"]._get_tables(self.sudo())

    def _get_lines(self):
        """What stands below the title: company, when it was made, whether it is
        final."""
        self.ensure_one()
        made = format_datetime(self.env, self.date_made, dt_format="medium")
        if self.is_final:
            state = self.env._("As of %(made)s; the period is over.", made=made)
        else:
            state = self.env._("As of %(made)s; the period still runs.", made=made)
        # The company's own name and settings, for whoever works in it.
        return [self.company_id.sudo().name, state]

    def _get_sheets(self):
        """The tables with their figures as text, for screen and paper."""
        return get_sheets(self.env, self._get_tables())

    def _get_xlsx(self):
        """The report as the bytes of a spreadsheet whose sums are formulas."""
        self.ensure_one()
        pages = [
            Page(table.title, self.name, self._get_lines(), [table])
            for table in self._get_tables()
        ]
        pages = pages or [Page(self.name, self.name, self._get_lines(), [])]
        # The company's own name and settings, for whoever works in it.
        return write_report(pages, author=self.company_id.sudo().name)

    def _get_pdf(self):
        """The report as the bytes of a PDF."""
        self.ensure_one()
        action = "realestate_collection.action_report_collection_report"
        return self.env["ir.actions.report"]._render_qweb_pdf(action, self.ids)[0]

    def get_summary(self):
        """The main figures by currency, as text.

        :return: list of dicts of ``currency`` and the amounts by their names
        """
        self.ensure_one()
        self.check_access("read")
        rows = []
        # Lines of what its reader may see.
        for currency, lines in self.sudo().line_ids.grouped("currency_id").items():
            sums = {
                name: formatLang(
                    self.env,
                    sum(lines.mapped(name)),
                    digits=currency.decimal_places,
                )
                for name in CONVERTED
            }
            rows.append({"currency": currency.name, **sums})
        return sorted(rows, key=lambda row: row["currency"])
