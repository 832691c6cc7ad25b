"""Promises: which money counts for which, and what became of them."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_collection.tools.promise import (
    BROKEN,
    KEPT,
    OPEN,
    Money,
    Promise,
    judge,
)

D = Decimal
MADE = datetime(2026, 3, 10, 9)
LIMIT = date(2026, 3, 20)


def promise(amount="100", limit=LIMIT, made=MADE, key=None, **values):
    return Promise(key or limit, D(amount), made, made.date(), limit, **values)


def money(amount, day, booked=None):
    return Money(D(amount), day, booked or datetime.combine(day, MADE.time()))


def fate(promises, parts, today=LIMIT, **values):
    return [
        (outcome.state, str(outcome.received))
        for outcome in judge(promises, parts, today, **values)
    ]


@pytest.mark.parametrize(
    ("parts", "today", "expected"),
    [
        ([], LIMIT, (OPEN, "0")),
        ([], LIMIT + timedelta(1), (BROKEN, "0")),
        ([money("100", LIMIT)], LIMIT + timedelta(9), (KEPT, "100")),
        ([money("60", LIMIT)], LIMIT, (OPEN, "60")),
        ([money("60", LIMIT)], LIMIT + timedelta(1), (BROKEN, "60")),
        ([money("60", LIMIT), money("60", LIMIT)], LIMIT, (KEPT, "100")),
        ([money("100", LIMIT + timedelta(1))], LIMIT + timedelta(1), (BROKEN, "0")),
    ],
)
def test_money_in_time_decides(parts, today, expected):
    assert fate([promise()], parts, today) == [expected]


def test_money_from_before_does_not_count():
    before = money("100", date(2026, 3, 9), datetime(2026, 3, 11))
    assert fate([promise()], [before]) == [(OPEN, "0")]


def test_money_of_the_same_day_counts_when_it_was_entered_afterwards():
    morning = money("100", MADE.date(), MADE - timedelta(hours=1))
    evening = money("100", MADE.date(), MADE + timedelta(hours=1))
    assert fate([promise()], [morning]) == [(OPEN, "0")]
    assert fate([promise()], [evening]) == [(KEPT, "100")]


def test_first_promise_takes_first_whichever_was_made_first():
    later = promise(limit=date(2026, 3, 25), made=MADE - timedelta(1), key="later")
    first = promise(limit=date(2026, 3, 15), key="first")
    assert fate([later, first], [money("130", date(2026, 3, 12))]) == [
        (KEPT, "100"),
        (OPEN, "30"),
    ]


def test_money_too_late_for_one_goes_to_the_next():
    first = promise(limit=date(2026, 3, 11), key="first")
    second = promise(limit=LIMIT, key="second")
    assert fate([first, second], [money("100", date(2026, 3, 12))]) == [
        (BROKEN, "0"),
        (KEPT, "100"),
    ]


def test_who_owes_nothing_has_broken_nothing():
    after = LIMIT + timedelta(1)
    assert fate([promise()], [], after, owes=False) == [(KEPT, "0")]
    again = promise(was_broken=True)
    assert fate([again], [], after, owes=False) == [(BROKEN, "0")]


@given(
    st.lists(
        st.tuples(st.integers(1, 500), st.integers(0, 40)), min_size=1, max_size=5
    ),
    st.lists(st.tuples(st.integers(1, 500), st.integers(0, 40)), max_size=8),
    st.integers(0, 60),
)
def test_no_money_counts_twice_and_none_is_invented(made, paid, day):
    promises = [
        promise(str(amount), MADE.date() + timedelta(days), key=number)
        for number, (amount, days) in enumerate(made)
    ]
    parts = [money(str(amount), MADE.date() + timedelta(days)) for amount, days in paid]
    outcomes = judge(promises, parts, MADE.date() + timedelta(day))
    assert sum(o.received for o in outcomes) <= sum(p.amount for p in parts)
    amounts = {p.key: p.amount for p in promises}
    for outcome in outcomes:
        assert 0 <= outcome.received <= amounts[outcome.key]
        assert (outcome.state == KEPT) == (outcome.received == amounts[outcome.key])
