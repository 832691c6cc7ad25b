from odoo import api, fields, models


class RealestateContractFeeChange(models.TransientModel):
    _name = "realestate.contract.fee.change"
    _description = "Change a Fee"

    fee_id = fields.Many2one(
        "realestate.contract.fee", string="Fee or Tax", required=True
    )
    currency_id = fields.Many2one(related="fee_id.currency_id")
    explanation = fields.Char(related="fee_id.explanation")
    amount_computed = fields.Monetary(related="fee_id.amount_computed")
    amount = fields.Monetary(
        string="New Amount",
        compute="_compute_amount",
        store=True,
        readonly=False,
        help="0: the fee is waived.",
    )
    reason = fields.Text(required=True)

    @api.depends("fee_id")
    def _compute_amount(self):
        for wizard in self:
            wizard.amount = wizard.fee_id.amount

    def action_change(self):
        """Set the amount for the reason given."""
        self.fee_id.action_change_amount(self.amount, self.reason)
