"""Letters for the post: their order in the pile, and the numbers the post gave them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_DIGITS = re.compile(r"\d+")
_COLUMNS = re.compile(r"[\t;,]")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Address:
    """Where a letter goes, as far as the post sorts by it."""

    country: str = ""
    zip: str = ""
    city: str = ""
    street: str = ""
    name: str = ""

    def sort_key(self, home: str = "") -> tuple:
        """Return a key by country, postal code, street and name; the country of the
        sender comes first, house numbers count as numbers."""
        return (
            self.country != home,
            *map(_natural, (self.country, self.zip, self.city, self.street, self.name)),
        )


def _natural(text: str) -> str:
    return _DIGITS.sub(lambda found: found.group().zfill(12), text.strip().casefold())


class NumbersError(ValueError):
    """Registered numbers that fit no letters; ``code`` and ``params`` say why.

    Codes: ``count`` (``given``, ``wanted``), ``unknown`` (``line``, ``letter``),
    ``twice`` (``line``, ``number``), ``letter_twice`` (``line``, ``letter``),
    ``empty``.
    """

    def __init__(self, code: str, **params: object):
        super().__init__(code)
        self.code = code
        self.params = params


def match_numbers(
    text: str,
    letters: Sequence[str],
    taken: Iterable[str] = (),
    numbers: Sequence[int] | None = None,
) -> Mapping[int, str]:
    """Return which letter got which number: position in ``letters`` to number.

    :param text: as pasted: a number a line, in the order of the pile; or two columns,
        the letter (its place in the pile or its contract) and the number
    :param letters: names of the letters in the order of the pile
    :param taken: numbers that other letters have
    :param numbers: the letters' places as printed, where some were taken out of the
        pile; default 1 to n
    :raises NumbersError: naming the line that does not fit
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    rows = [[cell.strip() for cell in _COLUMNS.split(line)] for line in lines]
    rows = [[cell for cell in row if cell] for row in rows]
    if not any(rows):
        raise NumbersError("empty")
    if all(len(row) == 1 for row in rows):
        if len(rows) != len(letters):
            raise NumbersError("count", given=len(rows), wanted=len(letters))
        pairs = [(place, row[0]) for place, row in enumerate(rows)]
    else:
        places = _places(letters, numbers or range(1, len(letters) + 1))
        pairs = [_read_row(number, row, places) for number, row in enumerate(rows, 1)]
    return _check_pairs(pairs, letters, set(taken))


def _places(letters, numbers) -> dict[str, int]:
    places = {str(number): place for place, number in enumerate(numbers)}
    places.update({name.casefold(): place for place, name in enumerate(letters)})
    return places


def _read_row(line, row, places):
    place = places.get(row[0].casefold()) if len(row) > 1 else None
    if place is None:
        raise NumbersError("unknown", line=line, letter=row[0] if row else "")
    return place, row[-1]


def _check_pairs(pairs, letters, taken) -> dict[int, str]:
    result, seen = {}, {_plain(number) for number in taken}
    for line, (place, number) in enumerate(pairs, 1):
        if place in result:
            raise NumbersError("letter_twice", line=line, letter=letters[place])
        if _plain(number) in seen:
            raise NumbersError("twice", line=line, number=number)
        seen.add(_plain(number))
        result[place] = number
    return result


def _plain(number: str) -> str:
    return _SPACES.sub("", number).casefold()
