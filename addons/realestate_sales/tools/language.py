"""Choose a language a text exists in for a reader whose own it may not be."""

import re
from collections.abc import Collection

_TRADITIONAL = frozenset({"TW", "HK", "MO", "Hant"})


def nearest_language(wanted: str, available: Collection[str]) -> str | None:
    """Return the language among ``available`` that a reader of ``wanted`` gets.

    The language itself, else the same one of another country (``en_GB`` for ``en_US``;
    traditional and simplified Chinese are not the same), else English, else the first
    in alphabetical order. None without any.

    :param wanted: code of a language, e.g. ``zh_CN``
    :param available: codes of the languages there are texts in
    """
    if wanted in available:
        return wanted
    ordered = sorted(available)
    for base in (_written(wanted), ("en", False)):
        for code in ordered:
            if _written(code) == base:
                return code
    return ordered[0] if ordered else None


def _written(code: str) -> tuple[str, bool]:
    """Return what makes a written language: its base, and whether traditional."""
    base, *rest = re.split(r"[_@-]", code or "")
    return base, base == "zh" and bool(_TRADITIONAL & set(rest))
