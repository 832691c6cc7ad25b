"""Write a table in the format that an authority's system reads: CSV, XLSX or XML.

Nothing is bent to fit: a value that the format cannot carry is a :class:`Problem` of
its row and column, and no file is written while there is one.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import xlsxwriter

Value = str | Decimal | date | None

FILE_TYPES = ("csv", "xlsx", "xml")
_XML_NAME = re.compile(r"[^\W\d][\w.-]*")
_XML_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: What a spreadsheet program would compute instead of showing.
_FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d\s()./-]*$)")


@dataclass(frozen=True)
class Column:
    """One column.

    :param transform: "upper", "digits" (all else is left out) or, of dates, a pattern
        of ``strftime``; empty: as the layout says
    :param width: most characters that are taken; 0 means any number
    """

    header: str
    is_required: bool = False
    width: int = 0
    transform: str = ""


@dataclass(frozen=True)
class Layout:
    """How the file is written; what its type does not need is not looked at."""

    file_type: str = "csv"
    encoding: str = "utf-8"
    delimiter: str = ","
    date_format: str = "%Y-%m-%d"
    decimal_sign: str = "."
    has_header: bool = True
    root: str = "Filings"
    row: str = "Filing"


@dataclass(frozen=True)
class Problem:
    """What cannot be written; ``row`` counts from 0, ``code`` has a sentence."""

    row: int
    column: str
    code: str
    params: dict[str, Any] = field(default_factory=dict, hash=False)


class ExchangeError(ValueError):
    """There are problems; :attr:`problems` has them."""

    def __init__(self, problems: Sequence[Problem]):
        self.problems = problems
        super().__init__(f"{len(problems)} problems")


def is_xml_name(text: str) -> bool:
    """Say whether ``text`` may be the name of an element."""
    named = bool(_XML_NAME.fullmatch(text or ""))
    return named and not text.lower().startswith("xml")


def find_problems(
    layout: Layout, columns: Sequence[Column], rows: Sequence[Sequence[Value]]
) -> list[Problem]:
    """Return everything that keeps the rows from being written."""
    return [
        Problem(number, column.header, code, params)
        for number, row in enumerate(rows)
        for column, value in zip(columns, row, strict=True)
        for code, params in _cell_problems(layout, column, value)
    ]


def write_exchange(
    layout: Layout, columns: Sequence[Column], rows: Sequence[Sequence[Value]]
) -> bytes:
    """Return the file.

    :raises ExchangeError: with all :func:`find_problems`, when there are any
    """
    problems = find_problems(layout, columns, rows)
    if problems:
        raise ExchangeError(problems)
    writers = {"csv": _write_csv, "xlsx": _write_xlsx, "xml": _write_xml}
    return writers[layout.file_type](layout, columns, rows)


def _cell_problems(layout, column, value):
    text = as_text(layout, column, value)
    if not text:
        if column.is_required:
            yield "missing", {}
        return
    if column.width and len(text) > column.width:
        yield "too_long", {"length": len(text), "width": column.width, "value": text}
    if layout.file_type == "csv":
        if isinstance(value, str) and _FORMULA.match(text):
            yield "formula", {"value": text}
        if wrong := _not_encodable(text, layout.encoding):
            yield "not_encodable", {"value": wrong, "encoding": layout.encoding}
    elif _XML_ILLEGAL.search(text):
        yield "bad_character", {"value": repr(text)}


def _not_encodable(text, encoding):
    return "".join(
        char
        for char in dict.fromkeys(text)
        if not char.encode(encoding, errors="ignore")
    )


def as_text(layout: Layout, column: Column, value: Value) -> str:
    """Return ``value`` as it stands in a file of text."""
    if value is None:
        return ""
    if isinstance(value, date):
        is_pattern = column.transform.startswith("%")
        # strftime leaves out the leading zeros of years before 1000 on some systems.
        pattern = column.transform if is_pattern else layout.date_format
        return value.strftime(pattern)
    if isinstance(value, Decimal):
        return format(value, "f").replace(".", layout.decimal_sign)
    text = " ".join(value.split(" ")).strip()
    if column.transform == "upper":
        return text.upper()
    if column.transform == "digits":
        return "".join(char for char in text if char.isdecimal())
    return text


def _write_csv(layout, columns, rows):
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=layout.delimiter, lineterminator="\r\n")
    if layout.has_header:
        writer.writerow([column.header for column in columns])
    for row in rows:
        writer.writerow(map(lambda *cell: as_text(layout, *cell), columns, row))
    return out.getvalue().encode(layout.encoding)


def _write_xlsx(layout, columns, rows):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        for place, column in enumerate(columns):
            sheet.set_column(place, place, max(12, min(column.width or 18, 60)))
            if layout.has_header:
                sheet.write_string(0, place, column.header, bold)
        for line, row in enumerate(rows, start=int(layout.has_header)):
            for place, value in enumerate(row):
                _write_cell(sheet, line, place, layout, columns[place], value)
    return buffer.getvalue()


def _write_cell(sheet, line, place, layout, column, value):
    if isinstance(value, Decimal):
        sheet.write_number(line, place, value)
    elif text := as_text(layout, column, value):
        # Dates too: the authority reads the pattern that it asks for.
        sheet.write_string(line, place, text)


def _write_xml(layout, columns, rows):
    root = ElementTree.Element(layout.root)
    for row in rows:
        element = ElementTree.SubElement(root, layout.row)
        for column, value in zip(columns, row, strict=True):
            child = ElementTree.SubElement(element, column.header)
            child.text = as_text(layout, column, value)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding=layout.encoding, xml_declaration=True)
