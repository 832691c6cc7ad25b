from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_sales.tools.advance import split_deposit
from realestate_sales.tools.plan import PlanLine
from realestate_sales.tools.schedule import build_schedule

START = date(2026, 1, 31)
DAY = date(2026, 3, 2)


def schedule(price, deposit, places=2):
    line = PlanLine(
        sequence=1,
        kind="installment",
        name="Instalment",
        amount_type="balance",
        value=Decimal(0),
        trigger="offset",
        count=3,
        offset_months=1,
    )
    return build_schedule(
        Decimal(price), [line], START, places, reservation_fee=Decimal(deposit)
    )


def split(price, deposit, fee, places=2):
    items = schedule(price, deposit, places)
    return split_deposit(items, Decimal(fee), DAY, "Deposit")


def test_fee_and_rest_are_an_instalment_each():
    items = split(900, 100, 20)
    assert [(i.kind, i.amount, i.date_due) for i in items[:2]] == [
        ("reservation", 20, START),
        ("deposit", 80, DAY),
    ]
    assert items[1].name == "Deposit"
    assert [item.sequence for item in items] == [1, 2, 3, 4, 5]
    assert sum(item.amount for item in items) == 900


@pytest.mark.parametrize(
    ("deposit", "fee", "kinds"),
    [
        (20, 20, ["reservation"]),
        (20, 0, ["deposit"]),
        ("0.01", 0, ["deposit"]),
        ("0.02", "0.01", ["reservation", "deposit"]),
        (0, 0, []),
    ],
)
def test_what_is_zero_is_no_instalment(deposit, fee, kinds):
    items = split(900, deposit, fee)
    assert [item.kind for item in items if item.kind != "installment"] == kinds
    assert sum(item.amount for item in items) == 900


def test_a_deposit_may_be_the_whole_price():
    items = split(900, 900, 100)
    assert [item.amount for item in items] == [100, 800]


def test_a_schedule_without_an_advance_stays():
    items = schedule(900, 0)
    assert split_deposit(items, Decimal(0), DAY, "Deposit") == items
    assert split_deposit([], Decimal(0), DAY, "Deposit") == []


@given(st.integers(1, 10**9), st.integers(0, 10**9), st.integers(0, 10**9), st.data())
def test_the_sum_stays_to_the_minor_unit(price, deposit, fee, data):
    places = data.draw(st.sampled_from([0, 2, 3]))
    unit = Decimal(1).scaleb(-places)
    deposit, fee = min(deposit, price), min(fee, deposit, price)
    before = schedule(price * unit, deposit * unit, places)
    after = split_deposit(before, fee * unit, DAY, "Deposit")
    assert sum(i.amount for i in after) == price * unit
    assert all(item.amount > 0 for item in after)
    ahead = sum(i.amount for i in after if i.kind in ("reservation", "deposit"))
    assert ahead == deposit * unit
