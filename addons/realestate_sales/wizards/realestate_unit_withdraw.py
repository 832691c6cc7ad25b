from odoo import api, fields, models


class RealestateUnitWithdraw(models.TransientModel):
    """Why units leave the market."""

    _name = "realestate.unit.withdraw"
    _description = "Withdraw Units"

    unit_ids = fields.Many2many("realestate.unit", required=True)
    unit_names = fields.Char(string="Units Chosen", compute="_compute_unit_names")
    reason = fields.Text(required=True)

    @api.depends("unit_ids")
    def _compute_unit_names(self):
        for wizard in self:
            wizard.unit_names = wizard.unit_ids._name_some()

    def action_withdraw(self):
        """Withdraw the units for the reason given."""
        self.unit_ids.action_withdraw(self.reason)
        return {"type": "ir.actions.act_window_close"}
