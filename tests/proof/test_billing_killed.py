"""Billing killed anywhere, started twice, or not at all for days: each due once."""

import os
import random
import signal
import threading
from collections import Counter
from datetime import date, timedelta
from functools import partial

import pytest
from office import Office
from racing import PATIENCE, SEED, assert_no_raw_error

MONTHS = 30
CONTRACTS = 6
KILLS = 12


def first_of_month(back):
    """Return the first day of the month ``back`` months ago."""
    today = date.today()
    months = today.year * 12 + today.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


@pytest.fixture
def debt(stage, office):
    """Return the ids of contracts with years of instalments due and not billed."""
    with stage.env() as env:
        plan = office.monthly_plan(env, MONTHS)
        return office.running(env, CONTRACTS, first_of_month(25), plan)


def bill(env, batch=20):
    """Do what the job does, in batches small enough to be caught between them."""
    # Not importable before Odoo knows where the addons are.
    from odoo.addons.realestate_collection.models import realestate_installment

    realestate_installment.BATCH = batch
    env["realestate.installment"]._cron_bill()


def bill_until(stage, query):
    """Bill in this process and kill it after so many queries, wherever that is."""
    left = iter(range(query))

    def count(*_args):
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    threading.current_thread().query_hooks = [count]
    with stage.env() as env:
        bill(env)


def links(env, contracts):
    """Return the instalments of ``contracts`` and the invoices made for them."""
    items = env["realestate.installment"].search([("contract_id", "in", contracts)])
    moves = env["account.move"].search(
        [("realestate_contract_id", "in", contracts), ("move_type", "=", "out_invoice")]
    )
    return items, moves


def assert_nothing_twice_or_half(env, contracts):
    """Fail on an invoice that is a draft, a double, an orphan or of other money.

    :return: number of instalments billed
    """
    items, moves = links(env, contracts)
    doubles = Counter(moves.realestate_installment_id.ids)
    assert len(moves) == len(doubles), "an instalment has two invoices"
    assert set(moves.mapped("state")) <= {"posted"}
    assert items.move_id == moves, "an invoice nobody knows, or a link to none"
    for item in items.filtered("move_id"):
        assert item.move_id.realestate_installment_id == item
        assert item.amount_billed == item.amount == item.move_id.amount_total
    return len(moves)


def assert_all_billed(env, contracts, day=None):
    """Fail unless what is due by ``day`` is billed, and nothing else."""
    assert_nothing_twice_or_half(env, contracts)
    items, _moves = links(env, contracts)
    day = day or date.today()
    due = items.filtered(lambda item: item.date_due <= day)
    assert due and items.filtered("move_id") == due
    for contract in items.contract_id:
        assert contract._get_ledger_difference() == 0


def assert_numbers_without_gap(env, contracts):
    """Fail when a number of the journal the invoices are in is missing."""
    _items, moves = links(env, contracts)
    in_journal = env["account.move"].search(
        [("journal_id", "in", moves.journal_id.ids), ("state", "=", "posted")]
    )
    numbers = {}
    for move in in_journal:
        numbers.setdefault(move.sequence_prefix, set()).add(move.sequence_number)
    for prefix, used in numbers.items():
        assert used == set(range(1, len(used) + 1)), f"a gap in {prefix}"


def test_billing_killed_anywhere_and_started_again_bills_each_once(stage, debt):
    chance = random.Random(SEED)
    progress = [0]
    for _kill in range(KILLS):
        process = stage.fork(partial(bill_until, stage, chance.randint(1, 500)))
        process.join(PATIENCE)
        assert process.exitcode in (0, -signal.SIGKILL), f"seed {SEED}"
        with stage.env() as env:
            progress.append(assert_nothing_twice_or_half(env, debt))
        if process.exitcode == 0:
            break
    assert len(set(progress)) > 2, "the kills never fell between two batches"
    with stage.env() as env:
        bill(env)
    with stage.env() as env:
        assert_all_billed(env, debt)
        assert_numbers_without_gap(env, debt)


def test_billing_started_many_times_at_once_bills_each_once(stage, office, debt):
    def job(racer):
        if racer.number % 2:
            racer.attempt("job", racer.meeting(bill), again=False)
        else:
            racer.attempt(
                "officer",
                racer.meeting(lambda env: env["realestate.installment"].bill_due()),
                uid=office.roles["collector"],
                company=office.company,
            )

    outcomes = stage.race(4, job)
    with stage.env() as env:
        assert_nothing_twice_or_half(env, debt)
        bill(env)
        assert_all_billed(env, debt)
        assert_numbers_without_gap(env, debt)
    assert_no_raw_error([o for o in outcomes if o.key == "officer"])


def test_one_of_two_runs_is_killed_and_the_other_bills_the_rest(stage, debt):
    def whole():
        with stage.env() as env:
            bill(env)

    chance = random.Random(SEED + 1)
    victim = stage.fork(partial(bill_until, stage, chance.randint(100, 400)))
    other = stage.fork(whole)
    for process in (victim, other):
        process.join(PATIENCE)
    assert other.exitcode == 0
    with stage.env() as env:
        assert_nothing_twice_or_half(env, debt)
    with stage.env() as env:
        bill(env)
    with stage.env() as env:
        assert_all_billed(env, debt)


def test_days_without_a_run_are_caught_up(stage):
    """Billing of day 0, none for three days, billing of day 4: as if never away."""
    with stage.env() as env:
        away = Office.open(env, "Away Developer", agents=0)
        today = date.today()
        plan = away.monthly_plan(env, 2)
        contracts = []
        for day in range(8):
            start = first_of_month(2) + timedelta(days=day)
            contracts += away.running(env, 1, start, plan)

    def due_by(day):
        with stage.env(away.roles["collector"], away.company) as env:
            env["realestate.installment"].bill_due(day)
        with stage.env() as env:
            assert_all_billed(env, contracts, day)

    first = first_of_month(1) + timedelta(days=1)
    due_by(first)
    due_by(first + timedelta(days=4))
    due_by(today)
