"""Numbers of identity papers: read alike however typed, shown by their end only."""

import hashlib
import hmac
import unicodedata

MASK = "•"
#: How many characters are shown, of a number long enough to hide the rest.
SHOWN = 4


def normalize_number(number: str) -> str:
    """Return a number without what people type between its characters.

    ``p-123 456 a`` and ``Ｐ123456A`` are the same passport.
    """
    text = unicodedata.normalize("NFKC", number).upper()
    return "".join(character for character in text if character.isalnum())


def mask_number(number: str) -> str:
    """Return what everybody may see of a number: its end, never half of it or more."""
    plain = normalize_number(number)
    shown = min(SHOWN, (len(plain) - 1) // 2) if plain else 0
    return MASK * (len(plain) - shown) + plain[len(plain) - shown :]


def number_digest(number: str, pepper: str) -> str:
    """Return a fingerprint by which equal numbers are found without being read.

    Numbers are few enough to be guessed one after the other, so it needs ``pepper``, a
    secret that is not kept beside it.

    :raises ValueError: without a pepper
    """
    if not pepper:
        raise ValueError("a fingerprint of a number needs a secret")
    content = normalize_number(number).encode()
    return hmac.new(pepper.encode(), content, hashlib.sha256).hexdigest()


def phone_key(phone: str) -> str:
    """Return the digits by which telephone numbers are compared, or nothing.

    The last nine: ``0917 123 4567`` and ``+63 917 123 4567`` are one telephone. Fewer
    than seven digits tell nobody from anybody.
    """
    digits = "".join(character for character in phone if character.isdecimal())
    return digits[-9:] if len(digits) >= 7 else ""
