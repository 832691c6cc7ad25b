from odoo import fields, models
from odoo.exceptions import UserError


class RealestateDebtRefuse(models.TransientModel):
    """Why an arrangement, a proposal or a package is not approved."""

    _name = "realestate.debt.refuse"
    _description = "Refuse"

    reason = fields.Text(required=True)

    def action_refuse(self):
        """Refuse the record that the dialogue was opened from."""
        self.ensure_one()
        self._get_refused().action_refuse(self.reason)
        return {"type": "ir.actions.act_window_close"}

    def _get_refused(self):
        """The record that the dialogue was opened from, whatever the context says."""
        context = self.env.context
        name, number = context.get("active_model"), context.get("active_id")
        known = self.env["realestate.debt.mixin"]._inherit_children
        if name not in list(known) or not isinstance(number, int):
            raise UserError(
                self.env._(
                    "Open this dialogue from an arrangement, a bad-debt proposal or a "
                    "package, by its button “Refuse”."
                )
            )
        return self.env[name].browse(number).exists()
