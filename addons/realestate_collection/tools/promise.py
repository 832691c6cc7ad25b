"""Which promise to pay was kept: by the money that came in after it was made.

Several promises on one contract share the money, the one that falls first taking
first. Money counts for a promise only if it came after the promise was made and not
after its last day: what comes later goes to the next promise, or to none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

OPEN, KEPT, BROKEN = "open", "kept", "broken"


@dataclass(frozen=True)
class Promise:
    """A sum promised by a day.

    :param made: the moment it was made
    :param day_made: the calendar day of that moment where the company is
    :param limit: the last day on which money is in time
    :param was_broken: it has been called broken: only money in time mends that
    """

    key: Any
    amount: Decimal
    made: datetime
    day_made: date
    limit: date
    was_broken: bool = False


@dataclass(frozen=True)
class Money:
    """What came in.

    :param date: value date, the bank's
    :param booked: the moment it was entered
    """

    amount: Decimal
    date: date
    booked: datetime


@dataclass(frozen=True)
class Outcome:
    """What became of a promise."""

    key: Any
    received: Decimal
    state: str


def judge(
    promises: Iterable[Promise],
    money: Iterable[Money],
    today: date,
    owes: bool = True,
) -> list[Outcome]:
    """Share the money and say what became of each promise.

    :param owes: whether anything is overdue: who owes nothing has broken no promise
    """
    queue = sorted(promises, key=lambda each: (each.limit, each.made))
    received = dict.fromkeys((each.key for each in queue), Decimal(0))
    for part in sorted(money, key=lambda each: (each.date, each.booked)):
        left = part.amount
        for promise in queue:
            if left > 0 and _counts(part, promise):
                taken = min(left, promise.amount - received[promise.key])
                received[promise.key] += taken
                left -= taken
    return [
        Outcome(
            promise.key,
            received[promise.key],
            _state(promise, received[promise.key], today, owes),
        )
        for promise in queue
    ]


def _counts(part: Money, promise: Promise) -> bool:
    """Say whether the money is an answer to the promise: on the day it was made, only
    what was entered afterwards."""
    if part.date > promise.limit or part.date < promise.day_made:
        return False
    return part.date > promise.day_made or part.booked >= promise.made


def _state(promise: Promise, received: Decimal, today: date, owes: bool) -> str:
    if received >= promise.amount:
        return KEPT
    if today <= promise.limit:
        return OPEN
    return BROKEN if owes or promise.was_broken else KEPT
