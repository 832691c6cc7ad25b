"""Write the tables of a report into an XLSX file whose sums are formulas.

Each formula stands with its result, so that readers that do not compute see it too.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from .report_table import Table, lay_out

WIDTHS = {"text": 24, "date": 12, "integer": 11, "money": 18, "percent": 11}
_MAX_SHEET_NAME = 31
_HEAD_ROWS = 1


@dataclass(frozen=True)
class Page:
    """A worksheet: a title, lines of text below, tables one under the other."""

    name: str
    title: str
    lines: Sequence[str]
    tables: Sequence[Table]


def write_report(pages: Sequence[Page], author: str = "") -> bytes:
    """Return an XLSX file of ``pages``, ready to be printed on landscape paper."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": pages[0].title, "author": author})
        styles = _Styles(book)
        names = set()
        for page in pages:
            sheet = book.add_worksheet(_sheet_name(page.name, names))
            _write_page(sheet, page, styles)
    return buffer.getvalue()


class _Styles:
    """Formats of the workbook, made once each."""

    def __init__(self, book):
        self.book = book
        self.known = {}

    def get(self, **properties):
        key = tuple(sorted(properties.items()))
        if key not in self.known:
            self.known[key] = self.book.add_format(properties)
        return self.known[key]

    def cell(self, kind, row_kind, decimal_places):
        properties = {"num_format": _number_format(kind, decimal_places)}
        if row_kind != "row":
            properties |= {"bold": True, "top": 1}
        if row_kind == "total":
            properties |= {"bg_color": "#EEEEEE"}
        return self.get(**properties)


def _number_format(kind, decimal_places):
    money = "#,##0" + ("." + "0" * decimal_places if decimal_places else "")
    formats = {
        "text": "@",
        "date": "yyyy-mm-dd",
        "integer": "#,##0",
        "money": money,
        "percent": '0.0"%"',
    }
    return formats[kind]


def _write_page(sheet, page, styles):
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, page.title, styles.get(bold=True, font_size=14))
    for number, line in enumerate(page.lines, start=1):
        sheet.write_string(number, 0, line)
    _set_widths(sheet, page.tables)
    row = len(page.lines) + 2
    for table in page.tables:
        row = _write_table(sheet, table, row, styles) + 2
    if len(page.tables) == 1:
        sheet.freeze_panes(len(page.lines) + 4, 1)


def _set_widths(sheet, tables):
    widths = {}
    for table in tables:
        for number, column in enumerate(table.columns):
            widths[number] = max(widths.get(number, 0), WIDTHS[column.kind])
    for number, width in widths.items():
        sheet.set_column(number, number, width)


def _write_table(sheet, table, top, styles):
    """Write ``table`` from the row ``top`` on; return the first row below it."""
    sheet.write_string(top, 0, table.title, styles.get(bold=True, font_size=12))
    head = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
    for number, column in enumerate(table.columns):
        is_text = column.kind in ("text", "date")
        style = styles.get(**head, align="left" if is_text else "right")
        sheet.write_string(top + 1, number, column.header, style)
    first = top + 1 + _HEAD_ROWS
    rows = lay_out(table)
    for place, row in enumerate(rows):
        _write_row(sheet, table, row, first, place, styles)
    below = first + len(rows)
    if table.note:
        sheet.write_string(below, 0, table.note, styles.get(italic=True))
        below += 1
    return below


def _write_row(sheet, table, row, first, place, styles):
    names = {
        column.key: f"{xl_col_to_name(number)}{first + place + 1}"
        for number, column in enumerate(table.columns)
    }
    for number, column in enumerate(table.columns):
        style = styles.cell(column.kind, row.kind, table.decimal_places)
        value = row.values.get(column.key)
        formula = _formula(column, number, row, first, names)
        if formula:
            result = "" if value is None else float(value)
            sheet.write_formula(first + place, number, formula, style, result)
        else:
            _write_value(sheet, first + place, number, value, style)


def _formula(column, number, row, first, names):
    """Return the formula of a cell, or None where it holds a value."""
    if row.kind != "row" and not column.has_total:
        return None
    if column.formula:
        return column.formula.format(**names)
    if row.kind == "row":
        return None
    # SUBTOTAL leaves out other subtotals, and rows that a reader filters away.
    letter = xl_col_to_name(number)
    top, bottom = first + row.first + 1, first + row.last + 1
    return f"=SUBTOTAL(9,{letter}{top}:{letter}{bottom})"


def _write_value(sheet, row, number, value, style):
    if value is None or value is False:
        sheet.write_blank(row, number, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, number, value, style)
    elif isinstance(value, date):
        sheet.write_datetime(row, number, value, style)
    else:
        sheet.write_number(row, number, float(value), style)


def _sheet_name(name, taken):
    """Return ``name`` without what sheets may not be called, and once only."""
    plain = "".join("-" if char in "[]:*?/\\" else char for char in name).strip("'")
    plain = plain[:_MAX_SHEET_NAME] or "1"
    number = 1
    unique = plain
    while unique.lower() in taken:
        number += 1
        suffix = f" {number}"
        unique = plain[: _MAX_SHEET_NAME - len(suffix)] + suffix
    taken.add(unique.lower())
    return unique
