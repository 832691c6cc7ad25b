import logging
from functools import partial

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import format_date, format_datetime

from odoo.addons.realestate_sales.models.collision import work_patiently

from ..tools import period as periods
from .realestate_collection_report import PERIODS

_logger = logging.getLogger(__name__)

WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]
#: So many missed periods are sent at most, the last ones.
MOST = 31


class RealestateCollectionReportSchedule(models.Model):
    """Who gets the collection report by mail, and when. The job catches up after an
    outage and never sends a period twice."""

    _name = "realestate.collection.report.schedule"
    _description = "Collection Report Schedule"
    _inherit = ["realestate.facts.mixin"]
    _order = "company_id, period, id"

    _fact_fields = frozenset({"date_last", "failure"})

    name = fields.Char(required=True, default=lambda self: self._get_default_name())
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    period = fields.Selection(PERIODS, required=True, default="week")
    weekday = fields.Selection(WEEKDAYS, string="On", default="0", required=True)
    month_day = fields.Integer(
        string="On Day", default=1, required=True, help="31: the month's last day."
    )
    hour = fields.Integer(
        string="At", default=7, required=True, help="Full hour where the company is."
    )
    time_zone = fields.Char(compute="_compute_next_send")
    partner_ids = fields.Many2many(
        "res.partner",
        "realestate_report_schedule_partner_rel",
        string="Recipients",
        help="Each gets it in his or her language.",
    )
    with_pdf = fields.Boolean(string="PDF", default=True)
    with_xlsx = fields.Boolean(string="Spreadsheet", default=True)
    date_last = fields.Date(
        string="Reported Until",
        readonly=True,
        copy=False,
        help="Last day of the last period that was sent.",
    )
    next_send = fields.Datetime(compute="_compute_next_send")
    failure = fields.Char(string="Last Failure", readonly=True, copy=False)
    sending_ids = fields.One2many("realestate.collection.report.sending", "schedule_id")

    _hour_of_day = models.Constraint(
        "CHECK (hour BETWEEN 0 AND 23)", "The hour of a schedule is 0 to 23."
    )
    _day_of_month = models.Constraint(
        "CHECK (month_day BETWEEN 1 AND 31)", "The day of a schedule is 1 to 31."
    )

    @api.model
    def _get_default_name(self):
        return self.env._("Collection report")

    @api.depends("company_id", "period", "weekday", "month_day", "hour", "active")
    def _compute_next_send(self):
        for schedule in self:
            zone = schedule._get_zone()
            schedule.time_zone = zone.zone
            moment = schedule._get_moment(periods.next_moment)
            local = zone.localize(moment) if moment and schedule.active else None
            schedule.next_send = local and local.astimezone(pytz.utc).replace(
                tzinfo=None
            )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        schedules = super().create(vals_list)
        schedules._begin()
        return schedules

    def write(self, vals):
        result = super().write(vals)
        if {"period", "company_id"} & vals.keys() or vals.get("active"):
            self._begin()
        return result

    def _begin(self):
        """What lies before is not sent: the first report is that of the next moment."""
        for schedule in self.filtered("period"):
            moment = schedule._get_moment(periods.last_moment)
            _first, last = periods.before(schedule.period, moment.date())
            schedule._write_facts(date_last=last, failure=False)

    # === ACTIONS === #

    def action_send_now(self):
        """Send the report of the last period that is over, unless it was sent."""
        self.ensure_one()
        self.check_access("write")
        # The work of a job, for the whole company.
        schedule = self.sudo().with_company(self.company_id)
        today = self.company_id._realestate_today()
        _first, last = periods.before(self.period, today)
        sending = schedule._send_period(last)
        if not sending:
            raise UserError(
                self.env._(
                    "%(schedule)s: the report until %(date)s has been sent already. "
                    "See the history below.",
                    schedule=self.name,
                    date=format_date(self.env, last),
                )
            )
        return True

    # === BUSINESS === #

    def _get_zone(self):
        """The time zone of the company, as ``_realestate_today`` has it."""
        name = self.company_id.sudo().partner_id.tz or self.env.user.tz or "UTC"
        return pytz.timezone(name)

    def _get_moment(self, which):
        """A moment of the schedule around now, naive and local.

        :param which: last_moment or next_moment of :mod:`..tools.period`
        """
        self.ensure_one()
        if not self.period:
            return None
        now = pytz.utc.localize(fields.Datetime.now()).astimezone(self._get_zone())
        return which(
            self.period,
            now.replace(tzinfo=None),
            min(max(self.hour, 0), 23),
            int(self.weekday or 0),
            max(self.month_day, 1),
        )

    def _get_missed(self):
        """Last days of the periods that are to be sent by now, oldest first."""
        self.ensure_one()
        moment = self._get_moment(periods.last_moment)
        missed = periods.since(self.period, self.date_last, moment.date(), MOST)
        return [last for _first, last in missed]

    def _send_period(self, last):
        """Make and send the report of the period that ends on ``last``.

        :return: the record of the sending; none if it was sent before
        """
        self.ensure_one()
        if not self.partner_ids.filtered("email"):
            raise UserError(
                self.env._(
                    "%(schedule)s: no recipient has an e-mail address. Enter one.",
                    schedule=self.name,
                )
            )
        reports = self.env["realestate.collection.report"]
        report = reports._make(self.company_id, self.period, last)
        sendings = self.env["realestate.collection.report.sending"]
        if sendings.search_count(
            [("schedule_id", "=", self.id), ("report_id", "=", report.id)]
        ):
            sending = sendings
        else:
            sending = sendings._send(self, report)
        if last > self.date_last:
            self._write_facts(date_last=last)
        self._write_facts(failure=False)
        return sending

    # === CRON === #

    @api.model
    def _cron_send(self):
        """Send what is to be sent by now, one report a transaction; a schedule that
        fails says why and is tried again with the next run."""
        # The job looks after everybody.
        for schedule in self.sudo().search([("active", "=", True)]):
            company = schedule.company_id
            try:
                if not schedule.with_company(company)._send_committing():
                    return
            except Exception:  # the next schedule is not to wait
                _logger.exception("%s could not be sent", schedule.name)

    def _send_committing(self):
        """Work off one schedule.

        :return: whether there is time left for others
        """
        for last in self._get_missed():
            sent = work_patiently(self.env, partial(self._send_if_free, last))
            if not self.env["ir.cron"]._commit_progress(int(sent)):
                return False
            if not sent:
                break
        return True

    def _send_if_free(self, last):
        """Whoever is sending it at this moment goes on with it."""
        return bool(self.try_lock_for_update()) and self._try_send(last)

    def _try_send(self, last):
        try:
            with self.env.cr.savepoint():
                self._send_period(last)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception as error:  # told where people look
            expected = isinstance(error, UserError)
            (_logger.info if expected else _logger.exception)(
                "%s was not sent: %s", self.name, error
            )
            now = format_datetime(self.env, fields.Datetime.now())
            self._write_facts(failure=f"{now}: {error}")
            return False
        return True
