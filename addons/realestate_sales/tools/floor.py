"""Put named floors in the order in which they stand in the building.

Floors of one building are compared by :func:`floor_key` only; a missing 4th or
13th floor is simply a gap. The steps leave room between floors::

    B2 < B1 < LB < LG < G < UG < Mezzanine < P1 < 1 < 12 < 12A < 13 < PH < Roof
"""

import re
from typing import NamedTuple

from .text import arabic_digits, fold

#: The place of what stands on no floor: a villa, a plot. No floor has it.
NO_FLOOR = 0

#: Words that say "floor" and nothing else, in English, Vietnamese and Chinese.
_NOISE = re.compile(
    r"(?<![a-z])(?:floor|flr|fl|level|lvl|lv|storey|story|tang|lau)(?![a-z])"
    r"|[第层層楼樓]"
)
_PUNCTUATION = re.compile(r"[\s._/()]+")
#: "2/3" and "1.5" are two numbers: joined they would be a floor they are not.
_NUMBER_GAP = re.compile(r"(?<=\d)[\s._/()]+(?=\d)")

_NAMES_BY_KEY = {
    -110: "b|basement|ham|地下室|地库|地庫",
    -95: "lb|lowerbasement",
    -90: "lg|lgf|lowerground|banham|半地下",
    -80: "g|gf|gl|grd|ground|lobby|0|tret|地面|底|架空",
    -70: "ug|ugf|upperground",
    -60: "m|mf|mz|mezz|mezzanine|lung|夹|夾",
    10: "首",
    90_000: "attic|apmai|阁|閣",
    100_000: "ph|penthouse|顶|頂",
    200_000: "r|rf|roof|rooftop|roofdeck|mai|thuong|santhuong|天台|屋顶|屋頂|屋面",
}
_KEY_BY_NAME = {
    name: key for key, names in _NAMES_BY_KEY.items() for name in names.split("|")
}


class _Series(NamedTuple):
    """Numbered floors of one kind: number n has the key ``base + n * step``."""

    pattern: re.Pattern
    base: int
    step: int
    highest: int


#: A letter after the number (12A, 12B) stands just above it; F is for "floor".
_SERIES = (
    _Series(re.compile(r"[lft]?(\d{1,3})(?:st|nd|rd|th)?-?([a-eg-i]?)f?"), 0, 10, 250),
    _Series(
        re.compile(r"(?:basement|hamb?|b|地下|负|負|-)-?(\d{1,2})f?"), -100, -10, 50
    ),
    _Series(re.compile(r"(?:lowerground|lg)-?(\d)f?"), -89, -1, 5),
    _Series(re.compile(r"(?:mezzanine|mezz|mz|m|lung|夹|夾)-?(\d)f?"), -61, 1, 9),
    _Series(re.compile(r"(?:podium|p)-?(\d{1,2})f?"), -50, 1, 40),
    _Series(re.compile(r"(?:penthouse|ph|顶|頂)-?(\d{1,2})f?"), 100_000, 1, 99),
)


def floor_key(label: str) -> int:
    """Return the place of a floor in its building, higher floors first to last.

    Reads what inventories of six countries write: ``5``, ``5F``, ``L5``,
    ``5th floor``, ``Tầng 12A``, ``第5层``, ``十二楼``, ``B2``, ``Hầm 1``,
    ``地下1层``, ``-1``, ``Trệt``, ``Mezzanine``, ``PH``, ``Roof``. Spellings of
    one floor (``G``, ``GF``, ``Ground``) have one key.

    :raises ValueError: when the label names no floor we know
    """
    words = _NOISE.sub(" ", arabic_digits(fold(str(label))))
    name = _PUNCTUATION.sub("", _NUMBER_GAP.sub("?", words))
    if name in _KEY_BY_NAME:
        return _KEY_BY_NAME[name]
    for series in _SERIES:
        found = series.pattern.fullmatch(name)
        if found and 1 <= int(found[1]) <= series.highest:
            return series.base + int(found[1]) * series.step + _letter(found)
    raise ValueError(f"No floor is called {label!r}.")


def _letter(found: re.Match) -> int:
    letter = found[2] if found.re.groups > 1 else ""
    return ord(letter) - ord("a") + 1 if letter else 0
