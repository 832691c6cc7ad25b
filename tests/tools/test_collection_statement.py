"""Statements: running balance, periods and aging."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_collection.tools.statement import (
    BUCKETS,
    Aging,
    Movement,
    age,
    bucket,
    build_statement,
)

D = Decimal
TODAY = date(2026, 3, 31)


def invoice(day, amount, key=None):
    return Movement(day, debit=D(amount), key=key)


def payment(day, amount, key=None):
    return Movement(day, credit=D(amount), key=key)


MOVES = [
    invoice(date(2026, 1, 31), "100.00", "INV/1"),
    payment(date(2026, 2, 10), "150.00", "PAY/1"),
    payment(date(2026, 2, 28), "20.00", "PAY/2"),
    invoice(date(2026, 2, 28), "100.00", "INV/2"),
]


def balances(statement):
    return [(line.movement.key, str(line.balance)) for line in statement.lines]


def test_the_balance_runs_and_invoices_stand_before_payments_of_the_day():
    assert balances(build_statement(MOVES)) == [
        ("INV/1", "100.00"),
        ("PAY/1", "-50.00"),
        ("INV/2", "50.00"),
        ("PAY/2", "30.00"),
    ]


def test_a_movement_can_be_told_to_come_last_on_its_day():
    used = Movement(MOVES[1].date, debit=D("50.00"), key="USED", is_last=True)
    assert balances(build_statement([used, *MOVES]))[1:3] == [
        ("PAY/1", "-50.00"),
        ("USED", "0.00"),
    ]


def test_what_lies_before_the_period_is_the_opening_balance():
    statement = build_statement(MOVES, date_from=date(2026, 2, 10))
    assert statement.opening == D("100.00")
    assert balances(statement)[0] == ("PAY/1", "-50.00")
    assert (statement.debit, statement.credit) == (D("100.00"), D("170.00"))
    assert statement.closing == D("30.00")


def test_what_lies_after_the_period_is_left_out():
    statement = build_statement(MOVES, date_to=date(2026, 2, 27))
    assert [key for key, _balance in balances(statement)] == ["INV/1", "PAY/1"]
    assert statement.closing == D("-50.00")


def test_an_empty_account_is_balanced():
    statement = build_statement([])
    assert (statement.opening, statement.closing, statement.lines) == (0, 0, ())


@pytest.mark.parametrize(
    ("days_ago", "expected"),
    [
        (-400, "current"),
        (-1, "current"),
        (0, "current"),
        (1, "days_30"),
        (30, "days_30"),
        (31, "days_60"),
        (60, "days_60"),
        (61, "days_90"),
        (90, "days_90"),
        (91, "older"),
        (4000, "older"),
    ],
)
def test_an_item_is_in_the_bucket_of_its_age(days_ago, expected):
    assert bucket(TODAY - timedelta(days=days_ago), TODAY) == expected


def test_aging_sums_by_bucket():
    aging = age(
        [
            (TODAY, D("10.001")),
            (TODAY - timedelta(days=1), D("1")),
            (TODAY - timedelta(days=30), D("2")),
            (TODAY - timedelta(days=75), D("4")),
            (TODAY - timedelta(days=91), D("8")),
        ],
        TODAY,
    )
    assert aging == Aging(D("10.001"), D(3), D(0), D(4), D(8))
    assert aging.overdue == D(15)
    assert aging.total == D("25.001")


def test_the_buckets_are_the_fields_of_an_aging():
    assert [name for name, _day in BUCKETS] == list(Aging.__dataclass_fields__)


days = st.integers(-400, 400).map(lambda n: TODAY + timedelta(days=n))
amounts = st.integers(0, 10**12).map(lambda minor: D(minor).scaleb(-3))
movements = st.lists(
    st.builds(Movement, days, debit=amounts, credit=amounts), max_size=40
)


@given(movements, days, days)
def test_two_periods_in_a_row_are_one_statement(movements, day, other):
    first, last = sorted([day, other])
    before = build_statement(movements, date_to=first - timedelta(days=1))
    within = build_statement(movements, date_from=first, date_to=last)
    assert before.closing == within.opening
    whole = build_statement(movements, date_to=last)
    assert whole.lines == before.lines + within.lines
    assert whole.closing == within.closing


@given(movements)
def test_the_closing_balance_is_debit_less_credit(movements):
    statement = build_statement(movements)
    assert statement.closing == statement.opening + statement.debit - statement.credit
    assert len(statement.lines) == len(movements)
    dates = [line.movement.date for line in statement.lines]
    assert dates == sorted(dates)


@given(st.lists(st.tuples(days, amounts)))
def test_aging_loses_nothing(items):
    aging = age(items, TODAY)
    assert aging.total == sum(amount for _day, amount in items)
    late = sum(amount for day, amount in items if day < TODAY)
    assert aging.overdue == late
