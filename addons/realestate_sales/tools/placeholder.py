"""Placeholders in texts of papers: ``{{ buyer.name }}``, ``{{ date.paper | long }}``.

The names are a closed catalogue; each says what kind of value it stands for and on
which papers it exists. Nothing is ever evaluated: a name is looked up, its value is
escaped and put in its place, once. What is wrong with a text is found when it is
written, see :func:`check`, so that filling never meets it.

Texts are rich text (HTML) as an editor saves them.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

TEXT, DATE, AMOUNT, WORDS, TABLE = "text", "date", "amount", "words", "table"

#: Formatters by kind of value; without one a value is written as papers write it.
FORMATS: Mapping[str, tuple[str, ...]] = {
    TEXT: ("upper",),
    DATE: ("long", "short"),
    AMOUNT: ("words", "figure"),
    WORDS: (),
    TABLE: (),
}

_SLOT = re.compile(r"\{\{(?P<inside>(?:(?!\{\{|\}\}).)*)\}\}", re.DOTALL)
_BRACES = re.compile(r"\{\{|\}\}|｛｛?|｝｝?")
_IN_TAG = re.compile(r"<[^<>]*?(?:\{\{|%7B%7B)[^<>]*>", re.IGNORECASE)
_SPACE = re.compile(r"(?:\s|&nbsp;|&#160;|\u200b)+")


@dataclass(frozen=True)
class Placeholder:
    """One name of the catalogue.

    :param name: how it is written, e.g. ``buyer.name``
    :param label: what it stands for, in English; callers translate it
    :param kind: :data:`TEXT`, :data:`DATE`, :data:`AMOUNT`, :data:`WORDS` or
        :data:`TABLE`
    :param papers: the kinds of paper on which it exists
    """

    name: str
    label: str
    kind: str
    papers: frozenset[str]


@dataclass(frozen=True)
class Slot:
    """A placeholder as it stands in a text.

    :param name: name as written, not looked up yet
    :param format: formatter as written, empty for none
    :param start: where the braces open in the text
    :param end: behind the closing braces
    """

    name: str
    format: str
    start: int
    end: int


@dataclass(frozen=True)
class Problem:
    """Something wrong with a text.

    :param code: what: ``unclosed``, ``unopened``, ``wide_braces``, ``in_tag``,
        ``formatted``, ``empty``, ``unknown``, ``elsewhere``, ``unknown_format``
    :param slot: the piece of text that is wrong, without formatting
    :param hint: the nearest name or formatter, or those there are; may be empty
    """

    code: str
    slot: str
    hint: str = ""


def parse(text: str) -> list[Slot]:
    """Return the placeholders of ``text`` in order; broken ones are left out."""
    slots = []
    for found in _SLOT.finditer(text or ""):
        name, _bar, formatter = _plain(found["inside"]).partition("|")
        slots.append(Slot(name.strip(), formatter.strip(), *found.span()))
    return slots


def check(
    text: str, catalogue: Mapping[str, Placeholder], paper: str | None
) -> list[Problem]:
    """Return everything that is wrong with the placeholders of ``text``.

    :param catalogue: the names there are
    :param paper: kind of paper the text is for; None: any, so that only names that
        every paper knows are right
    """
    text = text or ""
    found = _check_braces(text)
    for slot in parse(text):
        found += _check_slot(text, slot, catalogue, paper)
    return found


def fill(text: str, resolve: Callable[[Slot], str]) -> Markup:
    """Return ``text`` with each placeholder replaced by its value, escaped.

    Values are put in once: braces inside them mean nothing. Only a value that is
    marked safe itself (:class:`~markupsafe.Markup`), such as a table, stays HTML.

    :param text: rich text that :func:`check` found nothing wrong with
    :param resolve: the value of a placeholder
    """
    text = text or ""
    parts, position = [], 0
    for slot in parse(text):
        parts.append(Markup(text[position : slot.start]))
        parts.append(escape(resolve(slot)))
        position = slot.end
    parts.append(Markup(text[position:]))
    return Markup("").join(parts)


def for_paper(catalogue: Iterable[Placeholder], paper: str | None) -> list[Placeholder]:
    """Return the placeholders that exist on a kind of paper; None: on all kinds."""
    listed = list(catalogue)
    every = frozenset().union(*(one.papers for one in listed))
    wanted = every if paper is None else {paper}
    return [one for one in listed if wanted <= one.papers]


# --- checks --------------------------------------------------------------------------


def _plain(inside: str) -> str:
    return _SPACE.sub(" ", inside).strip()


def _bare(piece: str) -> str:
    """Return a piece of rich text without its tags, short enough to be named."""
    text = _plain(re.sub(r"<[^<>]*>?", "", piece))
    return text if len(text) <= 40 else f"{text[:39]}…"


def _check_braces(text: str) -> list[Problem]:
    problems = [Problem("in_tag", _bare_tag(tag[0])) for tag in _IN_TAG.finditer(text)]
    whole = {(slot.start, slot.end - 2) for slot in parse(text)}
    borders = {place for pair in whole for place in pair}
    for brace in _BRACES.finditer(text):
        piece = _bare(text[brace.start() : brace.start() + 60])
        if brace[0][0] in "｛｝":
            problems.append(Problem("wide_braces", piece))
        elif brace.start() not in borders:
            code = "unclosed" if brace[0] == "{{" else "unopened"
            if code == "unopened":
                piece = _bare(text[max(brace.start() - 30, 0) : brace.end()])
            problems.append(Problem(code, piece))
    return problems


def _bare_tag(tag: str) -> str:
    return tag if len(tag) <= 60 else f"{tag[:59]}…"


def _check_slot(text, slot, catalogue, paper) -> list[Problem]:
    if "<" in text[slot.start : slot.end]:
        return [Problem("formatted", _bare(text[slot.start : slot.end]))]
    if not slot.name:
        return [Problem("empty", text[slot.start : slot.end])]
    known = {one.name: one for one in for_paper(catalogue.values(), paper)}
    placeholder = known.get(slot.name)
    if placeholder is None:
        code = "elsewhere" if slot.name in catalogue else "unknown"
        return [Problem(code, slot.name, _nearest(slot.name, known))]
    formats = FORMATS[placeholder.kind]
    if slot.format and slot.format not in formats:
        hint = _nearest(slot.format, formats) or ", ".join(formats)
        return [Problem("unknown_format", f"{slot.name} | {slot.format}", hint)]
    if "|" in text[slot.start : slot.end] and not slot.format:
        return [Problem("unknown_format", f"{slot.name} |", ", ".join(formats))]
    return []


def _nearest(word: str, known: Iterable[str]) -> str:
    """Return the name that was probably meant; empty where nothing comes near."""
    known = list(known)
    lowered = word.lower().replace(" ", "").replace("-", "_")
    close = difflib.get_close_matches(lowered, known, 1, 0.6)
    if close:
        return close[0]
    last = lowered.rsplit(".", 1)[-1]
    return next((name for name in known if name.rsplit(".", 1)[-1] == last), "")
