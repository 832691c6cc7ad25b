from datetime import date
from decimal import Decimal as D

from realestate_sales.tools.plan import PlanLine
from realestate_sales.tools.plan_summary import (
    burden_by_period,
    summarize,
)
from realestate_sales.tools.schedule import build_schedule

START = date(2026, 1, 15)


def line(sequence, **values):
    return PlanLine(sequence=sequence, kind="installment", name="Part", **values)


def build(*lines, price=D(120000), start=START, **options):
    return build_schedule(price, lines, start, 2, **options)


def test_down_payment_and_a_year_of_instalments():
    items = build(
        line(1, amount_type="percent", value=D(20)),
        line(2, amount_type="balance", count=24, offset_months=1),
    )
    summary = summarize(items, START)
    assert (summary.price, summary.interest, summary.total) == (120000, 0, 120000)
    assert summary.first == 24000
    assert summary.first_year == 24000 + 11 * 4000
    assert (summary.highest, summary.highest_month) == (24000, date(2026, 1, 1))
    assert summary.typical == 4000
    assert (summary.months, summary.last) == (25, date(2028, 1, 15))
    assert summary.undated == 0


def test_interest_is_part_of_what_a_month_costs():
    items = build(
        line(
            1,
            amount_type="balance",
            count=12,
            offset_months=1,
            interest_rate=D(12),
            interest_method="principal",
        )
    )
    summary = summarize(items, START)
    assert summary.highest == 11200
    assert summary.highest_month == date(2026, 2, 1)
    assert summary.interest == sum(100 * part for part in range(1, 13))
    assert summary.total == summary.price + summary.interest


def test_what_waits_for_a_milestone_burdens_no_month():
    items = build(
        line(1, amount_type="percent", value=D(30)),
        line(2, amount_type="balance", trigger="milestone", milestone="TOP"),
    )
    summary = summarize(items, START)
    assert summary.undated == 84000
    assert (summary.months, summary.highest, summary.last) == (1, 36000, START)


def test_plan_of_milestones_only_has_no_month():
    items = build(line(1, amount_type="balance", trigger="milestone", milestone="TOP"))
    summary = summarize(items, START)
    assert summary.highest_month is None
    assert (summary.first, summary.typical, summary.months) == (0, 0, 0)
    assert burden_by_period(items) == (1, [])


def test_parts_of_one_month_count_together():
    items = build(
        line(1, amount_type="percent", value=D(50), offset_days=1),
        line(2, amount_type="balance", offset_days=10),
    )
    assert burden_by_period(items)[1] == [(date(2026, 1, 1), D(120000), D(0))]
    assert summarize(items, START).first == 60000


def test_first_year_of_a_leap_day_ends_with_february():
    leap = date(2028, 2, 29)
    items = build(
        line(1, amount_type="balance", count=2, interval_months=12), start=leap
    )
    assert [item.date_due for item in items] == [leap, date(2029, 2, 28)]
    assert summarize(items, leap).first_year == 120000


def test_periods_have_no_gaps_and_lose_nothing():
    items = build(
        line(1, amount_type="percent", value=D(50)),
        line(2, amount_type="balance", offset_months=5, interest_rate=D(12)),
    )
    size, periods = burden_by_period(items)
    assert size == 1
    assert [period[0].month for period in periods] == [1, 2, 3, 4, 5, 6]
    assert [period[1] for period in periods] == [60000, 0, 0, 0, 0, 60000]
    assert periods[-1][2] == 600


def test_long_plans_are_told_in_quarters_and_years():
    for count, size in ((59, 1), (100, 3), (300, 6), (400, 12)):
        items = build(line(1, amount_type="balance", count=count, offset_months=1))
        found, periods = burden_by_period(items)
        assert found == size
        assert len(periods) <= 61
        assert sum(period[1] for period in periods) == 120000
