from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_sales.tools.reminder import MORNING, local_day, reminder_day

ZONES = ["UTC", "Asia/Manila", "Asia/Dubai", "America/New_York", "Asia/Kathmandu", None]
LEAP = date(2028, 2, 29)


@pytest.mark.parametrize(
    ("now", "zone", "day"),
    [
        ("2028-02-28 15:59", "Asia/Manila", date(2028, 2, 28)),
        ("2028-02-28 16:00", "Asia/Manila", LEAP),
        ("2028-02-29 23:59", None, LEAP),
        ("2028-03-01 04:59", "America/New_York", LEAP),
    ],
)
def test_the_day_is_that_of_the_local_clock(now, zone, day):
    assert local_day(datetime.fromisoformat(now), zone) == day


@pytest.mark.parametrize(
    ("now", "zone", "last", "expected"),
    [
        ("2028-02-28 23:59", "Asia/Manila", None, None),  # 07:59 there
        ("2028-02-29 00:00", "Asia/Manila", None, LEAP),
        ("2028-02-29 00:00", "UTC", None, None),
        ("2028-02-29 08:00", "UTC", None, LEAP),
        ("2028-02-29 20:00", "UTC", LEAP, None),
        ("2028-02-29 20:00", "UTC", date(2028, 2, 28), LEAP),
        ("2028-03-05 08:00", "UTC", LEAP, date(2028, 3, 5)),
        ("2028-02-28 23:00", "UTC", None, None),
    ],
)
def test_reminders_start_on_the_morning_of_the_deadline(now, zone, last, expected):
    assert reminder_day(datetime.fromisoformat(now), zone, LEAP, last) == expected


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)),
    st.sampled_from(ZONES),
    st.integers(1, 24 * 5),
)
def test_hourly_runs_remind_once_a_day(start, zone, hours):
    sent = []
    for hour in range(hours):
        now = start + timedelta(hours=hour)
        day = reminder_day(now, zone, date(2026, 1, 1), sent[-1] if sent else None)
        sent += [day] if day else []
    assert len(sent) == len(set(sent))
    days = {
        local_day(start + timedelta(hours=hour), zone)
        for hour in range(hours)
        if reminder_day(start + timedelta(hours=hour), zone, date(2026, 1, 1), None)
    }
    assert set(sent) == days
    assert MORNING == 8
