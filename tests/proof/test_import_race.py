"""Imports of the same units at once: each does what its check has shown, or nothing."""

import base64

import pytest
from racing import assert_no_raw_error

HEADER = "Building,Unit,View,List price"
RACERS = 4


def start(env, office, units, view, price):
    """Return the id of a checked import that gives the units a view and a price."""
    homes = env["realestate.unit"].browse(units)
    rows = [f"{unit.building_id.name},{unit.number},{view},{price}" for unit in homes]
    record = env["realestate.import"].create(
        {
            "mode": "update",
            "project_id": homes.project_id.id,
            "file": base64.b64encode("\n".join([HEADER, *rows]).encode()),
        }
    )
    record.action_check()
    assert record.state == "checked", record.issue_ids.mapped("message")
    return record.id


def load(number):
    """Return a call that loads an import and tells how it ended."""

    def call(env):
        record = env["realestate.import"].browse(number)
        record.action_load()
        return record.state

    return call


def race(stage, office, imports):
    """Load the imports at the same moment; return the outcomes."""

    def job(racer):
        number = imports[racer.number % len(imports)]
        racer.attempt(
            (number, racer.number),
            racer.meeting(racer.lingering(load(number))),
            uid=office.roles["manager"],
            company=office.company,
        )

    outcomes = stage.race(RACERS, job)
    assert_no_raw_error(outcomes)
    return outcomes


@pytest.fixture
def units(stage, office):
    with stage.env() as env:
        return office.units(env, 30)


def manager(stage, office):
    return stage.env(office.roles["manager"], office.company)


def test_of_imports_that_change_the_same_units_one_is_loaded(stage, office, units):
    with manager(stage, office) as env:
        imports = [
            start(env, office, units, f"View {n}", 1200000 + n) for n in range(RACERS)
        ]
    outcomes = race(stage, office, imports)
    ends = {outcome.key[0]: outcome.result for outcome in outcomes}
    assert sorted(ends.values()) == ["failed"] * (RACERS - 1) + ["loaded"]
    (winner,) = (place for place, n in enumerate(imports) if ends[n] == "loaded")
    with manager(stage, office) as env:
        homes = env["realestate.unit"].browse(units)
        assert set(homes.mapped("view")) == {f"View {winner}"}
        assert set(homes.mapped("price_list")) == {1200000 + winner}
        failed = env["realestate.import"].browse(imports) - env[
            "realestate.import"
        ].browse(imports[winner])
        for record in failed:
            assert "changed since" in record.issue_ids.message


def test_one_import_is_loaded_once_however_often_it_is_pressed(stage, office, units):
    with manager(stage, office) as env:
        number = start(env, office, units, "Sea", 1300000)
        before = env["realestate.pricelist"].search_count([])
    outcomes = race(stage, office, [number])
    assert [outcome.result for outcome in outcomes if outcome.won] == ["loaded"]
    with manager(stage, office) as env:
        assert env["realestate.pricelist"].search_count([]) == before + 1
        assert env["realestate.import"].browse(number).change_count == 2 * len(units)


def test_a_reservation_made_while_loading_keeps_its_price(stage, office, units):
    with manager(stage, office) as env:
        number = start(env, office, units, "Park", 1400000)

    def job(racer):
        if racer.number:
            unit, plan = units[racer.number], office.plan
            reserve = racer.meeting(
                lambda env: (
                    env["realestate.unit"]
                    .browse(unit)
                    .action_reserve(office.buyers[0], plan, 0)
                    .price
                )
            )
            racer.attempt(
                unit, reserve, uid=office.agents[racer.number], company=office.company
            )
        else:
            racer.attempt(
                "load",
                racer.meeting(racer.lingering(load(number))),
                uid=office.roles["manager"],
                company=office.company,
            )

    outcomes = stage.race(8, job)
    assert_no_raw_error(outcomes)
    agreed = {o.key: o.result for o in outcomes if o.won and o.key != "load"}
    assert agreed
    with manager(stage, office) as env:
        for unit, price in agreed.items():
            assert env["realestate.unit"].browse(unit).price_list == price
