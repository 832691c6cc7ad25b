"""Invoices for what fell due, payments by buyers of every habit, reminders."""

from datetime import timedelta

from odoo import fields

# Share of buyers by habit; the rest pay on time.
HABITS = ["on_time"] * 13 + ["late"] * 3 + ["stopped"] * 2 + ["part"] + ["ahead"]

JOBS_THAT_SEND = (
    "realestate_collection.ir_cron_send_notices",
    "mail.ir_cron_mail_scheduler_action",
    "sms.ir_cron_sms_scheduler_action",
)


def build(env, contracts, rng):
    """Bill what fell due and register what buyers paid of it, at its date."""
    company = contracts.company_id
    env = env(context={**env.context, "allowed_company_ids": company.ids})
    installments = env["realestate.installment"]
    while installments.bill_due(limit=500):
        continue
    payments = []
    payers = contracts.with_env(env).filtered(
        lambda contract: contract.state not in ("draft", "review", "cancelled")
    )
    for number, contract in enumerate(payers):
        habit = (
            HABITS[number % len(HABITS)] if contract.state == "active" else "on_time"
        )
        payments += _get_payments(contract, habit, rng)
    env["realestate.contract"]._register_payments(payments)
    payers.filtered(
        lambda contract: contract.state == "active" and contract._is_paid_up()
    ).action_complete()


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
        ahead = payments[-1]["amount"] * 1.5
        payments[-1]["amount"] = contract.currency_id.round(ahead)
    return payments


def _no_later_than_today(day, delay):
    return min(day + timedelta(days=delay), fields.Date.today())


def remind(env, companies):
    """Run the ladder of each company as its nightly job would.

    A demo has invented addresses: the jobs that send to them are switched off, so the
    notices stay in the queue where they can be looked at.
    """
    for job in JOBS_THAT_SEND:
        env.ref(job).active = False
    for company in companies:
        env = env(context={**env.context, "allowed_company_ids": company.ids})
        env["realestate.dunning.ladder"].run()
