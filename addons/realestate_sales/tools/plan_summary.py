"""What a schedule means to who pays it: in all, a month, until when."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .schedule import ScheduleItem


@dataclass(frozen=True)
class PlanSummary:
    """The burden of a schedule.

    :param price: what the parts of the price come to
    :param interest: what is paid on top of it
    :param first: what is due on the first day there is something due
    :param first_year: what is due within twelve months of the start
    :param highest: the most that is due in one calendar month, ``highest_month`` its
        first day; None where no part has a date yet
    :param typical: the middle one of the months in which something is due
    :param months: in how many calendar months something is due
    :param last: the last due date known
    :param undated: what waits for a milestone and has no date yet
    """

    price: Decimal
    interest: Decimal
    first: Decimal
    first_year: Decimal
    highest: Decimal
    highest_month: date | None
    typical: Decimal
    months: int
    last: date | None
    undated: Decimal

    @property
    def total(self) -> Decimal:
        """All that is paid."""
        return self.price + self.interest


def summarize(items: Sequence[ScheduleItem], date_start: date) -> PlanSummary:
    """Return the burden of ``items``; months are calendar months."""
    by_month: dict[date, Decimal] = defaultdict(Decimal)
    by_day: dict[date, Decimal] = defaultdict(Decimal)
    undated = Decimal(0)
    for item in items:
        payment = item.amount + item.interest
        if item.date_due is None:
            undated += payment
            continue
        by_month[item.date_due.replace(day=1)] += payment
        by_day[item.date_due] += payment
    first = min(by_day, default=None)
    # The earliest of the months that cost the most.
    highest = max(
        by_month, key=lambda month: (by_month[month], -month.toordinal()), default=None
    )
    end = _year_after(date_start)
    return PlanSummary(
        price=sum((item.amount for item in items), Decimal(0)),
        interest=sum((item.interest for item in items), Decimal(0)),
        first=by_day[first] if first else Decimal(0),
        first_year=sum(
            (amount for day, amount in by_day.items() if day < end), Decimal(0)
        ),
        highest=by_month[highest] if highest else Decimal(0),
        highest_month=highest,
        typical=_middle(list(by_month.values())),
        months=len(by_month),
        last=max(by_day, default=None),
        undated=undated,
    )


def _year_after(day: date) -> date:
    leap = day.month == 2 and day.day == 29
    return date(day.year + 1, 3, 1) if leap else day.replace(year=day.year + 1)


def _middle(amounts: list[Decimal]) -> Decimal:
    """The middle amount, the higher one of two: what a month usually costs."""
    return sorted(amounts)[len(amounts) // 2] if amounts else Decimal(0)


def burden_by_period(
    items: Sequence[ScheduleItem], most: int = 60
) -> tuple[int, list[tuple[date, Decimal, Decimal]]]:
    """Return how many months a period has and what is due in each, without gaps.

    Periods are months, or quarters, half years, years where there would be more than
    ``most`` of them.

    :return: months of a period, and (first day, parts of the price, interest) of each
    """
    dated = [item for item in items if item.date_due]
    if not dated:
        return 1, []
    numbers = [_month_number(item.date_due) for item in dated]
    span = max(numbers) - min(numbers) + 1
    size = next((size for size in (1, 3, 6) if span <= size * most), 12)
    first, last = min(numbers) // size, max(numbers) // size
    sums = {number: [Decimal(0), Decimal(0)] for number in range(first, last + 1)}
    for item, number in zip(dated, numbers, strict=True):
        sums[number // size][0] += item.amount
        sums[number // size][1] += item.interest
    return size, [
        (_first_day(number * size), price, interest)
        for number, (price, interest) in sums.items()
    ]


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first_day(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)
