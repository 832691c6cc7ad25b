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
* Every part of a series is counted from the first anchor, so the 31st comes back
  after a short month.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from .dates import add_months
from .money import percent_of, round_money, split_evenly, sum_money
from .plan import PlanError, PlanLine, check_fee, check_lines, check_price

__all__ = ["PlanError", "PlanLine", "ScheduleItem", "build_schedule", "due_date"]


@dataclass(frozen=True)
class ScheduleItem:
    """One instalment to be. ``date_due`` is empty until its milestone is reached.

    ``offset_months`` and ``offset_days`` matter only then: they are what
    :func:`due_date` adds to the day the milestone was reached. ``part`` of
    ``parts`` is the place in the series of the line.
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


def build_schedule(
    price: Decimal,
    plan_lines: Iterable[PlanLine],
    date_start: date,
    decimal_places: int,
    *,
    reservation_fee: Decimal = Decimal(0),
    date_reservation: date | None = None,
    fee_name: str = "Reservation fee",
) -> list[ScheduleItem]:
    """Return the instalments of ``price``, whose amounts sum to it exactly.

    Items follow the lines by sequence and are numbered from 1. Rounding is left
    to the last item of the balance line, or to the last item where no line takes
    the balance. A reservation fee becomes a first item dated
    ``date_reservation`` (else ``date_start``) and is taken off the following
    items in order until used up. Items that come to zero are dropped.

    :param price: above zero, a whole number of minor units
    :param reservation_fee: already agreed part of the price, 0 for none
    :param fee_name: label of the first item, in the reader's language
    :raises PlanError: when the plan does not come to the price, or is unreadable
    """
    lines = sorted(plan_lines, key=lambda line: line.sequence)
    check_price(price, decimal_places)
    check_fee(reservation_fee, price, decimal_places)
    check_lines(lines, price, decimal_places)
    items = [
        _line_items(line, amounts, date_start)
        for line, amounts in zip(
            lines, _line_amounts(lines, price, decimal_places), strict=True
        )
    ]
    if reservation_fee:
        fee = round_money(reservation_fee, decimal_places)
        items = _deduct_fee(items, fee)
        items.insert(0, [_fee_item(fee, date_reservation or date_start, fee_name)])
    # Nobody bills or pays zero.
    flat = [item for group in items for item in group if item.amount]
    return [replace(item, sequence=i) for i, item in enumerate(flat, start=1)]


def due_date(anchor: date, offset_months: int, offset_days: int) -> date:
    """Return the day ``offset_days`` after ``anchor`` and then so many months on.

    Days come first so that a series keeps its day of the month.

    :raises ValueError: when the result is past the year 9999
    """
    try:
        return add_months(anchor + timedelta(days=offset_days), offset_months)
    except OverflowError:
        raise ValueError(f"{offset_days} days from {anchor} is too far.") from None


def _line_amounts(
    lines: Sequence[PlanLine], price: Decimal, decimal_places: int
) -> list[list[Decimal]]:
    """Return the parts of every line, all together equal to the price."""
    totals = [_line_total(line, price, decimal_places) for line in lines]
    left = price - sum_money(totals)
    balance = next(
        (i for i, line in enumerate(lines) if line.amount_type == "balance"), None
    )
    _check_coverage(lines, price, left, has_balance=balance is not None)
    if balance is not None and left > 0:
        totals[balance], left = left, Decimal(0)
    parts = [
        split_evenly(total, line.count, decimal_places)
        for total, line in zip(totals, lines, strict=True)
    ]
    return _place_rounding(lines, parts, left)


def _line_total(line: PlanLine, price: Decimal, decimal_places: int) -> Decimal:
    if line.amount_type == "percent":
        return percent_of(price, Decimal(line.value), decimal_places)
    if line.amount_type == "amount":
        return Decimal(line.value)
    return Decimal(0)


def _check_coverage(
    lines: Sequence[PlanLine], price: Decimal, left: Decimal, *, has_balance: bool
) -> None:
    """Refuse lines that, before any rounding, do not come to the price."""
    exact = sum((_exact_total(line, price) for line in lines), Fraction(0))
    missing = Fraction(price) - exact
    slack = _percent_slack(lines) * Fraction(price) / 100
    total = price - left
    if missing < -slack:
        raise PlanError("exceeds_price", total=total, price=price)
    if missing > slack and not has_balance:
        raise PlanError("not_covered", total=total, price=price, missing=left)


def _exact_total(line: PlanLine, price: Decimal) -> Fraction:
    if line.amount_type == "percent":
        return Fraction(price) * Fraction(line.value) / 100
    return Fraction(line.value) if line.amount_type == "amount" else Fraction(0)


def _percent_slack(lines: Sequence[PlanLine]) -> Fraction:
    """Return by how many percent the percents may miss the price.

    33.33 % three times means a third each: a percent written with two decimals
    or more stands for anything that rounds to it. One with fewer decimals means
    exactly what it says, and so does a plan that names sums of money.
    """
    if any(line.amount_type == "amount" for line in lines):
        return Fraction(0)
    slack = Fraction(0)
    for line in lines:
        exponent = Decimal(line.value).normalize().as_tuple().exponent
        if line.amount_type == "percent" and exponent <= -2:
            slack += Fraction(1, 2 * 10**-exponent)
    return slack


def _place_rounding(
    lines: Sequence[PlanLine], parts: list[list[Decimal]], left: Decimal
) -> list[list[Decimal]]:
    """Give ``left`` to the last item; take a shortage from the last ones that pay.

    A sum that the plan names is touched only where there is nothing else.
    """
    groups = list(zip(lines, parts, strict=True))
    groups.sort(key=lambda group: group[0].amount_type != "amount")
    for _line, group in reversed(groups):
        for index in reversed(range(len(group))):
            if not left:
                return parts
            change = max(left, -group[index])
            group[index] += change
            left -= change
    return parts


def _line_items(
    line: PlanLine, amounts: Sequence[Decimal], date_start: date
) -> list[ScheduleItem]:
    return [
        _line_item(line, part, amount, date_start)
        for part, amount in enumerate(amounts, start=1)
    ]


def _line_item(
    line: PlanLine, part: int, amount: Decimal, date_start: date
) -> ScheduleItem:
    months = line.offset_months + (part - 1) * line.interval_months
    if line.trigger == "date":
        anchor, months, days = line.date_fixed, months - line.offset_months, 0
    else:
        anchor, days = date_start, line.offset_days
    is_milestone = line.trigger == "milestone"
    try:
        date_due = None if is_milestone else due_date(anchor, months, days)
    except ValueError:
        raise PlanError("date_out_of_range", line) from None
    return ScheduleItem(
        sequence=0,
        kind=line.kind,
        name=line.name if line.count == 1 else f"{line.name} {part}/{line.count}",
        trigger=line.trigger,
        milestone=line.milestone if is_milestone else None,
        date_due=date_due,
        amount=amount,
        offset_months=months if is_milestone else 0,
        offset_days=days if is_milestone else 0,
        part=part,
        parts=line.count,
    )


def _deduct_fee(
    groups: Iterable[Sequence[ScheduleItem]], fee: Decimal
) -> list[list[ScheduleItem]]:
    """Take the fee off the items in order, down to zero, until it is used up."""
    kept = []
    for group in groups:
        reduced = []
        for item in group:
            taken = min(fee, item.amount)
            fee -= taken
            reduced.append(replace(item, amount=item.amount - taken))
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
