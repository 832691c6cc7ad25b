"""When a buyer may be contacted: hours of the day, days of the week, how often.

Moments are wall-clock times where the buyer lives; the models turn them into UTC and
back.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

HOURS = "hours"
DAYS = "days"
RATE = "rate"
PERIODS = {"day": 1, "week": 7, "month": 30}
EVERY_DAY = frozenset(range(7))

#: How far ahead an allowed moment is looked for.
HORIZON = 62


@dataclass(frozen=True)
class Rule:
    """What one source allows; ``weekdays`` from 0, Monday. A rate of 0: no limit.

    ``hour_from`` and ``hour_to`` in hours of the day; equal: the whole day.
    ``channel``: whose contacts its rate counts; empty: those by any.
    """

    weekdays: frozenset[int] = EVERY_DAY
    hour_from: float = 0
    hour_to: float = 24
    per_day: int = 0
    per_week: int = 0
    per_month: int = 0
    source: str = ""
    channel: str = ""

    def rates(self) -> Iterable[tuple[str, int]]:
        """Yield each limit as (period, number)."""
        limits = (self.per_day, self.per_week, self.per_month)
        for period, most in zip(PERIODS, limits, strict=True):
            if most:
                yield period, most


@dataclass(frozen=True)
class Contact:
    """An earlier contact with the buyer."""

    moment: datetime
    channel: str = ""


@dataclass(frozen=True)
class Wait:
    """Until when to wait, and what speaks against the moment asked for."""

    until: datetime
    reason: str
    rule: Rule
    period: str = ""
    count: int = 0


def next_allowed(
    moment: datetime, rules: Iterable[Rule], past: Iterable[Contact] = ()
) -> Wait | None:
    """Return what a contact at ``moment`` has to wait for; None: it may be made now.

    :param past: earlier contacts with the buyer
    """
    everything = list(rules)
    past = sorted(past, key=lambda contact: contact.moment)
    when, wait = moment, None
    while when <= moment + timedelta(days=HORIZON):
        later = next(
            filter(None, (_ask(rule, when, past) for rule in everything)), None
        )
        if later is None:
            return wait
        # What binds now is named, also where another rule binds after it.
        wait, when = replace(wait or later, until=later.until), later.until
    return wait


def _ask(rule, when, past) -> Wait | None:
    return _wait_for_rate(rule, when, past) or _wait_for_hours(rule, when)


def _wait_for_hours(rule, when) -> Wait | None:
    """The next moment within the hours of a day that is allowed."""
    if not rule.weekdays:
        return None
    reason = HOURS if when.weekday() in rule.weekdays else DAYS
    for ahead in range(8):
        day = (when + timedelta(days=ahead)).date()
        if day.weekday() not in rule.weekdays:
            continue
        begin, end = _opening(rule, day)
        if when < end:
            start = max(when, begin)
            return Wait(start, reason, rule) if start > when else None
    return None


def _opening(rule, day):
    midnight = datetime.combine(day, time())
    if rule.hour_from == rule.hour_to:
        return midnight, midnight + timedelta(days=1)
    return (
        midnight + timedelta(hours=rule.hour_from),
        midnight + timedelta(hours=rule.hour_to),
    )


def _wait_for_rate(rule, when, past) -> Wait | None:
    """The day on which one more contact stays within the rate. A week and a month are
    the last 7 and 30 days, so that no border between two lets twice as many through."""
    for period, most in rule.rates():
        days = PERIODS[period]
        first = when.date() - timedelta(days=days - 1)
        recent = [
            one.moment.date()
            for one in past
            if (not rule.channel or one.channel == rule.channel)
            and first <= one.moment.date() <= when.date()
        ]
        if len(recent) >= most:
            free = recent[-most] + timedelta(days=days)
            return Wait(datetime.combine(free, time()), RATE, rule, period, most)
    return None
