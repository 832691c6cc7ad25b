from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ..tools import slots

#: How often buyers choose another time by themselves.
BUYER_MOVES = 2
#: Days ahead that a buyer may choose from.
DAYS_AHEAD = 21


class RealestateSigning(models.Model):
    """What buyers do by themselves with their appointment, in the portal.

    Private methods, called as superuser by the portal once it knows the buyer.
    """

    # A file for each concern keeps them short.
    _inherit = "realestate.signing"  # pylint: disable=consider-merging-classes-inherited

    # === WHAT MAY BE DONE === #

    def _is_open_to_buyer(self):
        """Whether buyers may still answer."""
        self.ensure_one()
        now = fields.Datetime.now()
        return self.state in ("invited", "confirmed") and self.date_start > now

    def _is_movable_by_buyer(self):
        """Whether buyers may choose another time, or decline, by themselves."""
        notice = timedelta(hours=self.desk_id.notice_hours)
        in_time = self.date_start - notice > fields.Datetime.now()
        return self._is_open_to_buyer() and in_time

    def _has_moves_left(self):
        return len(self.move_ids.filtered("by_buyer")) < BUYER_MOVES

    def _get_offered_slots(self):
        """Times that buyers may choose, as :class:`..tools.slots.Slot` objects."""
        self.ensure_one()
        if not self._is_movable_by_buyer() or not self._has_moves_left():
            return []
        now = fields.Datetime.now()
        earliest = now + timedelta(hours=self.desk_id.notice_hours)
        first = slots.local_day(earliest, self.desk_id.tz)
        last = first + timedelta(days=DAYS_AHEAD)
        free = self.desk_id._get_free_slots(first, last, earliest, without=self)
        return [slot for slot in free if slot.start != self.date_start]

    # === WHAT IS DONE === #

    def _confirm_by_buyer(self):
        """The buyer will come."""
        if self.state == "confirmed":
            return
        if not self._is_open_to_buyer():
            raise UserError(self._closed_message())
        self._set_confirmed()
        self.message_post(body=self.env._("The buyer has confirmed."))

    def _move_by_buyer(self, start):
        """The buyer takes another time, and so confirms it.

        :param start: UTC datetime, one of those offered
        """
        if start not in [slot.start for slot in self._get_offered_slots()]:
            raise UserError(
                self.env._(
                    "This time is not free any more. Please choose another one, or "
                    "call us."
                )
            )
        before = self._format_when(self.date_start, self.desk_id)
        self._move({"date_start": start}, by_buyer=True)
        self._set_confirmed()
        self._ask_officer(
            self.env._(
                "The buyer moved the appointment from %(before)s to %(after)s",
                before=before,
                after=self._format_when(self.date_start, self.desk_id),
            )
        )

    def _decline_by_buyer(self, reason):
        """The buyer does not come; the officer is told.

        :param reason: what the buyer wrote, may be empty
        """
        if not self._is_movable_by_buyer():
            raise UserError(self._closed_message())
        text = self.env._("Declined by the buyer")
        reason = (reason or "").strip()[:500]
        self._set_cancelled(f"{text}: {reason}" if reason else text)
        self._ask_officer(
            self.env._(
                "%(signing)s declined the appointment: find another one",
                signing=self.display_name,
            )
        )

    def _closed_message(self):
        return self.env._(
            "The appointment cannot be changed here any more. Please call us."
        )
