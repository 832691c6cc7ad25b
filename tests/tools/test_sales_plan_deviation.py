from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_sales.tools.plan_deviation import deferred_percent

JAN, FEB, MAR = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)


def dues(*pairs):
    return [(day, Decimal(amount)) for day, amount in pairs]


@pytest.mark.parametrize(
    ("standard", "own", "percent"),
    [
        # The same, and in smaller parts of the same day.
        ([(JAN, 40), (FEB, 60)], [(JAN, 40), (FEB, 60)], "0"),
        ([(JAN, 40), (FEB, 60)], [(JAN, 10), (JAN, 30), (FEB, 60)], "0"),
        # Earlier is never later.
        ([(JAN, 40), (FEB, 60)], [(JAN, 100)], "0"),
        # 30 of 100 wait from January to February.
        ([(JAN, 40), (FEB, 60)], [(JAN, 10), (FEB, 90)], "30"),
        # In January 10 behind, in February 10 + 60.
        ([(JAN, 40), (FEB, 60)], [(JAN, 30), (MAR, 70)], "70"),
        # First more, then less: what counts is the worst moment.
        ([(JAN, 40), (FEB, 60)], [(JAN, 60), (MAR, 40)], "40"),
        # A day that is not known comes after all that are.
        ([(JAN, 40), (FEB, 60)], [(JAN, 40), (None, 60)], "60"),
        ([(JAN, 40), (None, 60)], [(JAN, 40), (FEB, 60)], "0"),
    ],
)
def test_the_worst_moment_counts(standard, own, percent):
    result = deferred_percent(Decimal(100), dues(*standard), dues(*own))
    assert result == Decimal(percent)


def test_a_third_is_rounded_to_two_decimals():
    result = deferred_percent(Decimal(3), dues((JAN, 1), (FEB, 2)), dues((FEB, 3)))
    assert result == Decimal("33.33")


@pytest.mark.parametrize("price", [0, -1])
def test_no_price_is_refused(price):
    with pytest.raises(ValueError, match="above zero"):
        deferred_percent(Decimal(price), [], [])


days = st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2030, 12, 31)))
parts = st.lists(st.tuples(days, st.integers(1, 1000)), min_size=1, max_size=8)


@given(standard=parts, own=parts)
def test_it_is_a_share_of_the_price(standard, own):
    price = Decimal(sum(amount for _day, amount in standard))
    paid = sum(amount for _day, amount in own)
    own = [(day, Decimal(amount) * price / paid) for day, amount in own]
    standard = dues(*standard)
    assert 0 <= deferred_percent(price, standard, own) <= 100
    assert deferred_percent(price, standard, standard) == 0
    # Everything on the first day is never later than anything.
    first = min((day for day, _amount in standard if day), default=None)
    assert deferred_percent(price, standard, [(first, price)]) == 0
