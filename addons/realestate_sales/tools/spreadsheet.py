"""Read one table from a CSV or XLSX file that people made by hand.

:func:`read_table` is the whole door. It finds the header row below titles and
logos, keeps the row numbers people see in their spreadsheet program, and refuses
with a :class:`TableError` what it cannot read faithfully.
"""

from collections.abc import Iterable, Sequence

from . import spreadsheet_csv, spreadsheet_xlsx
from .table import MAX_COLUMNS, Cell, Row, Table, TableError, column_letter

__all__ = ["Table", "TableError", "read_table"]

MAX_ROWS = 20_000
MAX_BYTES = 20 * 1024 * 1024
_HEADER_WITHIN = 25
_FORMULA_ERRORS = frozenset(
    "#NULL! #DIV/0! #VALUE! #REF! #NAME? #NUM! #N/A #SPILL! #CALC!".split()
)


def read_table(
    content: bytes,
    filename: str | None = None,
    max_rows: int = MAX_ROWS,
    max_bytes: int = MAX_BYTES,
    sheet: str | None = None,
) -> Table:
    """Return the table of a CSV or XLSX file, recognised by its content.

    :param filename: only its end is looked at, to name an old ``.xls`` file
    :param max_rows: rows below the header, blank ones in between included
    :param sheet: name of the sheet, else the first visible one with a table
    :raises TableError: with a code and what to do about it
    """
    if len(content) > max_bytes:
        raise TableError("too_large", maximum=max_bytes // (1024 * 1024))
    if not content.strip():
        raise TableError("empty")
    if content.startswith(b"PK\x03\x04"):
        sheets = spreadsheet_xlsx.read_sheets(content, sheet)
        return _first_table(sheets, max_rows, sheet)
    _refuse_other_formats(content, filename)
    rows = _limited(spreadsheet_csv.read_rows(content), max_rows)
    return _build_table(rows, max_rows, None)


def _refuse_other_formats(content: bytes, filename: str | None) -> None:
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        encrypted = "EncryptedPackage".encode("utf-16-le") in content
        raise TableError("encrypted" if encrypted else "old_format")
    start = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<", b"%pdf", b"{\\rtf", b"\x89png", b"\xff\xd8\xff")):
        old = (filename or "").lower().endswith(".xls")
        raise TableError("old_format" if old else "not_a_spreadsheet")


def _first_table(
    sheets: Iterable[tuple[str, Iterable[Row]]], max_rows: int, wanted: str | None
) -> Table:
    for name, rows in sheets:
        kept = _limited(rows, max_rows)
        if kept or wanted:
            return _build_table(kept, max_rows, name)
    raise TableError("empty")


def _build_table(rows: Sequence[Row], max_rows: int, sheet: str | None) -> Table:
    if not rows:
        raise TableError("empty")
    header_index = _header_index(rows)
    headers = _headers(rows[header_index])
    body = rows[header_index + 1 :]
    if not body:
        raise TableError("no_rows", row=header_index + 1)
    if len(body) > max_rows:
        raise TableError("too_many_rows", maximum=max_rows)
    _refuse_formula_errors(body, header_index + 2)
    first = header_index + 2
    overlong = (
        number
        for number, row in enumerate(body, start=first)
        if any(cell is not None for cell in row[len(headers) :])
    )
    return Table(
        headers=headers,
        rows=[_as_wide(row, len(headers)) for row in body],
        first_row_number=first,
        sheet=sheet,
        overlong=frozenset(overlong),
    )


def _limited(rows: Iterable[Row], max_rows: int) -> list[Row]:
    """Return the rows up to the last one with a cell, stopping when too many."""
    kept: list[Row] = []
    blank = 0
    for row in rows:
        if all(cell is None for cell in row):
            blank += 1
            continue
        kept.extend([()] * blank)
        blank = 0
        kept.append(row)
        if len(kept) > max_rows + _HEADER_WITHIN:
            raise TableError("too_many_rows", maximum=max_rows)
    return kept


def _header_index(rows: Sequence[Row]) -> int:
    """Return the first row that names most columns, in text only."""
    top = rows[:_HEADER_WITHIN]
    filled = [sum(cell is not None for cell in row) for row in top]
    needed = -(-max(filled) * 3 // 5)
    for index, row in enumerate(top):
        if filled[index] >= needed and all(map(_is_heading, row)):
            return index
    raise TableError("no_header", rows=_HEADER_WITHIN)


def _is_heading(cell: Cell) -> bool:
    if cell is None:
        return True
    return isinstance(cell, str) and any(char.isalpha() for char in cell)


def _headers(row: Row) -> tuple[str, ...]:
    headers = [cell or "" for cell in row]
    while headers and not headers[-1]:
        headers.pop()
    if len(headers) > MAX_COLUMNS:
        raise TableError("too_many_columns", maximum=MAX_COLUMNS)
    return tuple(headers)


def _as_wide(row: Row, width: int) -> Row:
    return row[:width] + (None,) * (width - len(row))


def _refuse_formula_errors(rows: Sequence[Row], first_row_number: int) -> None:
    bad = [
        (f"{column_letter(column)}{number}", cell)
        for number, row in enumerate(rows, start=first_row_number)
        for column, cell in enumerate(row)
        if isinstance(cell, str) and cell in _FORMULA_ERRORS
    ]
    if bad:
        cell, value = bad[0]
        raise TableError("formula_error", cell=cell, value=value, count=len(bad))
