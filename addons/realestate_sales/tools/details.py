"""Details that a buyer confirms or corrects: read from what was typed."""

import re
from datetime import date

MAX_LENGTH = 200
EARLIEST = date(1850, 1, 1)
#: What each detail is: how it is read.
DETAILS = {
    "phone": "phone",
    "email": "email",
    "street": "text",
    "city": "text",
    "zip": "text",
    "country_id": "country",
    "realestate_nationality_id": "country",
    "realestate_birth_date": "date",
}
_EMAIL = re.compile(r"[^\s@<>\",;]+@[^\s@<>\",;]+\.[^\s@<>\",;.]{2,}")
_PHONE = re.compile(r"\+?[\d\s().\-/]{7,30}(?:\s*(?:ext|x)\.?\s*\d{1,6})?", re.I)
_COUNTRY = re.compile(r"[A-Z]{2}")


class DetailError(ValueError):
    """A detail that cannot be read; ``code``: email, phone, date, country or long."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def read_detail(name: str, text: object, today: date) -> str | None:
    """Return a detail as it is kept, or None where nothing was answered.

    An empty answer stays empty: the buyer says there is none.

    :raises DetailError: for what is no such detail
    """
    if not isinstance(text, str):
        return None
    clean = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(clean) > MAX_LENGTH:
        raise DetailError("long")
    if not clean:
        return ""
    return _READERS[DETAILS[name]](clean, today)


def _read_email(text: str, today: date) -> str:
    if not _EMAIL.fullmatch(text):
        raise DetailError("email")
    return text


def _read_phone(text: str, today: date) -> str:
    if not _PHONE.fullmatch(text) or sum(c.isdigit() for c in text) < 7:
        raise DetailError("phone")
    return text


def _read_country(text: str, today: date) -> str:
    if not _COUNTRY.fullmatch(text):
        raise DetailError("country")
    return text


def _read_date(text: str, today: date) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise DetailError("date") from error
    if not EARLIEST <= day <= today:
        raise DetailError("date")
    return day.isoformat()


def _read_text(text: str, today: date) -> str:
    return text


_READERS = {
    "email": _read_email,
    "phone": _read_phone,
    "country": _read_country,
    "date": _read_date,
    "text": _read_text,
}
