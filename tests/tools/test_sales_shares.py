from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_sales.tools.shares import even_shares, is_whole, total_share


@pytest.mark.parametrize(
    ("count", "shares"),
    [
        (1, ["100.00"]),
        (2, ["50.00", "50.00"]),
        (3, ["33.33", "33.33", "33.34"]),
        (6, ["16.66"] * 5 + ["16.70"]),
        (7, ["14.28"] * 6 + ["14.32"]),
    ],
)
def test_shares_are_even_and_the_last_takes_the_rest(count, shares):
    assert even_shares(count) == [Decimal(share) for share in shares]


@given(st.integers(1, 10_000))
def test_even_shares_always_come_to_the_whole(count):
    shares = even_shares(count)
    assert is_whole(shares)
    assert all(share > 0 for share in shares)
    # As the database gives them back.
    assert is_whole([float(share) for share in shares])


@pytest.mark.parametrize("count", [0, -1, 10_001, True, 2.0])
def test_nobody_gets_nothing(count):
    with pytest.raises(ValueError):
        even_shares(count)


@pytest.mark.parametrize(
    ("shares", "whole"),
    [
        ([33.33, 33.33, 33.34], True),
        ([33.33, 33.33, 33.33], False),
        ([0.1] * 1000, True),
        ([99.99, 0.02], False),
        ([], False),
        ([100.004], True),
    ],
)
def test_binary_floats_do_not_make_or_break_the_whole(shares, whole):
    assert is_whole(shares) == whole


def test_total_is_exact():
    assert total_share([0.1, 0.2]) == Decimal("0.30")
