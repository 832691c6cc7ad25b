"""What a row changes in a unit that is there already, and what it must not."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_sales.tools.inventory_report import UnitRow
from realestate_sales.tools.inventory_update import (
    UPDATED_FIELDS,
    KnownUnit,
    compare_unit,
)

D = Decimal
KNOWN = KnownUnit(
    kind="home",
    floor="5",
    floor_sequence=500,
    unit_type="1BR",
    view="Sea",
    area_predicted=D("45.50"),
    area_measured=D(0),
    price_list=D(5250000),
    price_floor=D(5000000),
    is_released=True,
    phase="Phase 1",
    phase_names=frozenset({"phase 1", "p1"}),
)
BLANK = UnitRow(
    row=2,
    building="T1",
    floor="",
    floor_sequence=0,
    number="501",
    kind="home",
    unit_type="",
    bedrooms=None,
    view="",
    area_predicted=None,
    area_measured=None,
    price_list=None,
    price_floor=None,
    is_released=False,
    given=frozenset({"building", "number"}),
)


def row(**told):
    """Return a row that tells only this of the unit."""
    names = {"floor"} if "floor_sequence" in told else set()
    return replace(BLANK, given=BLANK.given | told.keys() | names, **told)


def changes(found):
    return [(change.field, change.old, change.new) for change in found.changes]


def codes(found):
    return [(name, code) for name, code, _params in found.errors]


def test_empty_cells_change_nothing():
    found = compare_unit(BLANK, KNOWN)
    assert (found.changes, found.errors) == ([], [])


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"floor": "6", "floor_sequence": 600}, ("floor", "5", "6")),
        ({"unit_type": "2BR"}, ("unit_type", "1BR", "2BR")),
        ({"view": "City"}, ("view", "Sea", "City")),
        ({"is_corner": True}, ("is_corner", False, True)),
        ({"phase": "Phase 2"}, ("phase", "Phase 1", "Phase 2")),
        ({"area_predicted": D("46.00")}, ("area_predicted", D("45.50"), D("46.00"))),
        ({"area_measured": D("45.10")}, ("area_measured", D(0), D("45.10"))),
        ({"price_list": D(5300000)}, ("price_list", D(5250000), D(5300000))),
        ({"price_floor": D(5250000)}, ("price_floor", D(5000000), D(5250000))),
        ({"is_released": False}, ("is_released", True, False)),
    ],
)
def test_a_filled_cell_that_differs_is_a_change(told, expected):
    found = compare_unit(row(**told), KNOWN)
    assert changes(found) == [expected]
    assert found.errors == []


@pytest.mark.parametrize(
    "told",
    [
        {"floor": "5F", "floor_sequence": 500},
        {"unit_type": "1br"},
        {"unit_type": "１BR"},
        {"view": "Sea"},
        {"is_corner": False},
        {"phase": "PHASE 1"},
        {"phase": "p1"},
        {"area_predicted": D("45.5")},
        {"price_list": D("5250000.00"), "price_floor": D(5000000)},
        {"is_released": True},
        {"kind": "home"},
    ],
)
def test_the_same_written_otherwise_is_no_change(told):
    found = compare_unit(row(**told), KNOWN)
    assert (found.changes, found.errors) == ([], [])


def test_a_status_left_to_be_tells_nothing():
    word = row(is_released=False)
    assert changes(compare_unit(word, KNOWN, with_status=False)) == []


def test_the_kind_never_changes():
    found = compare_unit(row(kind="shop", view="City"), KNOWN)
    assert codes(found) == [("kind", "kind_fixed")]
    assert found.changes == []


def test_a_type_of_another_kind_is_refused_unless_there_is_one_of_this_kind():
    told = row(unit_type="Parking")
    assert codes(compare_unit(told, KNOWN)) == [("unit_type", "kind_fixed")]
    types = {("parking", "home")}
    assert changes(compare_unit(told, KNOWN, known_types=types)) == [
        ("unit_type", "1BR", "Parking")
    ]


def test_a_shop_stays_one_although_its_type_calls_it_a_home():
    shop = replace(KNOWN, kind="shop", unit_type="Studio")
    found = compare_unit(row(unit_type="studio"), shop)
    assert (found.changes, found.errors) == ([], [])


@pytest.mark.parametrize(
    ("told", "error"),
    [
        ({"price_list": D(5300000)}, ("price_list", "price_claimed")),
        ({"price_floor": D(4000000)}, ("price_floor", "price_claimed")),
        ({"area_predicted": D(46)}, ("area_predicted", "area_claimed")),
        ({"is_released": False}, ("is_released", "withdraw_claimed")),
    ],
)
def test_what_was_promised_to_a_buyer_stays(told, error):
    sold = replace(KNOWN, claim="Contracted")
    found = compare_unit(row(**told), sold)
    assert codes(found) == [error]
    assert found.changes == []


def test_a_sold_unit_is_measured_and_its_typing_errors_are_corrected():
    sold = replace(KNOWN, claim="Contracted")
    told = row(
        area_measured=D("45.10"),
        view="Sea and city",
        price_list=KNOWN.price_list,
        area_predicted=KNOWN.area_predicted,
    )
    fields = [name for name, _old, _new in changes(compare_unit(told, sold))]
    assert fields == ["view", "area_measured"]


def test_a_floor_price_stays_below_the_list_price_that_the_file_leaves_out():
    found = compare_unit(row(price_list=D(4000000)), KNOWN)
    assert codes(found) == [("price_list", "floor_above_list")]
    found = compare_unit(row(price_floor=D(6000000)), KNOWN)
    assert codes(found) == [("price_floor", "floor_above_list")]
    found = compare_unit(row(price_list=D(4000000), price_floor=D(3900000)), KNOWN)
    assert len(found.changes) == 2


def test_a_unit_without_list_price_gets_no_floor_price_and_no_market():
    free = replace(KNOWN, price_list=D(0), price_floor=D(0), is_released=False)
    found = compare_unit(row(price_floor=D(10)), free)
    assert codes(found) == [("price_list", "list_price_missing")]
    found = compare_unit(row(is_released=True), free)
    assert codes(found) == [("price_list", "price_missing")]
    found = compare_unit(row(is_released=True, price_list=D(10)), free)
    assert [change.field for change in found.changes] == ["price_list", "is_released"]


def test_a_unit_called_sold_must_be():
    told = row(is_released=False)
    sold = replace(KNOWN, claim="Reserved")
    assert compare_unit(told, sold, is_taken=True).errors == []
    assert compare_unit(told, sold, is_taken=True).changes == []
    found = compare_unit(told, KNOWN, is_taken=True)
    assert codes(found) == [("is_released", "status_not_taken")]
    found = compare_unit(told, KNOWN, is_taken=True, ignore_taken=True)
    assert (found.changes, found.errors) == ([], [])


def test_standard_and_home_are_compared_by_any_of_their_names():
    known = replace(
        KNOWN,
        kind="parking",
        delivery_standard="Bare Shell",
        main_unit="A-501",
        main_names=frozenset({"a-501", "tower a-501"}),
    )
    told = row(delivery_standard="bare  shell", main_unit="Tower A-501")
    assert compare_unit(told, known).changes == []
    told = row(delivery_standard="Turnkey", main_unit="502")
    assert changes(compare_unit(told, known)) == [
        ("delivery_standard", "Bare Shell", "Turnkey"),
        ("main_unit", "A-501", "502"),
    ]
    sold = replace(known, claim="Reserved")
    assert codes(compare_unit(told, sold)) == [("main_unit", "attach_claimed")]


VALUES = {
    "floor_sequence": st.sampled_from([100, 500, 600]),
    "unit_type": st.sampled_from(["", "1BR", "2BR", "Parking", "Garden"]),
    "view": st.sampled_from(["", "Sea", "City"]),
    "area_predicted": st.none() | st.sampled_from([D("45.50"), D("60.00")]),
    "area_measured": st.none() | st.sampled_from([D("44.00"), D("61.25")]),
    "price_list": st.none() | st.integers(1, 9).map(lambda n: D(n * 1000000)),
    "price_floor": st.none() | st.integers(1, 9).map(lambda n: D(n * 1000000)),
    "is_released": st.booleans(),
}


def applied(found, known, told):
    """Return the unit after loading what was found."""
    news = {change.field: change.new for change in found.changes}
    if "floor" in news:
        news["floor_sequence"] = told.floor_sequence
    return replace(known, **news)


@given(st.fixed_dictionaries({}, optional=VALUES), st.sampled_from(["", "Reserved"]))
def test_a_second_time_there_is_nothing_to_change(told, claim):
    """Loading is idempotent, and what was promised is left alone, whatever the row."""
    told = {name: value for name, value in told.items() if value not in (None, "")}
    if "floor_sequence" in told:
        told["floor"] = str(told["floor_sequence"] // 100)
    line, known = row(**told), replace(KNOWN, claim=claim)
    found = compare_unit(line, known)
    assert bool(found.errors) <= (not found.changes)
    assert {change.field for change in found.changes} <= set(UPDATED_FIELDS)
    after = applied(found, known, line)
    assert after.kind == known.kind
    assert after.price_floor <= after.price_list
    if claim:
        kept = ("price_list", "price_floor", "area_predicted")
        assert [getattr(after, k) for k in kept] == [getattr(known, k) for k in kept]
    if not found.errors:
        assert compare_unit(line, after).changes == []
