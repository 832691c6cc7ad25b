"""Dunning decisions on contracts whose buyer is held."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_collection.tools.dunning import decide
from realestate_collection.tools.hold import Hold, get_holding, holds_reminders
from realestate_collection.tools.ladder import Account, Decision, sentence_of
from test_collection_dunning import LADDER, D, day, item, lent, notice, outcome

PROMISE = Hold("promise", day(2), day(10), "50 by Friday")
STOP = Hold("stop", day(-20), None, "The buyer has died", with_reminders=True)


def held(*items, holds=(PROMISE,), **values):
    return Account(items, holds=tuple(holds), **values)


@pytest.mark.parametrize("offset", [6, 10])
def test_who_is_late_and_held_is_sent_nothing(offset):
    decision = decide(held(item()), LADDER, day(offset))
    assert outcome(decision) == (None, "held")
    assert (decision.amount, decision.days) == (D(100), offset)


def test_the_reason_is_named_with_its_days():
    assert sentence_of("held", PROMISE.params) == "held_until"
    assert sentence_of("held", STOP.params) == "held"
    assert str(decide(held(item()), LADDER, day(6))) == (
        "Held from 2026-02-02 until 2026-02-10: 50 by Friday"
    )
    assert str(decide(held(item(), holds=[STOP]), LADDER, day(6))) == (
        "Held since 2026-01-11: The buyer has died"
    )


def test_dunning_goes_on_the_day_after_where_it_was():
    assert outcome(decide(held(item()), LADDER, day(11))) == ("one", "first")
    notices = (notice("one", 5),)
    later = Hold("promise", day(6), day(40), "All of it")
    on = held(item(), holds=[later], notices=notices)
    assert outcome(decide(on, LADDER, day(41))) == ("two", "next")


# items, credit, loan, day, reason
NOT_LATE = [
    ((), "0", None, 6, "paid_up"),
    ((item(),), "100", None, 6, "credit"),
    ((item(20),), "0", None, 6, "not_due"),
    ((item(),), "0", lent("100"), 6, "bank"),
]


@pytest.mark.parametrize(("items", "credit", "loan", "offset", "reason"), NOT_LATE)
def test_who_owes_nothing_is_not_called_held(items, credit, loan, offset, reason):
    account = held(*items, credit=D(credit), loan=loan, holds=[PROMISE, STOP])
    assert outcome(decide(account, LADDER, day(offset))) == (None, reason)


def test_reminders_go_on_unless_they_are_held_too():
    arrangement = Hold("arrangement", day(-20), None, "Ten parts")
    due = held(item(), holds=[arrangement])
    assert outcome(decide(due, LADDER, day(-3))) == ("pre", "reminder")
    due = held(item(), holds=[arrangement, STOP])
    assert outcome(decide(due, LADDER, day(-3))) == (None, "held")


def test_a_late_buyer_who_is_held_is_reminded_of_what_comes():
    account = held(item(), item(10))
    decision = decide(account, LADDER, day(6))
    assert (outcome(decision), decision.amount) == (("pre", "reminder"), D(100))
    both = held(item(), item(10), holds=[PROMISE, STOP])
    assert outcome(decide(both, LADDER, day(6))) == (None, "held")


def test_the_longest_of_several_is_named_and_of_equal_ones_the_earliest():
    short = Hold("dispute", day(0), day(8), "Kitchen")
    early = Hold("dispute", day(1), day(10), "Balcony")
    assert get_holding([short, PROMISE, early], day(5)) == early
    assert get_holding([short, PROMISE, STOP], day(5)) == STOP
    assert get_holding([short, PROMISE], day(11)) is None
    assert holds_reminders([short, STOP], day(5))
    assert not holds_reminders([short, PROMISE], day(5))


def test_a_notice_of_today_comes_before_the_hold():
    account = held(item(), notices=(notice("one", 6),))
    assert outcome(decide(account, LADDER, day(6))) == (None, "today")


@given(
    late=st.integers(-10, 100),
    start=st.integers(-20, 100),
    length=st.integers(0, 60),
    today=st.integers(-10, 120),
)
def test_nothing_about_arrears_goes_out_on_a_held_day(late, start, length, today):
    hold = Hold("dispute", day(start), day(start + length), "Area")
    decision = decide(held(item(late), holds=[hold]), LADDER, day(today))
    free = decide(Account((item(late),)), LADDER, day(today))
    assert isinstance(decision, Decision)
    if hold.covers(day(today)) and today > late:
        assert decision.reason == "held"
    else:
        assert decision == free
