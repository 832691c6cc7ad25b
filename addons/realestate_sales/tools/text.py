"""Compare what people write: case, width, accents and spacing put aside."""

import re
import unicodedata

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_CHINESE_DIGITS = dict(zip("零一二三四五六七八九", range(10), strict=True)) | {
    "〇": 0,
    "两": 2,
    "兩": 2,
}
_CHINESE_NUMBER = re.compile("[零〇一二两兩三四五六七八九十百]+")


def clean(text: str) -> str:
    """Return ``text`` composed (NFC) with every run of white space one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def same_name(name: str | None) -> str:
    """Return a name for comparison: width and capitals make no other name."""
    return unicodedata.normalize("NFKC", clean(name or "")).casefold()


def fold(text: str) -> str:
    """Return ``text`` for comparison only: ``Tầng Trệt`` becomes ``tang tret``.

    Full-width forms become plain, accents and case go, dashes are hyphens.
    """
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text))
    text = "".join(char for char in text if not unicodedata.combining(char))
    return " ".join(text.casefold().replace("đ", "d").translate(_DASHES).split())


def arabic_digits(text: str) -> str:
    """Return ``text`` with Chinese numerals below a thousand in digits."""
    return _CHINESE_NUMBER.sub(lambda found: _chinese_number(found.group()), text)


def has_phrase(text: str, phrase: str) -> bool:
    """Tell whether folded ``text`` contains ``phrase`` as words of its own.

    Scripts without spaces have no word borders: there any occurrence counts.
    """
    if not phrase.isascii():
        return phrase in text
    return re.search(rf"(?<![a-z0-9]){re.escape(phrase)}(?![a-z0-9])", text) is not None


def _chinese_number(numeral: str) -> str:
    if not set(numeral) & {"十", "百"}:
        return "".join(str(_CHINESE_DIGITS[char]) for char in numeral)
    total = digit = 0
    for char in numeral:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _CHINESE_DIGITS[char]
    return str(total + digit)
