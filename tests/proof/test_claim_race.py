"""Twenty agents and a hundred homes: whatever runs at once, one live claim a unit."""

import time
from collections import Counter
from datetime import timedelta

from racing import assert_no_raw_error

from odoo import fields

RACERS = 20
HOMES = 100


def live_claims(env, units):
    """Return the number of live claims by unit, counted in the table itself."""
    env.cr.execute(
        "SELECT unit_id FROM realestate_unit_claim WHERE live AND unit_id = ANY(%s)",
        (units,),
    )
    return Counter(row[0] for row in env.cr.fetchall())


def wait_until(moment):
    """Wait until ``moment`` (UTC) has passed."""
    while fields.Datetime.now() < moment:
        time.sleep(0.05)


def hold(unit):
    """Return a call that holds ``unit``."""
    return lambda env: env["realestate.unit"].browse(unit).action_hold()


def reserve(unit, buyer, plan):
    """Return a call that reserves ``unit``; its result is the reservation's id."""
    return lambda env: (
        env["realestate.unit"].browse(unit).action_reserve(buyer, plan, 0).id
    )


def claim_everything(office, units):
    """Return a job: every unit once, by hold or by reservation.

    Half of the racers follow each other closely, so that they meet; the others come in
    any order. Half call as RPC does, the others see every error there is.
    """

    def job(racer):
        order = list(units)
        if racer.number % 4 < 2:
            racer.random.shuffle(order)
        for unit in order:
            racer.pause(0.004)
            reserving = racer.random.random() < 0.3
            buyer = racer.random.choice(office.buyers)
            call = reserve(unit, buyer, office.plan) if reserving else hold(unit)
            racer.attempt(
                ("reservation" if reserving else "hold", unit),
                racer.lingering(call),
                uid=office.agents[racer.number],
                company=office.company,
                again=racer.number % 2,
            )

    return job


def assert_one_winner_each(stage, outcomes, units):
    """Fail unless each unit has one winner and the claim of that winner alone."""
    winners = Counter(outcome.key[1] for outcome in outcomes if outcome.won)
    assert winners == Counter(units)
    with stage.env() as env:
        assert live_claims(env, units) == Counter(units)
        claims = env["realestate.unit.claim"].search([("unit_id", "in", units)])
        assert len(claims) == len(units), "a loser left a claim behind"
        kinds = {claim.unit_id.id: claim.kind for claim in claims}
        assert kinds == {o.key[1]: o.key[0] for o in outcomes if o.won}
        reservations = env["realestate.reservation"].search([("unit_id", "in", units)])
        expected = sorted(o.result for o in outcomes if o.won and o.key[0] != "hold")
        assert sorted(reservations.ids) == expected


def claim_together(office, units):
    """Return a job: unit by unit, all see it free and then claim it at once."""

    def job(racer):
        for unit in units:
            reserving = racer.random.random() < 0.3
            call = (
                reserve(unit, office.buyers[0], office.plan)
                if reserving
                else hold(unit)
            )
            racer.attempt(
                ("reservation" if reserving else "hold", unit),
                racer.meeting(call),
                uid=office.agents[racer.number],
                company=office.company,
                again=racer.number % 2,
            )

    return job


def test_twenty_connections_race_for_a_hundred_units(stage, office):
    with stage.env() as env:
        units = office.units(env, HOMES)
    outcomes = stage.race(RACERS, claim_everything(office, units))
    assert len(outcomes) == RACERS * HOMES
    assert_no_raw_error(outcomes)
    assert_one_winner_each(stage, outcomes, units)


def test_of_twenty_who_all_saw_the_unit_free_one_gets_it(stage, office):
    with stage.env() as env:
        units = office.units(env, 10)
    outcomes = stage.race(RACERS, claim_together(office, units))
    assert len(outcomes) == RACERS * 10
    assert_no_raw_error(outcomes)
    assert_one_winner_each(stage, outcomes, units)


def test_an_expired_hold_is_taken_over_by_one_of_twenty(stage, office):
    with stage.env(office.agents[0], office.company) as env:
        units = office.units(env(su=True), 10)
        soon = fields.Datetime.now() + timedelta(seconds=2)
        env["realestate.unit"].browse(units).action_hold(soon)
    wait_until(soon)
    outcomes = stage.race(RACERS, claim_together(office, units))
    assert_no_raw_error(outcomes)
    assert Counter(o.key[1] for o in outcomes if o.won) == Counter(units)
    with stage.env() as env:
        assert live_claims(env, units) == Counter(units)
        claims = env["realestate.unit.claim"].search([("unit_id", "in", units)])
        ended = claims.filtered("date_end")
        assert Counter(ended.unit_id.ids) == Counter(units)
        assert not any(ended.mapped("live"))


def test_an_expired_hold_is_taken_while_the_tidying_job_ends_it(stage, office):
    with stage.env(office.agents[0], office.company) as env:
        units = office.units(env(su=True), 10)
        soon = fields.Datetime.now() + timedelta(seconds=2)
        env["realestate.unit"].browse(units).action_hold(soon)
    wait_until(soon)

    def job(racer):
        for unit in units:
            if racer.number:
                racer.attempt(
                    ("hold", unit),
                    racer.meeting(racer.lingering(hold(unit))),
                    uid=office.agents[racer.number],
                    company=office.company,
                )
            else:
                racer.attempt(
                    ("tidy", unit),
                    racer.meeting(
                        lambda env: env["realestate.unit.claim"]._gc_expired()
                    ),
                )

    outcomes = stage.race(2, job, processes=2)
    print([o for o in outcomes if o.error])
    assert_no_raw_error(outcomes)
    lost = [outcome for outcome in outcomes if outcome.error]
    assert not lost, f"refused although nobody wanted it: {lost[0]}"
