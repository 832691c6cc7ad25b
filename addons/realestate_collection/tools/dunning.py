"""Who is sent which notice today, and why: the decision, without any database.

A ladder is a list of levels. Levels of zero or fewer days are reminders before the
due day; the others are notices to those who are late, climbed rung by rung. What the
buyer paid in advance counts before anything is called late.

A notice belongs to the present arrears as long as something it asked for is still
open: it must have been given after the oldest overdue item fell due. Once everything
a notice asked for is paid the ladder starts again at its foot.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from .allocation import Due, allocate
from .ladder import (
    FAILED,
    NONE,
    QUEUED,
    SEND,
    SENT,
    ZERO,
    Account,
    Decision,
    Level,
    OpenItem,
    PastNotice,
    check_ladder,
)

#: Days a level that could not be delivered rests before it is tried again.
RETRY_DAYS = 3


def decide(
    account: Account,
    levels: Iterable[Level] | None,
    today: date,
    retry_days: int = RETRY_DAYS,
) -> Decision:
    """Decide on one contract.

    :param levels: its ladder, or None when no active ladder covers it
    :param retry_days: how long a level that could not be delivered rests
    :raises LadderError: for a ladder that cannot be climbed
    """
    if levels is None:
        return Decision(NONE, "no_ladder")
    ordered = check_ladder(levels)
    items, by_credit = _after_credit(account)
    overdue = [item for item in items if item.date_due < today and item.billed]
    for notice in account.notices:
        if notice.date == today:
            reason = "in_queue" if notice.state == QUEUED else "today"
            params = {"date": today}
            return Decision(NONE, reason, amount=_sum(overdue), params=params)
    calm = _Calm(account, items, by_credit, ordered, today, max(retry_days, 1))
    if not overdue:
        return calm.decide()
    climb = _Climb.of(ordered, account.notices, overdue, today, retry_days)
    decision = climb.decide()
    if decision.reason == "below_minimum":
        # A small remainder must not cost the buyer the reminder of the next item.
        reminder = calm.decide()
        if reminder.action == SEND:
            return reminder
    return decision


def overdue_amount(account: Account, today: date) -> Decimal:
    """Return what is invoiced, past its day and not covered by credit."""
    items, _by_credit = _after_credit(account)
    return _sum(item for item in items if item.date_due < today and item.billed)


def _after_credit(account: Account) -> tuple[list[OpenItem], bool]:
    """Return what stays open, oldest first, and whether credit paid something."""
    items = [item for item in account.items if item.residual > 0]
    dues = [Due(n, item.date_due, item.residual) for n, item in enumerate(items)]
    paid = {part.key: part.residual for part in allocate(account.credit, dues).parts}
    left = [
        OpenItem(item.date_due, paid.get(n, item.residual), item.billed)
        for n, item in enumerate(items)
    ]
    left = [item for item in left if item.residual]
    return sorted(left, key=lambda item: item.date_due), bool(paid)


# === BEFORE THE DUE DAY === #


@dataclass(frozen=True)
class _Calm:
    """A contract that is not late: is a reminder due, and if not, why?"""

    account: Account
    items: Sequence[OpenItem]
    by_credit: bool
    levels: Sequence[Level]
    today: date
    retry_days: int

    def decide(self) -> Decision:
        """Send the reminder that has begun for the next item, once."""
        upcoming = [item for item in self.items if item.date_due >= self.today]
        level, item = self._due_reminder(upcoming)
        if not level:
            return self._say_why_none(upcoming)
        earlier = self._reminders_of(item, level)
        if earlier and not self._may_retry(earlier[-1]):
            return self._already_reminded(earlier[-1], level)
        named = [other for other in upcoming if self._is_reminded(other, level)]
        days = (self.today - item.date_due).days
        params = {"date": item.date_due}
        return Decision(SEND, "reminder", level, _sum(named), days, params)

    def _due_reminder(self, upcoming):
        """The latest reminder that has begun for the earliest item that has one."""
        for item in upcoming:
            for level in reversed(self.levels):
                if level.is_reminder and self._is_reminded(item, level):
                    return level, item
        return None, None

    def _is_reminded(self, item, level) -> bool:
        return self._start(item, level) <= self.today <= item.date_due

    def _start(self, item, level) -> date:
        return item.date_due + timedelta(days=level.days)

    def _reminders_of(self, item, level):
        """The earlier reminders of this level for this item, oldest first."""
        start = self._start(item, level)
        earlier = [
            notice
            for notice in self.account.notices
            if notice.code == level.code and start <= notice.date <= item.date_due
        ]
        return sorted(earlier, key=lambda notice: notice.date)

    def _may_retry(self, notice) -> bool:
        return notice.state == FAILED and self._again(notice) <= self.today

    def _again(self, notice) -> date:
        return notice.date + timedelta(days=self.retry_days)

    def _already_reminded(self, last, level) -> Decision:
        if last.state == FAILED:
            again = self._again(last)
            params = {"level": level.name, "sent": last.date, "date": again}
            return Decision(NONE, "retry_later", params=params)
        reason = "in_queue" if last.state == QUEUED else "reminded"
        return Decision(NONE, reason, params={"date": last.date})

    def _say_why_none(self, upcoming) -> Decision:
        unbilled = [item for item in self.items if item.date_due < self.today]
        if unbilled and not unbilled[0].billed:
            return self._none("not_billed", unbilled[0].date_due)
        if upcoming:
            return self._none("not_due", upcoming[0].date_due)
        if self.by_credit:
            return Decision(NONE, "credit")
        if self.account.until:
            return self._none("ahead", self.account.until)
        return Decision(NONE, "paid_up")

    def _none(self, reason, day) -> Decision:
        return Decision(NONE, reason, params={"date": day})


# === AFTER THE DUE DAY === #


@dataclass(frozen=True)
class _Climb:
    """One overdue contract on its ladder; rungs are counted from 0."""

    rungs: Sequence[Level]
    notices: Sequence[PastNotice]
    oldest: date
    today: date
    amount: Decimal
    retry_days: int

    @classmethod
    def of(cls, levels, notices, overdue, today, retry_days):
        """Leave out what is of no concern: reminders, notices of settled arrears."""
        oldest = overdue[0].date_due
        reminders = {level.code for level in levels if level.is_reminder}
        ours = [
            notice
            for notice in notices
            if notice.date > oldest and notice.days > 0 and notice.code not in reminders
        ]
        return cls(
            rungs=[level for level in levels if not level.is_reminder],
            notices=sorted(ours, key=lambda notice: notice.date),
            oldest=oldest,
            today=today,
            amount=_sum(overdue),
            retry_days=max(retry_days, 1),
        )

    @property
    def days(self) -> int:
        return (self.today - self.oldest).days

    def decide(self) -> Decision:
        """Send the rung that follows, or say what it waits for."""
        if not self.rungs:
            return self._none("no_level")
        queued = [notice for notice in self.notices if notice.state == QUEUED]
        if queued:
            return self._none("in_queue", date=queued[-1].date)
        sent = [notice for notice in self.notices if notice.state == SENT]
        reached = max((self._rung_of(notice) for notice in sent), default=-1)
        if reached < 0:
            target = self.rungs[0]
            return self._send_from(self._day_of(target), target, "first", "too_early")
        return self._climb_on(sent, reached)

    def _climb_on(self, sent, reached) -> Decision:
        """Decide with at least one delivered notice behind."""
        at_rung = [notice for notice in sent if self._rung_of(notice) == reached]
        current = self.rungs[reached]
        last = {"last": current.name, "sent": at_rung[-1].date}
        target, earliest = self._following(reached, at_rung[0].date, sent[-1].date)
        if target and earliest <= self.today:
            return self._send_from(earliest, target, "next", "waiting", **last)
        if current.repeat_days:
            again = at_rung[-1].date + timedelta(days=current.repeat_days)
            if again <= self.today:
                return self._send_from(again, current, "repeat", "waiting", **last)
        if target:
            return self._none("waiting", level=target.name, date=earliest, **last)
        return self._none("finished", **last)

    def _rung_of(self, notice) -> int:
        """The rung of a notice; one of a level that is gone counts by its days."""
        below = -1
        for rung, level in enumerate(self.rungs):
            if level.code == notice.code:
                return rung
            if level.days <= notice.days:
                below = rung
        return below

    def _day_of(self, level) -> date:
        return self.oldest + timedelta(days=level.days)

    def _following(self, reached, rung_began, last_sent):
        """The next rung and its day: the ladder's distance from the one before also
        holds when the arrears are old, so that notices do not come day after day."""
        if reached + 1 == len(self.rungs):
            return None, None
        target = self.rungs[reached + 1]
        distance = target.days - self.rungs[reached].days
        earliest = max(
            self._day_of(target),
            rung_began + timedelta(days=distance),
            last_sent + timedelta(days=1),
        )
        return target, earliest

    def _send_from(self, earliest, target, reason, too_early, **params) -> Decision:
        """Send ``target`` unless it is early, small or has just failed."""
        since = params.get("sent", self.oldest)
        params = {"days": self.days, "level": target.name, **params}
        if self.today < earliest:
            return self._none(too_early, **params, date=earliest)
        if self.amount < target.min_amount:
            return self._none("below_minimum", **params, minimum=target.min_amount)
        failed = self._failures(target, since)
        if failed:
            params["sent"] = failed[-1].date
            again = failed[-1].date + timedelta(days=self.retry_days)
            if self.today < again:
                return self._none("retry_later", **params, date=again)
            reason = "retry"
        return Decision(SEND, reason, target, self.amount, self.days, params)

    def _failures(self, target, since):
        """Failed tries of ``target`` since its last delivery."""
        return [
            notice
            for notice in self.notices
            if notice.state == FAILED
            and notice.code == target.code
            and notice.date >= since
        ]

    def _none(self, reason, **params) -> Decision:
        return Decision(NONE, reason, None, self.amount, self.days, params)


def _sum(items: Iterable[OpenItem]) -> Decimal:
    return sum((item.residual for item in items), ZERO)
