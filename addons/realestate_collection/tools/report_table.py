"""Tables of a report with subtotals and totals: laid out once, then shown on screen, as
paper and as spreadsheet, so that all three say the same.

Amounts are exact :class:`~decimal.Decimal` or integers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

ZERO = Decimal(0)
NUMBERS = ("integer", "money", "percent")


@dataclass(frozen=True)
class Column:
    """A column of the kind text, date, integer, money or percent (5 is 5 %).

    ``formula`` names other cells of the row in braces, as ``={due}-{paid}``, and
    ``compute`` gives the same value; a formula is repeated in totals. ``has_total``
    columns are summed up.
    """

    key: str
    header: str
    kind: str = "text"
    formula: str | None = None
    compute: Callable[[Mapping], Decimal | int | None] | None = None
    has_total: bool = False


@dataclass(frozen=True)
class Group:
    """Rows under one heading, with a subtotal."""

    label: str
    rows: Sequence[Mapping]


@dataclass(frozen=True)
class Table:
    """A table of groups; ``decimal_places`` are those of its money."""

    title: str
    columns: Sequence[Column]
    groups: Sequence[Group] = field(default_factory=tuple)
    total_label: str = ""
    decimal_places: int = 2
    note: str = ""


@dataclass(frozen=True)
class Row:
    """A row as laid out. ``kind`` is row, subtotal or total; ``first`` and ``last`` are
    the places of the rows it sums up, counted from 0 in the table."""

    kind: str
    values: Mapping
    first: int = 0
    last: int = 0


def lay_out(table: Table) -> list[Row]:
    """Return the rows of ``table`` with its subtotals and its total.

    A group of one row has no subtotal, a table of one row no total.
    """
    rows = []
    for group in table.groups:
        first = len(rows)
        rows += [Row("row", _fill(table, values)) for values in group.rows]
        if len(group.rows) > 1 and len(table.groups) > 1:
            rows.append(_sum_up(table, rows, first, "subtotal", group.label))
    if sum(row.kind == "row" for row in rows) > 1:
        rows.append(_sum_up(table, rows, 0, "total", table.total_label))
    return rows


def _sum_up(table, rows, first, kind, label):
    """Return the row that sums up ``rows`` from ``first`` on."""
    values = {table.columns[0].key: label}
    for column in table.columns:
        if column.has_total and not column.formula:
            values[column.key] = sum(
                (
                    row.values.get(column.key) or 0
                    for row in rows[first:]
                    if row.kind == "row"
                ),
                ZERO if column.kind == "money" else 0,
            )
    return Row(kind, _fill(table, values, totals=True), first, len(rows) - 1)


def _fill(table, values, totals=False):
    """Return ``values`` with those of the formulas, in the order of the columns."""
    filled = dict(values)
    for column in table.columns:
        if column.formula and (column.has_total or not totals):
            filled[column.key] = column.compute(filled)
    return filled


def percent(part, whole):
    """Return what percentage ``part`` is of ``whole``; None of nothing."""
    return 100 * Decimal(part or 0) / Decimal(whole) if whole else None
