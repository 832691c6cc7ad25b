"""The phase of a building, as its rows say, and the rows that disagree."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from realestate_sales.tools.inventory_phase import phases_of_buildings
from realestate_sales.tools.inventory_report import UnitRow

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
)


def rows_of(*pairs):
    """Return rows from 2 on, of (building, phase)."""
    return [
        replace(BLANK, row=number, building=building, phase=phase)
        for number, (building, phase) in enumerate(pairs, start=2)
    ]


def found(*pairs):
    """Return ({building: phase}, [(row, row it disagrees with)])."""
    first, conflicts = phases_of_buildings(rows_of(*pairs), lambda row: row.building)
    return (
        {building: row.phase for building, row in first.items()},
        [(conflict.row.row, conflict.first.row) for conflict in conflicts],
    )


def test_one_row_tells_the_phase_of_its_building():
    pairs = ("A", ""), ("A", "Phase 1"), ("A", ""), ("B", "Phase 2"), ("C", "")
    assert found(*pairs) == ({"A": "Phase 1", "B": "Phase 2"}, [])


def test_capitals_width_and_spaces_make_no_other_phase():
    pairs = ("A", "Phase 1"), ("A", "PHASE  1"), ("A", "Ｐhase１".replace("１", " １"))
    assert found(*pairs) == ({"A": "Phase 1"}, [])


def test_rows_that_disagree_are_told_once_a_phase_with_both_rows():
    pairs = ("A", "1"), ("A", "2"), ("A", "2"), ("A", "1"), ("A", "3"), ("B", "2")
    assert found(*pairs) == ({"A": "1", "B": "2"}, [(3, 2), (6, 2)])


def test_what_stands_for_a_building_is_for_the_caller_to_say():
    rows = rows_of(("Tower A", "1"), ("A", "2"))
    first, conflicts = phases_of_buildings(rows, lambda row: "same")
    assert [row.building for row in first.values()] == ["Tower A"]
    assert [conflict.row.building for conflict in conflicts] == ["A"]


@given(st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from(["", "1", "2"]))))
def test_there_is_a_conflict_where_a_building_has_two_phases_and_only_there(pairs):
    phases, conflicts = found(*pairs)
    for building in "AB":
        named = {phase for name, phase in pairs if name == building and phase}
        assert (building in phases) == bool(named)
        told = [row for row, _first in conflicts if pairs[row - 2][0] == building]
        assert len(told) == max(len(named) - 1, 0)
