from odoo import api, models
from odoo.exceptions import UserError


class RealestateReservation(models.Model):
    """A reservation below the floor price is confirmed only once it is approved."""

    _name = "realestate.reservation"
    _inherit = [
        "realestate.floor.approval",
        "realestate.reservation",
        "realestate.floor.price",
    ]

    # === ACTIONS === #

    def action_confirm(self):
        """Confirm the reservation, unless its price is below the floor price."""
        for reservation in self.filtered(lambda r: r.state == "draft"):
            if reservation._needs_floor_approval():
                raise UserError(reservation._floor_price_message())
        return super().action_confirm()

    # === HOOKS === #

    def _get_floor_prices(self):
        return self.filtered("is_below_floor")

    def _is_floor_open(self):
        return self.state == "draft"

    @api.model
    def _get_floor_document_paths(self):
        return [*super()._get_floor_document_paths(), "is_below_floor"]

    @api.model
    def _get_floor_paths(self):
        return [*super()._get_floor_paths(), "partner_id", "approval_ids.state"]

    def _get_floor_approval(self):
        return self._get_floor_approved()

    def _update_state(self, target, **values):
        moved = super()._update_state(target, **values)
        if target in ("cancelled", "expired"):
            # Approvals are written by nobody's hand; nobody needs to decide any more.
            moved.sudo()._void_approvals()
        return moved
