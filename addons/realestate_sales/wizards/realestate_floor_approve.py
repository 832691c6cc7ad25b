from odoo import fields, models


class RealestateFloorApprove(models.TransientModel):
    """Asks for the reason of a price below the floor price."""

    _name = "realestate.floor.approve"
    _description = "Approve a Price below the Floor Price"

    reservation_id = fields.Many2one("realestate.reservation")
    contract_id = fields.Many2one("realestate.contract")
    reason = fields.Text(required=True)

    def action_approve(self):
        """Approve the prices for the reason given."""
        for record in filter(None, (self.reservation_id, self.contract_id)):
            record.action_approve_floor(self.reason)
