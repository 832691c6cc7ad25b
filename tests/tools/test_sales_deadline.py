"""Deadlines of the law, by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_sales.tools.deadline import Term, deadline

DATES = st.dates(date(1990, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("event", "term", "expected"),
    [
        # 30 days after signing on 15 January: 16 left in January, 14 in February.
        (date(2026, 1, 15), Term(30), date(2026, 2, 14)),
        (date(2024, 1, 30), Term(30), date(2024, 2, 29)),
        (date(2024, 2, 29), Term(365), date(2025, 2, 28)),
        # 14 February 2026 is a Saturday: Monday is the 16th.
        (date(2026, 1, 15), Term(30, rolls=True), date(2026, 2, 16)),
        (date(2026, 1, 16), Term(31, rolls=True), date(2026, 2, 16)),
        # Friday the 2nd: Monday, Tuesday, … the next Friday is the fifth.
        (date(2026, 1, 2), Term(5, "working"), date(2026, 1, 9)),
        (date(2026, 1, 3), Term(1, "working"), date(2026, 1, 5)),
        (date(2026, 1, 31), Term(1, "month"), date(2026, 2, 28)),
        # 28 February 2026 is a Saturday.
        (date(2026, 1, 31), Term(1, "month", rolls=True), date(2026, 3, 2)),
        (date(2026, 1, 15), Term(0), None),
        (date(2026, 1, 15), Term(0, "working"), None),
    ],
)
def test_a_deadline_is_counted_from_the_day_after(event, term, expected):
    assert deadline(event, term) == expected


def test_holidays_are_no_working_days():
    new_year = {date(2026, 1, 1), date(2026, 1, 2)}
    assert deadline(date(2025, 12, 30), Term(2, "working"), holidays=new_year) == date(
        2026, 1, 5
    )
    assert deadline(date(2025, 12, 31), Term(1, rolls=True), holidays=new_year) == date(
        2026, 1, 5
    )


@pytest.mark.parametrize("wrong", [(-1, "day"), (3, "week"), (3, "")])
def test_what_is_no_term_is_refused(wrong):
    with pytest.raises(ValueError, match="no term"):
        Term(*wrong)


@given(
    event=DATES, length=st.integers(1, 400), unit=st.sampled_from(["day", "working"])
)
def test_rolling_and_working_days_only_give_more_time(event, length, unit):
    last = deadline(event, Term(length, unit))
    assert last >= event + timedelta(days=length)
    rolled = deadline(event, Term(length, unit, rolls=True))
    assert last <= rolled <= last + timedelta(days=2)
    assert rolled.weekday() < 5
