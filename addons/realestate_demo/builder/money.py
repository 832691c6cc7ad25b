"""Invoices for what fell due, payments by buyers of every habit, reminders."""

from datetime import timedelta

from odoo import fields

# Share of buyers by habit; the rest pay on time.
HABITS = ["on_time"] * 13 + ["late"] * 3 + ["stopped"] * 2 + ["part"] + ["ahead"]


def build(env, contracts, rng):
    """Bill what fell due and register what buyers paid of it, at its date."""
    company = contracts.company_id
    env = env(context={**env.context, "allowed_company_ids": company.ids})
    installments = env["realestate.installment"]
    while installments.bill_due(limit=500):
        continue
    payments = []
    for number, contract in enumerate(contracts.with_env(env)):
        habit = HABITS[number % len(HABITS)]
        payments += _get_payments(contract, habit, rng)
    env["realestate.contract"]._register_payments(payments)
    contracts.filtered(lambda contract: contract._is_paid_up()).action_complete()


def _get_payments(contract, habit, rng):
    """What the buyer of ``contract`` paid, as arguments of ``register_payment``."""
    billed = contract.installment_ids.filtered(
        lambda installment: installment.amount_residual > 0
    )
    if habit == "stopped":
        billed = billed[: len(billed) // 2]
    elif habit == "late":
        billed = billed[:-1]
    payments = []
    for installment in billed:
        amount = installment.amount_residual
        if habit == "part" and installment == billed[-1]:
            amount = contract.currency_id.round(amount / 2)
        delay = rng.randrange(5, 25) if habit == "late" else rng.randrange(-3, 3)
        payments.append(
            {
                "contract": contract,
                "amount": amount,
                "journal": None,
                "date": _no_later_than_today(installment.date_due, delay),
                "memo": installment.display_name,
                "external_ref": f"DEMO-{contract.id}-{installment.sequence}",
            }
        )
    if habit == "ahead" and payments:
        payments[-1]["amount"] *= 1.5
    return payments


def _no_later_than_today(day, delay):
    return min(day + timedelta(days=delay), fields.Date.today())


def remind(env, companies):
    """Run the ladder of each company as its nightly job would."""
    for company in companies:
        env = env(context={**env.context, "allowed_company_ids": company.ids})
        env["realestate.dunning.ladder"].run()
