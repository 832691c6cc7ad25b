"""Whatever the floors, units and pattern: every place once, in order, or a refusal."""

from hypothesis import given
from hypothesis import strategies as st
from realestate_sales.tools.floor import floor_key
from realestate_sales.tools.unit_pattern import (
    MESSAGES,
    USUAL_PATTERNS,
    PatternError,
    format_number,
    guess_pattern,
    natural,
    parse_floors,
    parse_units,
    read_unit,
    same_number,
)
from realestate_sales.tools.unit_plan import Stack, plan_units

LABELS = ["B2", "B1", "LG", "G", "M", "12A", "PH", *map(str, range(1, 60))]
floors = st.lists(st.sampled_from(LABELS), unique_by=floor_key, max_size=12)
units = st.lists(st.integers(1, 99), unique=True, min_size=1, max_size=12)
patterns = st.sampled_from(USUAL_PATTERNS)
written = st.text("0123456789ABGLPH-~*,. {}第层", max_size=12)


@given(floors, floors)
def test_each_floor_once_bottom_to_top(labels, left_out):
    read = parse_floors(", ".join(labels), ", ".join(left_out))
    assert set(read) == set(labels) - set(left_out)
    assert [floor_key(label) for label in read] == sorted(map(floor_key, read))


@given(st.integers(1, 200), st.integers(1, 200))
def test_a_range_holds_both_ends_and_what_is_between(first, last):
    low, high = sorted((first, last))
    expected = [str(number) for number in range(low, high + 1)]
    assert parse_floors(f"{first}-{last}") == expected
    assert sorted(parse_units(f"{first}-{last}"), key=natural) == expected


@given(floors.filter(bool), units, patterns)
def test_a_plan_has_every_place_once_in_order_or_is_refused(labels, places, pattern):
    stack = Stack(", ".join(map(str, places)))
    try:
        planned = plan_units([stack], ", ".join(labels), "", pattern, "T1")
    except PatternError as error:
        # 1 and 12 beside 11 and 2: where nothing parts floor and unit.
        assert (error.code, pattern) == ("number_twice", "{floor}{unit}")
        return
    assert len(planned) == len(labels) * len(places)
    assert len({same_number(unit.number) for unit in planned}) == len(planned)
    order = [(unit.floor_sequence, int(unit.unit)) for unit in planned]
    assert order == sorted(order)
    assert {unit.floor for unit in planned} == set(labels)


@given(floors.filter(bool), units, st.data())
def test_a_stack_of_named_floors_takes_its_places_and_no_others(labels, places, data):
    chosen = data.draw(st.lists(st.sampled_from(labels), unique=True, min_size=1))
    text = ", ".join(map(str, places))
    stacks = [Stack(text), Stack(str(places[0]), ", ".join(chosen))]
    planned = plan_units(stacks, ", ".join(labels), "", "{floor}-{unit}")
    assert len(planned) == len(labels) * len(places)
    second = {(unit.floor, unit.unit) for unit in planned if unit.stack == 1}
    assert second == {(label, str(places[0])) for label in chosen}


@given(patterns, st.sampled_from(["", *LABELS]), st.integers(1, 99))
def test_a_number_is_read_back_as_it_was_made(pattern, floor, place):
    number = format_number(pattern, "T1", floor, str(place))
    unit = read_unit(pattern, number, "T1", floor)
    assert format_number(pattern, "T1", floor, unit) == number
    assert int(unit) == place


@given(floors.filter(bool), units, patterns)
def test_a_pattern_found_in_numbers_makes_them_again(labels, places, pattern):
    pairs = [
        (floor, format_number(pattern, "T1", floor, str(place)))
        for floor in labels
        for place in places
    ]
    found = guess_pattern(pairs, "T1")
    if found:
        read = [
            (number, format_number(found, "T1", floor, unit))
            for floor, number in pairs
            if (unit := read_unit(found, number, "T1", floor))
        ]
        assert len(read) * 2 >= len(pairs)
        assert all(number == again for number, again in read)


@given(written, written, written, written, written)
def test_whatever_is_written_is_planned_or_refused(a, b, c, d, e):
    try:
        planned = plan_units([Stack(a, b)], c, d, e, "T1")
    except PatternError as error:
        assert str(error) == MESSAGES[error.code] % error.params
    else:
        assert len({same_number(unit.number) for unit in planned}) == len(planned)
