import json
from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.delivery import EMAIL, SMS

#: Days ahead that a buyer may choose; 0: as the company does it.
MOST_DAYS = 30
#: When a reminder goes out on its day, where the buyer lives.
MORNING = time(8)


class ResPartner(models.Model):
    """How a buyer wishes to be reminded before an instalment is due."""

    # A file for each concern keeps them short.
    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    realestate_reminder_channel = fields.Selection(
        [(EMAIL, "By e-mail"), (SMS, "By text message")],
        string="Reminders",
        groups="base.group_user",
        help="Before an instalment is due. Empty: as the company does it.",
    )
    realestate_reminder_days = fields.Integer(
        string="Days Ahead",
        groups="base.group_user",
        help="Reminded so many days before, earlier or later than the company reminds "
        "at first. 0: as the company does it.",
    )

    _realestate_reminder_days_range = models.Constraint(
        f"CHECK (realestate_reminder_days BETWEEN 0 AND {MOST_DAYS})",
        "Reminders come 0 to 30 days ahead.",
    )
    # Few say anything; every run asks who.
    _realestate_reminder_days_index = models.Index(
        "(realestate_reminder_days) WHERE realestate_reminder_days > 0"
    )

    @api.model
    def _read_reminder_wish(self, channel, days):
        """Values of a wish that came over the portal, checked.

        :raises UserError: for what cannot be wished
        """
        days = (days or "0").strip() if isinstance(days, str) else None
        known = channel in (EMAIL, SMS, "", None)
        if not known or days is None or not days.isdecimal() or len(days) > 2:
            raise UserError(self.env._("Choose how, and how many days ahead: 0 to 30."))
        if int(days) > MOST_DAYS:
            raise UserError(self.env._("Choose how, and how many days ahead: 0 to 30."))
        return {
            "realestate_reminder_channel": channel or False,
            "realestate_reminder_days": int(days),
        }


class RealestateDunningNotice(models.Model):
    """Reminders keep to the buyer's wish; notices to those who are late do not."""

    # A file for each concern keeps them short.
    _inherit = "realestate.dunning.notice"  # pylint: disable=consider-merging-classes-inherited

    def _get_channels(self):
        channels = super()._get_channels()
        wish = self._get_wished_channel()
        return (channels - {EMAIL, SMS}) | {wish} if wish else channels

    def _get_wished_channel(self):
        """The channel this reminder goes by at the buyer's wish, as far as its level
        has a text for it."""
        if self.kind != "reminder":
            return None
        level = self.level_id
        texts = {EMAIL: level.mail_template_id, SMS: level.sms_template_id}
        wish = self.partner_id.realestate_reminder_channel
        return wish if wish and texts[wish] else None


class RealestateDunningDelivery(models.Model):
    """Reminders wait for the day the buyer has chosen."""

    # A file for each concern keeps them short.
    _inherit = "realestate.dunning.delivery"  # pylint: disable=consider-merging-classes-inherited

    def _hold_for_contact(self):
        held = self.filtered(lambda one: one._hold_for_wish())
        return super(RealestateDunningDelivery, self - held)._hold_for_contact()

    def _hold_for_wish(self):
        """Write down until when this reminder waits; whether it does."""
        days = self.partner_id.realestate_reminder_days
        if self.notice_id.kind != "reminder" or not days:
            return False
        dues = [row["date_due"] for row in self.notice_id._get_open_items()]
        if not dues:
            return False
        start = min(dues) - timedelta(days=days)
        zone = self.project_id._get_contact_zone(self.partner_id)
        until = self._to_utc(datetime.combine(start, MORNING), zone)
        if until <= fields.Datetime.now():
            return False
        detail = json.dumps({"days": days})
        self._write_facts(date_wait=until, wait_code="wish", wait_detail=detail)
        return True
