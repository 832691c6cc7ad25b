"""Proposals of a progress plan, by hand."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_sales.tools.progress import (
    Progress,
    construction_on,
    monday,
    propose,
)

#: A Monday.
START = date(2026, 3, 2)


def column(name, weeks, **facts):
    return [getattr(week, name) for week in propose(START, weeks, Progress(**facts))]


def test_weeks_are_mondays():
    weeks = propose(date(2026, 3, 5), 2, Progress())
    assert [week.day for week in weeks] == [date(2026, 3, 2), date(2026, 3, 9)]
    assert monday(date(2026, 3, 8)) == START


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        # 10 wait: 2.5 a week, whole ones, none lost.
        ({"waiting": 10}, [2, 3, 2, 3, 0, 0]),
        # 1.5 a week: 1, 3, 4, 6, 7, 9 in all.
        ({"pace": Decimal("1.5"), "available": 99}, [1, 2, 1, 2, 1, 2]),
        # Five units are left.
        ({"pace": Decimal(2), "available": 5}, [2, 2, 1, 0, 0, 0]),
        ({"waiting": 4, "pace": Decimal(1), "available": 2}, [2, 2, 1, 1, 0, 0]),
        ({}, [0] * 6),
    ],
)
def test_signatures_come_from_those_who_wait_and_the_pace(facts, expected):
    assert column("sign", 6, **facts) == expected


def test_filings_follow_signatures_and_deadlines():
    days = [date(2026, 1, 1), date(2026, 3, 8), date(2026, 3, 9), date(2030, 1, 1)]
    # Overdue and first week: 2; second: 1; too late for the plan: none; the 4 who
    # sign 1 a week come from the third week on.
    found = column("file", 6, waiting=4, filing_lag=2, filing_days=days)
    assert found == [2, 1, 1, 1, 1, 1]


def test_loans_are_a_share_of_the_filings_later_on():
    # 8 sign 2 a week from week 0, filed from 1 on, half take a loan from 2 on.
    found = column(
        "loan", 6, waiting=8, filing_lag=1, loan_lag=1, loan_share=Decimal("0.5")
    )
    assert found == [0, 0, 1, 1, 1, 1]


def test_no_bank_pays_before_the_construction_is_there():
    roof = [(date(2026, 1, 1), Decimal(20)), (date(2026, 3, 20), Decimal(60))]
    facts = {"loan_days": [START, START + timedelta(7)], "milestones": roof}
    assert column("loan", 4, **facts) == [1, 1, 0, 0]
    # 20 March is in the third week: what was held back comes then.
    assert column("loan", 4, loan_from=Decimal(60), **facts) == [0, 0, 2, 0]
    assert column("construction", 4, **facts) == [20, 20, 60, 60]
    assert column("loan", 4, loan_from=Decimal(90), **facts) == [0] * 4


def test_construction_is_the_highest_milestone():
    stages = [(date(2026, 2, 1), Decimal(55)), (date(2026, 1, 1), Decimal(20))]
    assert construction_on(date(2025, 12, 31), stages) == 0
    assert construction_on(date(2026, 1, 31), stages) == 20
    assert construction_on(date(2026, 2, 1), stages) == 55


@given(
    waiting=st.integers(0, 500),
    pace=st.decimals(0, 50, places=3),
    available=st.integers(0, 500),
    share=st.decimals(0, 1, places=2),
    weeks=st.integers(0, 60),
)
def test_nothing_is_negative_and_nothing_is_more_than_there_is(
    waiting, pace, available, share, weeks
):
    plan = propose(
        START,
        weeks,
        Progress(waiting=waiting, pace=pace, available=available, loan_share=share),
    )
    assert len(plan) == weeks
    assert all(min(week.sign, week.file, week.loan) >= 0 for week in plan)
    signed = sum(week.sign for week in plan)
    assert signed <= waiting + available
    assert sum(week.loan for week in plan) <= signed * share
    if weeks >= 4:
        assert signed >= waiting
