"""Whatever the rules and the unit: exact, and in any order where that is promised."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st
from realestate_sales.tools.money import is_money
from realestate_sales.tools.pricing import Rule, Terms, UnitFacts, price_unit

D = Decimal
FLOORS = frozenset([-110, -100, -80, -60, *range(10, 400, 10), 121])

values = st.decimals(-(10**6), 10**6, places=4).filter(bool)
areas = st.decimals(D("0.01"), 10**4, places=2)
terms = st.builds(
    Terms,
    decimal_places=st.sampled_from([0, 2, 3]),
    floor_percent=st.decimals(0, 100, places=2),
    rounding_step=st.sampled_from([D(0), D(1), D(7), D(500), D(1000), D(100000)]),
    rounding=st.sampled_from(["nearest", "up", "down"]),
)
units = st.builds(
    UnitFacts,
    area=areas,
    building=st.sampled_from([1, 2]),
    unit_type=st.sampled_from([None, 5, 6]),
    floor=st.one_of(st.none(), st.sampled_from(sorted(FLOORS))),
    floors=st.just(FLOORS),
    view=st.sampled_from(["", "Sea", "sea ", "City"]),
    is_corner=st.booleans(),
)
conditions = {
    "buildings": st.sampled_from([frozenset(), frozenset({1})]),
    "unit_types": st.sampled_from([frozenset(), frozenset({5})]),
    "floor_from": st.sampled_from([None, -80, 20]),
    "floor_to": st.sampled_from([None, 100, 390]),
    "view": st.sampled_from(["", "Sea"]),
    "is_corner": st.booleans(),
}
bases = st.builds(
    Rule,
    name=st.just("Base"),
    kind=st.just("base"),
    method=st.sampled_from(["per_area", "amount"]),
    value=st.decimals(1, 10**6, places=4),
)
#: Rules that look at nothing before them.
plain = st.builds(
    Rule,
    name=st.just("Plain"),
    kind=st.sampled_from(["floor", "view", "corner", "type", "custom"]),
    method=st.sampled_from(["per_area", "amount", "per_floor"]),
    value=values,
    floor_unit=st.sampled_from(["amount", "area"]),
    **conditions,
)
percents = st.builds(
    Rule,
    name=st.just("Percent"),
    kind=st.just("custom"),
    method=st.sampled_from(["percent", "per_floor"]),
    value=st.decimals(-20, 20, places=4).filter(bool),
    percent_of=st.sampled_from(["base", "total"]),
    floor_unit=st.just("percent"),
    **conditions,
)
rules_after_base = st.lists(st.one_of(plain, percents), max_size=8)


@given(units, bases, rules_after_base, terms)
def test_steps_come_to_the_price_exactly(unit, base, rules, terms):
    price = price_unit(unit, [base, *rules], terms)
    total = D(0)
    for step in price.steps:
        total += step.amount
        assert step.total == total
        assert is_money(step.amount, terms.decimal_places)
    assert price.price_list == total


@given(units, bases, st.lists(plain, max_size=6), terms, st.data())
def test_rules_that_look_at_nothing_stand_in_any_order(unit, base, rules, terms, data):
    shuffled = data.draw(st.permutations([base, *rules]))
    assert (
        price_unit(unit, shuffled, terms).price_list
        == price_unit(unit, [base, *rules], terms).price_list
    )


@given(units, bases, st.lists(st.one_of(plain, percents), max_size=6), terms, st.data())
def test_percentages_of_the_base_stand_in_any_order_after_it(
    unit, base, rules, terms, data
):
    of_base = [rule if not rule.uses_total else percent_of_base(rule) for rule in rules]
    shuffled = data.draw(st.permutations(of_base))
    assert (
        price_unit(unit, [base, *shuffled], terms).price_list
        == price_unit(unit, [base, *of_base], terms).price_list
    )


def percent_of_base(rule):
    """The rule as a percentage of the base."""
    return replace(rule, percent_of="base")


@given(units, areas, bases, rules_after_base, terms)
def test_a_larger_unit_never_costs_less(unit, more, base, rules, terms):
    rising = [base, *(replace(rule, value=abs(rule.value)) for rule in rules)]
    larger = replace(unit, area=unit.area + more)
    small, large = (price_unit(one, rising, terms) for one in (unit, larger))
    assert small.price_list <= large.price_list
    assert small.price_floor <= large.price_floor


@given(units, bases, rules_after_base, terms)
def test_a_price_is_whole_steps_and_never_a_step_away(unit, base, rules, terms):
    assume(terms.rounding_step)
    price = price_unit(unit, [base, *rules], terms)
    exact = price_unit(unit, [base, *rules], replace(terms, rounding_step=D(0)))
    assume(exact.is_priced)
    moved = price.price_list - exact.price_list
    assert price.price_list % terms.rounding_step == 0
    assert abs(moved) < terms.rounding_step
    if terms.rounding == "nearest":
        assert abs(moved) * 2 <= terms.rounding_step
    else:
        assert (moved >= 0) if terms.rounding == "up" else (moved <= 0)


@given(units, bases, rules_after_base, terms)
def test_floor_price_is_money_and_at_most_the_list_price(unit, base, rules, terms):
    price = price_unit(unit, [base, *rules], terms)
    assert is_money(price.price_floor, terms.decimal_places)
    assert 0 <= price.price_floor <= max(price.price_list, D(0))
