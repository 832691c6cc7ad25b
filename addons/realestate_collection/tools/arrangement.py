"""An arrangement: new dates for what is overdue, and whether they are kept.

Amounts are exact :class:`~decimal.Decimal` in one currency. Whether an arrangement is
kept follows from money alone: nobody says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

ZERO = Decimal(0)
#: An arrangement of more parts is a new payment plan.
MAX_PARTS = 120

RUNNING = "running"
KEPT = "kept"
BROKEN = "broken"

OPEN = "open"
PARTIAL = "partial"
PAID = "paid"
LATE = "late"


class ArrangementError(ValueError):
    """What is asked for is no arrangement. ``code`` says why."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Part:
    """One amount and the day it is to be paid."""

    date: date
    amount: Decimal
    is_down: bool = False


@dataclass(frozen=True)
class PartStanding:
    """What has come in for a part, and its state: open, partial, paid or late."""

    part: Part
    paid: Decimal
    state: str


@dataclass(frozen=True)
class Standing:
    """How an arrangement stands on a day.

    ``due`` is what its parts ask for until that day, ``missing`` what is late beyond
    the days of grace.
    """

    state: str
    received: Decimal
    due: Decimal
    missing: Decimal
    parts: tuple[PartStanding, ...]


@dataclass(frozen=True)
class Month:
    """What the buyer pays in a month: of the arrangement and what falls due besides."""

    date: date
    arranged: Decimal
    besides: Decimal

    @property
    def total(self) -> Decimal:
        """Both together."""
        return self.arranged + self.besides


def check_terms(amount: Decimal, count: int, down: Decimal = ZERO) -> None:
    """Refuse terms that are no arrangement.

    :raises ArrangementError: with the code ``amount``, ``count`` or ``down``
    """
    if amount <= 0:
        raise ArrangementError("amount")
    if not 1 <= count <= MAX_PARTS:
        raise ArrangementError("count")
    if not 0 <= down < amount:
        raise ArrangementError("down")


def build_parts(
    shares: Sequence[Decimal],
    days: Sequence[date],
    *,
    down: Decimal = ZERO,
    date_down: date | None = None,
) -> list[Part]:
    """Put amounts and days together, the down payment first.

    :param shares: equal parts of what the down payment leaves, to the minor unit
    :param days: the day of each, ascending
    :raises ArrangementError: with the code ``small`` for a part of nothing and
        ``date_down`` for a down payment without day or after the first part
    """
    if not all(share > 0 for share in shares):
        raise ArrangementError("small")
    parts = [Part(day, share) for day, share in zip(days, shares, strict=True)]
    if not down:
        return parts
    if date_down is None or date_down > days[0]:
        raise ArrangementError("date_down")
    return [Part(date_down, down, is_down=True), *parts]


def judge(
    parts: Iterable[Part], received: Decimal, day: date, grace_days: int = 0
) -> Standing:
    """Say how an arrangement stands at the end of ``day``.

    A part is late once ``grace_days`` have passed since its day. Money counts together:
    what was paid early makes up for what is paid late.

    :param received: money for the arrangement in all; below zero counts as nothing
    :return: the standing; broken as soon as anything is late beyond the grace
    """
    ordered = sorted(parts, key=lambda part: part.date)
    received = max(received, ZERO)
    total = _sum(part.amount for part in ordered)
    due = _sum(part.amount for part in ordered if part.date <= day)
    limit = day - timedelta(days=grace_days)
    late = _sum(part.amount for part in ordered if part.date < limit)
    missing = max(late - received, ZERO)
    if received >= total:
        state = KEPT
    else:
        state = BROKEN if missing else RUNNING
    return Standing(state, received, due, missing, _stand(ordered, received, day))


def _stand(ordered, received, day):
    left, result = received, []
    for part in ordered:
        paid = min(left, part.amount)
        left -= paid
        if paid == part.amount:
            state = PAID
        elif part.date < day:
            state = LATE
        else:
            state = PARTIAL if paid else OPEN
        result.append(PartStanding(part, paid, state))
    return tuple(result)


def simulate(
    parts: Iterable[Part], besides: Iterable[tuple[date, Decimal]]
) -> list[Month]:
    """Return what is to be paid month by month while the arrangement runs.

    :param besides: day and amount of the instalments that fall due as agreed before;
        those after the arrangement's last month are left out
    """
    parts = list(parts)
    if not parts:
        return []
    last = max(part.date for part in parts)
    months: dict[date, list[Decimal]] = {}
    for part in parts:
        _add(months, part.date, 0, part.amount)
    for day, amount in besides:
        if (day.year, day.month) <= (last.year, last.month):
            _add(months, day, 1, amount)
    return [Month(day, *months[day]) for day in sorted(months)]


def _add(months, day, index, amount):
    month = months.setdefault(day.replace(day=1), [ZERO, ZERO])
    month[index] += amount


def get_heaviest(months: Sequence[Month]) -> Month | None:
    """Return the month in which most is to be paid, the first of several."""
    return max(months, key=lambda month: month.total, default=None)


def _sum(amounts):
    return sum(amounts, ZERO)
