"""Lay out the units of a building, before any of them is made.

A :class:`Stack` is what is the same from floor to floor; :func:`plan_units` returns
every unit of the stacks, or raises the :class:`~.unit_pattern.PatternError` that says
what to write instead.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .floor import NO_FLOOR
from .text import clean
from .unit_pattern import (
    USUAL_PATTERNS,
    PatternError,
    check_pattern,
    format_number,
    is_floorless,
    natural,
    parse_floors,
    parse_units,
    read_floor,
    same_number,
)

MAX_UNITS = 10_000
MAX_LENGTH = 20
#: What says that units stand on no floor.
ON_NO_FLOOR = "-"


@dataclass(frozen=True)
class Stack:
    """Units above each other: their places on the floor, and the floors they are on.

    Without floors it stands on all of the plan, except where another stack that names
    its floors has the same place; ``floors`` of a dash are none.
    """

    units: str
    floors: str = ""


@dataclass(frozen=True)
class PlannedUnit:
    """One unit to be made; ``stack`` is the place of its stack in the list given."""

    floor: str
    floor_sequence: int
    unit: str
    number: str
    stack: int


def plan_units(
    stacks: Sequence[Stack],
    floors: str = "",
    without: str = "",
    pattern: str = USUAL_PATTERNS[0],
    building: str = "",
) -> list[PlannedUnit]:
    """Return the units of the stacks, bottom to top, in natural order on each floor.

    Those on no floor come first.

    :param floors: those of the stacks that name none; where nobody names any, such as
        of villas, the units stand on none
    :param without: floors that none of the stacks has
    :param building: what ``{building}`` stands for
    """
    check_pattern(pattern)
    cells, labels = _lay_out(stacks, floors, without)
    planned = []
    for key, unit in sorted(cells, key=_place_order):
        number = format_number(pattern, building, labels[key], unit)
        if len(number) > MAX_LENGTH:
            raise PatternError("number_too_long", number=number, maximum=MAX_LENGTH)
        planned.append(PlannedUnit(labels[key], key, unit, number, cells[key, unit]))
    _check_numbers(planned)
    return planned


def _place_order(cell: tuple[int, str]) -> tuple:
    key, unit = cell
    return key != NO_FLOOR, key, natural(unit)


def _lay_out(
    stacks: Sequence[Stack], floors: str, without: str
) -> tuple[dict[tuple[int, str], int], dict[int, str]]:
    """Return the stack of each place (floor key and unit), and the label of each floor.

    The stacks that name their floors come first: the others take what they leave.
    """
    cells: dict[tuple[int, str], int] = {}
    labels: dict[int, str] = {}
    named = {index for index, stack in enumerate(stacks) if clean(stack.floors)}
    if not named and not clean(floors):
        floors = ON_NO_FLOOR
    for index in sorted(range(len(stacks)), key=lambda i: i not in named):
        for key, unit in _places(index, stacks[index], floors, without, labels):
            other = cells.get((key, unit))
            if other is None:
                cells[key, unit] = index
            elif (other in named) == (index in named):
                raise PatternError(
                    "position_twice",
                    unit=unit,
                    floor=labels[key] or "–",
                    first=min(other, index) + 1,
                    second=max(other, index) + 1,
                )
        if len(cells) > MAX_UNITS:
            raise PatternError("too_many", maximum=MAX_UNITS)
    return cells, labels


def _places(
    index: int, stack: Stack, floors: str, without: str, labels: dict[int, str]
) -> Iterable[tuple[int, str]]:
    """Yield the places of one stack; note the labels of floors that are new."""
    keys = []
    told = clean(stack.floors) or floors
    if is_floorless(told):
        keys.append(NO_FLOOR)
        labels[NO_FLOOR] = ""
    else:
        for label in parse_floors(told, without):
            keys.append(read_floor(label))
            labels.setdefault(keys[-1], label)
    units = parse_units(stack.units)
    if not units:
        raise PatternError("units_missing", line=index + 1)
    if not keys:
        raise PatternError("floors_missing", line=index + 1)
    seen = set()
    for unit in units:
        if same_number(unit) in seen:
            raise PatternError("unit_twice", unit=unit, line=index + 1)
        seen.add(same_number(unit))
    return ((key, unit) for key in keys for unit in units)


def _check_numbers(planned: Iterable[PlannedUnit]) -> None:
    """Refuse two units of one number."""
    by_number: dict[str, PlannedUnit] = {}
    for unit in planned:
        other = by_number.setdefault(same_number(unit.number), unit)
        if other is not unit:
            raise PatternError(
                "number_twice",
                number=unit.number,
                first=other.unit,
                first_floor=other.floor or "–",
                second=unit.unit,
                second_floor=unit.floor or "–",
            )
