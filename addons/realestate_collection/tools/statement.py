"""Statement of account: running balance, totals and the age of what is open.

Amounts are exact :class:`~decimal.Decimal` in one currency. A debit is what the
buyer owes more, a credit what the buyer owes less; a negative balance is the
buyer's credit.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)

#: Name of a bucket and its last day overdue; the first and last are open-ended.
BUCKETS = (
    ("current", 0),
    ("days_30", 30),
    ("days_60", 60),
    ("days_90", 90),
    ("older", None),
)


@dataclass(frozen=True)
class Movement:
    """One entry on the buyer's account.

    ``key`` is the caller's handle; ``is_last`` puts it behind the others of its day.
    """

    date: date
    debit: Decimal = ZERO
    credit: Decimal = ZERO
    key: Hashable = None
    is_last: bool = False


@dataclass(frozen=True)
class Line:
    """A movement and the balance after it."""

    movement: Movement
    balance: Decimal


@dataclass(frozen=True)
class Statement:
    """The movements of a period between an opening and a closing balance."""

    opening: Decimal
    lines: tuple[Line, ...]
    debit: Decimal
    credit: Decimal
    closing: Decimal


@dataclass(frozen=True)
class Aging:
    """Open amounts by days overdue: not yet due or due today, 1 to 30, 31 to 60 …"""

    current: Decimal = ZERO
    days_30: Decimal = ZERO
    days_60: Decimal = ZERO
    days_90: Decimal = ZERO
    older: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        """Everything open."""
        return self.current + self.overdue

    @property
    def overdue(self) -> Decimal:
        """What is open and past its day."""
        return self.days_30 + self.days_60 + self.days_90 + self.older


def build_statement(
    movements: Iterable[Movement],
    date_from: date | None = None,
    date_to: date | None = None,
) -> Statement:
    """Put ``movements`` in order and balance them.

    Those before ``date_from`` make the opening balance, those after ``date_to``
    are left out. Movements of one day keep the order given, debits first, so that
    an invoice stands before the payment that settles it the same day.
    """
    ordered = sorted(
        movements, key=lambda move: (move.date, move.is_last, not move.debit)
    )
    if date_to:
        ordered = [move for move in ordered if move.date <= date_to]
    before = [move for move in ordered if date_from and move.date < date_from]
    opening = sum((move.debit - move.credit for move in before), ZERO)
    balance = opening
    lines = []
    for move in ordered[len(before) :]:
        balance += move.debit - move.credit
        lines.append(Line(move, balance))
    return Statement(
        opening=opening,
        lines=tuple(lines),
        debit=sum((line.movement.debit for line in lines), ZERO),
        credit=sum((line.movement.credit for line in lines), ZERO),
        closing=balance,
    )


def bucket(date_due: date, today: date) -> str:
    """Return the name of the bucket an item due on ``date_due`` is in."""
    overdue = (today - date_due).days
    for name, last_day in BUCKETS[:-1]:
        if overdue <= last_day:
            return name
    return BUCKETS[-1][0]


def age(items: Iterable[tuple[date, Decimal]], today: date) -> Aging:
    """Return the open amounts of ``items`` (date due, residual) by age."""
    sums = dict.fromkeys((name for name, _last_day in BUCKETS), ZERO)
    for date_due, residual in items:
        sums[bucket(date_due, today)] += residual
    return Aging(**sums)
