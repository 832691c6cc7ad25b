from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command


class RealestateAdvanceMixin(models.AbstractModel):
    """Money taken ahead of a contract: invoiced, and kept or given back when the
    contract does not come about.

    A heir has ``move_id`` (the invoice), ``partner_id``, ``currency_id``,
    ``company_id`` and ``project_id``, and names its amount in
    :meth:`_get_advance_amount`.

    Must stand before ``mail.thread`` in ``_inherit``, as the mixin of facts does.
    """

    _name = "realestate.advance.mixin"
    _inherit = ["realestate.facts.mixin"]
    _description = "Money taken ahead of a contract"

    move_id = fields.Many2one(
        "account.move", string="Invoice", readonly=True, copy=False
    )
    forfeit_move_id = fields.Many2one(
        "account.move",
        string="Forfeiture",
        readonly=True,
        copy=False,
        groups="account.group_account_invoice",
    )
    forfeit_reason = fields.Text(readonly=True, copy=False)
    refund_payment_id = fields.Many2one(
        "account.payment",
        string="Refund",
        readonly=True,
        copy=False,
        groups="account.group_account_invoice",
    )
    paid_line_ids = fields.Many2many(
        "account.move.line",
        string="Paid By",
        readonly=True,
        copy=False,
        groups="account.group_account_invoice",
        help="What had paid the invoice when it was credited.",
    )

    @api.model
    def _get_fact_fields(self):
        return super()._get_fact_fields() | {
            "move_id",
            "forfeit_move_id",
            "forfeit_reason",
            "paid_line_ids",
            "refund_payment_id",
        }

    # === HOOKS === #

    def _get_advance_amount(self):
        """What is invoiced here, in the currency of the record."""
        raise NotImplementedError()

    def _prepare_advance_links(self):
        """Links of the entries to what they are for."""
        return {}

    # === INVOICE === #

    def _invoice_advance(self, product, label, day):
        """Post the invoice; nothing when there is no amount, or it is there already.

        :param product: the charge
        :param label: text of the invoice's line
        :param day: date of the invoice, on which it is due as well
        """
        self.ensure_one()
        amount = self._get_advance_amount()
        if self.currency_id.is_zero(amount) or self.move_id:
            return
        project = self.project_id
        line = project._prepare_charge_values(product, label, amount)
        self._write_facts(move_id=self._create_advance_move(line, day).id)
        # The entry is accounting's, the decision is not.
        self.move_id.sudo()._post(soft=False)

    def _create_advance_move(self, line, day):
        values = self.project_id._prepare_invoice_values(
            self.partner_id, day, day, [line]
        )
        values |= self._prepare_advance_links()
        # Sales staff decide; the entry it makes is accounting's.
        move = self.env["account.move"].sudo().with_company(self.company_id)
        return move.create(values)

    def _credit_advance(self, reason):
        """Undo the invoice by a credit note. Remembers what had paid it: that is set
        free and stays the buyer's credit until it is settled."""
        own = self.sudo()  # entries and payments are accounting's
        paid = own.move_id.line_ids.matched_credit_ids.credit_move_id
        own._write_facts(paid_line_ids=[Command.set(paid.ids)])
        own.move_id._realestate_credit(reason)

    def _get_advance_open(self):
        """What the buyer still owes of the invoice, as a fact of accounting."""
        self.ensure_one()
        amount = self._get_advance_amount()
        move = self.sudo().move_id
        if self.currency_id.is_zero(amount):
            return 0.0
        if move.state != "posted" or move.payment_state == "reversed":
            return amount
        return move.amount_residual

    # === SETTLEMENT === #

    def _is_advance_credited(self):
        return self.move_id.payment_state == "reversed" or bool(
            self.move_id.reversal_move_ids.filtered(lambda m: m.state == "posted")
        )

    def _get_paid_credit(self):
        """What the buyer has paid and not got for it; asked as superuser."""
        if not self._is_advance_credited():
            return self.move_id.amount_total - self.move_id.amount_residual
        lines = self._get_credit_lines()
        # Who has paid more keeps the rest as credit.
        credit = min(
            -sum(lines.mapped("amount_residual_currency")), self._get_advance_amount()
        )
        return self.currency_id.round(credit)

    def _get_credit_lines(self):
        """Open receivable lines: of the payments that the credit note set free, or of
        the credit note itself."""
        notes = self.move_id.reversal_move_ids
        return (notes.line_ids | self.paid_line_ids).filtered(
            lambda line: (
                line.account_id.account_type == "asset_receivable"
                and line.parent_state == "posted"
                and line.amount_residual_currency < 0
            )
        )

    def _settle_invoice(self, reason):
        """Credit the invoice where the end has not."""
        if not self.sudo()._is_advance_credited():
            self._credit_advance(reason)

    def _keep_advance(self, amount, label, reason):
        """Make income of what the buyer had paid.

        :param amount: what is kept, at most :meth:`_get_paid_credit`
        :param label: text of the line of the entry
        """
        self._settle_invoice(reason)
        own = self.sudo()  # the entry is accounting's, the decision is not
        product = self.env.ref("realestate_sales.product_forfeiture").sudo()
        line = own.project_id._prepare_charge_values(product, label, amount)
        # Income, by the product's set-up: no advance any more.
        del line["account_id"]
        line["tax_ids"] = [Command.set(product.taxes_id.ids)]
        move = own._create_advance_move(line, fields.Date.context_today(self))
        move._post(soft=False)
        receivable = move.line_ids.filtered(
            lambda one: one.account_id.account_type == "asset_receivable"
        )
        (receivable | own._get_credit_lines()).reconcile()
        own._write_facts(forfeit_move_id=move.id, forfeit_reason=reason)

    def _check_may_refund(self):
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(
            "account.group_account_invoice"
        ):
            raise AccessError(self.env._("Only accounting pays money back."))

    def _pay_back(self, amount, memo, journal=None, date=None):
        """Pay ``amount`` to the buyer by the bank; settles the buyer's credit.

        :return: the `account.payment`
        """
        self._settle_invoice(memo)
        lines = self._get_credit_lines()
        payment = (
            self.env["account.payment"]
            .with_company(self.company_id)
            .create(self._prepare_refund_values(amount, memo, journal, date, lines))
        )
        payment.action_post()
        if not payment.move_id:
            raise UserError(
                self.env._(
                    "Journal %(journal)s makes no entry for payments: give its "
                    "outgoing payment method an outstanding account.",
                    journal=payment.journal_id.name,
                )
            )
        owed = payment.move_id.line_ids.filtered(
            lambda one: one.account_id == lines.account_id[:1]
        )
        (owed | lines).reconcile()
        self._write_facts(refund_payment_id=payment.id)
        return payment

    def _prepare_refund_values(self, amount, memo, journal, date, lines):
        chosen = journal or self.project_id._get_bank_journal()
        return {
            "payment_type": "outbound",
            "partner_type": "customer",
            "partner_id": self.partner_id.id,
            "amount": amount,
            "currency_id": self.currency_id.id,
            "date": date or fields.Date.context_today(self),
            "journal_id": self.unit_id._to_id("account.journal", chosen),
            "memo": memo,
            "destination_account_id": lines.account_id[:1].id,
        }
