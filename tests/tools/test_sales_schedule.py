"""Schedules from payment plans: tables of plans and thousands of random ones."""

from datetime import date
from decimal import Decimal

import pytest
from realestate_sales.tools import plan, schedule
from realestate_sales.tools.schedule import PlanError, PlanLine, build_schedule

D = Decimal
START = date(2025, 1, 31)


def line(amount_type, value="0", *, sequence=10, name="Part", **values):
    return PlanLine(
        sequence=sequence,
        kind=values.pop("kind", "installment"),
        name=name,
        amount_type=amount_type,
        value=D(value),
        **values,
    )


def amounts(items):
    return [str(item.amount) for item in items]


def due(items):
    return [item.date_due for item in items]


# --- whole plans -------------------------------------------------------------


def test_a_usual_plan_becomes_dated_instalments():
    items = build_schedule(
        D("10189800.00"),
        [
            line("percent", "20", sequence=2, name="Down payment", count=3),
            line("balance", sequence=3, name="Turnover", offset_months=36),
            line("amount", "100000", sequence=1, name="Signing", kind="down_payment"),
        ],
        START,
        2,
    )
    assert [
        (item.sequence, item.name, str(item.amount), item.date_due) for item in items
    ] == [
        (1, "Signing", "100000.00", date(2025, 1, 31)),
        (2, "Down payment 1/3", "679320.00", date(2025, 1, 31)),
        (3, "Down payment 2/3", "679320.00", date(2025, 2, 28)),
        (4, "Down payment 3/3", "679320.00", date(2025, 3, 31)),
        (5, "Turnover", "8051840.00", date(2028, 1, 31)),
    ]
    assert items[0].kind == "down_payment"


def test_malaysian_stages_come_out_to_the_cent():
    percents = "10 10 15 10 10 10 5 2.5 2.5 17.5 2.5 5".split()
    stages = [
        line("percent", p, sequence=i, trigger="milestone", milestone=f"S{i}")
        for i, p in enumerate(percents)
    ]
    items = build_schedule(D(500000), stages, START, 2)
    assert [int(item.amount) for item in items] == [
        50000, 50000, 75000, 50000, 50000, 50000,
        25000, 12500, 12500, 87500, 12500, 25000,
    ]  # fmt: skip
    assert due(items) == [None] * 12
    assert [item.milestone for item in items] == [f"S{i}" for i in range(12)]


def test_retention_keeps_its_months_after_the_milestone():
    retention = line(
        "balance",
        trigger="milestone",
        milestone="VP",
        offset_months=8,
        offset_days=1,
        count=2,
        interval_months=16,
    )
    items = build_schedule(D(100), [retention], START, 2)
    assert [(i.offset_months, i.offset_days) for i in items] == [(8, 1), (24, 1)]
    assert due(items) == [None, None]
    assert schedule.due_date(date(2026, 6, 6), 24, 0) == date(2028, 6, 6)


def test_an_untidy_price_leaves_the_remainder_to_the_last_item():
    plan_lines = [line("percent", "100", count=3)]
    assert amounts(build_schedule(D("100.01"), plan_lines, START, 2)) == [
        "33.33",
        "33.33",
        "33.35",
    ]
    assert amounts(build_schedule(D(100), plan_lines, START, 0)) == ["33", "33", "34"]
    assert amounts(build_schedule(D("1"), plan_lines, START, 3)) == [
        "0.333",
        "0.333",
        "0.334",
    ]


def test_the_remainder_goes_to_the_balance_line_wherever_it_stands():
    lines = [
        line("balance", sequence=1, count=2),
        line("percent", "33.33", sequence=2),
        line("percent", "33.33", sequence=3),
    ]
    items = build_schedule(D(100), lines, START, 0)
    assert amounts(items) == ["17", "17", "33", "33"]


def test_rounding_up_everywhere_is_taken_back_from_the_last_item():
    lines = [line("percent", "50", sequence=i) for i in (1, 2)]
    assert amounts(build_schedule(D(1), lines, START, 0)) == ["1"]
    with_balance = [*lines, line("balance", sequence=3)]
    assert amounts(build_schedule(D(1), with_balance, START, 0)) == ["1"]
    assert amounts(build_schedule(D(3), lines, START, 0)) == ["2", "1"]


def test_a_named_sum_is_not_touched_by_the_rounding_of_percents():
    lines = [
        line("percent", "50", sequence=1),
        line("percent", "49.99", sequence=2),
        line("amount", "1", sequence=3),
        line("balance", sequence=4),
    ]
    assert amounts(build_schedule(D(10001), lines, START, 0)) == ["5001", "4999", "1"]


def test_percents_written_rounded_stand_for_the_whole_price():
    thirds = [line("percent", "33.33", sequence=i) for i in (1, 2, 3)]
    items = build_schedule(D("1000000"), thirds, START, 2)
    assert amounts(items) == ["333300.00", "333300.00", "333400.00"]
    sevenths = [line("percent", "14.29", sequence=i) for i in range(7)]
    items = build_schedule(D("1000000"), sevenths, START, 2)
    assert amounts(items) == ["142900.00"] * 6 + ["142600.00"]


# --- dates -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"count": 3}, [(2025, 1, 31), (2025, 2, 28), (2025, 3, 31)]),
        ({"offset_months": 1, "count": 2}, [(2025, 2, 28), (2025, 3, 31)]),
        ({"offset_days": 30}, [(2025, 3, 2)]),
        ({"offset_days": 15, "count": 2}, [(2025, 2, 15), (2025, 3, 15)]),
        (
            {"offset_months": 1, "count": 3, "interval_months": 3},
            [(2025, 2, 28), (2025, 5, 31), (2025, 8, 31)],
        ),
        (
            {
                "trigger": "date",
                "date_fixed": date(2025, 8, 30),
                "offset_months": 5,
                "count": 3,
                "interval_months": 6,
            },
            [(2025, 8, 30), (2026, 2, 28), (2026, 8, 30)],
        ),
        ({"count": 1, "interval_months": 0}, [(2025, 1, 31)]),
    ],
)
def test_a_series_is_counted_from_its_first_day(values, expected):
    items = build_schedule(D(1000), [line("balance", **values)], START, 2)
    assert due(items) == [date(*day) for day in expected]


def test_sixty_months_end_five_years_later_to_the_day():
    monthly = line("balance", offset_months=1, count=60)
    items = build_schedule(D(60), [monthly], date(2024, 2, 29), 2)
    assert items[11].date_due == date(2025, 2, 28)
    assert items[-1].date_due == date(2029, 2, 28)
    assert items[47].date_due == date(2028, 2, 29)


# --- the reservation fee -----------------------------------------------------


def test_the_fee_comes_first_and_is_taken_off_what_follows():
    items = build_schedule(
        D(1000),
        [line("percent", "30", sequence=1, count=3), line("balance", sequence=2)],
        START,
        2,
        reservation_fee=D(150),
        date_reservation=date(2025, 1, 2),
        fee_name="Phí giữ chỗ",
    )
    assert amounts(items) == ["150.00", "50.00", "100.00", "700.00"]
    assert (items[0].kind, items[0].name) == ("reservation", "Phí giữ chỗ")
    assert items[0].date_due == date(2025, 1, 2)
    assert [item.sequence for item in items] == [1, 2, 3, 4]


def test_the_line_the_fee_eats_whole_is_dropped():
    lines = [
        line("amount", "50", sequence=1, kind="reservation"),
        line("balance", sequence=2, count=2),
    ]
    items = build_schedule(D(1000), lines, START, 2, reservation_fee=D(50))
    assert amounts(items) == ["50.00", "475.00", "475.00"]
    assert items[0].date_due == START
    without_fee = build_schedule(D(1000), lines, START, 2)
    assert amounts(without_fee) == ["50.00", "475.00", "475.00"]


def test_a_fee_of_the_whole_price_is_the_whole_schedule():
    items = build_schedule(
        D(1000), [line("balance", count=9)], START, 0, reservation_fee=D(1000)
    )
    assert amounts(items) == ["1000"]


def test_a_balance_of_nothing_is_dropped():
    lines = [line("amount", "100", sequence=1), line("balance", sequence=2)]
    assert amounts(build_schedule(D(100), lines, START, 2)) == ["100.00"]


# --- refusals ----------------------------------------------------------------

BALANCE = line("balance", sequence=99, name="Rest")


@pytest.mark.parametrize(
    ("code", "bad"),
    [
        ("amount_type_unknown", line("share", "1")),
        ("value_not_positive", line("percent", "0")),
        ("value_not_positive", line("amount", "-5")),
        ("value_not_positive", line("amount", "NaN")),
        ("percent_above_hundred", line("percent", "100.01")),
        ("exceeds_price", line("amount", "1000.01")),
        ("amount_precision", line("amount", "9.999")),
        ("trigger_unknown", line("percent", "5", trigger="never")),
        ("date_missing", line("percent", "5", trigger="date")),
        ("milestone_missing", line("percent", "5", trigger="milestone")),
        ("count_invalid", line("percent", "5", count=0)),
        ("count_invalid", line("percent", "5", count=-3)),
        ("count_invalid", line("percent", "5", count=1201)),
        ("interval_invalid", line("percent", "5", count=2, interval_months=0)),
        ("offset_invalid", line("percent", "5", offset_months=-1)),
        ("offset_invalid", line("percent", "5", offset_days=-1)),
        ("date_out_of_range", line("percent", "5", offset_months=12 * 9000)),
        ("date_out_of_range", line("percent", "5", offset_days=10**9)),
        ("several_balances", line("balance", sequence=100)),
    ],
)
def test_a_bad_line_is_named(code, bad):
    with pytest.raises(PlanError) as caught:
        build_schedule(D(1000), [bad, BALANCE], START, 2)
    error = caught.value
    assert (error.code, error.line) == (code, bad)
    assert error.params["name"] == bad.name
    assert str(error) == plan.MESSAGES[code] % error.params


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("no_lines", []),
        ("not_covered", [line("percent", "99")]),
        ("not_covered", [line("percent", "99.98")]),
        ("not_covered", [line("percent", "49.9"), line("percent", "50")]),
        ("not_covered", [line("amount", "999.99")]),
        ("not_covered", [line("amount", "200"), line("percent", "79.9999")]),
        ("exceeds_price", [line("percent", "60"), line("percent", "60")]),
        ("exceeds_price", [line("percent", "100.00"), line("amount", "0.01")]),
        ("exceeds_price", [line("percent", "90"), line("amount", "150"), BALANCE]),
        ("exceeds_price", [line("percent", "50.01"), line("percent", "50.1")]),
    ],
)
def test_lines_that_miss_the_price_are_refused(code, lines):
    with pytest.raises(PlanError) as caught:
        build_schedule(D(1000), lines, START, 2)
    assert caught.value.code == code
    assert caught.value.line is None


@pytest.mark.parametrize("price", ["0", "-1", "1.001", "NaN", "Infinity", "1e16"])
def test_a_price_must_be_above_zero_and_whole(price):
    with pytest.raises(PlanError) as caught:
        build_schedule(D(price), [BALANCE], START, 2)
    assert caught.value.code == "price_invalid"


@pytest.mark.parametrize("price", [1000.0, "1000", None])
def test_a_price_must_be_exact(price):
    with pytest.raises(PlanError, match="price"):
        build_schedule(price, [BALANCE], START, 2)


def test_a_float_in_a_plan_line_is_a_programming_error():
    inexact = PlanLine(1, "installment", "Part", "percent", value=33.3)
    with pytest.raises(TypeError):
        build_schedule(D(1000), [inexact, BALANCE], START, 2)


@pytest.mark.parametrize(
    ("fee", "code"),
    [("-1", "fee_invalid"), ("0.001", "fee_invalid"), ("1001", "fee_exceeds_price")],
)
def test_a_bad_fee_is_refused(fee, code):
    with pytest.raises(PlanError) as caught:
        build_schedule(D(1000), [BALANCE], START, 2, reservation_fee=D(fee))
    assert caught.value.code == code


def test_every_message_can_be_said():
    for code, message in plan.MESSAGES.items():
        values = dict.fromkeys(
            "name value price total missing fee quantum maximum count".split(), "x"
        )
        assert message % values, code
