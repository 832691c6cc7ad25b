"""Floors, units and numbers by pattern, by tables of cases."""

import pytest
from realestate_sales.tools.floor import NO_FLOOR
from realestate_sales.tools.unit_pattern import (
    MESSAGES,
    USUAL_PATTERNS,
    PatternError,
    check_pattern,
    format_number,
    guess_pattern,
    natural,
    parse_floors,
    parse_units,
    read_unit,
    same_number,
)
from realestate_sales.tools.unit_plan import MAX_UNITS, Stack, plan_units


def numbers(planned):
    """Return the numbers of planned units, a list for each floor."""
    floors = {}
    for unit in planned:
        floors.setdefault(unit.floor, []).append(unit.number)
    return floors


@pytest.mark.parametrize(
    ("text", "without", "expected"),
    [
        ("2-5", "", "2 3 4 5"),
        ("5-2", "", "2 3 4 5"),
        ("B2-B1, LG, G, 2-4", "", "B2 B1 LG G 2 3 4"),
        ("G; 2-3\nB1、B2", "", "B2 B1 G 2 3"),
        ("2-16", "4, 13, 14", "2 3 5 6 7 8 9 10 11 12 15 16"),
        ("10-15, 12A", "13-14", "10 11 12 12A 15"),
        ("2-25", "*4, 1*", "2 3 5 6 7 8 9 20 21 22 23 25"),
        ("01-03", "", "01 02 03"),
        ("1..3", "", "1 2 3"),
        ("２－４，Ｇ", "", "G 2 3 4"),
        ("1–3", "", "1 2 3"),
        ("P1-P3, PH, Roof", "", "P1 P2 P3 PH Roof"),
        ("-2--1, 1", "", "-2 -1 1"),
        ("1", "4, 13", "1"),
        ("", "4", ""),
    ],
)
def test_floors_are_read_as_people_write_them(text, without, expected):
    assert parse_floors(text, without) == expected.split()


def test_floors_with_words_keep_them():
    assert parse_floors("Tầng 2-Tầng 3") == ["Tầng 2", "Tầng 3"]
    assert parse_floors("第2层 - 第3层") == ["第2层", "第3层"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("01-04", "01 02 03 04"),
        ("1-3, 5", "1 2 3 5"),
        ("A-D", "A B C D"),
        ("A1-A3, 10", "A1 A2 A3 10"),
        ("03-01", "03 02 01"),
        ("98-101", "98 99 100 101"),
        ("12-A", "12-A"),
    ],
)
def test_units_are_read_in_the_order_written(text, expected):
    assert parse_units(text) == expected.split()


@pytest.mark.parametrize(
    ("pattern", "floor", "unit", "expected"),
    [
        ("{floor}{unit:02}", "7", "3", "703"),
        ("{floor}{unit:02}", "7", "03", "703"),
        ("{floor}{unit:2}", "12A", "3", "12A03"),
        ("{floor:02}{unit:02}", "7", "12", "0712"),
        ("{floor:02}.{unit}", "G", "A", "G.A"),
        ("{building}-{floor}-{unit}", "25", "01", "T1-25-01"),
        ("Căn {unit:03}", "1", "9", "Căn 009"),
        ("{floor}{unit:02}", "", "3", "03"),
        ("{floor}-{floor}{unit:02}", "", "3", "03"),
        ("{building}-{floor}-{unit:02}", "", "3", "T1-03"),
        ("{building}{floor:02}.{unit}", "", "A", "T1A"),
        ("{unit}/{floor}", "", "A", "A"),
    ],
)
def test_numbers_follow_the_pattern(pattern, floor, unit, expected):
    assert format_number(pattern, "T1", floor, unit) == expected


@pytest.mark.parametrize(
    ("pattern", "number", "floor", "unit"),
    [
        ("{floor}{unit:02}", "712", "7", "12"),
        ("{floor}{unit:02}", "712", "8", None),
        ("{floor:02}{unit:02}", "0712", "7", "12"),
        ("{building}-{floor}{unit}", "t1-7a", "7", "a"),
        ("{floor}{unit:02}", "73", "7", None),
        ("{unit}-{unit}", "4-4", "1", "4"),
        ("{unit}-{unit}", "4-5", "1", None),
        ("{floor}", "7", "7", None),
        ("{floor}{unit}", "7-701", "7", None),
        ("{floor}{unit:02}", "03", "", "03"),
        ("{building}-{floor}-{unit:02}", "T1-03", "", "03"),
        ("{building}-{floor}-{unit:02}", "T1-7-03", "", None),
    ],
)
def test_a_number_tells_its_place(pattern, number, floor, unit):
    assert read_unit(pattern, number, "T1", floor) == unit


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("7", "701"), ("12A", "12A12")], "{floor}{unit:02}"),
        ([("7", "0701"), ("12", "1212")], "{floor:02}{unit:02}"),
        ([("7", "7-01")], "{floor}-{unit:02}"),
        ([("7", "7A"), ("8", "8B")], "{floor}{unit:02}"),
        ([("7", "7-701"), ("12", "12-1212")], "{floor}-{floor}{unit:02}"),
        ([("B2", "B2-MP1"), ("2", "2-MP165")], "{floor}-{unit:02}"),
        ([("7", "Garden"), ("7", "701")], "{floor}{unit:02}"),
        ([("7", "Garden"), ("7", "Pool"), ("7", "701")], None),
        ([("", "01"), ("", "12")], "{unit:02}"),
        ([("", "T1-01"), ("", "T1-12")], "{building}-{unit:02}"),
        ([("", "T1-001"), ("", "T1-112")], "{building}-{unit:03}"),
        ([("", "01"), ("7", "701"), ("7", "702")], "{floor}{unit:02}"),
        ([], None),
    ],
)
def test_the_pattern_of_numbers_is_found(pairs, expected):
    assert guess_pattern(pairs, "T1") == expected


def test_a_plan_goes_up_floor_by_floor():
    planned = plan_units([Stack("01-02")], "G, 2-3, B1")
    assert numbers(planned) == {
        "B1": ["B101", "B102"],
        "G": ["G01", "G02"],
        "2": ["201", "202"],
        "3": ["301", "302"],
    }
    assert [unit.floor_sequence for unit in planned][::2] == [-110, -80, 20, 30]


def test_stacks_differ_by_floor():
    stacks = [Stack("01-03"), Stack("1-2", "PH"), Stack("03", "3"), Stack("9", "3")]
    planned = plan_units(stacks, "2-3", "4")
    assert numbers(planned) == {
        "2": ["201", "202", "203"],
        "3": ["301", "302", "303", "309"],
        "PH": ["PH01", "PH02"],
    }
    assert [u.stack for u in planned if u.floor == "3"] == [0, 0, 2, 3]


def test_floors_left_out_are_left_out_of_every_stack():
    planned = plan_units([Stack("1"), Stack("2", "3-5")], "2-6", "4")
    assert list(numbers(planned)) == ["2", "3", "5", "6"]


def test_one_floor_has_one_label():
    planned = plan_units([Stack("1", "G"), Stack("2", "GF")])
    assert numbers(planned) == {"G": ["G01", "G02"]}


def test_units_stand_in_natural_order():
    planned = plan_units([Stack("10, 2, A10, A2")], "1", pattern="{unit}")
    assert [unit.unit for unit in planned] == ["2", "10", "A2", "A10"]
    assert sorted(["b", "10", "9", "a1"], key=natural) == ["9", "10", "a1", "b"]


def test_numbers_are_the_same_whatever_their_width():
    assert same_number(" １２ａ ") == same_number("12A")


ERRORS = {
    "floor_twice": {"stacks": [Stack("1")], "floors": "G, GF"},
    "floor_unknown": {"stacks": [Stack("1")], "floors": "2, Heaven"},
    "floors_missing": {"stacks": [Stack("1")], "floors": "4", "without": "4"},
    "number_too_long": {
        "stacks": [Stack("1")],
        "floors": "1",
        "pattern": "A tower of many words {unit:06}",
    },
    "number_twice": {"stacks": [Stack("1-12")], "floors": "1, 11"},
    "pattern_no_unit": {"stacks": [Stack("1")], "floors": "1", "pattern": "{floor}"},
    "pattern_unknown": {"stacks": [], "pattern": "{floor}{unit.__class__}"},
    "position_twice": {"stacks": [Stack("1-2"), Stack("2-3")], "floors": "1"},
    "range_mixed": {"stacks": [Stack("1")], "floors": "B1-3"},
    "range_too_long": {"stacks": [Stack("1-99999999999")], "floors": "1"},
    "too_many": {"stacks": [Stack("1-250")], "floors": "1-100"},
    "unit_twice": {"stacks": [Stack("a, A")], "floors": "1"},
    "units_missing": {"stacks": [Stack("1"), Stack(" ")], "floors": "1"},
}


@pytest.mark.parametrize("code", MESSAGES)
def test_what_cannot_be_is_refused_in_words(code):
    arguments = {"pattern": "{floor}{unit}", **ERRORS[code]}
    with pytest.raises(PatternError) as caught:
        plan_units(**arguments)
    assert caught.value.code == code
    assert str(caught.value) == MESSAGES[code] % caught.value.params


@pytest.mark.parametrize(
    ("code", "arguments", "params"),
    [
        (
            "position_twice",
            {"stacks": [Stack("9"), Stack("1", "2-3"), Stack("1", "3")]},
            {"unit": "1", "floor": "3", "first": 2, "second": 3},
        ),
        (
            "number_twice",
            {"stacks": [Stack("2-12")], "floors": "1, 11", "pattern": "{floor}{unit}"},
            {"number": "112", "first": "12", "first_floor": "1"},
        ),
        ("units_missing", {"stacks": [Stack("1", "1"), Stack("")]}, {"line": 2}),
        ("floors_missing", {"stacks": [Stack("1", "1"), Stack("1")]}, {"line": 2}),
        ("pattern_unknown", {"stacks": [], "pattern": "{unit}}"}, {"value": "}"}),
        ("pattern_unknown", {"stacks": [], "pattern": "{unit:09}"}, {}),
    ],
)
def test_the_error_names_what_is_wrong(code, arguments, params):
    with pytest.raises(PatternError) as caught:
        plan_units(**{"floors": "9" if code == "position_twice" else "", **arguments})
    assert caught.value.code == code
    assert caught.value.params.items() >= params.items()


def test_as_many_as_a_building_has_and_no_more():
    assert len(plan_units([Stack("1-100")], "1-100", pattern="{floor}-{unit}")) == (
        MAX_UNITS
    )


def test_the_usual_patterns_are_patterns():
    for pattern in USUAL_PATTERNS:
        check_pattern(pattern)


def test_units_on_no_floor_stand_below_the_others():
    stacks = [Stack("2, 1", "-"), Stack("1", "B1, 3")]
    planned = plan_units(stacks, "5", "", "{floor}{unit:02}")
    assert [(unit.floor, unit.floor_sequence, unit.number) for unit in planned] == [
        ("", NO_FLOOR, "01"),
        ("", NO_FLOOR, "02"),
        ("B1", -110, "B101"),
        ("3", 30, "301"),
    ]


@pytest.mark.parametrize("floors", ["", "  ", "-", "–"])
def test_where_nobody_names_a_floor_the_units_stand_on_none(floors):
    planned = plan_units([Stack("01-03"), Stack("A")], floors)
    assert [unit.number for unit in planned] == ["01", "02", "03", "A"]
    assert {(unit.floor, unit.floor_sequence) for unit in planned} == {("", NO_FLOOR)}


def test_a_forgotten_floor_beside_named_ones_is_not_none():
    with pytest.raises(PatternError) as caught:
        plan_units([Stack("1", "1"), Stack("2")])
    assert caught.value.code == "floors_missing"


def test_two_units_on_no_floor_of_one_number_are_refused():
    with pytest.raises(PatternError) as caught:
        plan_units([Stack("1, 01")])
    assert caught.value.code == "number_twice"
    assert caught.value.params["first_floor"] == "–"
    with pytest.raises(PatternError) as caught:
        plan_units([Stack("1-2"), Stack("2")])
    assert caught.value.params == {"unit": "2", "floor": "–", "first": 1, "second": 2}
