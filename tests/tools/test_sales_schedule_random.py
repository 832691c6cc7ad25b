"""Thousands of random plans: exact, complete and on their days, whatever they are."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from dateutil.relativedelta import relativedelta
from hypothesis import event, example, given, settings
from hypothesis import strategies as st
from realestate_sales.tools import plan
from realestate_sales.tools.schedule import PlanLine, build_schedule

D = Decimal
HALF = PlanLine(1, "installment", "Half", "percent", D(50))


@st.composite
def plans(draw):
    """A readable plan, its price, start and fee, in 0, 2 or 3 decimals."""
    places = draw(st.sampled_from([0, 2, 3]))
    unit = D(1).scaleb(-places)
    price = draw(st.integers(10, 10**13)) * unit
    with_balance = draw(st.booleans())
    percents = draw(_percents(with_balance))
    lines = [
        _draw_line(draw, i, "percent", percent) for i, percent in enumerate(percents)
    ]
    if with_balance:
        room = price * (100 - sum(percents)) // 100
        amount = draw(st.integers(0, int(max(room, 0))))
        if amount:
            lines.append(_draw_line(draw, len(lines), "amount", D(amount)))
        lines.append(_draw_line(draw, len(lines), "balance", D(0)))
    fee = draw(st.one_of(st.just(0), st.integers(1, int(price / unit)))) * unit
    start = draw(st.dates(date(2000, 1, 1), date(2060, 12, 31)))
    return price, draw(st.permutations(lines)), start, places, fee


@st.composite
def _percents(draw, with_balance):
    cuts = draw(st.lists(st.integers(1, 9999), max_size=6, unique=True))
    marks = [0, *sorted(cuts), 10000]
    percents = [D(b - a).scaleb(-2) for a, b in zip(marks, marks[1:], strict=False)]
    return percents[:-1] if with_balance else percents


def _draw_line(draw, sequence, amount_type, value):
    trigger = draw(st.sampled_from(plan.TRIGGERS))
    return PlanLine(
        sequence=sequence,
        kind="installment",
        name=f"L{sequence}",
        amount_type=amount_type,
        value=value,
        trigger=trigger,
        date_fixed=draw(st.dates(date(2000, 1, 1), date(2060, 12, 31))),
        offset_months=draw(st.integers(0, 60)),
        offset_days=draw(st.integers(0, 120)),
        count=draw(st.integers(1, 48)),
        interval_months=draw(st.integers(1, 12)),
        milestone="TOP",
    )


def _oracle_date(plan_line, part, start):
    """The due date by dateutil, from the words of the plan."""
    months = relativedelta(months=(part - 1) * plan_line.interval_months)
    if plan_line.trigger == "date":
        return plan_line.date_fixed + months
    if plan_line.trigger == "milestone":
        return None
    anchor = start + timedelta(days=plan_line.offset_days)
    return anchor + relativedelta(
        months=plan_line.offset_months + (part - 1) * plan_line.interval_months
    )


def _by_line(items, lines):
    """Group the items of a schedule without a fee by their plan line."""
    rest = list(items)
    for plan_line in sorted(lines, key=lambda one: one.sequence):
        group = [item for item in rest if item.name.split()[0] == plan_line.name]
        assert group == rest[: len(group)]
        yield plan_line, group
        rest = rest[len(group) :]
    assert not rest


def _check_parts(plan_line, group, unit):
    """Every part is there once, in order; only those that round to nothing are not."""
    parts = [item.part for item in group]
    assert parts == sorted(set(parts))
    assert not parts or 1 <= parts[0] and parts[-1] <= plan_line.count
    total = sum(Fraction(item.amount) for item in group)
    # The last part takes what the rounding of the others leaves, up to nothing.
    if total >= plan_line.count * plan_line.count * unit:
        assert parts == list(range(1, plan_line.count + 1))


@settings(max_examples=1200, deadline=None)
@given(case=plans())
def test_random_plans_are_exact_complete_and_on_their_days(case):
    price, lines, start, places, _fee = case
    items = build_schedule(price, lines, start, places)
    event(f"{places} decimals")
    rounding = Fraction(len(lines), 10**places)
    assert sum(Fraction(item.amount) for item in items) == Fraction(price)
    assert [item.sequence for item in items] == list(range(1, len(items) + 1))
    assert all(item.amount > 0 for item in items)
    assert all(item.amount == round(item.amount, places) for item in items)
    for plan_line, group in _by_line(items, lines):
        _check_parts(plan_line, group, Fraction(1, 10**places))
        expected = [_oracle_date(plan_line, item.part, start) for item in group]
        assert [item.date_due for item in group] == expected
        if plan_line.trigger != "milestone":
            assert expected == sorted(expected)
        total = sum(Fraction(item.amount) for item in group)
        if plan_line.amount_type == "percent":
            exact = Fraction(price) * Fraction(plan_line.value) / 100
            assert abs(total - exact) <= rounding
        if plan_line.amount_type == "amount":
            assert total == Fraction(plan_line.value)


@settings(max_examples=600, deadline=None)
@given(case=plans())
@example(case=(D(5), [HALF, HALF], date(2025, 1, 31), 0, D(3)))
def test_random_fees_only_move_money_to_the_front(case):
    price, lines, start, places, fee = case
    plain = build_schedule(price, lines, start, places)
    items = build_schedule(price, lines, start, places, reservation_fee=fee)
    assert sum(Fraction(item.amount) for item in items) == Fraction(price)
    assert all(item.amount >= 0 for item in items)
    if not fee:
        assert items == plain
        return
    assert (items[0].kind, items[0].amount) == ("reservation", fee)
    # What is left unpaid after the fee is the tail of the plain schedule.
    left = [item.amount for item in reversed(items[1:]) if item.amount]
    tail = [item.amount for item in reversed(plain) if item.amount]
    whole = left[:-1]
    assert whole == tail[: len(whole)]
    assert not left or left[-1] <= tail[len(whole)]
