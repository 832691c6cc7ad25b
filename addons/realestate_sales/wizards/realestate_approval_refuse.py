from odoo import fields, models


class RealestateApprovalRefuse(models.TransientModel):
    _name = "realestate.approval.refuse"
    _description = "Refuse an Approval"

    approval_id = fields.Many2one("realestate.approval", required=True)
    reason = fields.Text(required=True)

    def action_refuse(self):
        """Refuse for the reason given."""
        self.approval_id.action_refuse(self.reason)
