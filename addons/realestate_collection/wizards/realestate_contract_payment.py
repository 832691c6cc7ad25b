from odoo import api, fields, models
from odoo.fields import Command

from odoo.addons.realestate_sales.tools import money

from ..tools import allocation


class RealestateContractPayment(models.TransientModel):
    """Book money received for a contract, seeing first what it will settle."""

    _name = "realestate.contract.payment"
    _description = "Register a Payment"
    _inherit = ["realestate.money.received"]

    _money_for = "contract_id"

    contract_id = fields.Many2one("realestate.contract", required=True)
    company_id = fields.Many2one(related="contract_id.company_id")
    currency_id = fields.Many2one(related="contract_id.currency_id")
    partner_id = fields.Many2one(related="contract_id.partner_id")
    amount_residual = fields.Monetary(related="contract_id.amount_residual")
    amount_credit = fields.Monetary(related="contract_id.amount_credit")
    amount = fields.Monetary(
        compute="_compute_amount", store=True, readonly=False, required=True
    )
    journal_id = fields.Many2one(required=True)
    payer_id = fields.Many2one(
        "res.partner", string="Paid By", help="If it was not the buyer."
    )
    part_ids = fields.One2many(
        "realestate.contract.payment.part",
        "payment_id",
        compute="_compute_part_ids",
        store=True,
    )
    amount_left = fields.Monetary(
        string="Stays as Credit", compute="_compute_part_ids", store=True
    )

    @api.depends("contract_id")
    def _compute_amount(self):
        for wizard in self:
            contract = wizard.contract_id
            wizard.amount = contract.amount_overdue or contract.amount_residual

    @api.depends("contract_id", "amount")
    def _compute_part_ids(self):
        for wizard in self:
            parts, left = wizard._preview()
            wizard.part_ids = [Command.clear()] + [
                Command.create(values) for values in parts
            ]
            wizard.amount_left = left

    def _preview(self):
        """What the amount and earlier credit would settle: parts, rest."""
        self.ensure_one()
        contract = self.contract_id
        if not contract or not 0 < self.amount <= money.MAX_AMOUNT:
            return [], 0.0
        # The officer sees what is open, without reading all of accounting.
        lines = contract.sudo()._get_open_lines()
        dues = lines.filtered(lambda line: line.amount_residual_currency > 0)
        decimals = contract.currency_id.decimal_places
        credit = money.to_money(contract.amount_credit, decimals)
        result = allocation.allocate(
            money.to_money(self.amount, decimals) + credit,
            [contract._to_due(line) for line in dues],
            contract.company_id.sudo().realestate_payment_order,
        )
        return [self._prepare_part(part) for part in result.parts], float(
            result.remainder
        )

    def _prepare_part(self, part):
        move = part.key.move_id
        return {
            "name": move.realestate_installment_id.display_name or move.name,
            "date_due": part.key.date_maturity,
            "amount": float(part.amount),
            "residual": float(part.residual),
        }

    def action_register(self):
        """Book the payment and show it."""
        self.ensure_one()
        payment = self.contract_id.register_payment(
            self.amount,
            self.journal_id,
            self.date,
            memo=self.memo or "",
            external_ref=self.external_ref or None,
            payer=self.payer_id or None,
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%(amount)s booked as %(payment)s.",
                    amount=self.currency_id.format(payment.amount),
                    payment=payment.name,
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }


class RealestateContractPaymentPart(models.TransientModel):
    _name = "realestate.contract.payment.part"
    _description = "What a Payment Settles"
    _order = "id"

    payment_id = fields.Many2one(
        "realestate.contract.payment", required=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="payment_id.currency_id")
    name = fields.Char(string="Due Item")
    date_due = fields.Date(string="Due")
    amount = fields.Monetary(string="Settled")
    residual = fields.Monetary(string="Stays Open")
