"""Decode a text file of unknown encoding, as offices of our markets save them."""

import codecs
import unicodedata

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Lead bytes of the everyday characters of each double-byte encoding.
_DOUBLE_BYTE = (
    ("gb18030", range(0xB0, 0xD8), 0xA1),
    ("big5", range(0xA4, 0xC7), 0x40),
)
_SINGLE_BYTE = ("cp1258", "cp1252")
_MOSTLY = 0.9


def decode_text(content: bytes) -> tuple[str, str]:
    """Return the text of ``content`` and the name of its encoding.

    UTF-8 and UTF-16 are certain; otherwise the double-byte Chinese encodings are
    taken when the pairs are everyday characters, and the Vietnamese and Western
    code pages in the end. The text is composed (NFC).

    :raises ValueError: when the bytes are no text in any of them
    """
    for encoding in _candidates(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _has_control_characters(text):
            return unicodedata.normalize("NFC", text), encoding
    raise ValueError("These bytes are no text.")


def _candidates(content: bytes):
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            yield encoding
            return
    yield "utf-8"
    for encoding, leads, first_trail in _DOUBLE_BYTE:
        if _looks_double_byte(content, leads, first_trail):
            yield encoding
    yield from _SINGLE_BYTE


def _looks_double_byte(content: bytes, leads: range, first_trail: int) -> bool:
    """Tell whether high bytes come in pairs that are mostly everyday characters.

    A Latin letter with an accent is a high byte among ASCII, or two with a lead
    that no everyday Chinese character has.
    """
    pairs = everyday = index = 0
    while index < len(content) - 1:
        if content[index] < 0x80:
            index += 1
            continue
        pairs += 1
        if content[index + 1] >= first_trail:
            # Full-width punctuation (lead A1-A3) is as everyday as characters.
            everyday += content[index] in leads or 0xA1 <= content[index] <= 0xA3
        index += 2
    return everyday > 0 and everyday >= _MOSTLY * pairs


def _has_control_characters(text: str) -> bool:
    return any(char < " " and char not in "\t\n\r\f" for char in text)
