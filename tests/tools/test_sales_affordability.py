from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from realestate_sales.tools.affordability import (
    Household,
    LoanPart,
    LoanRules,
    check_loan,
    first_instalment,
)

NONE = LoanPart(D(0), D(0))
PRICE = D(1000000)


def check(amount, rate="6", months=240, fund=NONE, method="annuity", **limits):
    household = Household(D(limits.pop("income", 0)), D(limits.pop("debts", 0)))
    rules = LoanRules(
        **{name: D(v) if name != "months_max" else v for name, v in limits.items()}
    )
    part = LoanPart(D(amount), D(rate))
    return check_loan(PRICE, part, fund, months, method, household, rules, 2)


def codes(result):
    return [problem.code for problem in result.problems]


def test_annuity_of_a_textbook():
    # 500,000 at 6 % over 20 years: i = 0.005, A = 500,000 i / (1 - (1+i)^-240)
    # = 3,582.1553, 240 of them 859,717.27; paying 0.0047 more a month saves a little.
    result = check(500000)
    assert result.instalment == D("3582.16")
    assert abs(result.interest - D("359717.27")) < 2
    assert result.ltv == D("50.00")


def test_equal_principal_counts_its_first_and_dearest_month():
    # 480,000 / 240 = 2,000 of principal and 480,000 x 0.5 % = 2,400 of interest.
    assert check(480000, method="principal").instalment == 4400


def test_loan_without_interest_is_a_division():
    assert check(120000, rate="0", months=12).instalment == 10000
    assert check(120000, rate="0", months=12).interest == 0


def test_combined_loan_pays_both_parts():
    fund = LoanPart(D(300000), D("3.1"))
    both = check(400000, rate="4.2", fund=fund, months=360)
    apart = sum(
        first_instalment([part], 360, "annuity", 2)
        for part in (LoanPart(D(400000), D("4.2")), fund)
    )
    assert both.instalment == apart
    assert both.ltv == D("70.00")


# amount, limits, what stands against it
CASES = [
    (500000, {}, []),
    (700000, {"ltv_max": 70}, []),
    ("700000.01", {"ltv_max": 70}, ["ltv"]),
    (500000, {"months_max": 240}, []),
    (500000, {"months_max": 239}, ["months"]),
    # 3,582.16 twice is 7,164.32.
    (500000, {"income_factor": 2, "income": "7164.32"}, []),
    (500000, {"income_factor": 2, "income": "7164.31"}, ["income"]),
    # (3,582.16 + 417.84) / 8,000 = 50 %.
    (500000, {"debt_ratio_max": 50, "income": 8000, "debts": "417.84"}, []),
    (500000, {"debt_ratio_max": 50, "income": 8000, "debts": "417.85"}, ["debt_ratio"]),
    (500000, {"income_factor": 2}, ["no_income"]),
    (
        900000,
        {"ltv_max": 70, "months_max": 120, "income_factor": 3, "income": 1},
        ["months", "ltv", "income"],
    ),
]


@pytest.mark.parametrize(("amount", "limits", "expected"), CASES)
def test_each_rule_speaks_up_at_its_limit(amount, limits, expected):
    assert codes(check(amount, **limits)) == expected


def test_fund_lends_up_to_its_own_maximum():
    fund = LoanPart(D(500001), D(3))
    result = check(100000, fund=fund, fund_max=500000)
    assert codes(result) == ["fund"]
    # 500,000 of 500,001 is what passes: 600,001 x 500,000 / 500,001 = 599,999.80.
    assert result.amount_max == D("599999.80")


def test_debts_that_eat_the_income_leave_no_loan():
    assert check(1000, debt_ratio_max=50, income=1000, debts=600).amount_max == 0


def test_loan_of_nothing_has_no_instalment():
    result = check(0, income_factor=2, income=100, ltv_max=70)
    assert result.instalment == 0
    assert result.amount_max == 700000


def test_without_rules_nothing_limits_the_loan():
    assert check(500000).amount_max is None


@pytest.mark.parametrize(("amount", "months"), [(-1, 12), (100, 0)])
def test_impossible_loans_are_refused(amount, months):
    with pytest.raises(ValueError, match="a term of a month"):
        check(amount, months=months)


@settings(max_examples=60, deadline=None)
@given(
    amount=st.integers(1000, 10**7),
    fund=st.integers(0, 10**6),
    rate=st.integers(0, 150),
    months=st.integers(6, 240),
    income=st.integers(0, 10**5),
    method=st.sampled_from(["annuity", "principal"]),
)
def test_the_largest_loan_passes_and_a_larger_one_does_not(
    amount, fund, rate, months, income, method
):
    rules = LoanRules(ltv_max=D(70), income_factor=D(2), debt_ratio_max=D(55))
    household = Household(D(income + 1), D(100))
    rates = D(rate) / 10, D(3)

    def passes(total):
        whole = amount + fund
        parts = [total * amount / whole, total * fund / whole]
        first, second = (part.quantize(D("0.01"), "ROUND_FLOOR") for part in parts)
        return not codes(
            check_loan(
                PRICE,
                LoanPart(first, rates[0]),
                LoanPart(second, rates[1]),
                months,
                method,
                household,
                rules,
                2,
            )
        )

    result = check_loan(
        PRICE,
        LoanPart(D(amount), rates[0]),
        LoanPart(D(fund), rates[1]),
        months,
        method,
        household,
        rules,
        2,
    )
    if result.amount_max:
        assert passes(result.amount_max)
    # A quarter of a percent and a few units more do not: rounding is small.
    assert not passes(result.amount_max * D("1.0025") + 20)
