from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import slots
from .given import given_records
from .realestate_signing import STANDING


class RealestateSigning(models.Model):
    """The way of an appointment from planned to done, missed or cancelled."""

    # A file for each concern keeps them short.
    _inherit = "realestate.signing"  # pylint: disable=consider-merging-classes-inherited

    # === ACTIONS === #

    def action_confirm(self):
        """Record that the buyers will come."""
        self.check_access("write")
        self._set_confirmed()
        return True

    def action_done(self):
        """The buyers have signed: their contracts that are approved become signed, on
        the day of the appointment.

        :raises UserError: for an appointment to come, or naming what is missing
        """
        self.check_access("write")
        now = fields.Datetime.now()
        for signing in self.filtered(lambda one: one.state != "done"):
            day = slots.local_day(signing.date_start, signing.desk_id.tz)
            if day > slots.local_day(now, signing.desk_id.tz):
                raise UserError(
                    self.env._(
                        "The appointment of %(signing)s is on %(when)s: record the "
                        "signature when it has happened.",
                        signing=signing.display_name,
                        when=signing._format_when(signing.date_start, signing.desk_id),
                    )
                )
            to_sign = signing.contract_ids.filtered(
                lambda c: not c.date_signed and c.state != "cancelled"
            )
            to_sign.action_sign(min(day, fields.Date.context_today(signing)))
            signing._update_state("done")
        return True

    def action_no_show(self):
        """Record that nobody came; the officer is asked to call.

        :raises UserError: before the appointment has begun
        """
        self.check_access("write")
        now = fields.Datetime.now()
        for signing in self.filtered(lambda one: one.state in STANDING):
            if signing.date_start > now:
                raise UserError(
                    self.env._(
                        "The appointment of %(signing)s is still to come, on %(when)s.",
                        signing=signing.display_name,
                        when=signing._format_when(signing.date_start, signing.desk_id),
                    )
                )
            signing._set_no_show()
        return True

    def action_cancel(self, reason=None):
        """Cancel the appointment; its chair is free again.

        :param reason: text kept with the record; required
        """
        self.check_access("write")
        reason = self._read_reason(reason)
        self._set_cancelled(reason)
        return True

    def action_reschedule(self, date_start, reason, desk=None):
        """Move the appointment to another time; its invitation has to be sent anew.

        :param date_start: UTC datetime (or its text)
        :param reason: text kept with the record; required
        :param desk: `realestate.signing.desk` record or id, default the same
        """
        self.ensure_one()
        self.check_access("write")
        reason = self._read_reason(reason)
        values = {"date_start": self._read_moment(date_start)}
        if desk:
            values["desk_id"] = self._read_desk(desk).id
        self._move(values, reason=reason)
        return True

    # === TRANSITIONS === #

    def _set_confirmed(self):
        return self._update_state("confirmed", date_confirmed=fields.Datetime.now())

    def _set_cancelled(self, reason):
        moved = self._update_state("cancelled", cancel_reason=reason)
        moved.activity_unlink(["mail.mail_activity_data_todo"])
        return moved

    def _set_no_show(self):
        self.ensure_one()
        if self._update_state("no_show"):
            self._write_facts(no_show_count=self.no_show_count + 1)
            self._ask_officer(
                self.env._(
                    "%(signing)s did not come to sign: call",
                    signing=self.display_name,
                )
            )

    def _move(self, vals, reason=False, by_buyer=False):
        """Put the appointment elsewhere, keeping where it was.

        :param vals: of ``date_start``, ``date_stop`` and ``desk_id``
        """
        self.ensure_one()
        self._check_movable()
        before, desk, state = self.date_start, self.desk_id, self.state
        self._write_facts(**vals)
        if (self.date_start, self.desk_id) == (before, desk) and state in STANDING:
            # Only made longer or shorter: the invitation still holds.
            self._take_place()
            return
        self._update_state("planned")
        self._write_facts(date_invited=False, date_confirmed=False, date_reminded=False)
        self._take_place()
        self.activity_unlink(["mail.mail_activity_data_todo"])
        self._keep_move(before, desk, state, reason, by_buyer)

    def _keep_move(self, before, desk, state, reason, by_buyer):
        # History is written by nobody's hand.
        self.env["realestate.signing.move"].sudo().create(
            {
                "signing_id": self.id,
                "date_before": before,
                "date_after": self.date_start,
                "desk_before_id": desk.id,
                "state_before": state,
                "reason": reason,
                "by_buyer": by_buyer,
            }
        )
        self.invalidate_recordset(["move_ids", "move_count"])

    # === BUSINESS === #

    def _check_movable(self):
        if self.state not in (*STANDING, "no_show"):
            raise UserError(
                self.env._(
                    "The appointment of %(signing)s is “%(state)s” and does not move "
                    "any more: make another one.",
                    signing=self.display_name,
                    state=self._state_label(self.state),
                )
            )

    @api.model
    def _read_reason(self, reason):
        if isinstance(reason, str) and reason.strip():
            return reason.strip()
        raise UserError(self.env._("Say why: the reason is kept with the appointment."))

    @api.model
    def _read_moment(self, value):
        try:
            moment = fields.Datetime.to_datetime(value)
        except (TypeError, ValueError) as error:
            raise UserError(
                self.env._(
                    "“%(value)s” is no time. Write it as 2026-12-31 14:30:00 (UTC).",
                    value=value,
                )
            ) from error
        if not moment:
            raise UserError(self.env._("Say to when the appointment is moved."))
        return moment

    @api.model
    def _read_desk(self, value):
        desk = given_records(self.env, "realestate.signing.desk", value)
        if len(desk) != 1:
            raise UserError(
                self.env._(
                    "“%(value)s” is no signing desk. Give the id of one that exists.",
                    value=value,
                )
            )
        return desk

    def _ask_officer(self, summary):
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=self.user_id.id or self.env.uid,
            summary=summary,
        )

    def _follow_contracts(self):
        """Close appointments whose contracts are signed, cancel those whose contracts
        are all cancelled."""
        for signing in self.filtered(lambda one: one.state in (*STANDING, "no_show")):
            standing = signing.contract_ids.filtered(lambda c: c.state != "cancelled")
            if not standing:
                signing._set_cancelled(self.env._("Its contract was cancelled."))
            elif all(contract.date_signed for contract in standing):
                signing._update_state("done")
                signing.activity_unlink(["mail.mail_activity_data_todo"])

    # === CRON === #

    @api.model
    def _cron_no_show(self, limit=200):
        """Mark appointments that nobody has closed by the day after."""
        # Who comes late, or signs on paper that is recorded later, is not missed yet.
        domain = [
            ("state", "in", STANDING),
            ("date_stop", "<", fields.Datetime.now() - timedelta(days=1)),
        ]
        due = self.search(domain, limit=limit)
        for signing in due.try_lock_for_update():
            signing._set_no_show()
            self.env["ir.cron"]._commit_progress(1)
        self.env["ir.cron"]._commit_progress(remaining=self.search_count(domain))
