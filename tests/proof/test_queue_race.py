"""A thousand holds, releases, reservations and places in line at once: no unit is lost,
none is claimed twice, nobody jumps the line."""

from datetime import timedelta

from racing import assert_no_raw_error
from test_claim_race import live_claims

from odoo import fields

RACERS = 20
ROUNDS = 50
HOMES = 8
IN_LINE = ("waiting", "offered")


def hold(unit, seconds):
    """Return a call that holds ``unit`` for so long."""

    def call(env):
        until = fields.Datetime.now() + timedelta(seconds=seconds)
        return env["realestate.unit"].browse(unit).action_hold(until)

    return call


def release(unit):
    """Return a call that gives up the caller's hold."""
    return lambda env: env["realestate.unit"].browse(unit).action_release()


def join(unit):
    """Return a call that waits for ``unit``."""
    return lambda env: env["realestate.unit"].browse(unit).action_join_queue().ids


def leave(unit):
    """Return a call that gives up the caller's place."""

    def call(env):
        places = env["realestate.unit.queue"].search(
            [
                ("unit_id", "=", unit),
                ("user_id", "=", env.uid),
                ("state", "in", IN_LINE),
            ]
        )
        return places.action_cancel()

    return call


def reserve_and_cancel(unit, buyer, plan):
    """Return a call that reserves ``unit`` and thinks better of it."""

    def call(env):
        home = env["realestate.unit"].browse(unit)
        reservation = home.action_reserve(buyer, plan, 0)
        return reservation.action_cancel("Thought better of it")

    return call


def offer(env):
    """Do what the job does."""
    env["realestate.unit.queue"]._cron_offer()


def live_a_day(office, units):
    """Return a job: fifty random acts of an agent; the first racer is the job."""

    def job(racer):
        for _round in range(ROUNDS):
            unit = racer.random.choice(units)
            acts = {
                "hold": hold(unit, racer.random.choice([1, 1, 600])),
                "release": release(unit),
                "join": join(unit),
                "leave": leave(unit),
                "reserve": reserve_and_cancel(unit, office.buyers[0], office.plan),
            }
            act = racer.random.choice(["join", *acts])
            if racer.number:
                agent = office.agents[racer.number]
                racer.attempt((act, unit), acts[act], agent, office.company)
            else:
                racer.attempt(("offer", unit), offer)
            racer.pause(0.01)

    return job


def clear(env, units):
    """Give up every hold until nobody waits; return who was offered each unit."""
    queue = env["realestate.unit.queue"]
    offered = {}
    for unit in env["realestate.unit"].browse(units):
        queue._offer(unit)
        while unit.live_claim_id:
            offered.setdefault(unit.id, []).append(unit.live_claim_id.origin)
            unit.live_claim_id._free()
    return offered


def test_a_thousand_acts_lose_no_unit_and_claim_none_twice(stage, office):
    with stage.env() as env:
        units = office.units(env, HOMES)
    outcomes = stage.race(RACERS, live_a_day(office, units))
    assert len(outcomes) == RACERS * ROUNDS
    assert_no_raw_error(outcomes)
    done = {outcome.key[0] for outcome in outcomes if outcome.won}
    assert done == {"hold", "release", "join", "leave", "reserve", "offer"}
    with stage.env() as env:
        live = live_claims(env, units)
        assert set(live.values()) <= {1}
        lines = env["realestate.unit.queue"].search([("unit_id", "in", units)])
        offered = lines.filtered(lambda place: place.state == "offered")
        assert len(offered.unit_id) == len(offered), "a unit was offered to two"
        for place in lines.filtered(lambda place: place.state in IN_LINE):
            own = place.unit_id.live_claim_id
            assert place.state == "waiting" or own.origin == place
    with stage.env() as env:
        for unit, origins in clear(env, units).items():
            places = [origin for origin in origins if origin]
            ids = [place.id for place in places if place._name.endswith("queue")]
            assert ids == sorted(ids), f"the line of unit {unit} was jumped"
        assert not live_claims(env, units)
        left = env["realestate.unit.queue"].search([("unit_id", "in", units)])
        assert not set(left.mapped("state")) & set(IN_LINE)
        free = env["realestate.unit"].browse(units).mapped("state")
        assert set(free) == {"available"}
