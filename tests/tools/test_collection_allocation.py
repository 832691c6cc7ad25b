"""What a payment pays: tables of cases, and money that is never lost or made."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_collection.tools import allocation
from realestate_collection.tools.allocation import Due, allocate

D = Decimal
DAY = date(2026, 1, 31)
DUES = [
    Due("feb", date(2026, 2, 28), D("100.00")),
    Due("jan", date(2026, 1, 31), D("100.00")),
    Due("interest", date(2026, 2, 1), D("7.50"), "interest"),
    Due("fee", date(2026, 3, 1), D("20.00"), "fee"),
]


def paid(result):
    return [(part.key, str(part.amount)) for part in result.parts]


@pytest.mark.parametrize(
    ("order", "amount", "expected", "remainder"),
    [
        ("oldest", "0", [], "0"),
        ("oldest", "0.01", [("jan", "0.01")], "0"),
        ("oldest", "100.00", [("jan", "100.00")], "0"),
        ("oldest", "104", [("jan", "100.00"), ("interest", "4.00")], "0"),
        (
            "oldest",
            "300",
            [
                ("jan", "100.00"),
                ("interest", "7.50"),
                ("feb", "100.00"),
                ("fee", "20.00"),
            ],
            "72.50",
        ),
        ("fees_first", "25", [("fee", "20.00"), ("interest", "5.00")], "0"),
        (
            "fees_first",
            "100",
            [("fee", "20.00"), ("interest", "7.50"), ("jan", "72.50")],
            "0",
        ),
        (
            "principal_first",
            "205",
            [("jan", "100.00"), ("feb", "100.00"), ("interest", "5.00")],
            "0",
        ),
    ],
)
def test_money_pays_the_oldest_first_in_the_order_of_kinds(
    order, amount, expected, remainder
):
    result = allocate(D(amount), DUES, order)
    assert paid(result) == expected
    assert result.remainder == D(remainder)


def test_a_part_says_what_stays_open():
    (part,) = allocate(D("30"), [Due(1, DAY, D("100"))]).parts
    assert (part.amount, part.residual) == (D(30), D(70))


def test_dues_of_one_day_keep_their_order():
    dues = [Due(name, DAY, D(10)) for name in "cab"]
    assert [key for key, _amount in paid(allocate(D(25), dues))] == ["c", "a", "b"]


def test_a_settled_due_receives_nothing():
    dues = [Due("settled", DAY, D(0)), Due("open", DAY, D(5))]
    assert paid(allocate(D(5), dues)) == [("open", "5")]


@pytest.mark.parametrize("amount", [D("-1"), D("NaN"), D("Infinity")])
def test_an_absurd_amount_is_refused(amount):
    with pytest.raises(ValueError, match="zero or more"):
        allocate(amount, DUES)


@pytest.mark.parametrize("amount", [1.5, "1", None, True])
def test_an_inexact_amount_is_refused(amount):
    with pytest.raises(TypeError):
        allocate(amount, DUES)


def test_a_negative_due_is_refused():
    with pytest.raises(ValueError, match="zero or more"):
        allocate(D(1), [Due(1, DAY, D(-5))])


def test_an_unknown_order_or_kind_is_refused():
    with pytest.raises(ValueError, match="order 'newest' is unknown"):
        allocate(D(1), DUES, "newest")
    with pytest.raises(ValueError, match="not 'tip'"):
        allocate(D(1), [Due(1, DAY, D(5), "tip")])


@pytest.mark.parametrize("order", allocation.ORDERS)
def test_every_order_knows_every_kind(order):
    ranks = {kind: allocation.rank(kind, order) for kind in allocation.KINDS}
    assert set(ranks) == set(allocation.KINDS)
    assert min(ranks.values()) == 0


amounts = st.integers(0, 10**9).map(lambda minor: D(minor).scaleb(-2))
dues = st.lists(
    st.builds(
        Due,
        st.integers(),
        st.integers(0, 900).map(lambda n: DAY + timedelta(days=n)),
        amounts,
        st.sampled_from(allocation.KINDS),
    ),
    max_size=30,
    unique_by=lambda due: due.key,
)
orders = st.sampled_from(sorted(allocation.ORDERS))


@given(amounts, dues, orders)
def test_no_money_is_lost_or_made(amount, dues, order):
    result = allocate(amount, dues, order)
    assert sum(part.amount for part in result.parts) + result.remainder == amount
    by_key = {due.key: due for due in dues}
    for part in result.parts:
        assert part.amount > 0
        assert part.amount + part.residual == by_key[part.key].residual
    if result.remainder:
        open_amount = sum(due.residual for due in dues)
        assert amount - result.remainder == open_amount


@given(amounts, dues, orders)
def test_a_due_is_paid_only_when_all_before_it_are_settled(amount, dues, order):
    result = allocate(amount, dues, order)
    assert all(part.residual == 0 for part in result.parts[:-1])
    touched = {part.key for part in result.parts}
    waiting = [due for due in dues if due.residual and due.key not in touched]
    by_key = {due.key: due for due in dues}
    for part in result.parts:
        due = by_key[part.key]
        for other in waiting:
            assert (allocation.rank(due.kind, order), due.date_due) <= (
                allocation.rank(other.kind, order),
                other.date_due,
            )


@given(amounts, amounts, dues, orders)
def test_paying_twice_is_paying_the_sum_once(first, second, dues, order):
    once = allocate(first + second, dues, order)
    step = allocate(first, dues, order)
    left = {part.key: part.residual for part in step.parts}
    rest = [
        Due(due.key, due.date_due, left.get(due.key, due.residual), due.kind)
        for due in dues
    ]
    twice = allocate(step.remainder + second, rest, order)
    assert twice.remainder == once.remainder
    total = {part.key: part.amount for part in step.parts}
    for part in twice.parts:
        total[part.key] = total.get(part.key, D(0)) + part.amount
    assert total == {part.key: part.amount for part in once.parts}
