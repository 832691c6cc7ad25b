"""Read numbers as people type them: ``1.234,5``, ``₱10,189,800``, ``3,5 tỷ``.

The decimal sign is never guessed: ``1,234`` alone is two numbers and says so;
:func:`detect_decimal_comma` finds the sign from the other values of a column.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from .text import fold
from .units import money_marks, without_area_unit

_SHAPE = re.compile(
    r"(?P<before>\D*?)(?P<number>[.,]?\d(?:[\d.,' ]*\d)?)(?P<after>\D*)"
)
_DECIMAL_POINT = re.compile(
    r"(?:\d+|[1-9]\d{0,2}(?:(?P<group>[,' ])\d{3})(?:(?P=group)\d{3})*"
    r"|[1-9]\d?(?:,\d{2})+,\d{3})?(?:\.\d+)?"
)
_SWAP = str.maketrans(".,", ",.")
_MAX_LENGTH = 60


class NumberError(ValueError):
    """Text that is no number (``number_unreadable``) or two (``number_ambiguous``)."""

    def __init__(self, code: str, text: object):
        self.code = code
        super().__init__(f"{code}: {text!r}")


class NumberText(NamedTuple):
    """A number read from text, and the currency written beside it, if any."""

    value: Decimal
    currency: str | None = None


class _Parts(NamedTuple):
    number: str
    negative: bool
    currency: str | None
    scale: int | None


def parse_number(
    text: str | Decimal | int, decimal_comma: bool | None = None
) -> Decimal:
    """Return the number written in ``text``; the same as :func:`read_number`."""
    return read_number(text, decimal_comma).value


def read_number(
    text: str | Decimal | int, decimal_comma: bool | None = None, scale: int = 1
) -> NumberText:
    """Return the number written in ``text``, and its currency.

    Currency marks, area units, grouping by ``,``, ``.``, space or apostrophe and
    words for millions are understood; a minus or brackets make it negative. Any
    other letter makes it unreadable, and so does an exponent: a spreadsheet that
    writes ``1.02E+07`` has dropped digits.

    :param decimal_comma: what the comma means; ``None`` to accept only a number
        that is the same either way
    :param scale: multiplies a number that has no word for millions of its own
    :raises NumberError: with code ``number_unreadable`` or ``number_ambiguous``
    """
    if isinstance(text, Decimal | int):
        return NumberText(Decimal(text) * scale)
    parts = _parts(text)
    readings = _readings(parts.number)
    if decimal_comma is not None:
        readings = {
            key: value for key, value in readings.items() if key == decimal_comma
        }
    values = set(readings.values())
    if len(values) != 1:
        raise NumberError("number_ambiguous" if values else "number_unreadable", text)
    value = values.pop() * (parts.scale or scale)
    return NumberText(-value if parts.negative else value, parts.currency)


def detect_decimal_comma(values: Iterable[object]) -> bool | None:
    """Return whether the comma is the decimal sign in a column of texts.

    ``None`` when no value decides, or when values contradict each other.
    """
    evidence = set()
    for value in values:
        try:
            readings = _readings(_parts(value).number) if isinstance(value, str) else ()
        except NumberError:
            continue
        if len(readings) == 1:
            evidence.update(readings)
    return evidence.pop() if len(evidence) == 1 else None


def _parts(text: str) -> _Parts:
    """Take a text apart into digits, sign, currency and scale."""
    plain = without_area_unit(fold(text).replace("’", "'")).removesuffix("/-")
    plain = "".join(str(int(char)) if char.isdecimal() else char for char in plain)
    found = _SHAPE.fullmatch(plain) if len(text) <= _MAX_LENGTH else None
    if not found:
        raise NumberError("number_unreadable", text)
    marks = money_marks(f"{found['before']} {found['after']}")
    rest = marks.rest.replace(" ", "").replace(".", "")
    if rest not in ("", "+", "-", "()") or len(marks.currencies) > 1:
        raise NumberError("number_unreadable", text)
    return _Parts(found["number"], rest in ("-", "()"), marks.currency, marks.scale)


def _readings(number: str) -> dict[bool, Decimal]:
    """Return the value for each meaning of the comma under which it is well formed."""
    readings = {}
    for decimal_comma in (False, True):
        text = number.translate(_SWAP) if decimal_comma else number
        if _DECIMAL_POINT.fullmatch(text):
            readings[decimal_comma] = Decimal(re.sub("[,' ]", "", text))
    return readings
