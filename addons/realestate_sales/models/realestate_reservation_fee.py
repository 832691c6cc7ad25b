from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

OVER = ("cancelled", "expired")


class RealestateReservation(models.Model):
    """What becomes of the fee when a reservation comes to nothing."""

    # A file for each concern keeps them short.
    _inherit = "realestate.reservation"  # pylint: disable=consider-merging-classes-inherited

    fee = fields.Monetary(compute="_compute_fee", store=True, readonly=False)
    date_cooling_off = fields.Date(
        string="Cooling-off until",
        readonly=True,
        copy=False,
        help="Until this day the buyer may leave and gets the whole fee back.",
    )
    date_left = fields.Date(string="Ended on", readonly=True, copy=False)
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
    fee_line_ids = fields.Many2many(
        "account.move.line",
        string="Paid By",
        readonly=True,
        copy=False,
        groups="account.group_account_invoice",
        help="What had paid the fee when its invoice was credited.",
    )
    fee_credit = fields.Monetary(
        string="Fee to Settle",
        compute="_compute_fee_credit",
        help="Paid by the buyer and neither kept nor given back yet.",
    )

    @api.model
    def _get_fact_fields(self):
        return super()._get_fact_fields() | {
            "date_cooling_off",
            "date_left",
            "forfeit_move_id",
            "forfeit_reason",
            "fee_line_ids",
            "refund_payment_id",
        }

    @api.depends("unit_id")
    def _compute_fee(self):
        for reservation in self.filtered(lambda r: r.state == "draft"):
            reservation.fee = reservation.unit_id.project_id.reservation_fee

    @api.depends("state", "move_id", "move_id.payment_state")
    def _compute_fee_credit(self):
        for reservation in self:
            # The sum is the desk's to see; the entries are accounting's.
            own = reservation.sudo()
            reservation.fee_credit = own._get_fee_credit() if own.state in OVER else 0

    # === ACTIONS === #

    def action_confirm(self):
        """Confirm, and start the cooling-off period that the company grants."""
        confirmed = self.filtered(lambda r: r.state == "confirmed")
        result = super().action_confirm()
        for reservation in self - confirmed:
            days = reservation.company_id.sudo().realestate_cooling_off_days
            if days:
                today = fields.Date.context_today(reservation)
                reservation._write_facts(date_cooling_off=today + timedelta(days=days))
        return result

    def _update_state(self, target, **values):
        if target in OVER:
            values["date_left"] = fields.Date.context_today(self)
        return super()._update_state(target, **values)

    def action_forfeit(self, reason):
        """Keep the fee that was paid: the advance becomes forfeiture income.

        :param reason: text kept with the record; required
        :raises AccessError: unless a supervisor decides
        :raises UserError: within the cooling-off period, or when nothing is to settle
        """
        self.check_access("write")
        reason = self._read_reason(reason)
        if not self._is_supervisor():
            raise AccessError(
                self.env._("Only a supervisor decides that a fee is kept.")
            )
        for reservation in self:
            amount = reservation._check_settleable()
            reservation._check_cooling_off()
            reservation._settle_invoice(reason)
            reservation._forfeit(amount, reason)
        return True

    def action_refund(self, journal=None, date=None):
        """Give the fee back: an outbound payment that settles the buyer's credit.

        :param journal: `account.journal` record or id, default the project's bank
        :param date: accounting date, default today
        :return: the `account.payment`
        :raises AccessError: unless an accountant pays
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(
            "account.group_account_invoice"
        ):
            raise AccessError(self.env._("Only accounting pays a fee back."))
        amount = self._check_settleable()
        # Whoever may pay it out need not be allowed to change reservations.
        own = self.sudo()
        own._settle_invoice(self.env._("Refund of the fee"))
        payment = own._pay_back(amount, journal, date)
        return payment.with_env(self.env)

    # === BUSINESS === #

    def _is_fee_credited(self):
        return self.move_id.payment_state == "reversed" or bool(
            self.move_id.reversal_move_ids.filtered(lambda m: m.state == "posted")
        )

    def _get_fee_credit(self):
        """What the buyer has paid of the fee and not got for it."""
        if not self._is_fee_credited():
            return self.move_id.amount_total - self.move_id.amount_residual
        lines = self._get_credit_lines()
        # Who has paid more than the fee keeps the rest as credit.
        credit = min(-sum(lines.mapped("amount_residual_currency")), self.fee)
        return self.currency_id.round(credit)

    def _get_credit_lines(self):
        """Open receivable lines: of the payments that the credit note set free, or of
        the credit note itself."""
        notes = self.move_id.reversal_move_ids
        return (notes.line_ids | self.fee_line_ids).filtered(
            lambda line: (
                line.account_id.account_type == "asset_receivable"
                and line.parent_state == "posted"
                and line.amount_residual_currency < 0
            )
        )

    def _credit_fee(self, reason=None):
        """Remember what had paid the fee: the credit note sets it free."""
        own = self.sudo()  # payments are accounting's
        paid = own.move_id.line_ids.matched_credit_ids.credit_move_id
        own._write_facts(fee_line_ids=[Command.set(paid.ids)])
        return super()._credit_fee(reason)

    def _check_settleable(self):
        self.ensure_one()
        if self.state not in OVER:
            raise UserError(
                self.env._(
                    "Reservation %(name)s still stands: its fee is settled when it has "
                    "been cancelled or has expired.",
                    name=self.name,
                )
            )
        if self.currency_id.compare_amounts(self.fee_credit, 0) <= 0:
            raise UserError(
                self.env._(
                    "Reservation %(name)s: no fee is left to settle. It was not paid, "
                    "or was kept or given back already.",
                    name=self.name,
                )
            )
        return self.fee_credit

    def _check_cooling_off(self):
        if self.date_cooling_off and self.date_left <= self.date_cooling_off:
            raise UserError(
                self.env._(
                    "Reservation %(name)s ended on %(left)s, within the cooling-off "
                    "period until %(until)s: the buyer gets the whole fee back.",
                    name=self.name,
                    left=self.date_left,
                    until=self.date_cooling_off,
                )
            )

    def _settle_invoice(self, reason):
        """Credit the fee's invoice where the end of the reservation has not."""
        if not self.sudo()._is_fee_credited():
            self._credit_fee(reason)

    def _forfeit(self, amount, reason):
        own = self.sudo()  # the entry is accounting's, the decision is not
        project = own.project_id
        today = fields.Date.context_today(self)
        product = self.env.ref("realestate_sales.product_forfeiture").sudo()
        line = project._prepare_charge_values(
            product,
            self.env._("Forfeited fee of reservation %(name)s", name=self.name),
            amount,
        )
        # Income, by the product's set-up: no advance any more.
        del line["account_id"]
        line["tax_ids"] = [Command.set(product.taxes_id.ids)]
        values = project._prepare_invoice_values(own.partner_id, today, today, [line])
        values["realestate_reservation_id"] = self.id
        move = self.env["account.move"].sudo().with_company(own.company_id)
        move = move.create(values)
        move._post(soft=False)
        receivable = move.line_ids.filtered(
            lambda one: one.account_id.account_type == "asset_receivable"
        )
        (receivable | own._get_credit_lines()).reconcile()
        own._write_facts(forfeit_move_id=move.id, forfeit_reason=reason)
        self._log_change(
            self.env._(
                "The fee of %(amount)s is kept: %(reason)s",
                amount=self.currency_id.format(amount),
                reason=reason,
            )
        )

    def _pay_back(self, amount, journal, date):
        payments = self.env["account.payment"].with_company(self.company_id)
        chosen = journal or self.project_id._get_bank_journal()
        lines = self._get_credit_lines()
        payment = payments.create(
            {
                "payment_type": "outbound",
                "partner_type": "customer",
                "partner_id": self.partner_id.id,
                "amount": amount,
                "currency_id": self.currency_id.id,
                "date": date or fields.Date.context_today(self),
                "journal_id": self.unit_id._to_id("account.journal", chosen),
                "memo": self.env._("Refund of the fee of %(name)s", name=self.name),
                "destination_account_id": lines.account_id[:1].id,
            }
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
