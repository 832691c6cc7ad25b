from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .realestate_reservation_fee import OVER


class RealestateDeposit(models.Model):
    """The money of a deposit: invoiced, and kept or given back when no contract
    follows."""

    # A file for each concern keeps them short.
    _inherit = "realestate.deposit"  # pylint: disable=consider-merging-classes-inherited

    amount_credit = fields.Monetary(
        string="To Settle",
        compute="_compute_amount_credit",
        help="Paid by the buyer and neither kept nor given back yet, the fee "
        "included where the reservation is over too.",
    )

    @api.depends("state", "move_id.payment_state", "reservation_id.fee_credit")
    def _compute_amount_credit(self):
        for deposit in self:
            deposit.amount_credit = deposit.currency_id._realestate_round(
                deposit._get_own_credit() + deposit._get_fee_credit()
            )

    # === ACTIONS === #

    def action_forfeit(self, reason):
        """Keep what was paid, the fee included where the reservation is over: the
        advances become forfeiture income.

        :param reason: text kept with the record; required
        :raises AccessError: unless a supervisor decides
        :raises UserError: within the cooling-off period, or when nothing is to settle
        """
        self.check_access("write")
        reason = self.reservation_id._read_reason(reason)
        if not self.reservation_id._is_supervisor():
            raise AccessError(
                self.env._("Only a supervisor decides that a deposit is kept.")
            )
        for deposit in self:
            deposit._check_settleable()
            deposit._forfeit(reason)
        return True

    def action_refund(self, journal=None, date=None):
        """Give back what was paid, the fee included where the reservation is over.

        :param journal: `account.journal` record or id, default the project's bank
        :param date: accounting date, default today
        :return: the `account.payment` records, one for the fee and one for the rest
        :raises AccessError: unless an accountant pays
        """
        self.ensure_one()
        self._check_may_refund()
        self._check_settleable()
        # Whoever may pay it out need not be allowed to change deposits.
        own = self.sudo()
        payments = self.env["account.payment"].sudo()
        amount, fee = own._get_own_credit(), own._get_fee_credit()
        if amount:
            memo = self.env._("Refund of deposit %(name)s", name=self.name)
            payments |= own._pay_back(amount, memo, journal, date)
        if fee:
            payments |= own.reservation_id.action_refund(journal, date)
        own.activity_unlink(["mail.mail_activity_data_todo"])
        return payments.with_env(self.env)

    # === BUSINESS === #

    def _get_advance_amount(self):
        return self.amount_rest

    def _prepare_advance_links(self):
        return {"realestate_reservation_id": self.reservation_id.id}

    def _invoice_rest(self):
        """Post the customer invoice of what the fee does not cover."""
        self._invoice_advance(
            self.env.ref("realestate_sales.product_deposit"),
            self.env._(
                "Deposit %(name)s, unit %(unit)s",
                name=self.name,
                unit=self.unit_id.name,
            ),
            self.date_signed,
        )

    def _end(self, reason):
        """End agreements without a contract and credit their invoices."""
        standing = self.filtered(lambda d: d.state in ("draft", "signed"))
        for deposit in standing:
            deposit._update_state(
                "cancelled",
                cancel_reason=reason,
                date_cancelled=fields.Date.context_today(deposit),
            )
            if deposit.move_id:
                deposit._credit_advance(reason)
                deposit._ask_for_decision()

    def _ask_for_decision(self):
        """Money paid on a deposit that failed is the supervisor's decision."""
        if not self.currency_id.is_zero(self.sudo()._get_own_credit()):
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=self.user_id.id or self.env.uid,
                summary=self.env._("Decide on the money of a deposit that failed"),
            )

    def _get_open(self):
        """What the buyer still owes of the deposit, the fee included."""
        self.ensure_one()
        if self.state not in ("signed", "converted"):
            return 0.0
        fee = self.reservation_id._get_advance_open()
        return self.currency_id.round(fee + self._get_advance_open())

    def _get_own_credit(self):
        # The sum is the desk's to see; the entries are accounting's.
        own = self.sudo()
        return own._get_paid_credit() if own.state in ("cancelled", "forfeited") else 0

    def _get_fee_credit(self):
        reservation = self.sudo().reservation_id
        is_over = reservation.state in OVER and self.state != "draft"
        return reservation.fee_credit if is_over else 0

    def _check_settleable(self):
        self.ensure_one()
        if self.state not in ("cancelled", "forfeited"):
            raise UserError(
                self.env._(
                    "Deposit agreement %(name)s still stands: its money is settled "
                    "when it has been cancelled.",
                    name=self.name,
                )
            )
        if self.currency_id.compare_amounts(self.amount_credit, 0) <= 0:
            raise UserError(
                self.env._(
                    "Deposit agreement %(name)s: nothing is left to settle. It was not "
                    "paid, or was kept or given back already.",
                    name=self.name,
                )
            )

    def _forfeit(self, reason):
        reservation = self.reservation_id
        amount, fee = self._get_own_credit(), self._get_fee_credit()
        if reservation.state in OVER:
            reservation._check_cooling_off()
        if amount:
            label = self.env._("Forfeited deposit %(name)s", name=self.name)
            self._keep_advance(amount, label, reason)
        if fee:
            reservation.action_forfeit(reason)
        self._update_state("forfeited")
        self._write_facts(forfeit_reason=reason)
        self.activity_unlink(["mail.mail_activity_data_todo"])
        self.message_post(
            body=self.env._(
                "%(amount)s is kept: %(reason)s",
                amount=self.currency_id.format(amount + fee),
                reason=reason,
            )
        )
