"""A claim against what else is done to its unit at the same moment."""

import pytest
from psycopg2.errors import SerializationFailure
from racing import assert_no_raw_error

from odoo import fields

PAIRS = 10


def lost(outcomes):
    """Return the keys of the attempts that were refused."""
    return {outcome.key for outcome in outcomes if outcome.error}


def test_a_price_never_changes_under_a_reservation(stage, office):
    with stage.env() as env:
        units = office.units(env, PAIRS)
        lists = [office.pricelist(env, units, price) for price in (1100000, 1200000)]

    def job(racer):
        if racer.number < len(units):
            unit, plan = units[racer.number], office.plan
            racer.attempt(
                ("reserve", unit),
                racer.meeting(
                    lambda env: (
                        env["realestate.unit"]
                        .browse(unit)
                        .action_reserve(office.buyers[0], plan, 0)
                        .price
                    )
                ),
                uid=office.agents[racer.number],
                company=office.company,
            )
        else:
            pricelist = lists[racer.number - len(units)]
            racer.attempt(
                ("approve", pricelist),
                racer.meeting(
                    racer.lingering(
                        lambda env: (
                            env["realestate.pricelist"]
                            .browse(pricelist)
                            .action_approve()
                        )
                    )
                ),
                uid=office.roles["manager"],
                company=office.company,
            )

    outcomes = stage.race(PAIRS + len(lists), job)
    assert_no_raw_error(outcomes)
    assert not lost(outcomes)
    agreed = {o.key[1]: o.result for o in outcomes if o.key[0] == "reserve"}
    with stage.env() as env:
        now = {
            unit.id: unit.price_list for unit in env["realestate.unit"].browse(units)
        }
        states = env["realestate.pricelist"].browse(lists).mapped("state")
    assert now == agreed
    assert sorted(states) == ["effective", "superseded"]


@pytest.mark.parametrize("undoing", ["withdraw", "archive", "unlink"])
def test_a_unit_is_claimed_or_gone_but_never_both(stage, office, undoing):
    with stage.env() as env:
        units = office.units(env, PAIRS)
    actions = {
        "withdraw": lambda unit: unit.action_withdraw("Repairs"),
        "archive": lambda unit: unit.action_archive(),
        "unlink": lambda unit: unit.unlink(),
    }

    def take_away(unit):
        def call(env):
            # Whoever was too late to undo gets an answer, not a missing record.
            actions[undoing](env["realestate.unit"].browse(unit))

        return call

    def hold(unit):
        return lambda env: env["realestate.unit"].browse(unit).action_hold()

    def job(racer):
        holding = racer.number % 2
        for unit in units:
            call = (hold if holding else take_away)(unit)
            if racer.random.random() < 0.5:
                call = racer.lingering(call)
            racer.attempt(
                ("hold" if holding else undoing, unit),
                racer.meeting(call),
                uid=office.agents[0] if holding else office.roles["manager"],
                company=office.company,
            )

    outcomes = stage.race(2, job, processes=2)
    assert_no_raw_error(outcomes)
    losers = lost(outcomes)
    with stage.env() as env:
        for unit in (
            env["realestate.unit"].with_context(active_test=False).browse(units)
        ):
            gone = not unit.exists() or not unit.active or not unit.is_released
            claimed = bool(unit.exists() and unit.live_claim_id)
            assert gone != claimed, f"{unit.id}: gone {gone}, claimed {claimed}"
            assert ((undoing, unit.id) in losers) == claimed
            assert (("hold", unit.id) in losers) == gone


def test_sets_of_units_are_held_whole_or_not_at_all(stage, office):
    with stage.env() as env:
        units = office.units(env, 20)

    def job(racer):
        chosen = racer.random.sample(units, 5)
        hold = lambda env: env["realestate.unit"].browse(chosen).action_hold()  # noqa: E731
        racer.attempt(
            tuple(sorted(chosen)),
            racer.meeting(hold),
            uid=office.agents[racer.number],
            company=office.company,
            again=racer.number % 2,
        )

    outcomes = stage.race(20, job)
    assert_no_raw_error(outcomes)
    winners = {office.agents[o.racer]: o.key for o in outcomes if o.won}
    assert winners, "somebody must have been first"
    with stage.env() as env:
        claims = env["realestate.unit.claim"].search([("unit_id", "in", units)])
        held = claims.grouped("user_id")
        assert {
            user.id: tuple(sorted(mine.unit_id.ids)) for user, mine in held.items()
        } == winners


def test_two_claims_in_one_second_both_meet_a_price_change(stage, office, monkeypatch):
    """The second claim of a second must still change the row that the price is in."""
    agent, company = office.agents[0], office.company
    with stage.env() as env:
        (unit,) = office.units(env, 1)
        pricelist = office.pricelist(env, [unit], 1300000)
    second = fields.Datetime.now()
    monkeypatch.setattr(fields.Datetime, "now", staticmethod(lambda *_args: second))
    with stage.env(agent, company) as env:
        env["realestate.unit"].browse(unit).action_hold()
    with stage.env(agent, company) as env:
        env["realestate.unit"].browse(unit).action_release()
    with pytest.raises(SerializationFailure), stage.env() as late:
        late.cr.execute("SELECT 1")
        with stage.env(agent, company) as env:
            home = env["realestate.unit"].browse(unit)
            home.action_reserve(office.buyers[0], office.plan, 0)
        late["realestate.pricelist"].browse(pricelist).action_approve()
