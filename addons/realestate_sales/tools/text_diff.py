"""Compare two wordings word by word, and rich text by what a reader sees of it."""

import difflib
import re
from dataclasses import dataclass
from html import unescape

SAME, ADDED, REMOVED = "same", "added", "removed"

# A word, a run of white space, or any single sign. Scripts without spaces (Han, Kana,
# Thai) are compared sign by sign: there a run of letters is a whole sentence.
_TOKEN = re.compile(
    r"\s+"
    r"|[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
    r"|[^\W\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+(?:[.,:/'’-]\w+)*"
    r"|."
)
_BLOCK = re.compile(
    r"<(?:/(?:p|div|li|ul|ol|h[1-6]|tr|table|blockquote|pre)|br|hr)\b[^<>]*>", re.I
)
_ITEM = re.compile(r"<li\b[^<>]*>", re.I)
_HIDDEN = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.I | re.S)
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True)
class Piece:
    """A run of text that is the same in both wordings, or only in one.

    :param kind: :data:`SAME`, :data:`ADDED` or :data:`REMOVED`
    :param text: plain text, white space included
    """

    kind: str
    text: str


def plain_text(html: str | None) -> str:
    """Return what a reader sees of rich text: a line for each block, no empty ones."""
    text = _HIDDEN.sub("", html or "")
    text = re.sub(r"\s+", " ", text)
    text = _TAG.sub("", _BLOCK.sub("\n", _ITEM.sub("• ", text)))
    lines = (" ".join(line.split()) for line in unescape(text).splitlines())
    return "\n".join(line for line in lines if line)


def is_same(old: str | None, new: str | None) -> bool:
    """Tell whether two rich texts say the same, whatever their formatting."""
    return plain_text(old) == plain_text(new)


def compare(old: str, new: str) -> list[Piece]:
    """Return both wordings as one run of pieces, what is removed before what is added.

    Putting together the pieces that are not removed gives ``new``; those that are not
    added give ``old``.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    pieces: list[Piece] = []
    for operation, start, stop, other_start, other_stop in matcher.get_opcodes():
        if operation == "equal":
            _append(pieces, SAME, before[start:stop])
            continue
        _append(pieces, REMOVED, before[start:stop])
        _append(pieces, ADDED, after[other_start:other_stop])
    return _join_islands(pieces)


def _append(pieces: list[Piece], kind: str, tokens: list[str]) -> None:
    if tokens:
        pieces.append(Piece(kind, "".join(tokens)))


def _join_islands(pieces: list[Piece]) -> list[Piece]:
    """Put a space that stayed between two changes into both of them.

    “three ~~blue cars~~ green bikes” reads better than a change for every word.
    """
    split: list[Piece] = []
    for index, piece in enumerate(pieces):
        if _is_island(pieces, index):
            split += [Piece(REMOVED, piece.text), Piece(ADDED, piece.text)]
        else:
            split.append(piece)
    joined: list[Piece] = []
    changed: list[Piece] = []
    for piece in split:
        if piece.kind != SAME:
            changed.append(piece)
            continue
        joined += _gathered(changed)
        joined.append(piece)
        changed = []
    return joined + _gathered(changed)


def _gathered(changed: list[Piece]) -> list[Piece]:
    """Return neighbouring changes as one removal and one addition."""
    gathered: list[Piece] = []
    for kind in (REMOVED, ADDED):
        _append(gathered, kind, [piece.text for piece in changed if piece.kind == kind])
    return gathered


def _is_island(pieces: list[Piece], index: int) -> bool:
    """Tell whether a piece that stayed is only white space between replacements."""
    text = pieces[index].text
    if pieces[index].kind != SAME or text.strip() or "\n" in text:
        return False
    before = {piece.kind for piece in pieces[max(index - 2, 0) : index]}
    after = {piece.kind for piece in pieces[index + 1 : index + 3]}
    return before == after == {ADDED, REMOVED}
