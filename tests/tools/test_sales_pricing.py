"""The price of a unit, by tables of cases."""

from dataclasses import replace
from decimal import Decimal

import pytest
from realestate_sales.tools import pricing
from realestate_sales.tools.floor import floor_key
from realestate_sales.tools.pricing import (
    PricingError,
    Rule,
    Terms,
    UnitFacts,
    check_rules,
    floors_risen,
    price_unit,
)

D = Decimal
LABELS = ["B2", "B1", "G", "M", "1", "2", "3", "5", "6", "12", "12A", "14", "PH"]
FLOORS = frozenset(map(floor_key, LABELS))
BASE = Rule("Base", "base", "per_area", D(100000))
RISE = Rule("Rise", "floor", "per_floor", D(1000))
CORNER = Rule("Corner", "corner", "percent", D(5), is_corner=True)
#: On the 5th floor: five above the ground, for nobody built a 4th.
UNIT = UnitFacts(D("45.50"), building=1, unit_type=7, floor=50, floors=FLOORS)


def list_price(*rules, unit=UNIT, **terms):
    """Return the list price of ``unit``."""
    return price_unit(unit, rules, Terms(**terms)).price_list


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Rule("a", "custom", "amount", D("-50000.55")), "4499999.45"),
        (Rule("b", "view", "percent", D(5)), "4777500"),
        (Rule("c", "type", "per_area", D("12.345")), "4550561.70"),
        (RISE, "4555000"),
        (replace(RISE, floor_unit="area"), "4777500"),
        (replace(RISE, floor_unit="percent", value=D("0.5")), "4663750"),
    ],
)
def test_each_method_adds_what_it_says(rule, expected):
    assert list_price(BASE, rule) == D(expected)


def test_percent_of_the_price_so_far_sees_every_step_before_it():
    amount = Rule("Amount", "custom", "amount", D(450000))
    of_base = Rule("View", "view", "percent", D(10))
    of_total = replace(of_base, percent_of="total")
    assert list_price(BASE, amount, of_base) == D(5455000)
    assert list_price(BASE, amount, of_total) == D(5500000)
    assert list_price(BASE, of_total, amount) == D(5455000)


@pytest.mark.parametrize(
    ("label", "floor_from", "floor_to", "expected"),
    [
        ("B2", None, None, 0),
        ("B1", None, None, 0),
        ("G", None, None, 0),
        ("M", None, None, 1),
        ("1", None, None, 2),
        ("5", None, None, 5),
        ("12A", None, None, 8),
        ("PH", None, None, 10),
        ("1", "1", None, 0),
        ("2", "1", None, 1),
        ("5", "3", None, 1),
        ("5", "4", None, 1),
        ("PH", "1", "5", 3),
        ("2", "5", None, 0),
        ("5", "B2", None, 6),
        ("B1", "B2", None, 0),
    ],
)
def test_floor_rise_counts_the_floors_that_were_built(
    label, floor_from, floor_to, expected
):
    rule = replace(
        RISE,
        floor_from=floor_from and floor_key(floor_from),
        floor_to=floor_to and floor_key(floor_to),
    )
    assert floors_risen(rule, replace(UNIT, floor=floor_key(label))) == expected


def test_two_floor_rises_meet_at_their_border():
    low = replace(RISE, floor_from=10, floor_to=50)
    high = replace(RISE, floor_from=50, value=D(2000))
    top = replace(UNIT, floor=floor_key("14"))
    assert list_price(BASE, low, high, unit=top) == D(4550000 + 3000 + 4 * 2000)


@pytest.mark.parametrize(
    ("conditions", "facts", "expected"),
    [
        ({"buildings": frozenset({1, 2})}, {}, True),
        ({"buildings": frozenset({2})}, {}, False),
        ({"unit_types": frozenset({7})}, {}, True),
        ({"unit_types": frozenset({8})}, {"unit_type": None}, False),
        ({"unit_kind": "home"}, {}, True),
        ({"unit_kind": "parking"}, {}, False),
        ({"view": "Hướng Sông"}, {"view": " huong  song "}, True),
        ({"view": "Sea"}, {"view": "Sea and City"}, False),
        ({"view": "Sea"}, {"view": ""}, False),
        ({"is_corner": True}, {}, False),
        ({"is_corner": True}, {"is_corner": True}, True),
        ({"floor_from": 50}, {}, True),
        ({"floor_from": 60}, {}, False),
        ({"floor_to": 50}, {}, True),
        ({"floor_from": 10, "floor_to": 40}, {}, False),
    ],
)
def test_conditions_choose_the_units(conditions, facts, expected):
    rule = Rule("One", "custom", "amount", D(1), **conditions)
    assert pricing.applies(rule, replace(UNIT, **facts)) is expected


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({}, True),
        ({"floor_from": -110}, False),
        ({"floor_to": 100_000}, False),
        ({"floor_from": -110, "floor_to": 100_000}, False),
        ({"method": "per_floor", "floor_from": -110}, True),
        ({"method": "per_floor", "unit_kind": "home"}, False),
    ],
)
def test_a_rule_of_certain_floors_is_not_for_what_stands_on_none(conditions, expected):
    plot = replace(UNIT, kind="plot", floor=None)
    rule = replace(Rule("One", "custom", "amount", D(1)), **conditions)
    assert pricing.applies(rule, plot) is expected


@pytest.mark.parametrize("floor_unit", ["amount", "area", "percent"])
@pytest.mark.parametrize("floor_from", [None, -80, 50])
def test_what_stands_on_no_floor_does_not_rise_and_says_so(floor_unit, floor_from):
    rise = replace(RISE, floor_unit=floor_unit, floor_from=floor_from)
    villa = replace(UNIT, floor=None)
    assert floors_risen(rise, villa) == 0
    price = price_unit(villa, [BASE, rise], Terms())
    assert [(step.code, step.amount) for step in price.steps] == [
        ("per_area", D(4550000)),
        ("no_floor", D(0)),
    ]
    assert "floors" not in price.steps[1].params


@pytest.mark.parametrize(
    ("rounding", "step", "expected"),
    [
        ("nearest", "1000", "4551000"),
        ("up", "1000", "4551000"),
        ("down", "1000", "4550000"),
        ("nearest", "1001", "4550546"),
        ("up", "0.50", "4550500"),
        ("nearest", "0", "4550500"),
    ],
)
def test_list_price_is_rounded_to_the_step_of_the_list(rounding, step, expected):
    amount = Rule("Amount", "custom", "amount", D(500))
    terms = {"rounding": rounding, "rounding_step": D(step)}
    assert list_price(BASE, amount, **terms) == D(expected)


def test_rounding_is_a_step_of_its_own_and_says_so():
    terms = Terms(rounding_step=D(1000), rounding="down", floor_percent=D("97.5"))
    price = price_unit(replace(UNIT, area=D("45.557")), [BASE], terms)
    assert [step.code for step in price.steps] == ["per_area", "rounding"]
    assert price.steps[1].amount == D(-700)
    assert price.steps[1].params == {"step": D(1000), "rounding": "down"}
    assert price.price_list == price.steps[1].total == D(4555000)
    assert price.price_floor == D("4441125.00")


def test_steps_say_what_they_were_computed_from():
    rules = [BASE, RISE, replace(CORNER, is_corner=False)]
    steps = price_unit(UNIT, rules, Terms()).steps
    assert [step.params for step in steps] == [
        {"value": D(100000), "area": D("45.50")},
        {"value": D(1000), "floors": 5},
        {"value": D(5), "of": D(4550000)},
    ]
    assert [step.rule for step in steps] == rules


def test_a_unit_that_no_base_is_for_has_no_price():
    price = price_unit(replace(UNIT, area=D(0)), [BASE], Terms())
    assert not price.is_priced
    assert price.price_floor == 0


@pytest.mark.parametrize(
    ("rules", "terms", "code"),
    [
        ([], {}, "no_rules"),
        ([RISE], {}, "no_base"),
        ([replace(BASE, method="percent")], {}, "base_percent"),
        ([CORNER, BASE], {}, "percent_before_base"),
        ([replace(RISE, floor_unit="percent"), BASE], {}, "percent_before_base"),
        ([replace(CORNER, percent_of="total"), BASE], {}, "percent_before_base"),
        ([replace(BASE, value=D(0))], {}, "value_zero"),
        ([replace(BASE, value=D(10) ** 12)], {}, "value_too_large"),
        ([BASE, replace(RISE, floor_from=60, floor_to=50)], {}, "floors_reversed"),
        ([BASE], {"floor_percent": D("100.5")}, "floor_percent"),
        ([BASE], {"rounding_step": D(-1)}, "rounding_step"),
        ([BASE], {"rounding_step": D("0.001")}, "rounding_step"),
    ],
)
def test_rules_that_price_nothing_are_refused(rules, terms, code):
    with pytest.raises(PricingError) as caught:
        check_rules(rules, Terms(**terms))
    assert caught.value.code == code
    assert str(caught.value) == pricing.MESSAGES[code] % caught.value.params


def test_rules_that_price_something_are_accepted():
    assert check_rules([BASE, RISE, CORNER], Terms()) is None
