"""Periods of reports and the moments at which schedules send them."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_collection.tools.period import (
    before,
    bounds,
    last_moment,
    next_moment,
    read_day,
    since,
)

PERIODS = st.sampled_from(["day", "week", "month"])
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2032, 1, 1))


@pytest.mark.parametrize(
    ("period", "day", "first", "last"),
    [
        ("day", date(2028, 2, 29), date(2028, 2, 29), date(2028, 2, 29)),
        ("week", date(2026, 3, 9), date(2026, 3, 9), date(2026, 3, 15)),
        ("week", date(2026, 3, 15), date(2026, 3, 9), date(2026, 3, 15)),
        ("week", date(2027, 1, 1), date(2026, 12, 28), date(2027, 1, 3)),
        ("month", date(2028, 2, 29), date(2028, 2, 1), date(2028, 2, 29)),
        ("month", date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_the_bounds_of_a_period(period, day, first, last):
    assert bounds(period, day) == (first, last)


@pytest.mark.parametrize(
    ("period", "day", "first", "last"),
    [
        ("day", date(2028, 3, 1), date(2028, 2, 29), date(2028, 2, 29)),
        ("week", date(2026, 3, 9), date(2026, 3, 2), date(2026, 3, 8)),
        ("month", date(2026, 1, 31), date(2025, 12, 1), date(2025, 12, 31)),
    ],
)
def test_the_period_before(period, day, first, last):
    assert before(period, day) == (first, last)


def test_missed_periods_come_oldest_first_and_at_most_the_limit():
    day = date(2026, 3, 18)
    weeks = since("week", date(2026, 2, 22), day, 10)
    assert [first for first, _last in weeks] == [
        date(2026, 2, 23),
        date(2026, 3, 2),
        date(2026, 3, 9),
    ]
    assert since("week", date(2026, 2, 22), day, 2) == weeks[1:]
    assert since("week", date(2026, 3, 15), day, 10) == []


@pytest.mark.parametrize(
    ("period", "now", "options", "last", "following"),
    [
        (
            "day",
            datetime(2026, 3, 10, 7),
            {},
            datetime(2026, 3, 10, 7),
            datetime(2026, 3, 11, 7),
        ),
        (
            "day",
            datetime(2026, 3, 10, 6, 59),
            {},
            datetime(2026, 3, 9, 7),
            datetime(2026, 3, 10, 7),
        ),
        (
            "week",
            datetime(2026, 3, 10, 8),
            {"weekday": 4},
            datetime(2026, 3, 6, 7),
            datetime(2026, 3, 13, 7),
        ),
        (
            "month",
            datetime(2027, 2, 28, 7),
            {"month_day": 31},
            datetime(2027, 2, 28, 7),
            datetime(2027, 3, 31, 7),
        ),
        (
            "month",
            datetime(2028, 2, 28, 7),
            {"month_day": 31},
            datetime(2028, 1, 31, 7),
            datetime(2028, 2, 29, 7),
        ),
    ],
)
def test_the_moments_around_now(period, now, options, last, following):
    assert last_moment(period, now, 7, **options) == last
    assert next_moment(period, now, 7, **options) == following


@given(PERIODS, MOMENTS, st.integers(0, 23), st.integers(0, 6), st.integers(1, 31))
def test_nothing_is_due_between_the_last_and_the_next_moment(
    period, now, hour, weekday, month_day
):
    last = last_moment(period, now, hour, weekday, month_day)
    following = next_moment(period, now, hour, weekday, month_day)
    assert last <= now < following
    assert next_moment(period, last, hour, weekday, month_day) == following
    assert last_moment(period, following, hour, weekday, month_day) == following


@given(PERIODS, st.dates(date(2024, 1, 1), date(2032, 1, 1)), st.integers(0, 400))
def test_every_day_is_reported_once(period, start, days):
    """Whenever the job comes, the periods it finds join without gap or overlap."""
    reported = before(period, start)[1]
    found = since(period, reported, start + timedelta(days=days), 10_000)
    for first, last in found:
        assert first == reported + timedelta(days=1)
        reported = last
    assert reported < start + timedelta(days=days) or not found


@pytest.mark.parametrize(
    "value",
    [
        "2028-02-29",
        "2028-02-29 23:59:59",
        date(2028, 2, 29),
        datetime(2028, 2, 29, 23, 59),
    ],
)
def test_a_day_is_read_however_it_is_written(value):
    assert read_day(value) == date(2028, 2, 29)


@pytest.mark.parametrize("value", [None, False, "", 0, []])
def test_nothing_is_no_day(value):
    assert read_day(value) is None


@pytest.mark.parametrize(
    "value",
    [
        *("2027-02-29", "29.02.2028", "soon", "1e400", "  ", "2028-2"),
        *("0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31", date(9999, 12, 31)),
        *(True, -1, 1.5, 10**30, float("nan"), [1], {"a": 1}, ("2028-02-29",)),
    ],
)
def test_what_is_no_day_of_a_contract_is_a_value_error(value):
    with pytest.raises(ValueError):
        read_day(value)
