from datetime import date
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_sales.tools.dates import add_months
from realestate_sales.tools.interest import (
    DAY_COUNTS,
    InterestTerms,
    amortize,
    year_fraction,
)

START = date(2026, 1, 31)


def months(count, start=START, every=1):
    return [add_months(start, every * number) for number in range(1, count + 1)]


def total(parts, name):
    return sum(getattr(part, name) for part in parts)


# Worked by hand from the definitions.
FRACTIONS = [
    (date(2026, 1, 31), date(2026, 2, 28), "month", D(1) / 12),
    (date(2026, 2, 28), date(2026, 3, 31), "month", D(1) / 12),
    (date(2028, 1, 31), date(2028, 2, 29), "month", D(1) / 12),
    (date(2026, 4, 30), date(2026, 5, 31), "month", D(1) / 12),
    (date(2026, 1, 15), date(2027, 1, 15), "month", D(1)),
    (date(2026, 1, 15), date(2026, 1, 25), "month", D(10) / 360),
    (date(2026, 1, 31), date(2026, 2, 28), "act/365", D(28) / 365),
    (date(2028, 1, 31), date(2028, 3, 1), "act/365", D(30) / 365),
    (date(2026, 1, 31), date(2026, 2, 28), "act/360", D(28) / 360),
    (date(2026, 1, 31), date(2026, 2, 28), "30/360", D(28) / 360),
    (date(2026, 1, 31), date(2026, 3, 31), "30/360", D(60) / 360),
    (date(2026, 2, 28), date(2026, 3, 31), "30/360", D(32) / 360),
    (date(2026, 1, 1), date(2026, 1, 1), "act/365", D(0)),
]


@pytest.mark.parametrize(("start", "end", "day_count", "expected"), FRACTIONS)
def test_year_fraction_by_its_definition(start, end, day_count, expected):
    assert abs(year_fraction(start, end, day_count) - expected) < D("1e-25")


def test_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="cannot end on 2026-01-01"):
        year_fraction(date(2026, 1, 2), date(2026, 1, 1), "act/365")


def test_unknown_day_count_is_refused():
    with pytest.raises(ValueError, match="act/366"):
        year_fraction(START, START, "act/366")


def test_annuity_of_the_textbook():
    """1,000,000 at 12 % over 12 months pays 88,848.79 a month."""
    parts = amortize(
        D("1000000"), months(12), START, InterestTerms(D(12)), decimal_places=2
    )
    assert {part.payment for part in parts[:-1]} == {D("88848.79")}
    assert parts[0].interest == D("10000.00")
    assert parts[1].interest == D("9211.51")
    assert abs(parts[-1].payment - D("88848.79")) <= D("0.06")
    assert parts[-1].balance == 0
    assert total(parts, "principal") == D("1000000")


def test_equal_principal_of_the_textbook():
    """1,200,000 at 6 % over 12 months repays 100,000 a month; interest falls by 500."""
    parts = amortize(
        D("1200000"),
        months(12),
        START,
        InterestTerms(D(6), "principal"),
        decimal_places=2,
    )
    assert {part.principal for part in parts} == {D("100000.00")}
    expected = [D(6000 - 500 * number) for number in range(12)]
    assert [part.interest for part in parts] == expected


def test_days_make_february_cheap():
    parts = amortize(
        D("365000"),
        months(3),
        START,
        InterestTerms(D(10), "principal", "act/365"),
        decimal_places=2,
    )
    assert parts[0].interest == D("2800.00")
    assert parts[1].interest == round(D("243333.34") * 31 / 3650, 2)


def test_grace_pays_interest_only():
    terms = InterestTerms(D(12), grace=3)
    parts = amortize(D("1000000"), months(15), START, terms, decimal_places=2)
    assert [part.principal for part in parts[:3]] == [0, 0, 0]
    assert [part.interest for part in parts[:3]] == [D("10000.00")] * 3
    assert {part.payment for part in parts[3:-1]} == {D("88848.79")}


def test_without_interest_every_part_repays_the_same():
    for method in ("annuity", "principal"):
        parts = amortize(
            D("100"), months(3), START, InterestTerms(D(0), method), decimal_places=2
        )
        assert [part.payment for part in parts] == [D("33.33"), D("33.33"), D("33.34")]


def test_payments_are_whole_thousands_but_for_the_last():
    for method in ("annuity", "principal"):
        parts = amortize(
            D("1000000123"),
            months(24),
            START,
            InterestTerms(D(9), method),
            decimal_places=0,
            unit=D(1000),
        )
        figure = "payment" if method == "annuity" else "principal"
        assert all(getattr(part, figure) % 1000 == 0 for part in parts[:-1])
        assert total(parts, "principal") == D("1000000123")


def test_first_period_longer_than_a_payment_covers_repays_nothing():
    parts = amortize(
        D("1000000"),
        months(60),
        date(2020, 1, 31),
        InterestTerms(D(12), day_count="act/365"),
        decimal_places=2,
    )
    assert total(parts, "principal") == D("1000000")
    assert all(part.principal >= 0 for part in parts)


def test_nothing_left_to_repay_after_the_grace_is_refused():
    terms = InterestTerms(D(12), grace=2)
    with pytest.raises(ValueError, match="one that repays"):
        amortize(D("1"), months(2), START, terms, decimal_places=2)


@given(
    minor=st.integers(1, 10**12),
    count=st.integers(1, 120),
    rate=st.integers(0, 3600),
    method=st.sampled_from(("annuity", "principal")),
    day_count=st.sampled_from(DAY_COUNTS),
    decimal_places=st.sampled_from((0, 2, 3)),
    every=st.sampled_from((1, 3, 12)),
    grace=st.integers(0, 12),
)
def test_principals_always_sum_to_what_is_owed(
    minor, count, rate, method, day_count, decimal_places, every, grace
):
    principal = D(minor).scaleb(-decimal_places)
    terms = InterestTerms(D(rate) / 100, method, day_count, min(grace, count - 1))
    dates = months(count, every=every)
    parts = amortize(principal, dates, START, terms, decimal_places)
    assert total(parts, "principal") == principal
    assert parts[-1].balance == 0
    balance = principal
    for part in parts:
        assert part.principal >= 0
        assert part.interest >= 0
        balance -= part.principal
        assert part.balance == balance
