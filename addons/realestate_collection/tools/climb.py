"""After the due day: one contract on its ladder, rung by rung."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from .ladder import (
    FAILED,
    NONE,
    QUEUED,
    SEND,
    SENT,
    Decision,
    Level,
    PastNotice,
    total,
)


@dataclass(frozen=True)
class Climb:
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
            if notice.days > 0
            and notice.code not in reminders
            and _is_about(notice, oldest)
        ]
        return cls(
            rungs=[level for level in levels if not level.is_reminder],
            notices=sorted(ours, key=lambda notice: notice.date),
            oldest=oldest,
            today=today,
            amount=total(overdue),
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


def _is_about(notice, oldest) -> bool:
    """Whether a notice was about the arrears that began on ``oldest``: a level they had
    not reached by then was for older arrears, settled since."""
    if notice.state == QUEUED:
        return notice.date > oldest
    return notice.date >= oldest + timedelta(days=notice.days)
