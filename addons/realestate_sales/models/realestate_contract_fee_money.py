from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class RealestateContractFee(models.Model):
    """Where the money of a fee is: facts of accounting."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract.fee"  # pylint: disable=consider-merging-classes-inherited

    move_id = fields.Many2one(
        "account.move",
        string="Invoice",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    account_id = fields.Many2one("account.account", readonly=True, copy=False)
    problem = fields.Char(string="Not Invoiced Because", readonly=True, copy=False)
    payout_line_ids = fields.One2many(
        "realestate.fee.payout.line",
        "fee_id",
        groups="account.group_account_invoice,realestate_sales.group_manager",
    )
    amount_billed = fields.Monetary(
        string="Invoiced", compute="_compute_amounts", store=True
    )
    amount_residual = fields.Monetary(
        string="Open", compute="_compute_amounts", store=True
    )
    amount_collected = fields.Monetary(
        string="Collected", compute="_compute_amounts", store=True
    )
    amount_paid_out = fields.Monetary(
        string="Paid Out", compute="_compute_amounts", store=True
    )
    amount_held = fields.Monetary(
        string="Still Held",
        compute="_compute_amounts",
        store=True,
        help="Collected on behalf of the authority and not paid out yet.",
    )
    date_paid_out = fields.Date(string="Paid Out On", compute="_compute_receipt")
    receipt_number = fields.Char(compute="_compute_receipt")
    state = fields.Selection(
        [
            ("planned", "Not Invoiced"),
            ("included", "In the Price"),
            ("seller", "Paid by the Seller"),
            ("billed", "Invoiced"),
            ("partial", "Partly Collected"),
            ("collected", "Collected"),
            ("paid_out", "Paid Out"),
            ("void", "Void"),
        ],
        compute="_compute_amounts",
        store=True,
        index=True,
    )

    # What is held, by authority.
    _held = models.Index("(company_id, authority_id) WHERE amount_held > 0")
    _to_bill = models.Index("(date_due) WHERE move_id IS NULL AND is_void IS NOT TRUE")

    @api.depends(
        "amount",
        "in_price",
        "is_void",
        "move_id.amount_residual",
        "move_id.amount_total",
        "move_id.payment_state",
        "move_id.reversal_move_ids.state",
        "move_id.state",
        "ownership",
        "payer",
        "payout_line_ids.amount",
        "payout_line_ids.payout_id.state",
    )
    def _compute_amounts(self):
        # The amounts are the fee's readers' to see, its payouts are accounting's.
        for record in self.sudo():
            facts = record._get_accounting_facts()
            record.update({**facts, "state": record._get_money_state(facts)})

    def _get_accounting_facts(self):
        self.ensure_one()
        move = self.move_id
        paid_out = sum(
            line.amount
            for line in self.payout_line_ids
            if line.payout_id.state == "paid"
        )
        billed = residual = 0.0
        if move.state == "posted" and self._has_standing_move():
            billed = self.amount if move.move_type == "entry" else move.amount_total
            residual = 0.0 if move.move_type == "entry" else move.amount_residual
        collected = billed - residual
        held = collected - paid_out if self.ownership == "behalf" else 0.0
        round_ = self.currency_id._realestate_round
        return {
            "amount_billed": billed,
            "amount_residual": residual,
            "amount_collected": round_(collected),
            "amount_paid_out": round_(paid_out),
            "amount_held": round_(held),
        }

    def _get_money_state(self, facts):
        """The state that follows from the money of the fee."""
        is_zero = self.currency_id.is_zero if self.currency_id else (lambda x: not x)
        if self.is_void:
            return "void"
        if not is_zero(facts["amount_paid_out"]) and is_zero(facts["amount_held"]):
            return "paid_out"
        if is_zero(facts["amount_billed"]):
            if self.in_price:
                return "included"
            return "seller" if self.payer == "seller" else "planned"
        if is_zero(facts["amount_residual"]):
            return "collected"
        return "billed" if is_zero(facts["amount_collected"]) else "partial"

    @api.depends("payout_line_ids.payout_id.state")
    def _compute_receipt(self):
        for record in self:
            # What became of the money is the fee's readers' to see.
            lines = record.sudo().payout_line_ids.filtered(
                lambda line: line.payout_id.state == "paid"
            )
            record.date_paid_out = max(lines.mapped("payout_id.date"), default=False)
            numbers = filter(None, (line._get_receipt_number() for line in lines))
            record.receipt_number = ", ".join(dict.fromkeys(numbers))

    # === ACTIONS === #

    def action_prepare_payout(self):
        """Make a draft payout of what is held of these fees, one for each authority,
        account and currency, and open them."""
        self._check_may_pay_out()
        held = self.filtered(lambda one: one.amount_held > 0)
        missing = held.filtered(lambda one: not one.authority_id)
        if missing or not held:
            raise UserError(self._get_payout_refusal(missing))
        payouts = self.env["realestate.fee.payout"]
        groups = held.grouped(
            lambda one: (
                one.company_id,
                one.authority_id,
                one.account_id,
                one.currency_id,
            )
        )
        for (company, authority, account, currency), fees in groups.items():
            payouts += payouts.create(
                {
                    "company_id": company.id,
                    "partner_id": authority.id,
                    "account_id": account.id,
                    "currency_id": currency.id,
                    "line_ids": [
                        Command.create({"fee_id": one.id, "amount": one.amount_held})
                        for one in fees
                    ],
                }
            )
        return payouts._get_records_action(name=self.env._("Payouts to Authorities"))

    # === BUSINESS === #

    def _check_may_pay_out(self):
        self.check_access("read")
        self.env["realestate.fee.payout"].check_access("create")

    def _get_payout_refusal(self, missing):
        if not missing:
            return self.env._(
                "Nothing is held of the fees chosen: the buyers have to pay them first."
            )
        return self.env._(
            "%(fees)s: no authority is known. Fill in “Public Authority” in the "
            "type of fee.",
            fees=", ".join(sorted(set(missing.type_id.mapped("name")))),
        )

    def _get_receipt_lines(self):
        """The lines of payouts that have a receipt of one fee alone; asked as
        superuser."""
        return self.payout_line_ids.filtered(
            lambda line: line.payout_id.state == "paid" and line.receipt_file
        )
