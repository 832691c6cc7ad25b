from odoo import api, models
from odoo.exceptions import UserError

from .realestate_floor_approval import FLOOR_FACTS


class RealestateReservation(models.Model):
    """A reservation below the floor price is confirmed only once it is approved."""

    _name = "realestate.reservation"
    _inherit = ["realestate.reservation", "realestate.floor.approval"]

    # === ACTIONS === #

    def action_confirm(self):
        """Confirm the reservation, unless its price is below the floor price."""
        for reservation in self.filtered(lambda r: r.state == "draft"):
            if reservation._needs_floor_approval():
                raise UserError(reservation._floor_price_message())
        return super().action_confirm()

    def action_approve_floor(self, reason=None):
        """Approve the price of a draft although it is below the floor price.

        :param reason: text kept with the record; required
        :raises AccessError: when the caller is no supervisor or manager
        """
        self.check_access("write")
        self._check_may_approve_floor(reason)
        for reservation in self:
            if reservation.state != "draft" or not reservation._needs_floor_approval():
                raise UserError(
                    self.env._(
                        "Reservation %(name)s asks for no approval of its price.",
                        name=reservation.name,
                    )
                )
            reservation._approve_floor(reason)
            reservation.message_post(body=reservation._floor_approved_message())
        return True

    # === BUSINESS === #

    @api.model
    def _get_fact_fields(self):
        return super()._get_fact_fields() | FLOOR_FACTS

    def _convert_to(self, contract):
        result = super()._convert_to(contract)
        contract._take_floor_approval(self)
        return result
