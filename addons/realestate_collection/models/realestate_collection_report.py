from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ..tools import period as periods

PERIODS = [("day", "Daily"), ("week", "Weekly"), ("month", "Monthly")]
READERS = "realestate_collection.group_manager,account.group_account_invoice"


class RealestateCollectionReport(models.Model):
    """The collection report of a day, a week or a month: what fell due, came in, is
    overdue and was done about it, by project and officer.

    A snapshot: once its period is over it stays as it was, whatever is booked later. Of
    a period that still runs it may be made anew.
    """

    _name = "realestate.collection.report"
    _description = "Collection Report"
    _order = "date_to desc, date_from, id desc"
    _rec_names_search = ["date_to"]

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    period = fields.Selection(PERIODS, required=True, readonly=True)
    date_from = fields.Date(string="From", required=True, readonly=True)
    date_to = fields.Date(string="Until", required=True, readonly=True, index=True)
    date_made = fields.Datetime(string="Made on", required=True, readonly=True)
    is_final = fields.Boolean(
        string="Final", readonly=True, help="Its period was over when it was made."
    )
    line_ids = fields.One2many("realestate.collection.report.line", "report_id")
    level_ids = fields.One2many("realestate.collection.report.level", "report_id")
    sending_ids = fields.One2many("realestate.collection.report.sending", "report_id")

    _one_a_period = models.UniqueIndex(
        "(company_id, period, date_from)", "There is a report of this period already."
    )

    @api.depends("period", "date_from", "date_to")
    @api.depends_context("lang")
    def _compute_name(self):
        kinds = {
            "day": self.env._("Daily collection report"),
            "week": self.env._("Weekly collection report"),
            "month": self.env._("Monthly collection report"),
        }
        for report in self:
            report.name = f"{kinds.get(report.period, '')}, {report._get_dates()}"

    def _get_dates(self):
        """The period in words: a day, a month with its year, or both ends."""
        self.ensure_one()
        if not self.date_from:
            return ""
        if self.period == "month":
            return format_date(self.env, self.date_from, date_format="LLLL yyyy")
        # With the month in letters: nobody takes the month for the day.
        first, last = (
            format_date(self.env, day, date_format="medium")
            for day in (self.date_from, self.date_to)
        )
        return first if first == last else f"{first} – {last}"

    # === ACTIONS === #

    @api.model
    def make(self, period, day=None):
        """Make the report of the period that ``day`` is in, for the current company.

        One whose period was over is never made again: it is returned as it is.

        :param period: day, week or month
        :param day: calendar date, default today
        :raises AccessError: unless a collection manager or an accountant calls
        """
        if not self.env.su and not self.env.user.has_groups(READERS):
            raise AccessError(
                self.env._(
                    "Only collection managers and accountants make collection reports."
                )
            )
        company = self.env.company
        day = self._read_day(day) or company._realestate_today()
        # Whoever may have the report need not read every record it sums up.
        return self.sudo()._make(company, period, day).with_env(self.env)

    def action_make_again(self):
        """Make the report anew while its period runs."""
        self.ensure_one()
        self.with_company(self.company_id).make(self.period, self.date_from)
        return True

    def action_print(self):
        """Print the report."""
        report = self.env.ref("realestate_collection.action_report_collection_report")
        return report.report_action(self)

    def action_download(self):
        """Download the report as a spreadsheet."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/xlsx?download=true"
            "&filename_field=xlsx_name",
            "target": "download",
        }

    def action_analyse(self):
        """Show the figures as pivot and graph, beside those of other periods."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "realestate_collection.realestate_collection_report_line_action"
        )
        action["domain"] = [
            ("company_id", "=", self.company_id.id),
            ("period", "=", self.period),
        ]
        action["context"] = {}
        return action

    # === BUSINESS === #

    @api.model
    def _read_day(self, value):
        try:
            return periods.read_day(value)
        except ValueError as error:
            raise UserError(
                self.env._(
                    "Collection report: “%(date)s” is no date. Write it as 2026-12-31.",
                    date=value,
                )
            ) from error

    @api.model
    def _make(self, company, period, day):
        """The report of the period that ``day`` is in, made unless it stands."""
        if period not in list(dict(PERIODS)):
            raise UserError(
                self.env._(
                    "Collection report: “%(period)s” is no period. Choose day, week or "
                    "month.",
                    period=period,
                )
            )
        first, last = periods.bounds(period, day)
        today = company._realestate_today()
        if first > today:
            raise UserError(
                self.env._(
                    "There is nothing to report of %(date)s yet. Choose a period that "
                    "has begun.",
                    date=format_date(self.env, first),
                )
            )
        report = self.search(
            [
                ("company_id", "=", company.id),
                ("period", "=", period),
                ("date_from", "=", first),
            ]
        )
        if not report.is_final:
            report = report._write_figures(company, period, first, last)
        return report

    def _write_figures(self, company, period, first, last):
        """Create the report, or put new figures into the one that is not final."""
        values = {
            "date_made": fields.Datetime.now(),
            "is_final": last < company._realestate_today(),
        }
        if self:
            self.line_ids.unlink()
            self.level_ids.unlink()
            self.write(values)
        else:
            values |= {
                "company_id": company.id,
                "period": period,
                "date_from": first,
                "date_to": last,
            }
        report = self or self.create(values)
        figures = self.env["realestate.collection.report.figures"]
        lines, levels = figures._collect(company, first, last)
        report.line_ids.create([{**line, "report_id": report.id} for line in lines])
        report.level_ids.create([{**level, "report_id": report.id} for level in levels])
        return report
