"""What a doubtful debt is worth today, way by way."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_collection.tools.debt import KINDS, Option, compare, evaluate

D = Decimal
CENT = D("0.01")


@pytest.mark.parametrize(
    ("option", "rate", "recovered", "present"),
    [
        (Option("write_off", D(0)), 10, "0.00", "0.00"),
        (Option("cancel", D(60), D(5000)), 10, "60000.00", "55000.00"),
        # In one sum after a year: 80,000 / 1.1 - 12,000
        (Option("legal", D(80), D(12000), 12), 10, "80000.00", "60727.27"),
        # In parts: nothing is lost without a rate, a month costs a twelfth root.
        (Option("restructure", D(90), D(0), 12), 0, "90000.00", "90000.00"),
        (Option("restructure", D(90), D(0), 1), 12, "90000.00", "89154.04"),
        # One that costs more than it brings is worth less than nothing.
        (Option("agency", D(10), D(15000), 0), 10, "10000.00", "-5000.00"),
    ],
)
def test_an_option_is_worth_what_comes_in_less_what_it_costs(
    option, rate, recovered, present
):
    value = evaluate(D(100000), option, D(rate), CENT)
    assert (value.recovered, value.present) == (D(recovered), D(present))


def test_money_in_parts_is_worth_more_than_the_same_at_the_end():
    early = evaluate(D(100000), Option("restructure", D(80), months=24), D(10), CENT)
    late = evaluate(D(100000), Option("legal", D(80), months=24), D(10), CENT)
    assert early.recovered == late.recovered
    assert early.present > late.present


def test_the_best_way_stands_first_and_ties_keep_their_order():
    options = [
        Option("write_off", D(0)),
        Option("legal", D(50), key="first"),
        Option("cancel", D(50), key="second"),
        Option("restructure", D(70)),
    ]
    values = compare(D(1000), options, D(10), CENT)
    assert [value.option.kind for value in values] == [
        "restructure",
        "legal",
        "cancel",
        "write_off",
    ]


@pytest.mark.parametrize(
    "option",
    [
        Option("forget", D(10)),
        Option("legal", D(-1)),
        Option("legal", D(1001)),
        Option("legal", D(10), D(-1)),
        Option("legal", D(10), months=-1),
        Option("legal", D(10), months=601),
    ],
)
def test_figures_that_mean_nothing_are_refused(option):
    with pytest.raises(ValueError):
        evaluate(D(100), option, D(10), CENT)


@given(
    st.sampled_from(KINDS),
    st.decimals(0, 100, places=2),
    st.integers(0, 120),
    st.decimals(0, 50, places=2),
    st.integers(0, 10**9),
)
def test_no_money_of_tomorrow_is_worth_more_today(kind, percent, months, rate, cents):
    amount = D(cents).scaleb(-2)
    value = evaluate(amount, Option(kind, percent, months=months), rate, CENT)
    assert 0 <= value.present <= value.recovered <= amount
    slower = evaluate(amount, Option(kind, percent, months=months + 1), rate, CENT)
    assert slower.present <= value.present
