"""The rungs of a dunning ladder, what is known of an account, what is decided.

The vocabulary of :mod:`.dunning`: plain values in, plain values out.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from .hold import Hold

ZERO = Decimal(0)
SEND = "send"
NONE = "none"

#: States of an earlier notice; one that was called off is not handed in at all.
SENT = "sent"
QUEUED = "queued"
FAILED = "failed"

#: English sentence per reason; Odoo translates by code and params.
REASONS = {
    "no_ladder": "No active ladder covers this contract.",
    "no_level": "The ladder has no level for those who are late.",
    "paid_up": "Nothing is open.",
    "ahead": "Nothing is due until %(date)s.",
    "not_due": "Nothing is overdue; the next item is due on %(date)s.",
    "not_billed": "The item due on %(date)s is not invoiced yet.",
    "credit": "Credit of the buyer covers what is due.",
    "reminded": "Reminded on %(date)s already.",
    "too_early": "%(days)s days late: “%(level)s” follows on %(date)s.",
    "below_minimum": "%(days)s days late, but less than %(minimum)s is overdue, the "
    "least for “%(level)s”.",
    "waiting": "“%(last)s” went out on %(sent)s: “%(level)s” follows on %(date)s.",
    "bank": "The loan of %(bank)s is to pay it: %(loan)s of it is still to come.",
    "held": "Held since %(since)s: %(why)s",
    "held_until": "Held from %(since)s until %(until)s: %(why)s",
    "today": "A notice of today is on record; there is one a day at most.",
    "in_queue": "The notice of %(date)s waits to be sent.",
    "retry_later": "“%(level)s” could not be delivered on %(sent)s; next try on "
    "%(date)s.",
    "finished": "“%(last)s”, the last level, went out on %(sent)s.",
    "reminder": "Due on %(date)s.",
    "first": "%(days)s days late, no notice yet.",
    "next": "%(days)s days late; “%(last)s” went out on %(sent)s.",
    "repeat": "%(days)s days late; “%(last)s” of %(sent)s is repeated.",
    "retry": "%(days)s days late; “%(level)s” could not be delivered on %(sent)s.",
}


@dataclass(frozen=True)
class Level:
    """A rung of a ladder.

    ``days``: after the due day; zero or fewer: before it. ``min_amount``: the least
    overdue amount it is sent for. ``repeat_days``: it is sent again after so many
    days while the next rung is not reached; zero: never.
    """

    code: Hashable
    sequence: int
    days: int
    min_amount: Decimal = ZERO
    repeat_days: int = 0
    name: str = ""

    @property
    def is_reminder(self) -> bool:
        """Whether it speaks of what is not late yet."""
        return self.days <= 0


@dataclass(frozen=True)
class OpenItem:
    """An amount with a due day; ``billed`` is false while it has no invoice."""

    date_due: date
    residual: Decimal
    billed: bool = True


@dataclass(frozen=True)
class PastNotice:
    """An earlier notice: code and days of its level then, its day and fate."""

    code: Hashable
    days: int
    date: date
    state: str = SENT


@dataclass(frozen=True)
class Loan:
    """What a bank has still to pay on a contract.

    It pays what is due last: the buyer's own share comes first, whatever the bank has
    paid already. ``later``: what is open on the contract beyond the items handed in,
    which the bank pays before those.
    """

    bank: str
    outstanding: Decimal
    later: Decimal = ZERO

    @property
    def covers(self) -> Decimal:
        """What of the items handed in is the bank's to pay."""
        return max(self.outstanding - self.later, ZERO)


@dataclass(frozen=True)
class Account:
    """All that is known of a contract: open items, credit, notices in any order.

    ``until``: items due later than this day are not handed in; None: all are.
    ``loan``: a bank's, while its money is waited for. ``holds``: what keeps the buyer
    from being dunned, of whatever days. ``ahead``: how many days before the due day
    the buyer wishes to be reminded; 0: no wish.
    """

    items: tuple[OpenItem, ...] = ()
    credit: Decimal = ZERO
    notices: tuple[PastNotice, ...] = ()
    until: date | None = None
    loan: Loan | None = None
    holds: tuple[Hold, ...] = ()
    ahead: int = 0


@dataclass(frozen=True)
class Decision:
    """What happens to a contract today, and the reason as a code with its values.

    ``amount`` is what is overdue after credit (for a reminder: what falls due),
    ``days`` how long the oldest of it has been (negative: still to come).
    """

    action: str
    reason: str
    level: Level | None = None
    amount: Decimal = ZERO
    days: int = 0
    params: Mapping[str, object] = field(default_factory=dict, compare=False)

    def __str__(self) -> str:
        return REASONS[sentence_of(self.reason, self.params)] % self.params


def sentence_of(reason: str, params: Mapping[str, object]) -> str:
    """Return the key of the sentence that says ``reason`` with these values."""
    return "held_until" if reason == "held" and params.get("until") else reason


class LadderError(ValueError):
    """A ladder that cannot be climbed; ``code`` and ``params`` say what is wrong."""

    MESSAGES = {
        "order": "Level “%(level)s” must come later than “%(previous)s”: %(days)s days "
        "is not more than %(previous_days)s.",
        "repeat": "Level “%(level)s”: the days until it is repeated must be zero or "
        "more.",
        "minimum": "Level “%(level)s”: the least amount must be zero or more.",
    }

    def __init__(self, code: str, **params):
        self.code = code
        self.params = params
        super().__init__(self.MESSAGES[code] % params)


def check_ladder(levels: Iterable[Level]) -> tuple[Level, ...]:
    """Return ``levels`` in order of sequence.

    :raises LadderError: when a level does not come later than the one before it
    """
    ordered = tuple(sorted(levels, key=lambda level: (level.sequence, level.days)))
    for level in ordered:
        if level.repeat_days < 0:
            raise LadderError("repeat", level=level.name)
        if level.min_amount < 0:
            raise LadderError("minimum", level=level.name)
    for previous, level in zip(ordered, ordered[1:], strict=False):
        if level.days <= previous.days:
            raise LadderError(
                "order",
                level=level.name,
                previous=previous.name,
                days=level.days,
                previous_days=previous.days,
            )
    return ordered


def with_wish(levels: tuple[Level, ...], ahead: int) -> tuple[Level, ...]:
    """Return ``levels``, as :func:`check_ladder` does, with the first reminder as many
    days ahead as the buyer wishes where that is earlier. A later day is kept by whoever
    sends; a ladder that does not remind has nothing to say earlier.
    """
    if not levels or not levels[0].is_reminder or levels[0].days <= -ahead:
        return levels
    return (replace(levels[0], days=-ahead), *levels[1:])


def total(items: Iterable[OpenItem]) -> Decimal:
    """Return what ``items`` come to."""
    return sum((item.residual for item in items), ZERO)
