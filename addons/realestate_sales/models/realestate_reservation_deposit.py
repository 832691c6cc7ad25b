from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import fields, models
from odoo.exceptions import UserError


class RealestateReservation(models.Model):
    """The deposit agreement that follows a reservation."""

    # A file for each concern keeps them short.
    _inherit = "realestate.reservation"  # pylint: disable=consider-merging-classes-inherited

    deposit_ids = fields.One2many("realestate.deposit", "reservation_id")

    # === ACTIONS === #

    def action_open_deposit(self):
        """Open the deposit agreement, or a new one to fill in."""
        self.ensure_one()
        deposit = self._get_deposit() or self.deposit_ids.filtered(
            lambda one: one.state == "draft"
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Deposit Agreement"),
            "res_model": "realestate.deposit",
            "res_id": deposit[:1].id,
            "view_mode": "form",
            "context": {"default_reservation_id": self.id},
        }

    def action_change_unit(self, unit, reason):
        """Move to another unit: only without a signed deposit agreement, which is of
        this one."""
        deposit = self._get_deposit()
        if deposit:
            raise UserError(
                self.env._(
                    "Deposit agreement %(name)s is of unit %(unit)s: cancel it before "
                    "the reservation moves to another unit.",
                    name=deposit.name,
                    unit=self.unit_id.name,
                )
            )
        return super().action_change_unit(unit, reason)

    # === BUSINESS === #

    def _get_deposit(self):
        """The agreement that is signed and stands, or has led to the contract."""
        return self.deposit_ids.filtered(
            lambda deposit: deposit.state in ("signed", "converted")
        )[:1]

    def _holds_unit(self):
        """Whether the claim of this reservation still stands."""
        self.ensure_one()
        claim = self._get_claims()[:1]
        return bool(claim) and not claim._is_expired()

    def _keep_until(self, day):
        """Keep the unit to the end of ``day``, by the clock of the seller's office."""
        self.ensure_one()
        zone = ZoneInfo(self._get_office_zone())
        end = datetime.combine(day + timedelta(days=1), time.min, zone)
        until = end.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)
        if self.state == "confirmed" and until > self.date_expiry:
            self._close_reminder()
            self._write_facts(date_expiry=until, date_reminded=False)
            self._prolong_claim()

    def _get_office_zone(self):
        # The office's clock is for everybody to go by.
        company = self.company_id.sudo().partner_id
        return company.tz or self.env.user.tz or "UTC"

    def _update_state(self, target, **values):
        moved = super()._update_state(target, **values)
        # Deposits end with their reservation, whoever ends it.
        deposits = moved.sudo().deposit_ids
        if target == "cancelled":
            for deposit in deposits:
                deposit._end(deposit.reservation_id.cancel_reason)
        elif target == "expired":
            deposits._end(self.env._("The reservation has expired."))
        return moved

    def _convert_to(self, contract):
        result = super()._convert_to(contract)
        # The contract takes its place, whoever draws it up.
        deposits = self.sudo().deposit_ids
        signed = deposits.filtered(lambda deposit: deposit.state == "signed")
        signed._update_state("converted", contract_id=contract.id)
        deposits.filtered(lambda deposit: deposit.state == "draft")._end(
            self.env._("A contract was made without it.")
        )
        return result
