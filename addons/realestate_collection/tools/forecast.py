"""What a ladder will send on days to come, if nothing is paid."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .dunning import RETRY_DAYS, decide
from .ladder import QUEUED, SEND, SENT, Account, Decision, Level, PastNotice


@dataclass(frozen=True)
class Forecast:
    """The decision of the last day looked at, and what is sent before it."""

    decision: Decision
    sent: tuple[tuple[date, Decision], ...] = ()


def forecast(
    account: Account,
    levels: Iterable[Level] | None,
    first: date,
    last: date,
    retry_days: int = RETRY_DAYS,
) -> Forecast:
    """Decide day by day from ``first`` to ``last``, as if nothing were paid, every item
    were invoiced when it falls due and every notice delivered.

    :param account: with the items and holds of all these days
    """
    account = replace(
        account,
        items=tuple(replace(item, billed=True) for item in account.items),
        notices=tuple(map(_delivered, account.notices)),
    )
    levels = None if levels is None else tuple(levels)
    sent, day = [], first
    while day < last:
        decision = decide(account, levels, day, retry_days)
        if decision.action == SEND:
            sent.append((day, decision))
            account = _with_notice(account, decision, day)
        day += timedelta(days=1)
    return Forecast(decide(account, levels, last, retry_days), tuple(sent))


def next_notice(
    account: Account,
    levels: Iterable[Level] | None,
    first: date,
    days: int,
    retry_days: int = RETRY_DAYS,
) -> tuple[date, Decision] | None:
    """Return the first day of the ``days`` from ``first`` on which something is sent,
    with its decision; None where nothing is."""
    last = first + timedelta(days=days)
    seen = forecast(account, levels, first, last, retry_days)
    if seen.sent:
        return seen.sent[0]
    return (last, seen.decision) if seen.decision.action == SEND else None


def _delivered(notice):
    return replace(notice, state=SENT) if notice.state == QUEUED else notice


def _with_notice(account, decision, day):
    level = decision.level
    notice = PastNotice(level.code, level.days, day, SENT)
    return replace(account, notices=(*account.notices, notice))
