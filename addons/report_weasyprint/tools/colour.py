"""The accent colour of a paper, made safe to read and safe to print."""

import re

#: Used where a company has chosen no colour, or wrote something else into the field.
DEFAULT_ACCENT = "#24476b"

#: Contrast that text needs on white paper (WCAG 2.2, level AA).
READABLE_CONTRAST = 4.5

_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)


def accent(colour):
    """Return ``colour`` as ``#rrggbb``, or the default where it is no hex colour.

    The colour ends up inside a style attribute, so nothing but hexadecimal digits
    may pass.
    """
    text = (colour or "").strip()
    if not _HEX.fullmatch(text):
        return DEFAULT_ACCENT
    if len(text) == 4:
        text = "#" + "".join(digit * 2 for digit in text[1:])
    return text.lower()


def readable(colour):
    """Darken a ``#rrggbb`` colour until it can be read as text on white paper.

    Hue is kept: a company with a yellow accent gets ochre titles, not pale ones.
    """
    channels = _channels(colour)
    while _contrast_on_white(channels) < READABLE_CONTRAST:
        channels = tuple(channel * 0.95 for channel in channels)
    return "#" + "".join(f"{int(channel):02x}" for channel in channels)


def _channels(colour):
    return tuple(int(colour[start : start + 2], 16) for start in (1, 3, 5))


def _contrast_on_white(channels):
    red, green, blue = (_linear(channel / 255) for channel in channels)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return 1.05 / (luminance + 0.05)


def _linear(value):
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
