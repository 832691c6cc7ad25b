"""A proposal of what is signed, filed and released week by week, from what is known:
who waits, how fast it went so far, and how far the construction will be.

Whole contracts only: fractions are carried to the next week, never lost.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal

WEEK = timedelta(days=7)
#: In how many weeks those are signed who wait for it already.
BACKLOG_WEEKS = 4


@dataclass(frozen=True)
class Progress:
    """What is known of a project.

    :param waiting: contracts drawn up and not signed
    :param pace: new contracts a week, from the weeks before
    :param available: units that may still be sold
    :param filing_days: last days to file what is signed and not filed
    :param filing_lag: weeks from signature to the accepted filing
    :param loan_days: days on which loans under way are expected
    :param loan_lag: weeks from the filing to the loan
    :param loan_share: part of the buyers who take a loan, 0 to 1
    :param loan_from: percent of construction before which no bank pays
    :param milestones: pairs of day and percent, reached or planned
    """

    waiting: int = 0
    pace: Decimal = Decimal(0)
    available: int = 0
    filing_days: Sequence[date] = ()
    filing_lag: int = 4
    loan_days: Sequence[date] = ()
    loan_lag: int = 8
    loan_share: Decimal = Decimal(0)
    loan_from: Decimal = Decimal(0)
    milestones: Sequence[tuple[date, Decimal]] = ()


@dataclass(frozen=True)
class Week:
    """What one week is to bring; ``construction`` is the percent at its end."""

    day: date
    sign: int
    file: int
    loan: int
    construction: Decimal


def monday(day: date) -> date:
    """Return the Monday of the week of ``day``."""
    return day - timedelta(days=day.weekday())


def construction_on(day: date, milestones: Sequence[tuple[date, Decimal]]) -> Decimal:
    """Return the percent that is built on ``day``."""
    return max((share for when, share in milestones if when <= day), default=Decimal(0))


def propose(start: date, weeks: int, facts: Progress) -> list[Week]:
    """Return ``weeks`` weeks from that of ``start`` on."""
    first = monday(start)
    days = [first + WEEK * number for number in range(weeks)]
    built = [
        construction_on(day + WEEK - timedelta(1), facts.milestones) for day in days
    ]
    sign = _signatures(weeks, facts)
    file = _sum(_delayed(sign, facts.filing_lag), _dated(days, facts.filing_days))
    started = _delayed(sign, facts.filing_lag + facts.loan_lag)
    loan = _sum(_parts(started, facts.loan_share), _dated(days, facts.loan_days))
    loan = _held(loan, [percent >= facts.loan_from for percent in built])
    return [Week(*values) for values in zip(days, sign, file, loan, built, strict=True)]


def _signatures(weeks, facts):
    """Those who wait in the first weeks, and new ones while there are units."""
    backlog = [
        facts.waiting * min(number, BACKLOG_WEEKS) // BACKLOG_WEEKS
        for number in range(1, weeks + 1)
    ]
    new = [
        min(_floor(facts.pace * number), facts.available)
        for number in range(1, weeks + 1)
    ]
    return _steps([old + more for old, more in zip(backlog, new, strict=True)])


def _floor(number):
    return int(number.to_integral_value(ROUND_FLOOR))


def _steps(sums):
    return [this - before for before, this in zip([0, *sums], sums, strict=False)]


def _delayed(counts, weeks):
    return ([0] * weeks + counts)[: len(counts)]


def _sum(*series):
    return [sum(values) for values in zip(*series, strict=True)]


def _dated(days, dates):
    """How many of ``dates`` each week has: those before the first fall into it."""
    if not days:
        return []
    found = Counter(max(monday(day), days[0]) for day in dates)
    return [found[day] for day in days]


def _parts(counts, share):
    total, sums = 0, []
    for count in counts:
        total += count
        sums.append(_floor(total * share))
    return _steps(sums)


def _held(counts, may):
    """What may not come yet comes with the first week in which it may."""
    kept, held = [], 0
    for count, allowed in zip(counts, may, strict=True):
        held += count
        kept.append(held if allowed else 0)
        held = 0 if allowed else held
    return kept
