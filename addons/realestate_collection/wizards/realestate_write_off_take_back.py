from odoo import fields, models


class RealestateWriteOffTakeBack(models.TransientModel):
    """Why a write-off is taken back."""

    _name = "realestate.write.off.take.back"
    _description = "Take a Write-Off Back"

    move_id = fields.Many2one("account.move", string="Write-Off", required=True)
    currency_id = fields.Many2one(related="move_id.currency_id")
    amount = fields.Monetary(related="move_id.realestate_write_off_amount")
    reason = fields.Char(required=True)

    def action_take_back(self):
        """Reverse the write-off: its invoices are open again."""
        self.ensure_one()
        self.move_id.action_realestate_take_back(self.reason)
        return {"type": "ir.actions.act_window_close"}
