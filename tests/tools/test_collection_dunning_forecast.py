"""What a ladder will send, foretold day by day."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from realestate_collection.tools.dunning import decide
from realestate_collection.tools.forecast import forecast, next_notice
from realestate_collection.tools.hold import Hold
from realestate_collection.tools.ladder import PastNotice
from test_collection_dunning import DUE, LADDER, D, account, day, item, notice
from test_collection_dunning_life import Life, ladders


def sent(seen):
    return [((on - DUE).days, decision.level.code) for on, decision in seen.sent]


def test_the_ladder_is_climbed_from_today_on():
    seen = forecast(account(item()), LADDER, day(1), day(40))
    assert sent(seen) == [(5, "one"), (15, "two"), (30, "three")]
    assert seen.decision.reason == "waiting"
    assert seen.decision.amount == D(100)


def test_what_is_not_invoiced_yet_is_by_the_day_it_is_due():
    account_now = account(item(20, billed=False))
    seen = forecast(account_now, LADDER, day(0), day(26))
    assert sent(seen) == [(15, "pre"), (25, "one")]


def test_what_waits_in_the_queue_counts_as_delivered():
    waiting = account(item(), notices=[notice("one", 5, "queued")])
    assert decide(waiting, LADDER, day(15)).reason == "in_queue"
    assert forecast(waiting, LADDER, day(6), day(15)).decision.level.code == "two"


def test_a_hold_to_come_is_counted():
    hold = Hold("promise", day(10), day(50), "All of it")
    held = replace(account(item()), holds=(hold,))
    seen = forecast(held, LADDER, day(1), day(60))
    assert sent(seen) == [(5, "one"), (51, "two")]
    assert forecast(held, LADDER, day(1), day(20)).decision.reason == "held"


def test_the_next_notice_is_the_first_of_them():
    when, decision = next_notice(account(item()), LADDER, day(6), 30)
    assert (when, decision.level.code) == (day(6), "one")
    assert next_notice(account(item()), LADDER, day(-20), 14) is None
    when, decision = next_notice(account(item()), LADDER, day(-20), 15)
    assert (when, decision.level.code) == (day(-5), "pre")
    assert next_notice(account(), LADDER, day(0), 100) is None
    assert next_notice(account(item()), None, day(0), 100) is None


@settings(max_examples=100, deadline=None)
@given(ladders(), st.integers(1, 5), st.integers(1, 120))
def test_foretold_is_what_happens_to_who_pays_nothing(ladder, count, days):
    """A daily run with every notice delivered does what the forecast said."""
    life = Life(ladder, count)
    first = DUE - timedelta(days=20)
    last = first + timedelta(days=days)
    seen = forecast(life.account(), ladder, first, last)
    for offset in range(days):
        life.live(first + timedelta(days=offset), "sent")
    happened = tuple(life.notices)
    assert happened == tuple(
        PastNotice(one.level.code, one.level.days, on) for on, one in seen.sent
    )
    assert decide(life.account(), ladder, last) == seen.decision
