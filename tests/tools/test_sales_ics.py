from dataclasses import replace
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st
from realestate_sales.tools.ics import Event, to_ics

EVENT = Event(
    uid="signing-7@example.com",
    start=datetime(2026, 3, 2, 1, 30),
    stop=datetime(2026, 3, 2, 2, 30),
    stamp=datetime(2026, 2, 20, 8, 0, 5),
    summary="Signing of EAST/2026/00001",
    location="Main desk, 1 Mabini Street",
)


def unfold(content):
    return content.decode().replace("\r\n ", "")


def test_an_event_has_its_moments_in_utc():
    text = to_ics(EVENT).decode()
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")
    for line in (
        "UID:signing-7@example.com",
        "DTSTAMP:20260220T080005Z",
        "DTSTART:20260302T013000Z",
        "DTEND:20260302T023000Z",
        "SEQUENCE:0",
        "METHOD:PUBLISH",
        "STATUS:CONFIRMED",
        "LOCATION:Main desk\\, 1 Mabini Street",
    ):
        assert f"\r\n{line}\r\n" in text


def test_a_cancelled_event_says_so():
    text = to_ics(replace(EVENT, cancelled=True, sequence=2)).decode()
    assert "METHOD:CANCEL" in text
    assert "STATUS:CANCELLED" in text
    assert "SEQUENCE:2" in text


def test_no_text_ends_its_line():
    nasty = "a;b,c\\d\nEND:VEVENT\r\nBEGIN:VEVENT\x00\x07"
    text = unfold(to_ics(replace(EVENT, description=nasty)))
    assert "DESCRIPTION:a\\;b\\,c\\\\d\\nEND:VEVENT\\nBEGIN:VEVENT\r\n" in text
    assert text.count("\r\nEND:VEVENT\r\n") == 1


@given(st.text(max_size=300))
def test_long_lines_are_folded_between_characters(text):
    content = to_ics(replace(EVENT, summary=text))
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()
