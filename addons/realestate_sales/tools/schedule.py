"""From a payment plan and a price to dated instalments, exact to the minor unit.

:func:`build_schedule` is the whole door. Whatever the plan, the items it returns
sum to the price exactly; a plan that cannot do so raises :class:`PlanError`
before anything is returned.

Reading a plan line:

* ``percent`` is a percent of the price, ``amount`` a sum of money, ``balance``
  what the other lines leave. ``value`` is the total of the line; ``count``
  splits it in equal parts, the last part taking the remainder.
* ``date`` starts the series on ``date_fixed``; ``offset`` starts it
  ``offset_days`` after the start of the plan and then ``offset_months`` calendar
  months later; ``milestone`` has no date until the milestone is reached, and
  its offsets then count from that day (:func:`due_date`).
* ``interest_rate`` makes the line a loan of its total: see :mod:`.interest`.
* ``step_percent`` and ``season`` make the parts of a line unequal.
* Every part of a series is counted from the first anchor, so the 31st comes back
  after a short month.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from .dates import add_months
from .interest import InterestTerms, amortize
from .money import round_money, sum_money
from .plan import (
    PlanError,
    PlanLine,
    check_fee,
    check_lines,
    check_price,
    check_rounding,
)
from .plan_amounts import line_amounts

__all__ = ["PlanError", "PlanLine", "ScheduleItem", "build_schedule", "due_date"]


@dataclass(frozen=True)
class ScheduleItem:
    """One instalment to be. ``date_due`` is empty until its milestone is reached.

    ``offset_months`` and ``offset_days`` matter only then: they are what
    :func:`due_date` adds to the day the milestone was reached. ``part`` of
    ``parts`` is the place in the series of the line. ``amount`` is part of the price;
    ``interest`` is paid with it, on top of the price.
    """

    sequence: int
    kind: str
    name: str
    trigger: str
    milestone: str | None
    date_due: date | None
    amount: Decimal
    offset_months: int = 0
    offset_days: int = 0
    part: int = 1
    parts: int = 1
    interest: Decimal = Decimal(0)


def build_schedule(
    price: Decimal,
    plan_lines: Iterable[PlanLine],
    date_start: date,
    decimal_places: int,
    *,
    reservation_fee: Decimal = Decimal(0),
    date_reservation: date | None = None,
    fee_name: str = "Reservation fee",
    rounding_unit: Decimal | None = None,
    remainder_first: bool = False,
) -> list[ScheduleItem]:
    """Return the instalments of ``price``, whose amounts sum to it exactly.

    Items follow the lines by sequence and are numbered from 1. Rounding is left
    to the last item of the balance line, or to the last item where no line takes
    the balance. A reservation fee becomes a first item dated
    ``date_reservation`` (else ``date_start``) and is taken off the following
    items in order until used up. Items that come to zero are dropped.

    Interest comes on top of the price: it is ``interest`` of an item, never part of
    its ``amount``.

    :param price: above zero, a whole number of minor units
    :param reservation_fee: already agreed part of the price, 0 for none
    :param fee_name: label of the first item, in the reader's language
    :param rounding_unit: parts are whole multiples of it, such as 1,000 VND
    :param remainder_first: the first part takes what rounding leaves, not the last
    :raises PlanError: when the plan does not come to the price, or is unreadable
    """
    lines = sorted(plan_lines, key=lambda line: line.sequence)
    check_price(price, decimal_places)
    check_fee(reservation_fee, price, decimal_places)
    check_rounding(rounding_unit, decimal_places)
    check_lines(lines, price, decimal_places)
    groups = [_line_items(line, date_start) for line in lines]
    amounts = line_amounts(
        lines,
        [[item.date_due for item in group] for group in groups],
        price,
        decimal_places,
        unit=rounding_unit,
        remainder_first=remainder_first,
    )
    fee = round_money(reservation_fee, decimal_places)
    amounts = _deduct_fee(amounts, fee)
    items = [_fee_item(fee, date_reservation or date_start, fee_name)]
    for line, group, parts in zip(lines, groups, amounts, strict=True):
        items += _with_amounts(group, parts)
        if line.interest_rate:
            loan = sum_money(parts), decimal_places, rounding_unit
            items[-len(group) :] = _with_interest(line, group, date_start, *loan)
    # Nobody bills or pays zero.
    owed = [item for item in items if item.amount or item.interest]
    return [replace(item, sequence=i) for i, item in enumerate(owed, start=1)]


def due_date(anchor: date, offset_months: int, offset_days: int) -> date:
    """Return the day ``offset_days`` after ``anchor`` and then so many months on.

    Days come first so that a series keeps its day of the month.

    :raises ValueError: when the result is past the year 9999
    """
    try:
        return add_months(anchor + timedelta(days=offset_days), offset_months)
    except OverflowError:
        raise ValueError(f"{offset_days} days from {anchor} is too far.") from None


def _line_items(line: PlanLine, date_start: date) -> list[ScheduleItem]:
    """Return the parts of a line with their dates, still without amounts."""
    return [_line_item(line, part, date_start) for part in range(1, line.count + 1)]


def _line_item(line: PlanLine, part: int, date_start: date) -> ScheduleItem:
    is_milestone = line.trigger == "milestone"
    months = (part - 1) * line.interval_months
    if line.trigger != "date":
        months += line.offset_months
    try:
        date_due = None if is_milestone else _count_from(line, date_start, months)
    except ValueError:
        raise PlanError("date_out_of_range", line) from None
    return ScheduleItem(
        sequence=0,
        kind=line.kind,
        name=line.name if line.count == 1 else f"{line.name} {part}/{line.count}",
        trigger=line.trigger,
        milestone=line.milestone if is_milestone else None,
        date_due=date_due,
        amount=Decimal(0),
        offset_months=months if is_milestone else 0,
        offset_days=line.offset_days if is_milestone else 0,
        part=part,
        parts=line.count,
    )


def _count_from(line: PlanLine, date_start: date, months: int) -> date:
    """Return the day so many months after what a line counts from."""
    if line.trigger == "date":
        return due_date(line.date_fixed, months, 0)
    return due_date(date_start, months, line.offset_days)


def _with_amounts(
    items: Sequence[ScheduleItem], amounts: Sequence[Decimal]
) -> list[ScheduleItem]:
    return [
        replace(item, amount=amount)
        for item, amount in zip(items, amounts, strict=True)
    ]


def _with_interest(
    line: PlanLine,
    items: Sequence[ScheduleItem],
    date_start: date,
    principal: Decimal,
    decimal_places: int,
    unit: Decimal | None,
) -> list[ScheduleItem]:
    """Return the parts of a line that bears interest: what each repays and costs."""
    terms = InterestTerms(
        Decimal(line.interest_rate),
        line.interest_method,
        line.day_count,
        line.grace_parts,
    )
    parts = amortize(
        principal,
        [item.date_due for item in items],
        _interest_start(line, date_start),
        terms,
        decimal_places,
        unit,
    )
    return [
        replace(item, amount=part.principal, interest=part.interest)
        for item, part in zip(items, parts, strict=True)
    ]


def _interest_start(line: PlanLine, date_start: date) -> date:
    """Interest runs from one interval before the first part, at the earliest from the
    start of the plan: what was not owed yet costs nothing."""
    if line.trigger == "date":
        return due_date(line.date_fixed, -line.interval_months, 0)
    months = line.offset_months - line.interval_months
    return _count_from(line, date_start, months) if months >= 0 else date_start


def _deduct_fee(groups: Iterable[Sequence[Decimal]], fee: Decimal) -> list[list]:
    """Take the fee off the parts in order, down to zero, until it is used up."""
    kept = []
    for group in groups:
        reduced = []
        for amount in group:
            taken = min(fee, amount)
            fee -= taken
            reduced.append(amount - taken)
        kept.append(reduced)
    return kept


def _fee_item(fee: Decimal, day: date, name: str) -> ScheduleItem:
    return ScheduleItem(
        sequence=0,
        kind="reservation",
        name=name,
        trigger="date",
        milestone=None,
        date_due=day,
        amount=fee,
    )
