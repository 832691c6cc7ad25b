"""Which phase the rows of an inventory give their buildings."""

from collections.abc import Callable, Hashable, Iterable
from typing import NamedTuple

from .inventory_report import UnitRow
from .text import same_name


class Conflict(NamedTuple):
    """A row that puts its building into another phase than an earlier row does."""

    row: UnitRow
    first: UnitRow


def phases_of_buildings(
    rows: Iterable[UnitRow], building: Callable[[UnitRow], Hashable]
) -> tuple[dict[Hashable, UnitRow], list[Conflict]]:
    """Return the first row that names a phase of each building, and who disagrees.

    Rows without a phase say nothing. Each other phase of a building is told once, by
    the first row that names it: a column copied wrongly is one mistake, not a thousand.

    :param building: what stands for the building of a row
    """
    first: dict[Hashable, UnitRow] = {}
    conflicts = []
    told = set()
    for row in rows:
        if not row.phase:
            continue
        key, phase = building(row), same_name(row.phase)
        known = first.setdefault(key, row)
        if same_name(known.phase) != phase and (key, phase) not in told:
            told.add((key, phase))
            conflicts.append(Conflict(row, known))
    return first, conflicts
