"""Rows of the sheets of an XLSX file, by openpyxl in its streaming mode."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from math import isfinite

from openpyxl import load_workbook

from .table import MAX_COLUMNS, Cell, Row, TableError, column_letter
from .text import clean

#: A small file may unpack into gigabytes; a real inventory never does.
_MAX_UNPACKED = 200 * 1024 * 1024
_FORMULA_MARKS = (b"<f>", b"<f ")


def read_sheets(
    content: bytes, wanted: str | None
) -> Iterator[tuple[str, Iterator[Row]]]:
    """Yield the name and the rows of each visible sheet, or of ``wanted`` alone.

    :raises TableError: when the file is no XLSX, is encrypted or has no such sheet
    """
    has_formulas = _inspect(content)
    book = _open(content, data_only=True)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if wanted:
        sheets = [sheet for sheet in book.worksheets if sheet.title == wanted]
        if not sheets:
            names = ", ".join(book.sheetnames)
            raise TableError("no_sheet", sheet=wanted, sheets=names)
    for sheet in sheets:
        if has_formulas:
            _refuse_uncalculated(content, sheet)
        yield sheet.title, _rows(sheet)


def _inspect(content: bytes) -> bool:
    """Refuse what is no sound XLSX; return whether any sheet has formulas."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if any(part.flag_bits & 1 for part in parts):
                raise TableError("encrypted")
            if "xl/workbook.xml" not in package.namelist():
                raise TableError("not_a_spreadsheet")
            if sum(part.file_size for part in parts) > _MAX_UNPACKED:
                raise TableError("too_large", maximum=_MAX_UNPACKED // (1024 * 1024))
            return any(
                mark in package.read(part)
                for part in parts
                if part.filename.startswith("xl/worksheets/")
                for mark in _FORMULA_MARKS
            )
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError):
        raise TableError("not_a_spreadsheet") from None


def _open(content: bytes, *, data_only: bool):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and charts
            return load_workbook(
                io.BytesIO(content), read_only=True, data_only=data_only
            )
    except Exception:  # whatever its parser meets in a damaged file
        raise TableError("not_a_spreadsheet") from None


def _rows(sheet) -> Iterator[Row]:
    for cells in _iterate(sheet, values_only=True):
        row = [_cell(value) for value in cells]
        while row and row[-1] is None:
            row.pop()
        yield tuple(row)


def _iterate(sheet, *, values_only: bool) -> Iterator[tuple]:
    sheet.reset_dimensions()  # files state wrong ones
    number = 1
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            rows = sheet.iter_rows(max_col=MAX_COLUMNS + 1, values_only=values_only)
            for row in rows:
                yield row
                number += 1
    except (GeneratorExit, TableError):
        raise
    except Exception as error:  # whatever its parser meets in a damaged file
        raise TableError("malformed", row=number, reason=error) from None


def _cell(value) -> Cell:
    """Return a cell as text, number or day; Excel's floats have 15 digits."""
    if value is None or isinstance(value, str):
        return clean(value or "") or None
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, float) and isfinite(value):
        return Decimal(format(value, ".15g"))
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    return str(value)


def _refuse_uncalculated(content: bytes, sheet) -> None:
    """Refuse formulas saved without result: they would read as blank cells.

    A result that is an empty text is told from none by its type, ``str``.
    """
    formulas = _open(content, data_only=False)[sheet.title]
    bad = [
        f"{column_letter(column)}{number}"
        for number, (shown, written) in enumerate(
            zip(
                _iterate(sheet, values_only=False),
                _iterate(formulas, values_only=False),
                strict=False,
            ),
            start=1,
        )
        for column, (result, formula) in enumerate(zip(shown, written, strict=False))
        if formula.data_type == "f"
        and result.value is None
        and result.data_type != "str"
    ]
    if bad:
        raise TableError("formula_without_value", cell=bad[0], count=len(bad))
