"""Direction of a piece of text, told from its letters."""

import unicodedata

_STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def text_direction(text):
    """Return ``ltr`` or ``rtl`` after the first letter; figures alone are ``ltr``."""
    for character in str(text or ""):
        direction = _STRONG.get(unicodedata.bidirectional(character))
        if direction:
            return direction
    return "ltr"


def isolate(text, direction):
    """Return the attributes that keep ``text`` in order on a paper of ``direction``.

    None are needed where both run the same way. Otherwise "18/F Coral Tower" would
    come out as "F Coral Tower/18" in an Arabic line.
    """
    own = text_direction(text)
    return {} if own == direction else {"dir": own, "class": "rw-isolate"}
