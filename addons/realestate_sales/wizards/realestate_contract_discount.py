from odoo import fields, models


class RealestateContractGiveDiscount(models.TransientModel):
    """Asks for a discount on the whole price; the contract spreads it."""

    _name = "realestate.contract.give.discount"
    _description = "Give a Discount"

    contract_id = fields.Many2one("realestate.contract", required=True)
    currency_id = fields.Many2one(related="contract_id.currency_id")
    company_id = fields.Many2one(related="contract_id.company_id")
    amount_list = fields.Monetary(related="contract_id.amount_list")
    method = fields.Selection(
        [("percent", "Percentage"), ("amount", "Amount")],
        required=True,
        default="percent",
    )
    percent = fields.Float(string="Discount (%)", digits=(7, 4))
    amount = fields.Monetary(string="Discount")
    reason_id = fields.Many2one(
        "realestate.discount.reason",
        domain="[('company_id', 'in', (False, company_id))]",
    )
    note = fields.Char()

    def action_give(self):
        """Spread the discount over the units of the contract."""
        self.ensure_one()
        given = {self.method: self[self.method]}
        return self.contract_id.action_give_discount(
            **given, reason_id=self.reason_id.id, note=self.note
        )
