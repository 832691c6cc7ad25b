"""Money that comes in twice, together, or while it is billed: booked and used once."""

import pytest
from racing import assert_no_raw_error
from test_billing_killed import first_of_month

ROUNDS = 4


@pytest.fixture
def running(stage, office):
    """Return the ids of running contracts, nothing billed yet: two instalments due."""
    with stage.env() as env:
        plan = office.monthly_plan(env, 4)
        return office.running(env, ROUNDS, first_of_month(2), plan)


def bill(stage, office):
    """Bill what is due in the company of ``office``."""
    with stage.env(office.roles["collector"], office.company) as env:
        env["realestate.installment"].bill_due()


def pay(contract, amount, **values):
    """Return a call that books ``amount`` on ``contract`` and gives the payment."""
    return lambda env: (
        env["realestate.contract"]
        .browse(contract)
        .register_payment(amount, None, None, **values)
        .id
    )


def collect(racer, office, key, call):
    """Let the collection officer make ``call`` when all racers are ready."""
    return racer.attempt(
        key,
        racer.meeting(call),
        uid=office.roles["collector"],
        company=office.company,
    )


def assert_books_agree(env, contracts):
    """Fail when a contract's ledger differs from accounting, or credit lies idle."""
    for contract in env["realestate.contract"].browse(contracts):
        assert contract._get_ledger_difference() == 0
        idle = min(contract.amount_credit, contract.amount_residual)
        assert idle == 0, f"{contract.name} has credit and owes at the same time"


def test_one_reference_from_many_connections_is_one_payment(stage, office, running):
    bill(stage, office)

    def job(racer):
        for contract in running:
            call = pay(contract, 250000, external_ref=f"BANK-{contract}")
            collect(racer, office, contract, call)

    outcomes = stage.race(6, job)
    assert_no_raw_error(outcomes)
    assert all(outcome.won for outcome in outcomes), "the first payment is the answer"
    with stage.env() as env:
        payments = env["account.payment"].search(
            [("realestate_contract_id", "in", running)]
        )
        assert sorted(payments.realestate_contract_id.ids) == sorted(running)
        assert len(payments) == len(running)
        for contract in running:
            answers = {
                outcome.result for outcome in outcomes if outcome.key == contract
            }
            mine = payments.filtered(
                lambda p, c=contract: p.realestate_contract_id.id == c
            )
            assert answers == set(mine.ids)
        assert_books_agree(env, running)


def test_payments_at_once_on_one_contract_settle_each_instalment_once(
    stage, office, running
):
    bill(stage, office)

    def job(racer):
        for contract in running:
            collect(racer, office, contract, pay(contract, 200000))

    # Odoo tries a call five times: of three at least one gets through each time.
    outcomes = stage.race(3, job)
    assert_no_raw_error(outcomes)
    assert all(outcome.won for outcome in outcomes)
    with stage.env() as env:
        assert_books_agree(env, running)
        for contract in env["realestate.contract"].browse(running):
            # Two of 250,000 are billed, 600,000 came.
            assert contract.amount_residual == 0
            assert contract.amount_credit == 100000
            assert contract.amount_paid == 500000


def test_money_that_comes_while_it_is_billed_settles_the_invoice(
    stage, office, running
):
    def job(racer):
        for number, contract in enumerate(running):
            if racer.number:
                collect(racer, office, ("pay", contract), pay(contract, 250000))
            else:
                call = lambda env: env["realestate.installment"].bill_due(limit=1)  # noqa: E731
                collect(racer, office, ("bill", number), call)

    outcomes = stage.race(2, job, processes=2)
    assert_no_raw_error(outcomes)
    assert all(outcome.won for outcome in outcomes)
    with stage.env() as env:
        for contract in env["realestate.contract"].browse(running):
            assert contract._get_ledger_difference() == 0
        # Neither may have seen the other: the job finds what they left open.
        env["realestate.installment"]._cron_bill()
        assert_books_agree(env, running)


def test_a_payment_cancelled_while_another_comes_leaves_the_books_right(
    stage, office, running
):
    bill(stage, office)
    with stage.env(office.roles["collector"], office.company) as env:
        first = {contract: pay(contract, 250000)(env) for contract in running}

    def cancel(payment):
        return lambda env: env["account.payment"].browse(payment).action_cancel()

    def job(racer):
        for contract in running:
            if racer.number:
                collect(racer, office, ("pay", contract), pay(contract, 250000))
            else:
                racer.attempt(
                    ("cancel", contract), racer.meeting(cancel(first[contract]))
                )

    outcomes = stage.race(2, job, processes=2)
    assert_no_raw_error(outcomes)
    assert all(outcome.won for outcome in outcomes)
    with stage.env() as env:
        assert_books_agree(env, running)
        for contract in env["realestate.contract"].browse(running):
            assert contract.amount_residual == 250000
