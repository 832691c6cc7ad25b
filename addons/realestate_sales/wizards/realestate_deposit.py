from datetime import timedelta

from odoo import api, fields, models


class RealestateDepositCancel(models.TransientModel):
    _name = "realestate.deposit.cancel"
    _description = "Cancel a Deposit Agreement"

    deposit_id = fields.Many2one("realestate.deposit", required=True)
    reason = fields.Text(required=True)

    def action_cancel(self):
        """Cancel the agreement for the reason given."""
        self.deposit_id.action_cancel(self.reason)


class RealestateDepositExtend(models.TransientModel):
    _name = "realestate.deposit.extend"
    _description = "Extend a Deposit Agreement"

    deposit_id = fields.Many2one("realestate.deposit", required=True)
    date_before = fields.Date(related="deposit_id.date_sign_by", string="Stands until")
    date_sign_by = fields.Date(
        string="New Term",
        compute="_compute_date_sign_by",
        store=True,
        readonly=False,
        required=True,
    )
    reason = fields.Text(required=True)

    @api.depends("deposit_id")
    def _compute_date_sign_by(self):
        """Propose as long again as a deposit stands in this company."""
        for wizard in self:
            deposit = wizard.deposit_id
            days = deposit.company_id.sudo().realestate_deposit_days
            before = deposit.date_sign_by or fields.Date.context_today(self)
            wizard.date_sign_by = before + timedelta(days=days)

    def action_extend(self):
        """Extend the agreement for the reason given."""
        self.deposit_id.action_extend(self.date_sign_by, self.reason)


class RealestateDepositForfeit(models.TransientModel):
    _name = "realestate.deposit.forfeit"
    _description = "Keep a Deposit"

    deposit_id = fields.Many2one("realestate.deposit", required=True)
    currency_id = fields.Many2one(related="deposit_id.currency_id")
    amount_credit = fields.Monetary(related="deposit_id.amount_credit", string="Paid")
    reason = fields.Text(required=True)

    def action_forfeit(self):
        """Keep the deposit for the reason given."""
        self.deposit_id.action_forfeit(self.reason)
