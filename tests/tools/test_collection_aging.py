"""Aging: which bucket an item is in, and what they come to."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_collection.tools.aging import BUCKETS, LATE, NAMES, age, bucket_of

DAY = date(2026, 3, 31)
ITEMS = st.lists(
    st.tuples(
        st.dates(date(2024, 1, 1), date(2027, 12, 31)),
        st.decimals(1, 10**9, places=2, allow_nan=False),
    )
)


@pytest.mark.parametrize(
    ("days", "name"),
    [
        (-400, "not_due"),
        (0, "not_due"),
        (1, "days_30"),
        (30, "days_30"),
        (31, "days_60"),
        (60, "days_60"),
        (61, "days_90"),
        (90, "days_90"),
        (91, "days_180"),
        (180, "days_180"),
        (181, "older"),
        (4000, "older"),
    ],
)
def test_the_bucket_of_days_late(days, name):
    assert bucket_of(days) == name


def test_buckets_follow_each_other_without_a_gap():
    for (_name, _first, last), (_next, first, _last) in zip(
        BUCKETS, BUCKETS[1:], strict=False
    ):
        assert first == last + 1
    assert BUCKETS[0][1] is None and BUCKETS[-1][2] is None
    assert ("not_due", *LATE) == NAMES


def test_leap_day_is_a_day():
    item = (date(2028, 2, 28), Decimal(5))
    assert age([item], date(2028, 3, 1)).buckets["days_30"] == 5
    assert age([(date(2028, 1, 31), Decimal(5))], date(2028, 3, 1)).count == 1


def test_nothing_has_no_age():
    empty = age([], DAY)
    assert (empty.total, empty.overdue, empty.oldest, empty.count) == (0, 0, None, 0)


@given(ITEMS)
def test_every_amount_is_in_one_bucket(items):
    aged = age(items, DAY)
    assert aged.total == sum((amount for _day, amount in items), Decimal(0))
    late = [amount for day, amount in items if day < DAY]
    assert aged.overdue == sum(late, Decimal(0))
    assert aged.count == len(late)


@given(ITEMS, st.integers(1, 400))
def test_what_is_late_stays_late(items, days):
    before, after = age(items, DAY), age(items, DAY + timedelta(days=days))
    assert after.overdue >= before.overdue
    assert not before.oldest or after.oldest == before.oldest
