"""What the name of a picture's file tells: of which type or unit, plan or photo.

``2BR.png`` is the plan of 2BR, ``2BR_photo_1.jpg`` its first photo and
``Tower A-1203.png`` the plan of the type of that unit.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .text import fold, same_name

#: Folded words between the key and the number; a folder may be called so as well.
_KIND_WORDS = {
    "plan": "plan|plans|floor plan|floor plans|floorplan|floorplans|layout|layouts"
    "|mat bang|mat bang can|so do|户型图|戶型圖|平面图|平面圖|房型圖|格局圖",
    "photo": "photo|photos|picture|pictures|pic|image|images|img|view|interior"
    "|exterior|render|renders|anh|hinh|hinh anh|phoi canh"
    "|照片|图片|圖片|实景|實景|效果图|效果圖|相片",
}
_KINDS = {
    word.replace(" ", "-"): kind
    for kind, words in _KIND_WORDS.items()
    for word in words.split("|")
}
_SEPARATORS = re.compile(r"[\s_\-‐‑–—.,()\[\]/\\:#]+")
_NUMBER = re.compile(r"^(?P<rest>.+?)-(?P<number>\d{1,4})$")


@dataclass(frozen=True)
class NameReading:
    """One way to read a name: ``key`` as :func:`name_key` has it; ``kind`` is empty
    when no word tells it, ``number`` zero when there is none."""

    key: str
    kind: str
    number: int


def name_key(name: str) -> str:
    """Return a name for comparison, whatever stands between its words.

    File names may not hold every sign: ``2BR/2T`` is stored as ``2BR-2T``.
    """
    return _SEPARATORS.sub("-", same_name(name)).strip("-")


def readings(stem: str) -> Iterator[NameReading]:
    """Yield the ways to read a file name without its ending, the whole of it first."""
    whole = name_key(stem)
    yield NameReading(whole, "", 0)
    rest, number = whole, 0
    found = _NUMBER.match(whole)
    if found:
        rest, number = found["rest"], int(found["number"])
    kind, bare = _take_kind(rest)
    if kind:
        yield NameReading(bare, kind, number)
    if found:
        yield NameReading(rest, "", number)


def kind_of_folder(folder: str) -> str:
    """Return ``plan`` or ``photo`` when a folder is called so, else nothing."""
    return _KINDS.get(_SEPARATORS.sub("-", fold(folder)).strip("-"), "")


def find_name(stem: str, known: Mapping[str, object]) -> tuple[NameReading, object]:
    """Return the first reading whose key is in ``known``, and what it holds there.

    Nothing known yields the reading of the whole name and ``None``.
    """
    every = list(readings(stem))
    for reading in every:
        if reading.key in known:
            return reading, known[reading.key]
    return every[0], None


def _take_kind(text: str) -> tuple[str, str]:
    """Return the kind that the end of ``text`` tells, and what stands before it."""
    folded = _SEPARATORS.sub("-", fold(text)).strip("-")
    words = text.split("-")
    for count in range(min(3, len(words) - 1), 0, -1):
        tail = "-".join(folded.split("-")[-count:])
        if tail in _KINDS and len(folded.split("-")) == len(words):
            return _KINDS[tail], "-".join(words[:-count])
    for word, kind in _KINDS.items():
        # Scripts without spaces: 三房照片.
        if not word.isascii() and folded.endswith(word) and folded != word:
            return kind, text[: -len(word)].strip("-")
    return "", text
