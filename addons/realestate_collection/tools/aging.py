"""The age of open amounts on a day, in the buckets of the aging report.

Amounts are exact :class:`~decimal.Decimal` in one currency. An item is overdue from the
day after its due date on; what is due on the day itself is not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)

#: Name of a bucket with its first and last day overdue; None: open-ended.
BUCKETS = (
    ("not_due", None, 0),
    ("days_30", 1, 30),
    ("days_60", 31, 60),
    ("days_90", 61, 90),
    ("days_180", 91, 180),
    ("older", 181, None),
)
NAMES = tuple(name for name, _first, _last in BUCKETS)
#: The buckets of what is late.
LATE = NAMES[1:]


@dataclass(frozen=True)
class Aging:
    """Open amounts by bucket, what is late in all, and since when."""

    buckets: dict[str, Decimal]
    oldest: date | None = None
    count: int = 0

    @property
    def total(self) -> Decimal:
        """Everything open, due or not."""
        return sum(self.buckets.values(), ZERO)

    @property
    def overdue(self) -> Decimal:
        """What is open and past its day."""
        return self.total - self.buckets["not_due"]


def bucket_of(days: int) -> str:
    """Return the name of the bucket of an item so many ``days`` overdue; zero and
    negative days are not due."""
    for name, _first, last in BUCKETS:
        if last is None or days <= last:
            return name
    raise AssertionError("the last bucket is open-ended")


def age(items: Iterable[tuple[date, Decimal]], day: date) -> Aging:
    """Return the age on ``day`` of ``items``, (date due, open amount) each.

    ``oldest`` is the earliest due date of what is late, ``count`` the number of items
    that are late.
    """
    sums = dict.fromkeys(NAMES, ZERO)
    late = []
    for date_due, amount in items:
        days = (day - date_due).days
        sums[bucket_of(days)] += amount
        if days > 0:
            late.append(date_due)
    return Aging(sums, min(late, default=None), len(late))
