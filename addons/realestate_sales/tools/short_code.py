"""Make the short code that starts labels and numbers: Tower A is A."""

import re
from collections.abc import Container

from .text import fold

MAX_LENGTH = 6

#: Words that say "building" or "project" and tell no building from another.
_COMMON = frozenset(
    "the of at and project tower towers block blk building bldg cluster phase"
    " toa nha thap khu du an can ho".split()
)
#: 3号楼 is 3.
_COUNTER = re.compile(r"[号號]?[楼樓栋棟幢座]$")
_WORDS = re.compile(r"[^\W_]+")


def short_code(name: str, taken: Container[str] = ()) -> str:
    """Return a code of a name, capitals and digits, that is not in ``taken``.

    ``Tower A`` becomes ``A``, ``East Residences`` ``ER``, ``Toà S2.05`` ``S205``,
    ``3号楼`` ``3``; a name in Chinese keeps its first characters.
    """
    words = [_COUNTER.sub("", word) or word for word in _WORDS.findall(fold(name))]
    telling = [word for word in words if word not in _COMMON] or words or ["x"]
    code = _code(telling).upper()
    number = 2
    unique = code
    while unique in taken:
        unique = f"{code}-{number}"
        number += 1
    return unique


def _code(words: list[str]) -> str:
    """Return a single word, or initials with all digits kept."""
    if len("".join(words)) <= MAX_LENGTH:
        return "".join(words)
    if len(words) == 1:
        return words[0][:MAX_LENGTH]
    parts = [word if word.isdecimal() else word[0] for word in words]
    return "".join(parts)[:MAX_LENGTH]
