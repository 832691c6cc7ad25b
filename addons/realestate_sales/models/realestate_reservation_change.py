from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

#: Hours before the end at which the agent is reminded.
REMIND_HOURS = 48


class RealestateReservation(models.Model):
    """What changes while a unit is reserved: its end, its unit."""

    # A file for each concern keeps them short.
    _inherit = "realestate.reservation"  # pylint: disable=consider-merging-classes-inherited

    extension_count = fields.Integer(string="Extended", readonly=True, copy=False)
    date_reminded = fields.Datetime(readonly=True, copy=False)

    @api.model
    def _get_fact_fields(self):
        return super()._get_fact_fields() | {"extension_count", "date_reminded"}

    def write(self, vals):
        if "date_expiry" in vals and not self._is_supervisor():
            for reservation in self.filtered(lambda r: r.state == "confirmed"):
                raise UserError(
                    self.env._(
                        "Reservation %(name)s is confirmed: its end is put off with "
                        "“Extend”, which keeps the reason.",
                        name=reservation.name,
                    )
                )
        result = super().write(vals)
        if "user_id" in vals:
            claims = self.env["realestate.unit.claim"]
            # Who reserves need not read the contract made of it.
            claims._hand_over([*self, *self.sudo().contract_id])
        return result

    # === ACTIONS === #

    def action_extend(self, date_expiry, reason):
        """Put off the end of a reservation that still stands.

        :param date_expiry: UTC datetime (or its text), later than the present end
        :param reason: text kept with the record; required
        :raises UserError: beyond the company's number of extensions, unless a
            supervisor extends
        """
        self.check_access("write")
        reason = self._read_reason(reason)
        for reservation in self:
            reservation._check_standing()
            until = reservation.unit_id._to_datetime(date_expiry)
            reservation._check_extension(until)
            before = reservation.date_expiry
            reservation._close_reminder()
            reservation._write_facts(
                date_expiry=until,
                extension_count=reservation.extension_count + 1,
                date_reminded=False,
            )
            reservation._prolong_claim()
            reservation._log_change(
                self.env._(
                    "Extended from %(before)s to %(after)s: %(reason)s",
                    before=reservation._local(before),
                    after=reservation._local(until),
                    reason=reason,
                )
            )
        return True

    def action_change_unit(self, unit, reason):
        """Move the reservation to another unit at that unit's list price; the fee and
        its invoice go along, the first unit becomes free.

        :param unit: `realestate.unit` record or id, of the same project
        :param reason: text kept with the record; required
        """
        self.ensure_one()
        self.check_access("write")
        reason = self._read_reason(reason)
        self._check_standing()
        before = self.unit_id
        after = self.env["realestate.unit"].browse(
            before._to_id("realestate.unit", unit)
        )
        self._check_other_unit(after)
        claims = self._get_claims()
        self._write_facts(unit_id=after.id, price=after.price_list)
        # Claimed before the first is given up: a failure leaves it where it was.
        self._claim_unit()
        claims._free()
        self._log_change(
            self.env._(
                "Moved from %(before)s to %(after)s: %(reason)s",
                before=before.name,
                after=after.name,
                reason=reason,
            )
        )
        return True

    # === BUSINESS === #

    def _is_supervisor(self):
        return self.env.su or self.env.user.has_group(
            "realestate_sales.group_supervisor"
        )

    @api.model
    def _read_reason(self, reason):
        if isinstance(reason, str) and reason.strip():
            return reason.strip()
        raise UserError(self.env._("Say why: the reason is kept with the reservation."))

    def _check_standing(self):
        self.ensure_one()
        if self.state not in ("draft", "confirmed"):
            raise UserError(
                self.env._(
                    "Reservation %(name)s is %(state)s and does not change any more.",
                    name=self.name,
                    state=self._state_label(self.state),
                )
            )
        self._check_not_expired()

    def _check_extension(self, until):
        if until <= self.date_expiry:
            raise UserError(
                self.env._(
                    "Reservation %(name)s stands until %(date)s already. Give a later "
                    "time.",
                    name=self.name,
                    date=self._local(self.date_expiry),
                )
            )
        limit = self.company_id.sudo().realestate_extension_count
        if self.extension_count >= limit and not self._is_supervisor():
            raise UserError(
                self.env._(
                    "Reservation %(name)s was extended %(count)s times, as often as "
                    "the company allows. A supervisor may extend it further.",
                    name=self.name,
                    count=self.extension_count,
                )
            )

    def _check_other_unit(self, unit):
        if unit == self.unit_id:
            raise UserError(
                self.env._(
                    "Reservation %(name)s is of unit %(unit)s already.",
                    name=self.name,
                    unit=unit.name,
                )
            )
        if unit.project_id != self.project_id:
            raise UserError(
                self.env._(
                    "Unit %(unit)s is in project %(other)s, reservation %(name)s in "
                    "%(project)s: cancel it and reserve anew, since books and prices "
                    "differ.",
                    unit=unit.name,
                    other=unit.project_id.name,
                    name=self.name,
                    project=self.project_id.name,
                )
            )
        if self.currency_id.compare_amounts(self.fee, unit.price_list) > 0:
            raise UserError(
                self.env._(
                    "Unit %(unit)s costs less than the fee of reservation %(name)s.",
                    unit=unit.name,
                    name=self.name,
                )
            )

    def _local(self, moment):
        local = fields.Datetime.context_timestamp(self, moment)
        return local.strftime("%Y-%m-%d %H:%M")

    def _log_change(self, text):
        self.message_post(body=text)

    # === CRON === #

    @api.model
    def _cron_remind(self, limit=200):
        """Remind agents of reservations that end soon, once each."""
        now = fields.Datetime.now()
        domain = [
            ("state", "in", ("draft", "confirmed")),
            ("date_reminded", "=", False),
            ("date_expiry", ">", now),
            ("date_expiry", "<=", now + timedelta(hours=REMIND_HOURS)),
        ]
        due = self.search(domain, limit=limit)
        for reservation in due.try_lock_for_update():
            reservation._remind(now)
            self.env["ir.cron"]._commit_progress(1)
        self.env["ir.cron"]._commit_progress(remaining=self.search_count(domain))

    def _update_state(self, target, **values):
        moved = super()._update_state(target, **values)
        if target in ("converted", "cancelled", "expired"):
            moved._close_reminder()
        return moved

    def _close_reminder(self):
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def _remind(self, now):
        self._write_facts(date_reminded=now)
        agent = self.user_id or self.create_uid
        own = self.with_context(tz=agent.tz)
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=fields.Datetime.context_timestamp(
                own, self.date_expiry
            ).date(),
            user_id=agent.id,
            summary=self.env._(
                "The reservation of %(unit)s ends at %(date)s",
                unit=self.unit_id.name,
                date=own._local(self.date_expiry),
            ),
        )
