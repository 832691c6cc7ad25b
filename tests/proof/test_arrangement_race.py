"""Answers, write-offs and days that meet: one counts, all see the same day."""

from datetime import date, datetime, timedelta

import pytest
from debts import PART, open_desk, overdue, refresh
from freezegun import freeze_time
from racing import assert_no_raw_error
from test_contract_race import lost, record
from test_payment_race import assert_books_agree, pay

from odoo.exceptions import UserError

ROUNDS = 3


@pytest.fixture(scope="module")
def desk(stage):
    """Return the Office of this file, in Manila; jobs run in UTC."""
    office = open_desk(stage, "Kind Desk")
    with stage.env() as env:
        company = env["res.company"].browse(office.company)
        company.partner_id.tz = "Asia/Manila"
        company.with_company(company).action_realestate_setup()
    return office


def offered(stage, desk):
    """Return ids of overdue contracts and of the arrangements offered on them."""
    contracts = overdue(stage, desk, ROUNDS)
    with stage.env() as env:
        refresh(env, desk)
    with stage.env(desk.roles["collector"], desk.company) as env:
        first = env.company._realestate_today() + timedelta(days=10)
        ids = [
            contract.propose_arrangement(2, first)
            for contract in record(env, "contract", contracts)
        ]
        record(env, "arrangement", ids).action_submit()
    with stage.env(desk.roles["head"], desk.company) as env:
        for one in record(env, "arrangement", ids):
            one.action_approve()
    with stage.env(desk.roles["collector"], desk.company) as env:
        record(env, "arrangement", ids).action_offer()
    return contracts, ids


def answer(stage, desk, ids, *calls):
    """Let each of ``calls``, (name, function of an arrangement), meet at each."""

    def job(racer):
        name, call = calls[racer.number]
        for number in ids:
            racer.attempt(
                (name, number),
                racer.meeting(
                    lambda env, number=number: call(record(env, "arrangement", number))
                ),
                # The buyer's page acts for the buyer, the officer for paper.
                **(
                    {"uid": desk.roles["collector"], "company": desk.company}
                    if name == "paper"
                    else {}
                ),
            )

    outcomes = stage.race(len(calls), job)
    assert_no_raw_error(outcomes)
    return outcomes


def live_holds(env, contracts):
    """Return the arrangements' holds that are not over."""
    return record(env, "dunning.hold", []).search(
        [
            ("contract_id", "in", contracts),
            ("kind", "=", "arrangement"),
            ("date_ended", "=", False),
        ]
    )


def test_an_arrangement_accepted_in_two_tabs_and_on_paper_runs_once(stage, desk):
    contracts, ids = offered(stage, desk)
    calls = (
        ("tab", lambda one: one._accept("portal")),
        ("other tab", lambda one: one._accept("portal")),
        ("paper", lambda one: one.action_accept_on_paper()),
    )
    outcomes = answer(stage, desk, ids, *calls)
    assert not lost(outcomes), "the second is told that it runs, not that it failed"
    with stage.env() as env:
        for one in record(env, "arrangement", ids):
            assert one.state == "accepted"
            told = one.contract_id.message_ids.filtered(
                lambda message: "accepted by the buyer" in message.body
            )
            assert len(told) == 1
        assert sorted(live_holds(env, contracts).contract_id.ids) == sorted(contracts)
        assert len(live_holds(env, contracts)) == ROUNDS
        stages = record(env, "contract", contracts)._get_case().mapped("stage")
        assert stages == ["arranged"] * ROUNDS


def test_an_arrangement_is_accepted_or_refused_but_never_both(stage, desk):
    contracts, ids = offered(stage, desk)
    calls = (
        ("accept", lambda one: one._accept("portal")),
        ("refuse", lambda one: one._refuse_by_buyer("Too dear")),
    )
    outcomes = answer(stage, desk, ids, *calls)
    with stage.env() as env:
        held = live_holds(env, contracts).contract_id
        for one in record(env, "arrangement", ids):
            won = [o.key[0] for o in outcomes if o.won and o.key[1] == one.id]
            assert won == (["accept"] if one.state == "accepted" else ["refuse"])
            assert (one.contract_id in held) == (one.state == "accepted")


def test_a_debt_given_up_and_paid_at_once_is_settled_once(stage, desk):
    contracts = overdue(stage, desk, ROUNDS)

    def give_up(contract):
        return lambda env: (
            record(env, "contract", contract)._write_off(2 * PART, None, "Bankrupt").id
        )

    def job(racer):
        for contract in contracts:
            call = (give_up, give_up, lambda one: pay(one, 2 * PART))[racer.number]
            racer.attempt(
                (racer.number, contract), racer.meeting(call(contract)), company=None
            )

    outcomes = stage.race(3, job)
    assert_no_raw_error(outcomes)
    with stage.env() as env:
        assert_books_agree(env, contracts)
        for contract in record(env, "contract", contracts):
            gone = [o for o in outcomes if o.won and o.key == (0, contract.id)]
            gone += [o for o in outcomes if o.won and o.key == (1, contract.id)]
            assert len(gone) <= 1, "the same debt was given up twice"
            assert contract.amount_written_off == 2 * PART * len(gone)
            assert contract.amount_residual >= 0


def test_a_closed_period_takes_no_write_off_and_nothing_is_half(stage, desk):
    [contract] = overdue(stage, desk, 1)
    with stage.env() as env:
        company = env["res.company"].browse(desk.company)
        today = company._realestate_today()
        company.fiscalyear_lock_date = today.replace(day=1) - timedelta(days=1)
    closed = today.replace(day=1) - timedelta(days=1)
    try:
        with stage.env() as env, pytest.raises(UserError, match="closed period"):
            record(env, "contract", contract)._write_off(PART, closed, "Bankrupt")
        with stage.env() as env:
            assert record(env, "contract", contract).amount_written_off == 0
            move = record(env, "contract", contract)._write_off(PART, None, "Bankrupt")
            assert (move.state, move.date) == ("posted", today)
        with stage.env() as env:
            assert_books_agree(env, [contract])
    finally:
        with stage.env() as env:
            env["res.company"].browse(desk.company).fiscalyear_lock_date = False


@pytest.mark.parametrize(
    ("moment", "tomorrow"), [("15:59:59", 0), ("16:00:00", 1), ("16:01:00", 1)]
)
def test_all_see_the_day_of_the_company_around_its_midnight(
    stage, desk, moment, tomorrow
):
    contracts = overdue(stage, desk, 3)
    base = date.today() + timedelta(days=2)
    day = base + timedelta(days=tomorrow)
    clock = datetime.fromisoformat(f"{base}T{moment}")
    with stage.env() as env, freeze_time(f"{base}T08:00:00") as hands:
        company = env["res.company"].browse(desk.company)
        held, promised, arranged = record(env, "contract", contracts)
        # The last day held is the one that may be over.
        held.stop_dunning("Until then", base)
        waiting = held.dunning_hold_ids
        hands.move_to(clock)
        assert waiting.date_from == base
        assert waiting.is_live is not bool(tomorrow)
        promised.log_contact(
            "call", "promised", promise_amount=1000, promise_date=str(day)
        )
        assert promised.promise_ids._get_day_made() == day
        assert promised.dunning_hold_ids.date_from == day
        with pytest.raises(UserError, match="today or later"):
            promised.log_contact(
                *("call", "promised"),
                promise_amount=1000,
                promise_date=str(day - timedelta(days=1)),
            )
        first = day + timedelta(days=10)
        plan = record(env, "arrangement", arranged.propose_arrangement(2, first))
        assert plan.date == day
        made = record(env, "dunning.run", [])._perform(company)
        assert made.date == day
        sent = made.notice_ids.contract_id
        assert arranged in sent and promised not in sent
        assert (held in sent) is bool(tomorrow)
        env.cr.rollback()
