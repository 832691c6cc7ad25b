from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

OVER = ("cancelled", "expired")


class RealestateReservation(models.Model):
    """The fee, and what becomes of it when a reservation comes to nothing."""

    # A file for each concern keeps them short.
    _inherit = "realestate.reservation"  # pylint: disable=consider-merging-classes-inherited

    fee = fields.Monetary(compute="_compute_fee", store=True, readonly=False)
    move_id = fields.Many2one(string="Fee Invoice")
    date_cooling_off = fields.Date(
        string="Cooling-off until",
        readonly=True,
        copy=False,
        help="Until this day the buyer may leave and gets the whole fee back.",
    )
    date_left = fields.Date(string="Ended on", readonly=True, copy=False)
    fee_credit = fields.Monetary(
        string="Fee to Settle",
        compute="_compute_fee_credit",
        help="Paid by the buyer and neither kept nor given back yet.",
    )

    @api.model
    def _get_fact_fields(self):
        return super()._get_fact_fields() | {"date_cooling_off", "date_left"}

    @api.depends("unit_id")
    def _compute_fee(self):
        for reservation in self.filtered(lambda r: r.state == "draft"):
            reservation.fee = reservation.unit_id.project_id.reservation_fee

    @api.depends("state", "move_id", "move_id.payment_state")
    def _compute_fee_credit(self):
        for reservation in self:
            # The sum is the desk's to see; the entries are accounting's.
            own = reservation.sudo()
            reservation.fee_credit = own._get_paid_credit() if own.state in OVER else 0

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
        self._check_may_refund()
        amount = self._check_settleable()
        memo = self.env._("Refund of the fee of %(name)s", name=self.name)
        # Whoever may pay it out need not be allowed to change reservations.
        payment = self.sudo()._pay_back(amount, memo, journal, date)
        return payment.with_env(self.env)

    # === BUSINESS === #

    def _get_advance_amount(self):
        return self.fee

    def _prepare_advance_links(self):
        return {"realestate_reservation_id": self.id}

    def _invoice_fee(self):
        """Post the customer invoice of the fee; nothing when there is no fee."""
        self._invoice_advance(
            self.env.ref("realestate_sales.product_reservation_fee"),
            self.env._(
                "Reservation fee %(name)s, unit %(unit)s",
                name=self.name,
                unit=self.unit_id.name,
            ),
            self.date_reservation,
        )

    def _credit_fee(self, reason=None):
        """Undo the fee invoice by a credit note."""
        self._credit_advance(reason or self.cancel_reason)

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

    def _forfeit(self, amount, reason):
        label = self.env._("Forfeited fee of reservation %(name)s", name=self.name)
        self._keep_advance(amount, label, reason)
        self._log_change(
            self.env._(
                "The fee of %(amount)s is kept: %(reason)s",
                amount=self.currency_id.format(amount),
                reason=reason,
            )
        )
