"""Rounding and splitting of money, against plain integer arithmetic."""

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_sales.tools import money

D = Decimal
DECIMALS = st.sampled_from([0, 2, 3])
MINOR = st.integers(-(10**14), 10**14)


@pytest.mark.parametrize(
    ("places", "expected"), [(0, "1"), (2, "0.01"), (3, "0.001"), (6, "0.000001")]
)
def test_quantum_is_the_smallest_amount(places, expected):
    assert str(money.quantum(places)) == expected


@pytest.mark.parametrize("places", [-1, 7, 2.0, "2", None, True])
def test_quantum_refuses_what_is_no_number_of_decimals(places):
    with pytest.raises(ValueError, match="Decimal places"):
        money.quantum(places)


@pytest.mark.parametrize(
    ("amount", "places", "expected"),
    [
        ("0.005", 2, "0.01"),
        ("0.0049999999999", 2, "0.00"),
        ("2.675", 2, "2.68"),
        ("-2.675", 2, "-2.68"),
        ("2.5", 0, "3"),
        ("3.5", 0, "4"),
        ("-0.004", 2, "0.00"),
        ("1.0005", 3, "1.001"),
        ("999999999999999.994", 2, "999999999999999.99"),
    ],
)
def test_rounding_is_half_up_away_from_zero(amount, places, expected):
    assert str(money.round_money(D(amount), places)) == expected


def test_rounding_does_not_depend_on_the_precision_of_the_caller():
    with localcontext() as context:
        context.prec = 5
        assert money.round_money(D("123456789.125"), 2) == D("123456789.13")
        parts = [D("123456789.12"), D("0.01")]
        assert money.sum_money(parts) == D("123456789.13")


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-Infinity", "1e16"])
def test_absurd_amounts_are_refused(amount):
    with pytest.raises(ValueError, match="finite"):
        money.round_money(D(amount), 2)


@pytest.mark.parametrize("amount", [1.5, "1.5", None, True])
def test_inexact_types_are_refused(amount):
    with pytest.raises(TypeError):
        money.round_money(amount, 2)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.1 + 0.2, "0.30"),
        (2.675, "2.68"),
        (1.005, "1.01"),
        (10189800.0, "10189800.00"),
        (7, "7.00"),
        ("12.345", "12.35"),
        (D("1.1"), "1.10"),
        (99999999999.99, "99999999999.99"),
    ],
)
def test_floats_enter_by_their_shortest_spelling(value, expected):
    assert str(money.to_money(value, 2)) == expected


@pytest.mark.parametrize("value", ["abc", "", "1,5", float("nan"), float("inf")])
def test_text_that_is_no_amount_is_refused(value):
    with pytest.raises(ValueError):
        money.to_money(value, 2)


@pytest.mark.parametrize(
    ("amount", "places", "expected"),
    [("1.20", 2, True), ("1.205", 2, False), ("1.5", 0, False), ("1E3", 0, True)],
)
def test_whole_minor_units_are_recognised(amount, places, expected):
    assert money.is_money(D(amount), places) is expected


@pytest.mark.parametrize(
    ("total", "count", "places", "expected"),
    [
        ("100", 3, 2, ["33.33", "33.33", "33.34"]),
        ("100", 3, 0, ["33", "33", "34"]),
        ("100", 3, 3, ["33.333", "33.333", "33.334"]),
        ("0.01", 3, 2, ["0.00", "0.00", "0.01"]),
        ("0", 2, 2, ["0.00", "0.00"]),
        ("-100", 3, 2, ["-33.33", "-33.33", "-33.34"]),
        ("3600000", 1, 2, ["3600000.00"]),
    ],
)
def test_an_even_split_leaves_the_remainder_to_the_last(total, count, places, expected):
    parts = money.split_evenly(D(total), count, places)
    assert [str(part) for part in parts] == expected


@pytest.mark.parametrize("count", [0, -1, 1.5, None, True])
def test_an_even_split_needs_a_whole_number_of_parts(count):
    with pytest.raises(ValueError, match="parts? or more"):
        money.split_evenly(D(1), count, 2)


def test_an_amount_finer_than_the_minor_unit_is_not_split():
    with pytest.raises(ValueError, match="finer"):
        money.split_evenly(D("1.001"), 2, 2)
    with pytest.raises(ValueError, match="finer"):
        money.split_by_weights(D("0.5"), [1, 1], 0)


@given(minor=MINOR, count=st.integers(1, 600), places=DECIMALS)
def test_an_even_split_is_exact_and_equal_but_for_the_last(minor, count, places):
    total = D(minor).scaleb(-places)
    parts = money.split_evenly(total, count, places)
    assert len(parts) == count
    assert sum(map(Fraction, parts)) == Fraction(total)
    assert len(set(parts[:-1])) <= 1
    assert abs(parts[-1] - parts[0]) < count * money.quantum(places)
    assert all(part * total >= 0 for part in parts)


@pytest.mark.parametrize(
    ("total", "weights", "places", "expected"),
    [
        ("100", [50, 30, 20], 2, ["50.00", "30.00", "20.00"]),
        ("100", [1, 1, 1], 2, ["33.33", "33.33", "33.34"]),
        ("0.03", [1] * 6, 2, ["0.00", "0.00", "0.00", "0.01", "0.01", "0.01"]),
        ("10", [0, 1, 0], 0, ["0", "10", "0"]),
        ("-1", [1, 2], 2, ["-0.33", "-0.67"]),
        ("1000", [D("33.33"), D("66.67")], 0, ["333", "667"]),
    ],
)
def test_a_weighted_split_follows_the_largest_remainder(
    total, weights, places, expected
):
    parts = money.split_by_weights(D(total), weights, places)
    assert [str(part) for part in parts] == expected


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1]])
def test_a_weighted_split_needs_sensible_weights(weights):
    with pytest.raises(ValueError, match="Weights"):
        money.split_by_weights(D(1), weights, 2)


@given(
    minor=MINOR,
    weights=st.lists(st.integers(0, 10**6), min_size=1, max_size=40).filter(any),
    places=DECIMALS,
)
def test_a_weighted_split_is_exact_and_within_one_unit(minor, weights, places):
    total = D(minor).scaleb(-places)
    parts = money.split_by_weights(total, weights, places)
    assert sum(map(Fraction, parts)) == Fraction(total)
    for part, weight in zip(parts, weights, strict=True):
        share = Fraction(total) * weight / sum(weights)
        assert abs(Fraction(part) - share) < Fraction(money.quantum(places))
        assert weight or part == 0


@pytest.mark.parametrize(
    ("amount", "percent", "places", "expected"),
    [
        ("1000000.05", "20", 2, "200000.01"),
        ("333", "0.5", 0, "2"),
        ("10189800", "33.333333", 2, "3396599.97"),
    ],
)
def test_a_percent_is_rounded_once(amount, percent, places, expected):
    assert str(money.percent_of(D(amount), D(percent), places)) == expected
