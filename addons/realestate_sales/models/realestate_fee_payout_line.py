from odoo import api, fields, models
from odoo.exceptions import UserError


class RealestateFeePayoutLine(models.Model):
    """What one payment to an authority pays of one fee."""

    _name = "realestate.fee.payout.line"
    _description = "Fee of a Payout"
    _order = "payout_id, id"
    _rec_name = "fee_id"

    payout_id = fields.Many2one(
        "realestate.fee.payout", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="payout_id.company_id", store=True)
    currency_id = fields.Many2one(related="payout_id.currency_id")
    authority_id = fields.Many2one(related="payout_id.partner_id")
    state = fields.Selection(related="payout_id.state")
    fee_id = fields.Many2one(
        "realestate.contract.fee",
        string="Fee or Tax",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('authority_id', '=', authority_id), ('amount_held', '>', 0),"
        " ('currency_id', '=', currency_id), ('company_id', '=', company_id)]",
    )
    contract_id = fields.Many2one(related="fee_id.contract_id")
    partner_id = fields.Many2one(related="fee_id.partner_id")
    amount_held = fields.Monetary(related="fee_id.amount_held", string="Held Now")
    amount = fields.Monetary(
        compute="_compute_amount",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    receipt_number = fields.Char(
        copy=False, help="Of this fee alone; empty: that of the payment."
    )
    receipt_file = fields.Binary(
        attachment=True, copy=False, help="The buyer sees it in the portal."
    )
    receipt_filename = fields.Char(copy=False)

    _fee_once = models.Constraint(
        "UNIQUE (payout_id, fee_id)", "The payout has this fee already."
    )
    _amount_positive = models.Constraint(
        "CHECK (amount >= 0)", "A payout cannot be negative."
    )

    @api.depends("fee_id")
    def _compute_amount(self):
        for line in self:
            line.amount = line.amount or line.fee_id.amount_held

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.payout_id._check_open()
        return lines

    def write(self, vals):
        if {"amount", "fee_id", "payout_id"} & vals.keys():
            self.payout_id._check_open()
        if "payout_id" in vals or "fee_id" in vals:
            raise UserError(
                self.env._("Take the line off the payout and add another one.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_open(self):
        self.payout_id._check_open()

    def _get_receipt_number(self):
        self.ensure_one()
        return self.receipt_number or self.payout_id.receipt_number

    def _get_problem(self):
        """Why this line cannot be paid, as a sentence; False where it can."""
        self.ensure_one()
        record, payout = self.fee_id, self.payout_id
        money = payout.currency_id
        values = {"fee": record.display_name, "held": money.format(record.amount_held)}
        same = (
            record.company_id == payout.company_id
            and record.currency_id == money
            and record.authority_id == payout.partner_id
            and record.account_id == payout.account_id
        )
        if not same:
            return self.env._(
                "%(fee)s is of another company, authority, currency or account.",
                **values,
            )
        if money.compare_amounts(self.amount, 0) <= 0:
            return self.env._(
                "%(fee)s: the amount is zero. Take the line off.", **values
            )
        if money.compare_amounts(self.amount, record.amount_held) > 0:
            return self.env._(
                "%(fee)s: %(held)s is held, no more is paid out.", **values
            )
        return False
