from odoo import fields, models


class RealestateProgressReopen(models.TransientModel):
    _name = "realestate.progress.reopen"
    _description = "Open a Fixed Plan Again"

    plan_id = fields.Many2one("realestate.progress.plan", required=True)
    reason = fields.Char(required=True)

    def action_reopen(self):
        """The figures may change again, for the reason given."""
        self.plan_id.action_reopen(self.reason)
