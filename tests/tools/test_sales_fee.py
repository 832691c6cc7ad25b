from dataclasses import replace
from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_sales.tools.fee import (
    AREA,
    FIXED,
    LOAN,
    MAXIMUM,
    MINIMUM,
    NET,
    PRICE,
    Facts,
    Fee,
    Formula,
    compute_fee,
)

HOME = Facts(price=D("4000000000"), area=D("80.5"), loan=D("2500000"))

# (formula, facts, decimals, expected), each worked by hand.
CASES = [
    # The maintenance fund of Vietnam: 2 % of 4 bn.
    (Formula(PRICE, D(2)), HOME, 0, Fee(HOME.price, D("80000000"))),
    # 33.335 % of 1,000.01 = 333.3533335.
    (
        Formula(PRICE, D("33.335")),
        Facts(D("1000.01")),
        2,
        Fee(D("1000.01"), D("333.35")),
    ),
    # Half a minor unit goes up: 1.5 % of 1.00 = 0.015.
    (Formula(PRICE, D("1.5")), Facts(D(1)), 2, Fee(D(1), D("0.02"))),
    (Formula(PRICE, D("1.5")), Facts(D(1)), 3, Fee(D(1), D("0.015"))),
    # 10 % tax inside 1,100 is 100: 1,000 without it.
    (Formula(NET, D(10)), Facts(D(1100)), 2, Fee(D(1100), D(100))),
    # 12 % inside 1,000 is 107.142857.
    (Formula(NET, D(12)), Facts(D(1000)), 2, Fee(D(1000), D("107.14"))),
    (Formula(FIXED, D("4000")), HOME, 2, Fee(D(1), D(4000))),
    # 120 a square metre of 80.5 m².
    (Formula(AREA, D(120)), HOME, 2, Fee(D("80.5"), D(9660))),
    (Formula(LOAN, D("0.25")), HOME, 2, Fee(HOME.loan, D(6250))),
    # Without a loan nothing, whatever the minimum says.
    (Formula(LOAN, D(1), minimum=D(500)), Facts(D(1000)), 2, Fee(D(0), D(0))),
    (Formula(PRICE, D(0)), HOME, 0, Fee(HOME.price, D(0))),
    (
        Formula(PRICE, D(1), minimum=D(500)),
        Facts(D(1000)),
        2,
        Fee(D(1000), D(500), MINIMUM),
    ),
    (
        Formula(PRICE, D(1), maximum=D(8)),
        Facts(D(1000)),
        2,
        Fee(D(1000), D(8), MAXIMUM),
    ),
    # A limit that is just met decides nothing.
    (Formula(PRICE, D(1), D(10), D(10)), Facts(D(1000)), 2, Fee(D(1000), D(10))),
    # 0.5 % of 1,234,567 = 6,172.835, to a multiple of 1,000.
    (
        Formula(PRICE, D("0.5"), unit=D(1000)),
        Facts(D(1234567)),
        2,
        Fee(D(1234567), D(6000), is_rounded=True),
    ),
    # 1,499.996 is nearer to 1,000 than to 2,000, though 1,500.00 in minor units.
    (
        Formula(PRICE, D(1), unit=D(1000)),
        Facts(D("149999.6")),
        2,
        Fee(D("149999.6"), D(1000), is_rounded=True),
    ),
    # Rounding up stops at the maximum: 9,600 → 10,000 would be more than 9,700.
    (
        Formula(FIXED, D(9600), maximum=D(9700), unit=D(1000)),
        HOME,
        2,
        Fee(D(1), D(9600)),
    ),
]


@pytest.mark.parametrize(("formula", "facts", "decimals", "expected"), CASES)
def test_a_fee_worked_by_hand(formula, facts, decimals, expected):
    assert compute_fee(formula, facts, decimals) == expected


WRONG = [
    (Formula("gift", D(1)), HOME, "Unknown formula"),
    (Formula(PRICE, D(-1)), HOME, "0 to"),
    (Formula(PRICE, D(1)), replace(HOME, area=D(-1)), "0 to"),
    (Formula(PRICE, D(1)), replace(HOME, price=D(10) ** 16), "0 to"),
    (Formula(PRICE, D(1), D(9), D(8)), HOME, "at most its maximum"),
    # A tenth of a dong does not exist.
    (Formula(PRICE, D(1), unit=D("0.1")), HOME, "multiple of 1"),
]


@pytest.mark.parametrize(("formula", "facts", "message"), WRONG)
def test_what_makes_no_sense_is_refused(formula, facts, message):
    with pytest.raises(ValueError, match=message):
        compute_fee(formula, facts, 0)


amounts = st.decimals(0, D(10) ** 10, places=3)
rates = st.decimals(0, 100, places=4)


@given(price=amounts, rate=rates, decimals=st.sampled_from([0, 2, 3]))
def test_a_percentage_is_exact_to_half_a_minor_unit(price, rate, decimals):
    fee = compute_fee(Formula(PRICE, rate), Facts(price), decimals)
    exact = Fraction(price) * Fraction(rate) / 100
    assert abs(Fraction(fee.amount) - exact) <= Fraction(1, 2 * 10**decimals)


@given(price=amounts, rate=rates)
def test_what_is_inside_the_price_leaves_the_price_without_it(price, rate):
    fee = compute_fee(Formula(NET, rate), Facts(price), 3)
    net = Fraction(price) - Fraction(fee.amount)
    assert abs(net * Fraction(rate) / 100 - Fraction(fee.amount)) <= Fraction(1, 1000)


@given(price=amounts, rate=rates, low=amounts, more=amounts)
def test_limits_hold_whatever_the_price(price, rate, low, more):
    formula = Formula(PRICE, rate, low, low + more, D("0.001"))
    fee = compute_fee(formula, Facts(price), 3)
    assert fee.amount == 0 or low <= fee.amount or not price
    assert not formula.maximum or fee.amount <= formula.maximum
