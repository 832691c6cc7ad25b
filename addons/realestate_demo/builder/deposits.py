"""Deposit agreements in every state, on reservations old and new."""

from datetime import timedelta

from odoo import fields

#: Part of the price that the deposit comes to.
SHARE = 0.05
#: Contracts in these states were preceded by a deposit agreement.
BEFORE = ("approved", "signed")


def agree(reservation, day, staff, *, signed=True, paid=True):
    """Make the deposit agreement of a confirmed reservation; return it."""
    env = reservation.env(user=staff["officer"][:1])
    partner = reservation.partner_id.sudo()
    if not partner.street:
        country = partner.country_id
        partner.write({"street": f"{partner.id} Garden Road", "city": country.name})
    # Accounting pays, which the agent is not.
    pay(reservation.sudo().move_id)
    amount = round(reservation.price * SHARE, -3)
    deposit = env["realestate.deposit"].create(
        {
            "reservation_id": reservation.id,
            "amount": max(amount, reservation.fee),
            "date_deposit": day,
            "date_sign_by": fields.Date.today() + timedelta(days=10),
        }
    )
    if signed:
        deposit.action_sign(day)
        if paid:
            # Accounting pays, which the officer is not.
            pay(deposit.sudo().move_id)
    return deposit


def pay(move):
    """Record that an invoice is paid in full."""
    if move.payment_state not in ("paid", "in_payment") and move.amount_residual:
        register = move.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        )
        register.create({})._create_payments()
