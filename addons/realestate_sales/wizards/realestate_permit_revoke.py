from odoo import fields, models


class RealestateProjectPermitRevoke(models.TransientModel):
    _name = "realestate.project.permit.revoke"
    _description = "Record that a Permit Was Revoked"

    permit_id = fields.Many2one("realestate.project.permit", required=True)
    date = fields.Date(required=True, default=fields.Date.context_today)
    reason = fields.Text(required=True)

    def action_revoke(self):
        """The permit ends on the day given."""
        self.permit_id.action_revoke(self.reason, self.date)
