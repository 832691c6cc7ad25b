from odoo import fields, models


class RealestateDebtRefuse(models.TransientModel):
    """Why an arrangement, a proposal or a package is not approved."""

    _name = "realestate.debt.refuse"
    _description = "Refuse"

    reason = fields.Text(required=True)

    def action_refuse(self):
        """Refuse the record that the dialogue was opened from."""
        self.ensure_one()
        context = self.env.context
        record = self.env[context["active_model"]].browse(context["active_id"])
        record.action_refuse(self.reason)
        return {"type": "ir.actions.act_window_close"}
