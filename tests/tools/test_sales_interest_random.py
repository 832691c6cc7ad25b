"""Interest against formulas that others wrote, on random loans."""

import random
from datetime import date
from decimal import Decimal as D

import numpy_financial as npf
import pytest
from realestate_sales.tools.dates import add_months
from realestate_sales.tools.interest import InterestTerms, amortize, year_fraction

CASES = 1000
SEED = 19


def draw_loans(seed, count):
    """Yield principal, parts, percent a year and first day of random loans."""
    chance = random.Random(seed)
    for _case in range(count):
        yield (
            D(chance.randint(10**6, 10**11)) / 100,
            chance.randint(1, 360),
            D(chance.randint(1, 3000)) / 100,
            date(chance.randint(2020, 2040), chance.randint(1, 12), 1),
        )


def monthly(start, count):
    return [add_months(start, number) for number in range(1, count + 1)]


def test_annuities_are_those_of_numpy_financial():
    for principal, count, rate, start in draw_loans(SEED, CASES):
        parts = amortize(
            principal, monthly(start, count), start, InterestTerms(rate), 2
        )
        month = float(rate) / 1200
        expected = -float(npf.pmt(month, count, float(principal)))
        level = float(parts[0].payment)
        if count > 1:
            assert level == pytest.approx(expected, abs=0.0051, rel=1e-12)
        # The last part takes what rounding left: half a cent a part, compounded.
        drift = 0.01 * count * (1 + month) ** count + 0.01
        assert float(parts[-1].payment) == pytest.approx(expected, abs=drift)


def test_balances_are_those_of_numpy_financial():
    for principal, count, rate, start in draw_loans(SEED + 1, CASES):
        parts = amortize(
            principal, monthly(start, count), start, InterestTerms(rate), 2
        )
        month, middle = float(rate) / 1200, (count + 1) // 2
        payment = npf.pmt(month, count, float(principal))
        expected = -float(npf.fv(month, middle, payment, float(principal)))
        drift = 0.01 * middle * (1 + month) ** middle + 0.01
        balance = float(parts[middle - 1].balance)
        assert balance == pytest.approx(expected, abs=drift, rel=1e-9)


def test_payments_by_days_are_worth_the_principal():
    """Whatever the day count, payments discounted at the rate are the principal."""
    for number, loan in enumerate(draw_loans(SEED + 2, CASES)):
        principal, count, rate, start = loan
        day_count = ("act/365", "act/360", "30/360")[number % 3]
        method = ("annuity", "principal")[number % 2]
        dates = monthly(start, count)
        parts = amortize(
            principal, dates, start, InterestTerms(rate, method, day_count), 2
        )
        worth, discount, before = 0.0, 1.0, start
        for part, day in zip(parts, dates, strict=True):
            period = float(year_fraction(before, day, day_count))
            discount /= 1 + float(rate) / 100 * period
            worth += float(part.payment) * discount
            before = day
        # Half a cent of interest rounded in every part.
        assert worth == pytest.approx(float(principal), abs=0.006 * count, rel=1e-9)
