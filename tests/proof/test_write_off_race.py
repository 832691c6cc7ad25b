"""Debts given up, or paid, while others close the period or give up the same: one thing
counts, and nothing is half."""

import time
from datetime import timedelta

import pytest
from debts import PART, open_desk, overdue
from racing import assert_no_raw_error
from test_contract_race import lost, record
from test_payment_race import assert_books_agree

ROUNDS = 3


@pytest.fixture(scope="module")
def desk(stage):
    """Return the Office of this file."""
    return open_desk(stage, "Strict Desk")


@pytest.fixture
def closing(stage, desk):
    """Return the last day of the month before, whose period is open again after."""
    with stage.env() as env:
        today = env["res.company"].browse(desk.company)._realestate_today()
    yield today.replace(day=1) - timedelta(days=1)
    with stage.env() as env:
        env["res.company"].browse(desk.company).fiscalyear_lock_date = False


def give_up(contract, day, before=0, after=0):
    """Return a call that writes PART off and says when it was about to end."""

    def call(env):
        time.sleep(before)
        record(env, "contract", contract)._write_off(PART, day, "Bankrupt")
        env.flush_all()
        time.sleep(after)
        return time.monotonic()

    return call


def pay(contract, day, before=0, after=0):
    """Return a call that books a payment of PART, like :func:`give_up`."""

    def call(env):
        time.sleep(before)
        record(env, "contract", contract).register_payment(PART, None, day)
        env.flush_all()
        time.sleep(after)
        return time.monotonic()

    return call


def close(desk, day, before=0):
    """Return a call that closes the period and says when it was closed."""

    def call(env):
        time.sleep(before)
        env["res.company"].browse(desk.company).fiscalyear_lock_date = day
        env.flush_all()
        return time.monotonic()

    return call


def meet(stage, *calls):
    """Let ``calls``, (key, call), see the same database and go on from there."""

    def job(racer):
        key, call = calls[racer.number]
        racer.attempt(key, racer.meeting(call))

    outcomes = stage.race(len(calls), job)
    assert_no_raw_error(outcomes)
    return {outcome.key: outcome for outcome in outcomes}


def write_offs(env, contracts):
    """Return the entries of whatever state that give up debts of the contracts."""
    return env["account.move"].search(
        [
            ("realestate_contract_id", "in", contracts),
            ("realestate_write_off", "=", True),
        ]
    )


def assert_whole(env, contracts):
    """Fail unless each write-off is posted, matched and all that is said of it."""
    moves = write_offs(env, contracts)
    assert set(moves.mapped("state")) <= {"posted"}
    for contract in record(env, "contract", contracts):
        own = moves & contract.move_line_ids.move_id
        given_up = sum(own.mapped("realestate_write_off_amount"))
        assert contract.amount_written_off == given_up
        receivable = own.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        assert not any(receivable.mapped("amount_residual_currency"))
    assert_books_agree(env, contracts)


def test_a_period_closed_a_moment_before_takes_nothing(stage, desk, closing):
    [contract] = overdue(stage, desk, 1)
    # The period was open when this one began, and is closed meanwhile.
    late = give_up(contract, closing, before=1)
    found = meet(stage, ("write", late), ("close", close(desk, closing)))
    assert found["close"].won
    assert "closed period" in found["write"].text
    with stage.env() as env:
        assert not write_offs(env, [contract])
        assert_whole(env, [contract])


def test_who_closes_a_period_waits_for_what_is_being_posted(stage, desk, closing):
    [contract] = overdue(stage, desk, 1)
    early = give_up(contract, closing, after=2)
    found = meet(stage, ("write", early), ("close", close(desk, closing, before=1)))
    assert found["write"].won and found["close"].won
    assert found["close"].result > found["write"].result
    with stage.env() as env:
        assert write_offs(env, [contract]).date == closing
        assert_whole(env, [contract])


def test_money_is_booked_before_a_period_is_closed_or_not_at_all(stage, desk, closing):
    early, late = overdue(stage, desk, 2)
    found = meet(
        stage,
        ("early", pay(early, closing, after=2)),
        ("late", pay(late, closing, before=3)),
        ("close", close(desk, closing, before=1)),
    )
    assert found["early"].won and found["close"].won
    assert found["close"].result > found["early"].result
    assert "closed period" in found["late"].text
    with stage.env() as env:
        payments = env["account.payment"].search(
            [("realestate_contract_id", "in", [early, late])]
        )
        assert payments.realestate_contract_id.ids == [early]
        assert payments.mapped("date") == [closing]
        assert_books_agree(env, [early, late])


def test_whoever_comes_first_each_write_off_is_whole_or_refused(stage, desk, closing):
    contracts = overdue(stage, desk, ROUNDS)
    calls = [(number, give_up(number, closing)) for number in contracts]
    found = meet(stage, *calls, ("close", close(desk, closing)))
    assert found["close"].won
    with stage.env() as env:
        moves = write_offs(env, contracts)
        for number in contracts:
            own = moves.filtered(
                lambda one, number=number: one.realestate_contract_id.id == number
            )
            assert len(own) == found[number].won
            assert found[number].won or "closed period" in found[number].text
        assert_whole(env, contracts)


def approved(stage, desk, contracts):
    """Return the ids of approved proposals to write the debts off."""
    with stage.env(desk.roles["collector"], desk.company) as env:
        proposals = env["realestate.debt.proposal"].create(
            [
                {"contract_id": number, "kind": "write_off", "reason": "Bankrupt"}
                for number in contracts
            ]
        )
        proposals.action_submit()
        ids = proposals.ids
    with stage.env(desk.roles["head"], desk.company) as env:
        for proposal in record(env, "debt.proposal", ids):
            proposal.action_approve()
    return ids


def test_two_who_carry_out_one_proposal_write_off_once(stage, desk):
    contracts = overdue(stage, desk, ROUNDS)
    ids = approved(stage, desk, contracts)

    def job(racer):
        for number in ids:

            def carry_out(env, number=number):
                record(env, "debt.proposal", number).action_execute()

            racer.attempt(
                (racer.number, number),
                racer.meeting(racer.lingering(carry_out)),
                uid=desk.roles["head"],
                company=desk.company,
            )

    outcomes = stage.race(2, job)
    assert_no_raw_error(outcomes)
    assert not lost(outcomes), "the second one sees what the first has done"
    with stage.env() as env:
        assert len(write_offs(env, contracts)) == ROUNDS
        assert set(record(env, "contract", contracts).mapped("amount_residual")) == {0}
        assert_whole(env, contracts)


def test_one_write_off_is_taken_back_once(stage, desk):
    contracts = overdue(stage, desk, ROUNDS)
    with stage.env() as env:
        for contract in record(env, "contract", contracts):
            contract._write_off(PART, None, "Bankrupt")
        ids = write_offs(env, contracts).ids

    def job(racer):
        for number in ids:

            def take_back(env, number=number):
                move = env["account.move"].browse(number)
                move.action_realestate_take_back("Pays after all")

            racer.attempt(
                (racer.number, number),
                racer.meeting(racer.lingering(take_back)),
                uid=desk.roles["head"],
                company=desk.company,
            )

    outcomes = stage.race(2, job)
    assert_no_raw_error(outcomes)
    assert not lost(outcomes)
    with stage.env() as env:
        for contract in record(env, "contract", contracts):
            assert contract.amount_written_off == 0
        moves = env["account.move"].browse(ids)
        assert [len(move.reversal_move_ids) for move in moves] == [1] * ROUNDS
        assert_books_agree(env, contracts)
