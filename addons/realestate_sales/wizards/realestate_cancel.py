from odoo import fields, models


class RealestateReservationCancel(models.TransientModel):
    _name = "realestate.reservation.cancel"
    _description = "Cancel a Reservation"

    reservation_id = fields.Many2one("realestate.reservation", required=True)
    reason = fields.Text(required=True)

    def action_cancel(self):
        """Cancel the reservation for the reason given."""
        self.reservation_id.action_cancel(self.reason)


class RealestateContractCancel(models.TransientModel):
    _name = "realestate.contract.cancel"
    _description = "Cancel a Contract"

    contract_id = fields.Many2one("realestate.contract", required=True)
    reason = fields.Text(required=True)

    def action_cancel(self):
        """Cancel the contract for the reason given."""
        self.contract_id.action_cancel(self.reason)
