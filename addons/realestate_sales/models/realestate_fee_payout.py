from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

#: What the payment is made of; stays once it is made.
TERMS = {
    "company_id",
    "partner_id",
    "currency_id",
    "account_id",
    "journal_id",
    "date",
    "line_ids",
}


class RealestateFeePayout(models.Model):
    """One payment to an authority of fees that were collected for it."""

    _name = "realestate.fee.payout"
    _description = "Payout to an Authority"
    _inherit = ["realestate.facts.mixin", "mail.thread"]
    _order = "date desc, id desc"
    _check_company_auto = True

    _fact_fields = frozenset({"name", "payment_id"})

    name = fields.Char(readonly=True, copy=False, default="/", index="trigram")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Public Authority",
        required=True,
        index=True,
        tracking=True,
    )
    account_id = fields.Many2one(
        "account.account",
        string="Held On",
        compute="_compute_account_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        check_company=True,
        domain="[('account_type', '=', 'liability_current')]",
    )
    journal_id = fields.Many2one(
        "account.journal",
        string="Bank",
        compute="_compute_journal_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        check_company=True,
        domain="[('type', 'in', ('bank', 'cash'))]",
    )
    date = fields.Date(required=True, default=fields.Date.context_today, copy=False)
    memo = fields.Char(help="What the bank tells the authority.")
    line_ids = fields.One2many("realestate.fee.payout.line", "payout_id")
    fee_count = fields.Integer(compute="_compute_amount", store=True)
    amount = fields.Monetary(compute="_compute_amount", store=True, tracking=True)
    note = fields.Text()

    # The authority's answer.
    receipt_number = fields.Char(
        tracking=True, copy=False, help="Of the whole payment; a fee may have its own."
    )
    receipt_date = fields.Date(copy=False)
    receipt_file = fields.Binary(attachment=True, copy=False)
    receipt_filename = fields.Char(copy=False)

    payment_id = fields.Many2one(
        "account.payment", readonly=True, copy=False, index="btree_not_null"
    )
    state = fields.Selection(
        [("draft", "Draft"), ("paid", "Paid"), ("cancelled", "Cancelled")],
        compute="_compute_state",
        store=True,
        index=True,
        tracking=True,
    )

    @api.depends("company_id")
    def _compute_account_id(self):
        for payout in self:
            payout.account_id = (
                payout.account_id or payout.company_id.realestate_fee_account_id
            )

    @api.depends("company_id")
    def _compute_journal_id(self):
        for payout in self:
            payout.journal_id = (
                payout.journal_id or payout.company_id.realestate_bank_journal_id
            )

    @api.depends("line_ids.amount")
    def _compute_amount(self):
        for payout in self:
            payout.fee_count = len(payout.line_ids)
            payout.amount = payout.currency_id._realestate_round(
                sum(payout.line_ids.mapped("amount"))
            )

    @api.depends("payment_id.state")
    def _compute_state(self):
        """What became of the payment: nobody says so."""
        for payout in self:
            if not payout.payment_id:
                payout.state = "draft"
            elif payout.payment_id.state in ("in_process", "paid"):
                payout.state = "paid"
            else:
                payout.state = "cancelled"

    @api.model_create_multi
    def create(self, vals_list):
        payouts = super().create(vals_list)
        # Numbers are drawn for people who may not see sequences.
        numbers = self.env["ir.sequence"].sudo()
        for payout in payouts:
            payout._write_facts(name=numbers.next_by_code("realestate.fee.payout"))
        return payouts

    def write(self, vals):
        if TERMS & vals.keys():
            self._check_open()
        return super().write(vals)

    def _check_open(self):
        for payout in self.filtered("payment_id"):
            raise UserError(
                self.env._(
                    "Payout %(name)s is made: cancel its payment and make another one.",
                    name=payout.name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        self._check_open()

    # === ACTIONS === #

    def action_load(self):
        """Take in everything that is held for this authority on this account."""
        self.check_access("write")
        self._check_open()
        for payout in self:
            known = payout.line_ids.fee_id
            held = self.env["realestate.contract.fee"].search(payout._get_held_domain())
            payout.line_ids = [
                Command.create({"fee_id": record.id, "amount": record.amount_held})
                for record in held - known
            ]
        return True

    def action_pay(self):
        """Pay the authority by the bank, and match the payment with what was charged.

        :raises UserError: naming every line that is not held as it says
        :raises AccessError: unless accounting pays
        """
        self._check_may_pay()
        for payout in self:
            payout._check_open()
            payout._check_lines()
            payment = payout._create_payment()
            payout._write_facts(payment_id=payment.id)
            payout._match(payment)
        return True

    def action_cancel(self):
        """Cancel the payment: the fees are held again."""
        self._check_may_pay()
        for payout in self.filtered(lambda one: one.state == "paid"):
            payout.payment_id.action_cancel()
        return True

    def action_open_payment(self):
        """Open the payment."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.payment",
            "res_id": self.payment_id.id,
            "view_mode": "form",
        }

    # === BUSINESS === #

    def _check_may_pay(self):
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group(
            "account.group_account_invoice"
        ):
            raise AccessError(self.env._("Only accounting pays money out."))

    def _get_held_domain(self):
        self.ensure_one()
        return [
            ("company_id", "=", self.company_id.id),
            ("currency_id", "=", self.currency_id.id),
            ("authority_id", "=", self.partner_id.id),
            ("account_id", "=", self.account_id.id),
            ("amount_held", ">", 0),
        ]

    def _check_lines(self):
        problems = [line._get_problem() for line in self.line_ids]
        if not self.line_ids:
            problems = [self.env._("it has no fees. Press “Take In What Is Held”.")]
        problems = list(filter(None, problems))
        if problems:
            raise UserError(
                self.env._(
                    "Payout %(name)s cannot be paid:\n%(problems)s",
                    name=self.name,
                    problems="\n".join(f"• {problem}" for problem in problems),
                )
            )

    def _create_payment(self):
        payments = self.env["account.payment"].with_company(self.company_id)
        payment = payments.create(self._prepare_payment_values())
        payment.action_post()
        if not payment.move_id:
            raise UserError(
                self.env._(
                    "Journal %(journal)s makes no entry for payments: give its "
                    "outgoing payment method an outstanding account.",
                    journal=payment.journal_id.name,
                )
            )
        return payment

    def _prepare_payment_values(self):
        self.ensure_one()
        return {
            "payment_type": "outbound",
            "partner_type": "supplier",
            "partner_id": self.partner_id.id,
            "amount": self.amount,
            "currency_id": self.currency_id.id,
            "date": self.date,
            "journal_id": self.journal_id.id,
            "company_id": self.company_id.id,
            "memo": self.memo or self.name,
            "destination_account_id": self.account_id.id,
        }

    def _match(self, payment):
        if not self.account_id.reconcile:
            return
        lines = payment.move_id.line_ids | self.line_ids.fee_id.move_id.line_ids
        lines.filtered(
            lambda line: line.account_id == self.account_id and not line.reconciled
        ).reconcile()
