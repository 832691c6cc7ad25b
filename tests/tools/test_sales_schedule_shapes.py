"""Plans that are not even: rounded, stepped, seasonal, bearing interest."""

from datetime import date
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_sales.tools.plan import PlanError, PlanLine
from realestate_sales.tools.schedule import build_schedule

START = date(2026, 1, 31)


def line(**values):
    return PlanLine(
        **{
            "sequence": 10,
            "kind": "installment",
            "name": "Part",
            "amount_type": "balance",
            "offset_months": 1,
            **values,
        }
    )


def down(percent=20):
    return line(
        sequence=5,
        kind="down_payment",
        name="Down",
        amount_type="percent",
        value=D(percent),
        offset_months=0,
    )


def build(lines, price=D("1000000"), decimal_places=2, **options):
    return build_schedule(price, lines, START, decimal_places, **options)


def amounts(items):
    return [item.amount for item in items]


def refused(code, *lines, **options):
    with pytest.raises(PlanError) as caught:
        build(lines, **options)
    assert caught.value.code == code
    return str(caught.value)


# === ROUNDING === #


def test_parts_are_whole_thousands_and_the_last_takes_the_rest():
    items = build([down(), line(count=7)], D(1000000123), 0, rounding_unit=D(1000))
    assert items[0].amount == 200000000
    assert amounts(items[1:-1]) == [114285000] * 6
    assert items[-1].amount == 1000000123 - 200000000 - 6 * 114285000


def test_the_first_part_takes_the_rest_where_the_plan_says_so():
    items = build([line(count=3)], D(100), 0, rounding_unit=D(10), remainder_first=True)
    assert amounts(items) == [40, 30, 30]


def test_percents_alone_come_to_the_price_with_a_rounding_unit():
    lines = [line(amount_type="percent", value=D("33.33"), count=1) for _ in range(3)]
    items = build(lines, D(1000001), 0, rounding_unit=D(1000))
    assert amounts(items) == [333000, 333000, 334001]
    first = build(lines, D(1000001), 0, rounding_unit=D(1000), remainder_first=True)
    assert amounts(first) == [334001, 333000, 333000]


@pytest.mark.parametrize("unit", [D(0), D(-1), D("0.001"), D("NaN")])
def test_unusable_rounding_unit_is_refused(unit):
    assert "use a multiple of 0.01" in refused(
        "rounding_invalid", line(), rounding_unit=unit
    )


# === STEPS AND SEASONS === #


def test_stepped_parts_rise_year_by_year():
    items = build([line(count=36, step_percent=D(10))], D("3972000"))
    assert set(amounts(items[:12])) == {D("100000")}
    assert set(amounts(items[12:24])) == {D("110000")}
    assert set(amounts(items[24:])) == {D("121000")}


def test_steps_may_fall():
    items = build([line(count=2, step_percent=D(-50), step_every=1)], D(300))
    assert amounts(items) == [200, 100]


def test_seasonal_parts_are_due_after_the_harvests_only():
    """Two harvests: May bears one part, November two."""
    season = tuple(map(D, (0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 2, 0)))
    items = build([line(count=24, season=season)], D(600))
    assert [item.date_due.month for item in items] == [5, 11, 5, 11]
    assert amounts(items) == [100, 200, 100, 200]
    assert [item.sequence for item in items] == [1, 2, 3, 4]


def test_series_that_misses_its_season_is_refused():
    season = (1,) + (0,) * 11
    assert "month of its season" in refused(
        "season_empty", line(count=3, season=season)
    )


@pytest.mark.parametrize("season", [(1,) * 11, (1,) * 11 + (-1,)])
def test_season_is_twelve_weights(season):
    refused("season_invalid", line(season=season))


def test_season_needs_dates():
    refused(
        "season_needs_dates",
        line(trigger="milestone", milestone="TOP", season=(1,) * 12),
    )


@pytest.mark.parametrize("values", [{"step_percent": D(-100)}, {"step_every": 0}])
def test_senseless_steps_are_refused(values):
    refused("step_invalid", line(**values))


# === INTEREST === #


def test_interest_comes_on_top_of_the_price():
    items = build([down(), line(count=12, interest_rate=D(12))])
    assert sum(amounts(items)) == D("1000000")
    assert items[0].interest == 0
    payments = {item.amount + item.interest for item in items[1:-1]}
    assert payments == {D("71079.03")}
    assert items[1].interest == D("8000.00")


def test_interest_of_equal_principal_falls():
    items = build(
        [line(count=10, interest_rate=D(12), interest_method="principal")], D(100000)
    )
    assert set(amounts(items)) == {D(10000)}
    assert [item.interest for item in items] == [1000 - 100 * i for i in range(10)]


def test_interest_runs_from_one_interval_before_the_first_part():
    late = build([line(count=2, offset_months=25, interest_rate=D(12))], D(1000))
    soon = build([line(count=2, offset_months=1, interest_rate=D(12))], D(1000))
    assert [item.interest for item in late] == [item.interest for item in soon]
    at_once = build([line(count=2, offset_months=0, interest_rate=D(12))], D(1000))
    assert at_once[0].interest == 0


def test_interest_by_days_knows_february():
    items = build([line(count=1, interest_rate=D(36), day_count="act/360")], D(1000))
    assert items[0].date_due == date(2026, 2, 28)
    assert items[0].interest == D(28)


def test_parts_of_the_grace_pay_interest_and_repay_nothing():
    items = build([line(count=4, interest_rate=D(12), grace_parts=2)], D(1000))
    assert amounts(items[:2]) == [0, 0]
    assert [item.interest for item in items[:2]] == [10, 10]
    assert sum(amounts(items)) == 1000


def test_fee_lowers_the_loan_not_only_its_first_part():
    lines = [line(count=10, interest_rate=D(12), interest_method="principal")]
    items = build(lines, D(100000), reservation_fee=D(20000))
    assert items[0].kind == "reservation"
    assert set(amounts(items[1:])) == {D(8000)}
    assert items[1].interest == 800


def test_fee_that_is_the_price_leaves_no_loan():
    items = build([line(count=3, interest_rate=D(5))], D(50), reservation_fee=D(50))
    assert amounts(items) == [50]


REFUSED = [
    ("interest_rate_invalid", {"interest_rate": D(-1)}),
    ("interest_rate_invalid", {"interest_rate": D(101)}),
    ("interest_method_unknown", {"interest_rate": D(1), "interest_method": "flat"}),
    ("day_count_unknown", {"interest_rate": D(1), "day_count": "act/act"}),
    ("grace_without_interest", {"grace_parts": 1}),
    ("grace_invalid", {"interest_rate": D(1), "grace_parts": 1}),
    ("grace_invalid", {"interest_rate": D(1), "grace_parts": -1}),
    ("interest_with_steps", {"interest_rate": D(1), "step_percent": D(1)}),
    ("interest_with_steps", {"interest_rate": D(1), "season": (1,) * 12}),
    (
        "interest_needs_dates",
        {"interest_rate": D(1), "trigger": "milestone", "milestone": "TOP"},
    ),
]


@pytest.mark.parametrize(("code", "values"), REFUSED)
def test_senseless_interest_is_refused(code, values):
    assert "Line Part:" in refused(code, line(**values))


@given(
    minor=st.integers(1000, 10**11),
    decimal_places=st.sampled_from((0, 2, 3)),
    unit=st.sampled_from((None, 1, 10, 1000)),
    percents=st.lists(st.integers(1, 20), max_size=3),
    shape=st.sampled_from(
        (
            {},
            {"step_percent": D(5), "step_every": 3},
            {"season": (3, 0, 1, 0, 0, 2, 0, 0, 0, 1, 0, 5)},
            {"interest_rate": D("7.25")},
            {"interest_rate": D("7.25"), "interest_method": "principal"},
        )
    ),
    count=st.integers(12, 48),
    fee=st.integers(0, 100),
    first=st.booleans(),
)
def test_every_shape_comes_to_the_price(
    minor, decimal_places, unit, percents, shape, count, fee, first
):
    price = D(minor).scaleb(-decimal_places)
    lines = [
        line(sequence=index, amount_type="percent", value=D(percent))
        for index, percent in enumerate(percents)
    ]
    lines.append(line(sequence=99, count=count, **shape))
    items = build_schedule(
        price,
        lines,
        START,
        decimal_places,
        reservation_fee=min(D(fee), price),
        rounding_unit=unit and D(unit).scaleb(-decimal_places),
        remainder_first=first,
    )
    assert sum(amounts(items)) == price
    assert min(amounts(items)) >= 0
    assert all(item.interest >= 0 for item in items)
