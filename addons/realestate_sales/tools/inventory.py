"""Check an inventory before anything is written: units out, or errors by cell.

:func:`check_inventory` never stops at the first error: a person corrects a file
once, not cell by cell. Whoever loads an inventory does so only when the report is
:attr:`~.inventory_report.InventoryReport.ok`.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from .inventory_fields import FIELDS, ColumnMatch, match_columns
from .inventory_report import InventoryReport, RowError, UnitRow
from .inventory_rows import InventoryReader, Options
from .number_text import parse_number
from .table import Table
from .text import fold

__all__ = [
    "FIELDS",
    "ColumnMatch",
    "InventoryReport",
    "RowError",
    "UnitRow",
    "check_inventory",
    "match_columns",
    "missing_floors",
    "parse_number",
]

_TOTAL_WORDS = frozenset(
    ("total", "totals", "grand total", "subtotal", "sub total", "sum")
    + ("tong", "tong cong", "cong", "合计", "总计", "小计", "合計", "總計", "小計")
)


def check_inventory(
    table: Table,
    mapping: Mapping[str, int | str | None] | None = None,
    *,
    decimal_places: int = 2,
    currency: str | None = None,
    building: str | None = None,
    decimal_comma: bool | None = None,
    default_released: bool = False,
    default_kind: str = "home",
    require_floors: bool = True,
) -> InventoryReport:
    """Return every unit and every error of an inventory; writes nothing.

    :param mapping: column (its number from 0, or its header) of each field; else
        the columns are matched by name
    :param decimal_places: of the currency of the prices
    :param currency: ISO code the prices must be in; else the one the file names
    :param building: building of the rows that name none
    :param decimal_comma: meaning of the comma; else found from the numbers
    :param default_released: for units without a status
    :param default_kind: for units whose kind and type tell none
    :param require_floors: whether :func:`missing_floors` are errors
    """
    options = Options(
        decimal_places,
        currency,
        building,
        decimal_comma,
        default_released,
        default_kind,
    )
    report = InventoryReport()
    columns = _columns(table, mapping, report)
    if report.errors:
        return report
    reader = InventoryReader(table, columns, options)
    reader.check_headers()
    units = _read_rows(table, reader, report)
    units = _one_spelling_per_floor(units, reader)
    for unit in missing_floors(units) if require_floors else ():
        reader.error(unit.row, "floor", "floor_missing", building=unit.building)
    _check_duplicates(units, reader)
    _fill(report, units, reader)
    return report


def _columns(
    table: Table,
    mapping: Mapping[str, int | str | None] | None,
    report: InventoryReport,
) -> dict[str, int]:
    """Return the column of each field, noting what is wrong with them."""
    if mapping is None:
        columns = match_columns(table.headers).mapping
        _check_repeated(table, columns, report)
    else:
        columns = _given_columns(table, mapping, report)
    for name, field in FIELDS.items():
        if field.required and name not in columns:
            _header_error(table, report, "column_missing", field=field.label)
    report.columns = {name: table.headers[column] for name, column in columns.items()}
    taken = set(columns.values())
    report.leftovers = [
        header for column, header in enumerate(table.headers) if column not in taken
    ]
    return columns


def _given_columns(
    table: Table, mapping: Mapping[str, int | str | None], report: InventoryReport
) -> dict[str, int]:
    columns = {}
    for name, value in mapping.items():
        if name not in FIELDS:
            _header_error(table, report, "field_unknown", field=name)
        elif value is None or value == "":
            continue
        elif (column := _column_index(table, value)) is None:
            label = FIELDS[name].label
            _header_error(table, report, "column_unknown", field=label, value=value)
        else:
            columns[name] = column
    return columns


def _column_index(table: Table, value: int | str) -> int | None:
    if isinstance(value, str):
        return table.headers.index(value) if value in table.headers else None
    is_index = isinstance(value, int) and not isinstance(value, bool)
    return value if is_index and 0 <= value < len(table.headers) else None


def _check_repeated(
    table: Table, columns: Mapping[str, int], report: InventoryReport
) -> None:
    """Note a header that stands twice: which of the two is meant is a guess."""
    headers = [fold(header) for header in table.headers]
    for column in columns.values():
        if headers.count(headers[column]) > 1:
            header = table.headers[column]
            _header_error(table, report, "column_twice", header=header)


def _header_error(table: Table, report: InventoryReport, code: str, **params) -> None:
    report.errors.append(RowError(table.header_row_number, "", code, params))


def _read_rows(
    table: Table, reader: InventoryReader, report: InventoryReport
) -> list[UnitRow]:
    units = []
    for number, row in enumerate(table.rows, start=table.first_row_number):
        if all(cell is None for cell in row):
            continue
        report.rows_read += 1
        if number in table.overlong:
            reader.error(number, "", "row_too_long")
        elif _is_total(row, reader.columns["number"]):
            reader.warning(number, "", "total_row")
        else:
            units.append(reader.read_unit(number, row))
    return units


def _is_total(row: tuple, number_column: int) -> bool:
    """Tell whether a row without a unit number calls itself the total."""
    texts = [fold(cell) for cell in row if isinstance(cell, str)]
    is_total = any(text.rstrip(":") in _TOTAL_WORDS for text in texts)
    number = row[number_column]
    return is_total and (number is None or fold(str(number)) in texts[:1])


def _one_spelling_per_floor(
    units: Iterable[UnitRow], reader: InventoryReader
) -> list[UnitRow]:
    """Return the units with each floor under the name it first has: G, not GF too."""
    labels: dict[tuple[str, int], str] = {}
    warned = set()
    renamed = []
    for unit in units:
        if unit.floor:
            place = (_same(unit.building), unit.floor_sequence)
            label = labels.setdefault(place, unit.floor)
            if label != unit.floor and (place, unit.floor) not in warned:
                warned.add((place, unit.floor))
                params = {"floor": label, "building": unit.building}
                reader.warning(
                    unit.row, "floor", "floor_spelling", value=unit.floor, **params
                )
            unit = replace(unit, floor=label)
        renamed.append(unit)
    return renamed


def missing_floors(units: Iterable[UnitRow]) -> list[UnitRow]:
    """Return the units without a floor in buildings with floors that need one."""
    units = list(units)
    with_floors = {_same(unit.building) for unit in units if unit.floor}
    return [
        unit
        for unit in units
        if not unit.floor and unit.needs_floor and _same(unit.building) in with_floors
    ]


def _check_duplicates(units: Iterable[UnitRow], reader: InventoryReader) -> None:
    """Note every further row of a unit, with the rows of all of them."""
    groups = defaultdict(list)
    for unit in units:
        if unit.number:
            groups[_same(unit.building), _same(unit.number)].append(unit)
    for group in groups.values():
        rows = ", ".join(str(unit.row) for unit in group)
        for unit in group[1:]:
            reader.error(
                unit.row,
                "number",
                "number_duplicate",
                number=unit.number,
                building=unit.building,
                rows=rows,
                first_row=group[0].row,
            )


def _same(name: str) -> str:
    """Return a name for comparison: width and capitals make no other unit."""
    return unicodedata.normalize("NFKC", name).casefold()


def _fill(
    report: InventoryReport, units: Iterable[UnitRow], reader: InventoryReader
) -> None:
    report.errors += sorted(reader.errors, key=lambda error: error.row)
    report.warnings = sorted(reader.warnings, key=lambda warning: warning.row)
    wrong = {error.row for error in report.errors}
    report.rows = [unit for unit in units if unit.row not in wrong]
    report.currency = reader.currency
    report.area_unit = reader.area_unit
    report.totals = _totals(report.rows)


def _totals(units: list[UnitRow]) -> dict:
    """Return counts and sums to compare with the source; floors bottom to top."""
    by_kind: dict[str, int] = defaultdict(int)
    floors: dict[tuple[str, int, str], int] = defaultdict(int)
    for unit in units:
        by_kind[unit.kind] += 1
        floors[unit.building, unit.floor_sequence, unit.floor] += 1
    return {
        "units": len(units),
        "released": sum(unit.is_released for unit in units),
        "by_kind": dict(by_kind),
        "area_predicted": _sum(unit.area_predicted for unit in units),
        "price_list": _sum(unit.price_list for unit in units),
        "buildings": sorted({unit.building for unit in units}),
        "floors": [
            {"building": name, "floor": floor, "sequence": sequence, "units": count}
            for (name, sequence, floor), count in sorted(floors.items())
        ],
    }


def _sum(values: Iterable[Decimal | None]) -> Decimal:
    return sum((value for value in values if value is not None), Decimal(0))
