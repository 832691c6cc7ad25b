"""Reminders as early as a buyer wishes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from realestate_collection.tools.dunning import decide
from realestate_collection.tools.forecast import next_notice
from realestate_collection.tools.hold import Hold
from realestate_collection.tools.ladder import Account, Level, with_wish
from test_collection_dunning import DUE, LADDER, D, day, item, notice, outcome
from test_collection_dunning_life import ladders, lives, steps

TWICE = (Level("early", 1, -10), Level("late", 2, -2), Level("one", 3, 5))


def wishing(ahead, *items, **values):
    return Account(items, ahead=ahead, **values)


@pytest.mark.parametrize(
    ("ahead", "offset", "expected"),
    [
        # The ladder reminds five days before.
        (20, -21, (None, "not_due")),
        (20, -20, ("pre", "reminder")),
        (20, -5, ("pre", "reminder")),
        (6, -6, ("pre", "reminder")),
        # No wish, and wishes that are kept when it is sent.
        (0, -6, (None, "not_due")),
        (0, -5, ("pre", "reminder")),
        (5, -6, (None, "not_due")),
        (2, -5, ("pre", "reminder")),
    ],
)
def test_the_first_reminder_begins_when_the_buyer_wishes(ahead, offset, expected):
    assert outcome(decide(wishing(ahead, item()), LADDER, day(offset))) == expected


def test_the_level_tells_how_far_ahead_it_was_sent():
    decision = decide(wishing(20, item(), item(15)), LADDER, day(-18))
    assert decision.level.days == -20
    assert decision.amount == D(100), "the second one is 33 days ahead"
    decision = decide(wishing(20, item(), item(15)), LADDER, day(-4))
    assert decision.amount == D(200), "both are within twenty days"


def test_it_is_sent_once_and_not_again_on_the_ladder_s_day():
    told = wishing(20, item(), notices=(notice("pre", -20),))
    for offset in (-19, -5, 0):
        assert outcome(decide(told, LADDER, day(offset))) == (None, "reminded")
    given_up = replace(told, ahead=0)
    assert outcome(decide(given_up, LADDER, day(-5))) == ("pre", "reminder")


def test_only_the_first_of_several_reminders_moves():
    account = wishing(25, item())
    assert outcome(decide(account, TWICE, day(-25))) == ("early", "reminder")
    told = replace(account, notices=(notice("early", -25),))
    assert outcome(decide(told, TWICE, day(-10))) == (None, "reminded")
    assert outcome(decide(told, TWICE, day(-2))) == ("late", "reminder")


def test_a_ladder_that_does_not_remind_has_nothing_to_say():
    silent = LADDER[1:]
    assert with_wish(silent, 30) == silent
    assert with_wish((), 30) == ()
    assert outcome(decide(wishing(30, item()), silent, day(-8))) == (None, "not_due")


def test_a_hold_of_reminders_holds_early_ones_too():
    stop = Hold("stop", day(-60), None, "Died", with_reminders=True)
    account = wishing(20, item(), holds=(stop,))
    assert outcome(decide(account, LADDER, day(-20))) == (None, "held")


def test_it_is_foretold():
    when, decision = next_notice(wishing(20, item()), LADDER, day(-30), 30)
    assert (when, decision.level.code) == (DUE - timedelta(days=20), "pre")


@settings(max_examples=200, deadline=None)
@given(ladders(), st.integers(1, 8), st.integers(0, 30), steps)
def test_a_wish_changes_nothing_for_who_is_late(ladder, count, ahead, steps):
    for life, today, decision, _oldest in lives(ladder, count, steps):
        # What was decided is on record already.
        account = replace(life.account(), ahead=ahead)
        if decision.action == "send":
            account = replace(account, notices=account.notices[:-1])
        wished = decide(account, ladder, today)
        if decision.action == "send" and not decision.level.is_reminder:
            assert wished == decision
        elif wished.action == "send" and wished != decision:
            assert wished.level.is_reminder
            assert wished.level.days == min(-ahead, ladder[0].days)
            assert -ahead <= wished.days <= 0 or wished.days >= ladder[0].days
