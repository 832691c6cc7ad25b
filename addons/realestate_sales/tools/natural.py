"""Put what people number in the order they count: MP2 before MP10."""

import re

from .text import arabic_digits, fold

#: Digits that a number may have before order is by its length alone.
_WIDTH = 12
_DIGITS = re.compile(r"\d+")
_SEPARATORS = re.compile(r"[\W_]+")


def natural_key(label: str) -> str:
    """Return a text that sorts, character by character, as people read ``label``.

    Numbers count by their value, wherever they stand; case, width, accents and the
    kind of separator do not count::

        1 < 2 < 10 < 12 < 12A < 101 < A-1 < A-2 < A-10 < MP1 < MP10

    Labels that differ only in what does not count have the same key.
    """
    text = _SEPARATORS.sub(" ", arabic_digits(fold(label))).strip()
    return _DIGITS.sub(_padded, text)


def _padded(found: re.Match) -> str:
    number = found.group().lstrip("0")
    if len(number) <= _WIDTH:
        return number.zfill(_WIDTH)
    # A longer number is a larger one: behind all the others, by its length.
    return f"z{len(number):06d}{number}"
