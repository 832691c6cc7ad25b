"""Write tables into an XLSX file that looks like one somebody made by hand."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import xlsxwriter

WIDTHS = {"text": 18, "integer": 10, "area": 12, "money": 20, "percent": 12}
_MAX_SHEET_NAME = 31


@dataclass(frozen=True)
class Column:
    """A column: ``kind`` is text, integer, area, money or percent (5 is 5 %)."""

    header: str
    kind: str = "text"
    has_total: bool = False


@dataclass(frozen=True)
class Sheet:
    """One table; ``None`` is an empty cell."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence] = field(default_factory=list)


def write_workbook(sheets: Sequence[Sheet], decimal_places: int = 2) -> bytes:
    """Return an XLSX file of ``sheets``: headers stay in sight and filter the rows.

    Columns with ``has_total`` are summed below the table, with the result beside the
    formula so that readers that do not compute see it.

    :param decimal_places: of the columns of the kind money
    """
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        formats = _formats(book, decimal_places)
        for sheet in sheets:
            _write_sheet(book, sheet, formats)
    return buffer.getvalue()


def _formats(book: xlsxwriter.Workbook, decimal_places: int) -> dict:
    money = "#,##0" + ("." + "0" * decimal_places if decimal_places else "")
    numbers = {
        "text": "@",
        "integer": "0",
        "area": "#,##0.00",
        "money": money,
        "percent": '0.00"%"',
    }
    header = {"bold": True, "bg_color": "#EEEEEE", "bottom": 1, "text_wrap": True}
    formats = {"header": book.add_format({**header, "valign": "vcenter"})}
    for kind, number in numbers.items():
        formats[kind] = book.add_format({"num_format": number})
        total = {"num_format": number, "bold": True, "top": 1}
        formats[f"{kind}_total"] = book.add_format(total)
    return formats


def _write_sheet(book: xlsxwriter.Workbook, sheet: Sheet, formats: dict) -> None:
    page = book.add_worksheet(_sheet_name(sheet.name))
    page.freeze_panes(1, 0)
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, WIDTHS[column.kind])
        page.write_string(0, number, column.header, formats["header"])
        for row, values in enumerate(sheet.rows, start=1):
            _write_cell(page, row, number, values[number], formats[column.kind])
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
        _write_totals(page, sheet, formats)


def _write_cell(page, row: int, column: int, value, style) -> None:
    if value is None or value is False:
        page.write_blank(row, column, None, style)
    elif isinstance(value, str):
        page.write_string(row, column, value, style)
    else:
        page.write_number(row, column, value, style)


def _write_totals(page, sheet: Sheet, formats: dict) -> None:
    below = len(sheet.rows) + 1
    for number, column in enumerate(sheet.columns):
        if not column.has_total:
            continue
        total = sum(Decimal(str(row[number] or 0)) for row in sheet.rows)
        letter = xlsxwriter.utility.xl_col_to_name(number)
        formula = f"=SUM({letter}2:{letter}{below})"
        style = formats[f"{column.kind}_total"]
        page.write_formula(below, number, formula, style, float(total))


def _sheet_name(name: str) -> str:
    """Return ``name`` without what sheets may not be called."""
    plain = "".join("-" if char in "[]:*?/\\" else char for char in name)
    return plain.strip("'")[:_MAX_SHEET_NAME] or "1"
