"""What a table read from a spreadsheet is, and why one cannot be read."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

Cell = str | Decimal | date | None
Row = tuple[Cell, ...]

MAX_COLUMNS = 200

#: English sentence per error code; Odoo translates by ``code`` and ``params``.
MESSAGES = {
    "empty": "The file is empty. Choose the file with the table.",
    "encrypted": "The file is protected by a password. Save it without one.",
    "formula_error": "Cell %(cell)s shows %(value)s (%(count)s such cells). Correct "
    "the formula or write the value.",
    "formula_without_value": "Cell %(cell)s holds a formula without its result "
    "(%(count)s such cells). Open the file in a spreadsheet program and save it.",
    "malformed": "Row %(row)s cannot be read: %(reason)s. Save the file again as "
    "CSV or XLSX.",
    "no_header": "No header row was found in the first %(rows)s rows. Put the names "
    "of the columns above the table.",
    "no_rows": "There are no rows below the header (row %(row)s).",
    "no_sheet": "There is no sheet called %(sheet)s. The file has: %(sheets)s.",
    "not_a_spreadsheet": "The file is no CSV or XLSX spreadsheet. Save it as XLSX.",
    "old_format": "The file is in the old XLS format. Save it as XLSX.",
    "too_large": "The file has more than %(maximum)s MB. Split it.",
    "too_many_columns": "The table has more than %(maximum)s columns. Remove those "
    "that are not needed.",
    "too_many_rows": "The table has more than %(maximum)s rows. Split the file.",
}


class TableError(ValueError):
    """A file from which no table can be read; ``code`` is a key of MESSAGES."""

    def __init__(self, code: str, **params):
        self.code = code
        self.params = params
        super().__init__(MESSAGES[code] % params)


@dataclass(frozen=True)
class Table:
    """Headers and rows as they stand in the file.

    ``rows[i]`` is the row ``first_row_number + i`` of the file: blank rows in
    between stay, as tuples of ``None``. Every row is as wide as the headers; rows
    with cells beyond them are listed by number in ``overlong``. Text is composed
    (NFC) with single spaces; a CSV has text only, an XLSX numbers and dates too.
    """

    headers: tuple[str, ...]
    rows: list[Row]
    first_row_number: int
    sheet: str | None = None
    overlong: frozenset[int] = field(default_factory=frozenset)

    @property
    def header_row_number(self) -> int:
        """The number of the header row in the file."""
        return self.first_row_number - 1


def column_letter(index: int) -> str:
    """Return the letters over a column: 0 is ``A``, 26 is ``AA``."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
