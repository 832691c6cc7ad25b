"""One-time codes: drawn by chance, kept only as a hash, short-lived, few tries.

The clock is the caller's: moments are datetimes, all of the same time zone.
"""

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

DIGITS = 6
#: How long a code is good for.
LIFETIME = timedelta(minutes=10)
#: Wrong tries after which a code is worth nothing.
MAX_TRIES = 5
#: From one code to the next.
RESEND_WAIT = timedelta(minutes=1)
#: Codes sent within a window, and how long that is.
MAX_SENDS = 5
WINDOW = timedelta(hours=1)

RIGHT, WRONG, EXPIRED, SPENT, UNSENT = "right", "wrong", "expired", "spent", "unsent"

_SALT_BYTES = 16
_SCRYPT = {"n": 2**14, "r": 8, "p": 1}


@dataclass(frozen=True)
class CodeRecord:
    """What is kept of the codes sent to one person for one purpose.

    :param digest: salted hash of the last code, empty when none is good any more
    :param sent_at: when the last code was sent
    :param tries: wrong tries of the last code
    :param window_at: when the window began in which sendings are counted
    :param sends: codes sent since then
    """

    digest: str = ""
    sent_at: datetime | None = None
    tries: int = 0
    window_at: datetime | None = None
    sends: int = 0

    def wait(self, now: datetime) -> timedelta:
        """How long to wait before another code may be sent; zero: now."""
        if self.sent_at is None:
            return timedelta(0)
        until = self.sent_at + RESEND_WAIT
        if self.sends >= MAX_SENDS and self.window_at is not None:
            until = max(until, self.window_at + WINDOW)
        return max(until - now, timedelta(0))

    def sent(self, code: str, context: str, now: datetime) -> "CodeRecord":
        """The record once ``code`` has been sent; a code sent before is worthless.

        :param context: what the code is for: it opens nothing else
        :raises ValueError: when it is too early for another one, see :meth:`wait`
        """
        if self.wait(now):
            raise ValueError("too early for another code")
        fresh = self.window_at is None or now >= self.window_at + WINDOW
        return CodeRecord(
            digest=hash_code(code, context),
            sent_at=now,
            window_at=now if fresh else self.window_at,
            sends=1 if fresh else self.sends + 1,
        )

    def judge(self, code: str, context: str, now: datetime) -> str:
        """Say what a try with ``code`` is: RIGHT, WRONG, EXPIRED, SPENT or UNSENT."""
        if not self.digest or self.sent_at is None:
            return SPENT if self.tries >= MAX_TRIES else UNSENT
        if self.tries >= MAX_TRIES:
            return SPENT
        if not self.sent_at <= now < self.sent_at + LIFETIME:
            return EXPIRED
        return RIGHT if matches(code, self.digest, context) else WRONG

    def tried(self) -> "CodeRecord":
        """The record after a wrong try; after the last one the code is forgotten."""
        tries = self.tries + 1
        digest = "" if tries >= MAX_TRIES else self.digest
        return replace(self, tries=tries, digest=digest)

    def used(self) -> "CodeRecord":
        """The record after the right try: a code is good for once."""
        return replace(self, digest="")


def draw_code() -> str:
    """Return a new code, each as likely as the others, leading zeros kept."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def clean_code(text: str) -> str:
    """Return the digits of what somebody typed: spaces, dashes and the wide digits of
    Chinese keyboards are forgiven."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if sign not in " -\t\u2010\u2013")


def hash_code(code: str, context: str, salt: bytes | None = None) -> str:
    """Return salt and hash of ``code``, from which it is not read back.

    :param context: what the code is for; another context gives another hash
    """
    salt = secrets.token_bytes(_SALT_BYTES) if salt is None else salt
    secret = f"{context}\0{clean_code(code)}".encode()
    return f"{salt.hex()}${hashlib.scrypt(secret, salt=salt, **_SCRYPT).hex()}"


def matches(code: str, digest: str, context: str) -> bool:
    """Whether ``code`` is the one hashed, in a time that does not tell how near it
    is."""
    salt = bytes.fromhex(digest.partition("$")[0])
    return hmac.compare_digest(hash_code(code, context, salt), digest)


def mask_email(address: str) -> str:
    """Return an address as shown to whoever asks for a code: known to its owner,
    useless to others. ``maria.buyer@example.com`` is ``m••••@example.com``."""
    name, at, domain = address.strip().rpartition("@")
    if not at or not name:
        return ""
    return f"{name[0]}••••@{domain}"
