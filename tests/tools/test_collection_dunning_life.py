"""Dunning over the life of random contracts: runs, payments, failures, outages."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import event, given, settings
from hypothesis import strategies as st
from realestate_collection.tools.dunning import decide, overdue_amount
from realestate_collection.tools.ladder import (
    REASONS,
    Account,
    Level,
    OpenItem,
    PastNotice,
)

START = date(2026, 1, 1)
RETRY = 3


@st.composite
def ladders(draw):
    """Ladders of up to two reminders and five notices, some of them repeating."""
    before = draw(st.lists(st.integers(-15, 0), max_size=2, unique=True))
    after = draw(st.lists(st.integers(1, 90), min_size=1, max_size=5, unique=True))
    return tuple(
        Level(
            code=f"level{number}",
            sequence=number,
            days=days,
            repeat_days=draw(st.sampled_from([0, 0, 0, 1, 7])),
            name=f"Level {number}",
        )
        for number, days in enumerate(sorted(before) + sorted(after))
    )


@dataclass
class Life:
    """A contract with 100 due every month, as the days go by."""

    ladder: tuple
    count: int
    open_items: list = field(default_factory=list)
    credit: Decimal = Decimal(0)
    notices: list = field(default_factory=list)

    def __post_init__(self):
        for month in range(self.count):
            day = START + timedelta(days=30 * month)
            self.open_items.append([day, Decimal(100)])

    def account(self):
        items = tuple(OpenItem(day, left) for day, left in self.open_items if left)
        return Account(items, self.credit, tuple(self.notices))

    def pay(self, amount):
        for entry in self.open_items:
            paid = min(amount, entry[1])
            entry[1] -= paid
            amount -= paid
        self.credit += amount

    def live(self, today, state):
        """Decide, deliver as ``state`` says, and return the decision."""
        decision = decide(self.account(), self.ladder, today, RETRY)
        if decision.action == "send":
            level = decision.level
            self.notices.append(PastNotice(level.code, level.days, today, state))
        return decision


steps = st.lists(
    st.tuples(
        st.integers(0, 12),  # days until the next run: 0 is the same day again
        st.sampled_from([0, 0, 0, 50, 100, 250]),
        st.sampled_from(["sent", "sent", "sent", "failed"]),
    ),
    min_size=5,
    max_size=60,
)


def lives(ladder, count, steps):
    """Yield (life, day, decision, oldest overdue day) along a random life."""
    life = Life(ladder, count)
    today = START - timedelta(days=20)
    for days, amount, state in steps:
        today += timedelta(days=days)
        life.pay(Decimal(amount))
        owed = overdue_amount(life.account(), today)
        overdue = [d for d, left in life.open_items if left and d < today]
        yield life, today, life.live(today, state), overdue[0] if owed else None


@settings(max_examples=300, deadline=None)
@given(ladders(), st.integers(1, 8), steps)
def test_a_notice_goes_only_to_who_is_late_and_a_reminder_only_before(
    ladder, count, steps
):
    for _life, today, decision, oldest in lives(ladder, count, steps):
        if decision.action != "send":
            continue
        event(decision.reason)
        if decision.level.is_reminder:
            assert oldest is None
        else:
            assert oldest is not None
            assert (today - oldest).days >= decision.level.days
            assert decision.amount > 0


@settings(max_examples=300, deadline=None)
@given(ladders(), st.integers(1, 8), steps)
def test_no_level_is_skipped(ladder, count, steps):
    rungs = [level.code for level in ladder if not level.is_reminder]
    for life, today, decision, oldest in lives(ladder, count, steps):
        if decision.action != "send" or decision.level.is_reminder:
            continue
        given_before = {
            notice.code
            for notice in life.notices
            if notice.state == "sent" and oldest < notice.date < today
        }
        below = rungs[: rungs.index(decision.level.code)]
        assert set(below) <= given_before


@settings(max_examples=300, deadline=None)
@given(ladders(), st.integers(1, 8), steps)
def test_no_level_is_repeated_before_its_time(ladder, count, steps):
    for life, today, decision, oldest in lives(ladder, count, steps):
        if decision.action != "send" or decision.level.is_reminder:
            continue
        level = decision.level
        earlier = [
            notice
            for notice in life.notices
            if notice.code == level.code and oldest < notice.date < today
        ]
        for notice in earlier:
            if notice.state == "failed":
                assert (today - notice.date).days >= RETRY
            else:
                assert level.repeat_days
                assert (today - notice.date).days >= level.repeat_days


@settings(max_examples=200, deadline=None)
@given(ladders(), st.integers(1, 8), steps)
def test_there_is_one_notice_a_day_and_a_second_run_changes_nothing(
    ladder, count, steps
):
    for life, today, _decision, _oldest in lives(ladder, count, steps):
        again = decide(life.account(), life.ladder, today, RETRY)
        assert again.action == "none"
        days = [notice.date for notice in life.notices]
        assert len(days) == len(set(days))


@settings(max_examples=200, deadline=None)
@given(ladders(), st.integers(1, 8), steps)
def test_every_decision_has_a_reason_that_reads(ladder, count, steps):
    for _life, _today, decision, _oldest in lives(ladder, count, steps):
        assert decision.reason in REASONS
        assert "%" not in str(decision)


@settings(deadline=None)
@given(ladders(), st.integers(1, 400))
def test_who_pays_nothing_reaches_the_top_rung_by_rung(ladder, start):
    life = Life(ladder, 1)
    for offset in range(start, start + 200):
        life.live(START + timedelta(days=offset), "sent")
    order = []
    for notice in life.notices:
        if notice.days > 0 and notice.code not in order:
            order.append(notice.code)
    assert order == [level.code for level in ladder if not level.is_reminder]


@given(ladders(), st.integers(0, 20), st.integers(1, 8))
def test_who_pays_in_advance_hears_nothing_but_that(ladder, today, count):
    life = Life(ladder, count)
    life.credit = Decimal(100 * count)
    decision = life.live(START + timedelta(days=today), "sent")
    assert (decision.action, decision.reason) == ("none", "credit")
