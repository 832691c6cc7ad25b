"""Calendar months, with dateutil as the independent oracle."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st
from realestate_sales.tools.dates import add_months, end_of_month

DATES = st.dates(date(1900, 1, 1), date(2300, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2025, 1, 31), 2, date(2025, 3, 31)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2025, 3, 31), -1, date(2025, 2, 28)),
        (date(2025, 1, 15), 0, date(2025, 1, 15)),
        (date(2025, 1, 15), 60, date(2030, 1, 15)),
        (date(2025, 1, 15), -13, date(2023, 12, 15)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(start, months, expected):
    assert add_months(start, months) == expected


@given(start=DATES, months=st.integers(-1200, 1200))
def test_months_agree_with_dateutil(start, months):
    assert add_months(start, months) == start + relativedelta(months=months)


@given(start=DATES, months=st.integers(0, 600))
def test_a_later_month_is_never_earlier(start, months):
    assert add_months(start, months) < add_months(start, months + 1)


@pytest.mark.parametrize("months", [12 * 8000, -12 * 3000])
def test_months_outside_the_calendar_are_refused(months):
    with pytest.raises(ValueError, match="outside the calendar"):
        add_months(date(2025, 1, 1), months)


@given(day=DATES)
def test_the_end_of_a_month_is_the_day_before_the_next(day):
    end = end_of_month(day)
    assert (end.year, end.month) == (day.year, day.month)
    assert (end + timedelta(days=1)).day == 1
