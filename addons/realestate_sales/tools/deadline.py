"""Until when the law wants something done, counted from what happened.

Pure: a day and a term go in, a day comes out. The day of the event itself is not
counted, as everywhere a number of days is granted "from" or "after" something.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from .dates import add_months

UNITS = ("day", "working", "month")
#: Saturday and Sunday, as :meth:`datetime.date.weekday` counts.
WEEKEND = frozenset({5, 6})


@dataclass(frozen=True)
class Term:
    """How long one has.

    :param length: how many units; 0 means that no time is set
    :param unit: "day" (calendar), "working" or "month" (the same day of the month, or
        its last)
    :param rolls: a last day that is no working day moves to the next one
    """

    length: int
    unit: str = "day"
    rolls: bool = False

    def __post_init__(self):
        if self.length < 0 or self.unit not in UNITS:
            raise ValueError(f"no term: {self.length} {self.unit}")


def deadline(
    event: date,
    term: Term,
    weekend: Collection[int] = WEEKEND,
    holidays: Collection[date] = (),
) -> date | None:
    """Return the last day of ``term`` after ``event``; ``None`` when none is set."""
    if not term.length:
        return None

    def is_off(day):
        return day.weekday() in weekend or day in holidays

    if term.unit == "working":
        return _count_working(event, term.length, is_off)
    if term.unit == "month":
        last = add_months(event, term.length)
    else:
        last = event + timedelta(days=term.length)
    while term.rolls and is_off(last):
        last += timedelta(days=1)
    return last


def _count_working(day, left, is_off):
    while left:
        day += timedelta(days=1)
        left -= not is_off(day)
    return day
