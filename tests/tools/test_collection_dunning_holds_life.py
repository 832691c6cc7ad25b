"""Dunning over random lives with holds, failures, bounces and late releases: nothing
ever goes to who has paid or is held, no level is skipped, none comes too soon."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import event, given, settings
from hypothesis import strategies as st
from realestate_collection.tools.dunning import decide, overdue_amount
from realestate_collection.tools.hold import Hold, get_holding, holds_reminders
from realestate_collection.tools.ladder import Account, OpenItem, PastNotice
from test_collection_dunning_life import RETRY, ladders

START = date(2026, 1, 1)
PART = Decimal(100)


@dataclass
class Buyer:
    """A buyer with 100 due every month, and what collection knows of it."""

    ladder: tuple
    count: int
    today: date = START - timedelta(days=10)
    paid: Decimal = Decimal(0)
    holds: list = field(default_factory=list)
    notices: list = field(default_factory=list)
    given: set = field(default_factory=set)  # what was delivered, bounced since or not
    simulated: object = None

    def account(self, without=None):
        """Payments settle the oldest; what is paid ahead is credit."""
        left, items = self.paid, []
        for month in range(self.count):
            due = START + timedelta(days=30 * month)
            settled = min(left, PART) if due <= self.today else Decimal(0)
            left -= settled
            items.append(OpenItem(due, PART - settled, due <= self.today))
        notices = tuple(one for one in self.notices if one is not without)
        return Account(tuple(items), left, notices, holds=tuple(self.holds))

    def decide(self, without=None):
        return decide(self.account(without), self.ladder, self.today, RETRY)

    # === WHAT HAPPENS === #

    def pay(self, amount):
        self.paid += amount

    def refund(self, amount):
        """A payment is reversed: arrears may come back."""
        self.paid = max(self.paid - amount, Decimal(0))

    def hold(self, days, with_reminders):
        until = self.today + timedelta(days=days) if days else None
        self.holds.append(Hold("promise", self.today, until, "So", with_reminders))

    def end_holds(self, _days):
        """End those of today yesterday, as :meth:`_end` of the record does."""
        yesterday = self.today - timedelta(days=1)
        self.holds = [
            replace(hold, until=yesterday) if hold.covers(self.today) else hold
            for hold in self.holds
        ]

    def simulate(self, _days):
        """Look, to be released another day or never."""
        self.simulated = self.decide()

    def release(self, fate):
        """Queue what was simulated if it would be decided today as well."""
        wanted, self.simulated = self.simulated, None
        decision = self.decide()
        if wanted and wanted.action == "send" == decision.action:
            if wanted.level == decision.level:
                return self._send(decision, fate)
        return None

    def run(self, fate):
        decision = self.decide()
        return self._send(decision, fate) if decision.action == "send" else None

    def _send(self, decision, fate):
        """Queue a notice, look again, and deliver it or not."""
        level = decision.level
        notice = PastNotice(level.code, level.days, self.today, "queued")
        self.notices.append(notice)
        again = self.decide(without=notice)
        self.notices.pop()
        assert again == decision, "the look before sending finds the same"
        self.notices.append(replace(notice, state=fate))
        self.given |= {(level.code, self.today)} if fate == "sent" else set()
        return decision

    def bounce(self, _days):
        if self.notices and self.notices[-1].state == "sent":
            self.notices[-1] = replace(self.notices[-1], state="failed")


FATES = st.sampled_from(["sent", "sent", "sent", "failed"])
RUN = st.tuples(st.just("run"), FATES)
OPERATIONS = st.one_of(
    RUN,
    RUN,
    RUN,
    RUN,
    st.tuples(st.just("pay"), st.sampled_from([40, 60, 100]).map(Decimal)),
    st.tuples(st.just("refund"), st.sampled_from([60, 100]).map(Decimal)),
    st.tuples(st.just("hold"), st.integers(0, 20), st.booleans()),
    st.tuples(st.just("end_holds"), st.none()),
    st.tuples(st.just("simulate"), st.none()),
    st.tuples(st.just("release"), FATES),
    st.tuples(st.just("bounce"), st.none()),
)
#: Days that go by, then what happens; no day is the same day again.
LIVES = st.lists(st.tuples(st.integers(0, 15), OPERATIONS), min_size=10, max_size=60)


def sendings(ladder, count, operations):
    """Yield (buyer, decision, notices before) whenever something goes out."""
    buyer = Buyer(ladder, count)
    for days, (name, *values) in operations:
        buyer.today += timedelta(days=days)
        before = tuple(buyer.notices)
        decision = getattr(buyer, name)(*values)
        if decision:
            event(f"{name}: {decision.reason}")
            yield buyer, decision, before


@settings(max_examples=300, deadline=None)
@given(ladders(), st.integers(1, 6), LIVES)
def test_nothing_is_sent_to_who_has_paid(ladder, count, operations):
    for buyer, decision, before in sendings(ladder, count, operations):
        account = replace(buyer.account(), notices=before)
        owed = overdue_amount(account, buyer.today)
        due = sum(
            PART
            for month in range(count)
            if START + timedelta(days=30 * month) < buyer.today
        )
        assert owed == max(due - buyer.paid, 0), "the arithmetic of this test"
        if decision.level.is_reminder:
            assert buyer.paid < PART * count
        else:
            assert owed > 0
            assert decision.amount == owed


@settings(max_examples=300, deadline=None)
@given(ladders(), st.integers(1, 6), LIVES)
def test_nothing_about_arrears_is_sent_to_who_is_held(ladder, count, operations):
    for buyer, decision, _before in sendings(ladder, count, operations):
        if decision.level.is_reminder:
            assert not holds_reminders(buyer.holds, buyer.today)
        else:
            assert get_holding(buyer.holds, buyer.today) is None


@settings(max_examples=300, deadline=None)
@given(ladders(), st.integers(1, 6), LIVES)
def test_no_level_is_skipped_whatever_happens(ladder, count, operations):
    rungs = [level.code for level in ladder if not level.is_reminder]
    for buyer, decision, before in sendings(ladder, count, operations):
        if decision.level.is_reminder:
            continue
        today = buyer.today
        oldest = today - timedelta(days=decision.days)
        # A lower one may have asked for what is paid by now: it was given all the same.
        delivered = {code for code, day in buyer.given if day < today}
        standing = {
            notice.code
            for notice in before
            if notice.state == "sent" and notice.date > oldest
        }
        below = set(rungs[: rungs.index(decision.level.code)])
        assert below <= delivered
        if below:
            assert rungs[rungs.index(decision.level.code) - 1] in standing


@settings(max_examples=300, deadline=None)
@given(ladders(), st.integers(1, 6), LIVES)
def test_no_level_comes_again_before_its_time(ladder, count, operations):
    for buyer, decision, before in sendings(ladder, count, operations):
        level, today = decision.level, buyer.today
        assert all(notice.date != today for notice in before), "one a day"
        if level.is_reminder:
            continue
        oldest = today - timedelta(days=decision.days)
        for notice in before:
            same = notice.code == level.code
            if same and notice.date >= oldest + timedelta(days=level.days):
                apart = (today - notice.date).days
                least = RETRY if notice.state == "failed" else level.repeat_days
                assert least and apart >= least
