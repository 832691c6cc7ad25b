"""One appointment as an iCalendar file (RFC 5545), for the buyer's own calendar."""

from dataclasses import dataclass
from datetime import datetime

#: Octets a line may have before it is folded.
LINE = 75


@dataclass(frozen=True)
class Event:
    """An appointment; moments are naive UTC.

    :param uid: the same for every version of one appointment
    :param sequence: counts the versions: a calendar replaces a lower one
    """

    uid: str
    start: datetime
    stop: datetime
    stamp: datetime
    summary: str
    location: str = ""
    description: str = ""
    sequence: int = 0
    cancelled: bool = False


def to_ics(event: Event) -> bytes:
    """Return the file of one appointment, in UTF-8 with lines as the standard asks."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Real Estate Suite//Signing//EN",
        f"METHOD:{'CANCEL' if event.cancelled else 'PUBLISH'}",
        "BEGIN:VEVENT",
        f"UID:{_escape(event.uid)}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTAMP:{_moment(event.stamp)}",
        f"DTSTART:{_moment(event.start)}",
        f"DTEND:{_moment(event.stop)}",
        f"SUMMARY:{_escape(event.summary)}",
        f"LOCATION:{_escape(event.location)}",
        f"DESCRIPTION:{_escape(event.description)}",
        f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(_fold(line) + b"\r\n" for line in lines)


def _moment(moment):
    return moment.strftime("%Y%m%dT%H%M%SZ")


def _escape(text):
    """Return ``text`` so that no sign of it ends the value or the line."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(sign for sign in text if sign >= " ")


def _fold(line):
    """Return ``line`` in octets, broken between characters where it is too long."""
    parts, part = [], b""
    for sign in line:
        octets = sign.encode()
        # A line that goes on begins with a space.
        if len(part) + len(octets) > LINE - bool(parts):
            parts.append(part)
            part = b""
        part += octets
    return b"\r\n ".join([*parts, part])
