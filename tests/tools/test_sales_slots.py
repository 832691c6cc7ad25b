from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_sales.tools.slots import (
    Desk,
    Opening,
    Span,
    day_span,
    free_slots,
    is_open,
    local_day,
    open_spans,
    overlaps,
    peak,
    remind_from,
)

MONDAY = date(2026, 3, 2)
MORNING = Opening(0, 9 * 60, 12 * 60)
AFTERNOON = Opening(0, 13 * 60, 17 * 60)
MANILA = Desk("Asia/Manila", 60, 1, (AFTERNOON, MORNING))


def at(text):
    return datetime.fromisoformat(text)


def span(start, stop):
    return Span(at(start), at(stop))


def starts(slots):
    return [slot.start.strftime("%H:%M") for slot in slots]


def test_slots_follow_the_hours_of_the_desk_in_utc():
    slots = free_slots(MANILA, MONDAY, MONDAY)
    assert starts(slots) == [
        "01:00",
        "02:00",
        "03:00",
        "05:00",
        "06:00",
        "07:00",
        "08:00",
    ]
    assert slots[0].stop == at("2026-03-02 02:00")
    assert {slot.left for slot in slots} == {1}


def test_other_days_and_closed_days_have_none():
    assert free_slots(MANILA, date(2026, 3, 3), date(2026, 3, 8)) == []
    closed = Desk("Asia/Manila", 60, 1, (MORNING,), frozenset({MONDAY}))
    assert free_slots(closed, MONDAY, MONDAY) == []
    assert len(free_slots(closed, MONDAY, date(2026, 3, 9))) == 3


def test_the_last_day_before_the_first_has_none():
    assert free_slots(MANILA, MONDAY, date(2026, 3, 1)) == []


def test_a_rest_shorter_than_an_appointment_is_left_over():
    desk = Desk("UTC", 50, 1, (MORNING,))
    assert starts(free_slots(desk, MONDAY, MONDAY)) == ["09:00", "09:50", "10:40"]


@pytest.mark.parametrize(
    ("booked", "left"),
    [
        ([], 2),
        ([("09:00", "10:00")], 1),
        ([("08:00", "09:00"), ("10:00", "11:00")], 2),
        ([("09:00", "09:30"), ("09:30", "10:00")], 1),
        ([("08:30", "09:31"), ("09:30", "11:00")], 0),
        ([("09:59", "10:30")], 1),
        ([("09:00", "10:00")] * 3, 0),
    ],
)
def test_what_is_booked_takes_its_chair(booked, left):
    desk = Desk("UTC", 60, 2, (MORNING,))
    taken = [span(f"2026-03-02 {a}", f"2026-03-02 {b}") for a, b in booked]
    slots = {
        slot.start.hour: slot.left for slot in free_slots(desk, MONDAY, MONDAY, taken)
    }
    assert slots.get(9, 0) == left


def test_nothing_is_offered_before_the_earliest():
    slots = free_slots(MANILA, MONDAY, MONDAY, earliest=at("2026-03-02 05:00"))
    assert starts(slots) == ["05:00", "06:00", "07:00", "08:00"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # New York goes to summer time at 02:00: the hour from 2 to 3 does not exist.
        (date(2026, 3, 8), ["05:00", "06:00", "07:00"]),
        # And back: the hour from 1 to 2 is there twice.
        (date(2026, 11, 1), ["04:00", "05:00", "06:00", "07:00", "08:00"]),
        (date(2026, 6, 7), ["04:00", "05:00", "06:00", "07:00"]),
    ],
)
def test_clocks_that_change_make_a_day_longer_or_shorter(day, expected):
    night = Desk("America/New_York", 60, 1, (Opening(6, 0, 4 * 60),))
    assert starts(free_slots(night, day, day)) == expected


def test_hours_that_the_clock_skips_are_no_time():
    gap = Desk("America/New_York", 30, 1, (Opening(6, 2 * 60, 3 * 60),))
    assert free_slots(gap, date(2026, 3, 8), date(2026, 3, 8)) == []
    assert len(free_slots(gap, date(2026, 3, 15), date(2026, 3, 15))) == 2


def test_a_desk_may_be_open_until_midnight():
    late = Desk("Asia/Manila", 60, 1, (Opening(0, 23 * 60, 24 * 60),))
    slots = free_slots(late, MONDAY, MONDAY)
    assert [slot.stop for slot in slots] == [at("2026-03-02 16:00")]


def test_the_29th_of_february_is_open_like_other_sundays():
    sunday = Desk("Asia/Manila", 60, 1, (Opening(1, 9 * 60, 10 * 60),))
    assert len(free_slots(sunday, date(2028, 2, 29), date(2028, 2, 29))) == 1


def test_open_means_all_the_while():
    assert is_open(MANILA, span("2026-03-02 01:00", "2026-03-02 02:00"))
    assert is_open(MANILA, span("2026-03-02 03:30", "2026-03-02 04:00"))
    assert not is_open(MANILA, span("2026-03-02 03:30", "2026-03-02 04:01"))
    assert not is_open(MANILA, span("2026-03-02 03:30", "2026-03-02 05:30"))
    assert not is_open(MANILA, span("2026-03-03 01:00", "2026-03-03 02:00"))


def test_hours_past_midnight_are_one_stretch():
    desk = Desk("UTC", 60, 1, (Opening(0, 1380, 1440), Opening(1, 0, 60)))
    assert is_open(desk, span("2026-03-02 23:30", "2026-03-03 00:30"))
    assert not is_open(desk, span("2026-03-02 23:30", "2026-03-03 01:30"))


def test_days_are_those_of_the_desk():
    assert local_day(at("2026-03-01 16:00"), "Asia/Manila") == MONDAY
    assert local_day(at("2026-03-01 15:59"), "Asia/Manila") == date(2026, 3, 1)
    assert day_span(MONDAY, "Asia/Manila") == span(
        "2026-03-01 16:00", "2026-03-02 16:00"
    )
    change = day_span(date(2026, 3, 8), "America/New_York")
    assert change.stop - change.start == timedelta(hours=23)


@pytest.mark.parametrize(
    ("start", "zone", "expected"),
    [
        ("2026-03-04 01:00", "Asia/Manila", "2026-03-03 01:00"),
        ("2026-03-03 17:00", "Asia/Manila", "2026-03-03 01:00"),
        ("2026-03-04 01:00", "America/New_York", "2026-03-02 14:00"),
        # On the day before, the clock changes at two.
        ("2026-03-09 18:00", "America/New_York", "2026-03-08 13:00"),
        ("2028-03-01 01:00", "Asia/Manila", "2028-02-29 01:00"),
    ],
)
def test_who_comes_is_reminded_on_the_morning_before(start, zone, expected):
    assert remind_from(at(start), zone) == at(expected)


def test_hours_that_overlap_are_found():
    assert not overlaps([MORNING, AFTERNOON])
    assert not overlaps([MORNING, Opening(1, 0, 1440)])
    assert not overlaps([MORNING, Opening(0, 720, 780)])
    assert overlaps([Opening(0, 660, 780), MORNING])


moments = st.integers(0, 600).map(
    lambda m: at("2026-03-02 00:00") + timedelta(minutes=m)
)
spans = st.builds(
    lambda start, minutes: Span(start, start + timedelta(minutes=minutes)),
    moments,
    st.integers(1, 120),
)


@given(spans, st.lists(spans, max_size=8))
def test_the_peak_is_that_of_every_minute(span_, booked):
    minutes = int((span_.stop - span_.start).total_seconds() // 60)
    by_minute = max(
        sum(
            other.start <= span_.start + timedelta(minutes=m) < other.stop
            for other in booked
        )
        for m in range(minutes)
    )
    assert peak(span_, booked) == by_minute


@given(
    st.sampled_from(["Asia/Manila", "America/New_York", "Europe/Berlin", "UTC"]),
    st.dates(date(2025, 1, 1), date(2030, 12, 31)),
    st.integers(5, 240),
    st.integers(1, 3),
    st.lists(spans, max_size=5),
)
def test_every_slot_offered_is_open_and_has_a_chair(
    zone, day, minutes, capacity, booked
):
    openings = tuple(Opening(weekday, 0, 1440) for weekday in range(7))
    desk = Desk(zone, minutes, capacity, openings)
    for slot in free_slots(desk, day, day, booked):
        offered = Span(slot.start, slot.stop)
        assert is_open(desk, offered)
        assert peak(offered, booked) + slot.left == capacity
        local = slot.start.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
        assert local.date() == day
    assert all(one.start < one.stop for one in open_spans(desk, day, day))
