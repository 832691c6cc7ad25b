"""Rows of a CSV file: encoding and delimiter found from the content."""

import csv
import io
from collections.abc import Iterator

from .table import Row, TableError
from .text import clean
from .text_encoding import decode_text

_DELIMITERS = ",;\t|"


def read_rows(content: bytes) -> Iterator[Row]:
    """Yield the rows of a CSV file, in whatever encoding and with what delimiter.

    :raises TableError: when the bytes are no text, or quotes do not close
    """
    try:
        text, _encoding = decode_text(content)
    except ValueError:
        raise TableError("not_a_spreadsheet") from None
    text, delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 1
    try:
        for row in reader:
            yield tuple(clean(cell) or None for cell in row)
            number += 1
    except csv.Error as error:
        raise TableError("malformed", row=number, reason=error) from None


def _delimiter(text: str) -> tuple[str, str]:
    """Return the text without a ``sep=`` line (programs hide it), and its delimiter."""
    first, _newline, rest = text.partition("\n")
    first = first.strip().strip('"')
    if first[:4].lower() == "sep=" and len(first) == 5:
        return rest, first[4]
    return text, max(_DELIMITERS, key=lambda char: _delimiter_score(text, char))


def _delimiter_score(text: str, delimiter: str) -> tuple[int, int]:
    """Return how many sample rows agree on several columns, then how many."""
    widths: dict[int, int] = {}
    try:
        sample = csv.reader(io.StringIO(text[:20_000], newline=""), delimiter=delimiter)
        for _index, row in zip(range(50), sample, strict=False):
            if len(row) > 1:
                widths[len(row)] = widths.get(len(row), 0) + 1
    except csv.Error:
        return 0, 0
    if not widths:
        return 0, 0
    width = max(widths, key=lambda one: (widths[one], one))
    return widths[width], width
