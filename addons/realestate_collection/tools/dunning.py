"""Who is sent which notice today, and why: the decision, without any database.

A ladder is a list of levels. Levels of zero or fewer days are reminders before the
due day, the first of them as early as the buyer wishes; the others are notices to those
who are late, climbed rung by rung. What the buyer paid in advance counts before
anything is called late.

A notice belongs to the present arrears as long as something it asked for is still
open: it must have been given after the oldest overdue item fell due. Once everything
a notice asked for is paid the ladder starts again at its foot.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from .allocation import Due, allocate
from .climb import Climb
from .hold import get_holding, holds_reminders
from .ladder import (
    FAILED,
    NONE,
    QUEUED,
    SEND,
    Account,
    Decision,
    Level,
    OpenItem,
    check_ladder,
    total,
    with_wish,
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
    ordered = with_wish(check_ladder(levels), account.ahead)
    everything, by_credit = _after_credit(account)
    items = _after_bank(everything, account.loan)
    overdue = [item for item in items if item.date_due < today and item.billed]
    if any(notice.date == today for notice in account.notices):
        return _once_a_day(account.notices, overdue, today)
    calm = _Calm(account, items, by_credit, ordered, today, max(retry_days, 1))
    if not overdue:
        decision = calm.decide()
        is_silent = decision.action != SEND and decision.reason != "held"
        if is_silent and items != everything:
            return _wait_for_bank(account.loan, everything, today)
        return decision
    hold = get_holding(account.holds, today)
    if hold:
        return _hold_back(hold, calm, overdue, today)
    climb = Climb.of(ordered, account.notices, overdue, today, retry_days)
    decision = climb.decide()
    if decision.reason == "below_minimum":
        # A small remainder must not cost the buyer the reminder of the next item.
        reminder = calm.decide()
        if reminder.action == SEND:
            return reminder
    return decision


def _once_a_day(notices, overdue, today) -> Decision:
    """Say that there is a notice of today already."""
    queued = any(n.date == today and n.state == QUEUED for n in notices)
    days = (today - overdue[0].date_due).days if overdue else 0
    reason = "in_queue" if queued else "today"
    return Decision(NONE, reason, None, total(overdue), days, {"date": today})


def _hold_back(hold, calm, overdue, today) -> Decision:
    """Send nothing about what is late; the reminder of what falls due next may go."""
    reminder = calm.decide()
    if reminder.action == SEND:
        return reminder
    days = (today - overdue[0].date_due).days
    return Decision(NONE, "held", None, total(overdue), days, hold.params)


def _wait_for_bank(loan, items, today) -> Decision:
    """Say that what is late, if anything is, is a bank's to pay."""
    late = [item for item in items if item.date_due < today and item.billed]
    days = (today - late[0].date_due).days if late else 0
    params = {"bank": loan.bank, "loan": loan.outstanding}
    return Decision(NONE, "bank", None, total(late), days, params)


def overdue_amount(account: Account, today: date) -> Decimal:
    """Return what is invoiced, past its day and not covered by credit."""
    items, _by_credit = _after_credit(account)
    return total(item for item in items if item.date_due < today and item.billed)


def _after_credit(account: Account) -> tuple[list[OpenItem], bool]:
    """Return what stays open, oldest first, and whether credit paid something."""
    items = [item for item in account.items if item.residual > 0]
    items.sort(key=lambda item: item.date_due)
    if not account.credit:
        return items, False
    dues = [Due(n, item.date_due, item.residual) for n, item in enumerate(items)]
    paid = {part.key: part.residual for part in allocate(account.credit, dues).parts}
    left = [
        OpenItem(item.date_due, paid.get(n, item.residual), item.billed)
        for n, item in enumerate(items)
    ]
    return [item for item in left if item.residual], bool(paid)


def _after_bank(items, loan) -> list[OpenItem]:
    """Return what is the buyer's own to pay: the oldest, since the bank pays last."""
    covered = loan.covers if loan else Decimal(0)
    own = []
    for item in reversed(items):
        part = min(covered, item.residual)
        covered -= part
        if item.residual > part:
            own.append(OpenItem(item.date_due, item.residual - part, item.billed))
    return own[::-1]


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
        if holds_reminders(self.account.holds, self.today):
            hold = get_holding(self.account.holds, self.today)
            return Decision(NONE, "held", params=hold.params)
        named = [other for other in upcoming if self._is_reminded(other, level)]
        days = (self.today - item.date_due).days
        params = {"date": item.date_due}
        return Decision(SEND, "reminder", level, total(named), days, params)

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
