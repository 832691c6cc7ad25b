from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..tools import slots

#: Free times that are shown for a choice.
SHOWN = 8


class RealestateSigningReschedule(models.TransientModel):
    _name = "realestate.signing.reschedule"
    _description = "Move an Appointment"

    signing_id = fields.Many2one("realestate.signing", required=True)
    date_before = fields.Datetime(related="signing_id.date_start", string="Is on")
    move_count = fields.Integer(related="signing_id.move_count")
    desk_id = fields.Many2one(
        "realestate.signing.desk",
        compute="_compute_place",
        store=True,
        readonly=False,
        required=True,
    )
    date_start = fields.Datetime(
        string="Move to",
        compute="_compute_place",
        store=True,
        readonly=False,
        required=True,
    )
    free_text = fields.Text(string="Free Times", compute="_compute_free_text")
    reason = fields.Text(required=True)

    @api.depends("signing_id")
    def _compute_place(self):
        """Propose the next free time at the same desk."""
        for wizard in self:
            wizard.desk_id = wizard.signing_id.desk_id
            free = wizard._get_free()
            wizard.date_start = free[0].start if free else wizard.date_before

    @api.depends("desk_id", "signing_id")
    def _compute_free_text(self):
        for wizard in self:
            signing, desk = wizard.signing_id, wizard.desk_id
            wizard.free_text = "\n".join(
                signing._format_when(slot.start, desk)
                for slot in wizard._get_free()[:SHOWN]
            )

    def _get_free(self):
        if not self.desk_id:
            return []
        now = fields.Datetime.now()
        today = slots.local_day(now, self.desk_id.tz)
        return self.desk_id._get_free_slots(
            today, today + timedelta(days=14), earliest=now, without=self.signing_id
        )

    def action_reschedule(self):
        """Move the appointment for the reason given."""
        self.signing_id.action_reschedule(self.date_start, self.reason, self.desk_id)


class RealestateSigningCancel(models.TransientModel):
    _name = "realestate.signing.cancel"
    _description = "Cancel an Appointment"

    signing_id = fields.Many2one("realestate.signing", required=True)
    reason = fields.Text(required=True)

    def action_cancel(self):
        """Cancel the appointment for the reason given."""
        self.signing_id.action_cancel(self.reason)


class RealestateSigningDay(models.TransientModel):
    """A day's plan to print: asked for with any desks, printed as one of each."""

    _name = "realestate.signing.day"
    _description = "Print the Day's Plan"

    date = fields.Date(string="Day", required=True, default=fields.Date.context_today)
    desk_ids = fields.Many2many(
        "realestate.signing.desk", string="Desks", help="Empty: all desks."
    )

    def action_print(self):
        """Print a sheet for each desk with appointments on that day.

        :raises UserError: when nothing stands on it
        """
        self.ensure_one()
        own = [("company_id", "in", self.env.companies.ids)]
        desks = self.desk_ids or self.desk_ids.search(own)
        sheets = self.create(
            [{"date": self.date, "desk_ids": desk.ids} for desk in desks]
        ).filtered(lambda sheet: sheet._get_signings())
        if not sheets:
            raise UserError(
                self.env._(
                    "No appointment stands on %(day)s. Choose another day or desk.",
                    day=format_date(self.env, self.date),
                )
            )
        report = self.env.ref("realestate_sales.action_report_signing_day")
        return report.report_action(sheets, config=False)

    def _get_signings(self):
        """The appointments of a sheet, those that were cancelled left out."""
        self.ensure_one()
        signings = self.env["realestate.signing"]
        return signings.search(self.desk_ids[:1]._get_day_domain(self.date))
