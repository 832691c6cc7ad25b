from odoo import fields, models


class RealestateMilestoneWithdraw(models.TransientModel):
    """Asks why a milestone is taken back."""

    _name = "realestate.milestone.withdraw"
    _description = "Take a Milestone Back"

    milestone_id = fields.Many2one("realestate.milestone", required=True)
    reason = fields.Text(required=True)

    def action_withdraw(self):
        """Take the milestone back for the reason given."""
        self.milestone_id.action_withdraw(self.reason)
