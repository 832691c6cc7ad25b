"""Read the patterns by which floors, units and their numbers are written.

Floors as people say them (``B2-B1, LG, G, 2-12, 12A, 15-25``), units of a floor as
``01-12`` or ``A-F``, numbers as ``{floor}{unit:02}``. What cannot be read raises the
:class:`PatternError` that says what to write instead.
"""

import re
import unicodedata
from collections.abc import Iterable
from fnmatch import fnmatchcase

from .floor import floor_key
from .text import clean, fold

#: Of one range; no building has more floors, no floor more units.
MAX_RANGE = 300

#: English sentence per error code; Odoo translates by ``code`` and ``params``.
MESSAGES = {
    "floor_twice": "Floor %(floor)s is listed twice, as %(first)s and as %(second)s. "
    "Keep one of them.",
    "floor_unknown": "%(value)s is no floor we can read. Write it like 5, 12A, B2, LG, "
    "G, Mezzanine, PH or Roof.",
    "floors_missing": "Line %(line)s: no floor is left. Name the floors, leave out "
    "fewer of them, or write a dash for units on no floor.",
    "number_too_long": "Number %(number)s has more than %(maximum)s characters. "
    "Shorten the pattern.",
    "number_twice": "Number %(number)s would be that of unit %(first)s on floor "
    "%(first_floor)s and of unit %(second)s on floor %(second_floor)s. Put {floor} "
    "into the pattern, or two digits as {unit:02}.",
    "pattern_no_unit": "The number pattern names no {unit}: all units of a floor would "
    "have one number. Write it like {floor}{unit:02}.",
    "pattern_unknown": "%(value)s in the number pattern is unknown. Use {building}, "
    "{floor} and {unit}, with :02 for two digits.",
    "position_twice": "Unit %(unit)s on floor %(floor)s is in line %(first)s and in "
    "line %(second)s. Take it out of one of them.",
    "range_mixed": "The ends of %(value)s do not belong together. Write both alike, "
    "like B2-B1 or 2-25, and what is between them one by one.",
    "range_too_long": "%(value)s is more than %(maximum)s. Write a shorter range.",
    "too_many": "The lines come to more than %(maximum)s units. Generate them in "
    "several steps.",
    "unit_twice": "Unit %(unit)s is listed twice in line %(line)s. Keep one of them.",
    "units_missing": "Line %(line)s names no unit. Write them like 01-12, or A, B, C.",
}

_SEPARATORS = re.compile(r"[,;、\n]+")
#: "B2-B1", "2-25", "Tầng 2 - Tầng 5": text, number, text, twice.
_RANGE = re.compile(
    r"(?P<before>\D*?)(?P<first>\d+)(?P<after>[^\d~.-]*?)\s*(?:-|~|\.\.)\s*"
    r"(?P<before_2>\D*?)(?P<last>\d+)(?P<after_2>\D*)"
)
_LETTERS = re.compile(r"([A-Za-z])\s*(?:-|~|\.\.)\s*([A-Za-z])")
_HOLE = re.compile(r"\{(building|floor|unit)(?::0?([1-6]))?\}")
_FLOOR_JOIN = re.compile(r"\{floor(?::0?[1-6])?\}[-./_ ]?")
_BRACES = re.compile(r"\{[^{}]*\}?|\}")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
#: How numbers are usually made, the likeliest first.
USUAL_PATTERNS = (
    "{floor}{unit:02}",
    "{floor:02}{unit:02}",
    "{floor}-{unit:02}",
    "{floor:02}-{unit:02}",
    "{floor}.{unit:02}",
    "{floor:02}.{unit:02}",
    "{floor}-{floor}{unit:02}",
    "{building}-{floor}{unit:02}",
    "{building}-{floor}-{unit:02}",
    "{building}{floor}{unit:02}",
    "{floor}{unit}",
    "{floor}-{unit}",
)
#: The same where there are no floors: villas, plots.
FLOORLESS_PATTERNS = (
    "{unit:02}",
    "{building}-{unit:02}",
    "{building}-{unit:03}",
    "{building}{unit:02}",
    "{unit:03}",
    "{building}-{unit}",
    "{unit}",
)
#: A place is letters and digits: what stands between floor and place is the pattern's.
_UNIT = r"(?P<unit>[^\W_]+?)"
_USUAL_UNIT = re.compile(r"\d{2,3}|[A-Za-z]{1,3}\d{0,3}")


class PatternError(ValueError):
    """A pattern from which no units follow.

    ``code`` is a key of :data:`MESSAGES`, ``params`` its values.
    """

    def __init__(self, code: str, **params):
        self.code = code
        self.params = params
        super().__init__(MESSAGES[code] % params)


def parse_floors(text: str, without: str = "") -> list[str]:
    """Return the labels of the floors in ``text``, bottom to top.

    :param without: floors to leave out, where ``*4`` is every one that ends in 4
    """
    left_out, shapes = _parse_left_out(without)
    labels: dict[int, str] = {}
    for label in _expand(text):
        key = read_floor(label)
        if key in labels:
            raise PatternError(
                "floor_twice", floor=labels[key], first=labels[key], second=label
            )
        labels[key] = label
    return [
        label
        for key, label in sorted(labels.items())
        if key not in left_out
        and not any(fnmatchcase(fold(label), shape) for shape in shapes)
    ]


def is_floorless(text: str) -> bool:
    """Tell whether ``text`` says that units stand on no floor: a dash."""
    return _items(text) == ["-"]


def parse_units(text: str) -> list[str]:
    """Return the places of the units on a floor, in the order written."""
    return list(_expand(text))


def read_floor(label: str) -> int:
    """Return the place of a floor in its building, see :func:`.floor.floor_key`."""
    try:
        return floor_key(label)
    except ValueError as error:
        raise PatternError("floor_unknown", value=label) from error


def check_pattern(pattern: str) -> None:
    """Refuse a number pattern that names what we do not know, or no unit."""
    rest = _HOLE.sub("", pattern)
    if unknown := _BRACES.search(rest):
        raise PatternError("pattern_unknown", value=unknown[0])
    if not any(hole[1] == "unit" for hole in _HOLE.finditer(pattern)):
        raise PatternError("pattern_no_unit")


def format_number(pattern: str, building: str, floor: str, unit: str) -> str:
    """Return the number of a unit; ``{unit:02}`` gives numbers two digits.

    Where there is no floor, ``{floor}`` goes with the sign that joins it to the rest.
    """
    if not floor:
        pattern = _without_floor(pattern)
    values = {"building": building, "floor": floor, "unit": unit}
    return clean(_HOLE.sub(lambda hole: _fill(values[hole[1]], hole[2]), pattern))


def read_unit(pattern: str, number: str, building: str, floor: str) -> str | None:
    """Return the place on its floor that a number tells, or nothing: the way back from
    :func:`format_number`.
    """
    if not floor:
        pattern = _without_floor(pattern)
    values = {"building": building, "floor": floor}
    parts, end = [], 0
    for hole in _HOLE.finditer(pattern):
        parts.append(re.escape(pattern[end : hole.start()]))
        if hole[1] != "unit":
            parts.append(re.escape(_fill(values[hole[1]], hole[2])))
        else:
            parts.append("(?P=unit)" if _UNIT in parts else _UNIT)
        end = hole.end()
    parts.append(re.escape(pattern[end:]))
    found = re.fullmatch("".join(parts), number, re.IGNORECASE)
    if not found or "unit" not in found.re.groupindex:
        return None
    unit = found["unit"]
    is_same = format_number(pattern, building, floor, unit).casefold()
    return unit if is_same == number.casefold() else None


def guess_pattern(
    numbers: Iterable[tuple[str, str]],
    building: str,
    patterns: Iterable[str] | None = None,
) -> str | None:
    """Return the pattern that most of the (floor, number) pairs follow, or nothing when
    not even half of them follow one.

    :param patterns: to choose from; else the usual ones of units with or without floors
    """
    numbers = list(numbers)
    if patterns is None:
        has_floors = any(floor for floor, _number in numbers)
        patterns = USUAL_PATTERNS if has_floors else FLOORLESS_PATTERNS
    scores = {
        pattern: sum(_is_usual(pattern, number, building, f) for f, number in numbers)
        for pattern in patterns
    }
    best = max(scores, key=lambda pattern: scores[pattern])
    return best if scores[best] and scores[best] * 2 >= len(numbers) else None


def natural(text: str) -> tuple:
    """Return a key that puts 2 before 10 and A2 before A10."""
    parts = [part for part in re.split(r"(\d+)", text) if part]
    key = [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]
    return (key, text)


def same_number(number: str) -> str:
    """Return a number for comparison: width and capitals make no other unit."""
    return unicodedata.normalize("NFKC", number).strip().casefold()


def _without_floor(pattern: str) -> str:
    """Return a pattern without its floors and the signs that join them."""
    return _FLOOR_JOIN.sub("", pattern).rstrip("-./_ ")


def _is_usual(pattern: str, number: str, building: str, floor: str) -> bool:
    unit = read_unit(pattern, number, building, floor)
    return bool(unit and _USUAL_UNIT.fullmatch(unit))


def _parse_left_out(text: str) -> tuple[set[int], list[str]]:
    """Return the keys of floors to leave out, and the shapes with a ``*``."""
    shapes = [item for item in _items(text) if "*" in item]
    plain = ",".join(item for item in _items(text) if "*" not in item)
    return {read_floor(label) for label in _expand(plain)}, [
        fold(shape) for shape in shapes
    ]


def _items(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text or "").translate(_DASHES)
    return [item for part in _SEPARATORS.split(plain) if (item := clean(part))]


def _expand(text: str) -> Iterable[str]:
    """Yield what a list says, its ranges spelled out."""
    for item in _items(text):
        if letters := _LETTERS.fullmatch(item):
            yield from map(chr, _range(ord(letters[1]), ord(letters[2]), item))
        elif (found := _RANGE.fullmatch(item)) and not _is_floor(item):
            yield from _numbered(found, item)
        else:
            yield item


def _numbered(found: re.Match, item: str) -> Iterable[str]:
    """Yield the labels of a range of numbers; 01-12 keeps its zeros."""
    before, after = found["before"].strip(), found["after"].strip()
    other = (found["before_2"].strip(), found["after_2"].strip())
    if (fold(before), fold(after)) != tuple(map(fold, other)):
        raise PatternError("range_mixed", value=item)
    width = len(found["first"]) if found["first"].startswith("0") else 0
    for number in _range(int(found["first"]), int(found["last"]), item):
        yield f"{found['before']}{number:0{width}}{found['after']}"


def _range(first: int, last: int, item: str) -> range:
    if abs(last - first) >= MAX_RANGE:
        raise PatternError("range_too_long", value=item, maximum=MAX_RANGE)
    return range(first, last + 1) if first <= last else range(first, last - 1, -1)


def _is_floor(item: str) -> bool:
    try:
        floor_key(item)
    except ValueError:
        return False
    return True


def _fill(value: str, width: str | None) -> str:
    return f"{int(value):0{width}}" if width and value.isdecimal() else value
