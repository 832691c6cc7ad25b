"""Dunning decisions: tables of accounts with the one right answer."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from realestate_collection.tools.dunning import decide, overdue_amount
from realestate_collection.tools.ladder import (
    REASONS,
    Account,
    LadderError,
    Level,
    Loan,
    OpenItem,
    PastNotice,
    check_ladder,
)

D = Decimal
DUE = date(2026, 1, 31)
LADDER = (
    Level("pre", 1, -5, name="Reminder"),
    Level("one", 2, 5, name="First notice"),
    Level("two", 3, 15, name="Second notice"),
    Level("three", 4, 30, name="Third notice"),
    Level("cancel", 5, 60, name="Notice of cancellation"),
)
DAYS = {level.code: level.days for level in LADDER}


def day(offset):
    """The day ``offset`` days after the due day."""
    return DUE + timedelta(days=offset)


def item(offset=0, amount="100", **values):
    return OpenItem(day(offset), D(amount), **values)


def notice(code, offset, state="sent"):
    return PastNotice(code, DAYS.get(code, 0), day(offset), state)


def account(*items, credit="0", notices=(), loan=None):
    return Account(items, D(credit), tuple(notices), loan=loan)


def lent(outstanding, later="0"):
    return Loan("Harbour Bank", D(outstanding), D(later))


def outcome(decision):
    return decision.level.code if decision.level else None, decision.reason


# --- nothing to do -----------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "offset", "reason"),
    [
        (account(), 10, "paid_up"),
        (account(item(amount="0")), 10, "paid_up"),
        (account(item()), -6, "not_due"),
        (account(item(), credit="100"), 40, "credit"),
        (account(item(), credit="250"), -3, "credit"),
        (account(item(billed=False)), 1, "not_billed"),
        (account(item(), item(31), credit="100"), 10, "not_due"),
    ],
)
def test_who_owes_nothing_now_is_left_alone(state, offset, reason):
    decision = decide(state, LADDER, day(offset))
    assert outcome(decision) == (None, reason)
    assert decision.action == "none"
    assert decision.amount == 0


def test_items_beyond_what_was_looked_at_are_called_ahead():
    state = Account(until=day(-1))
    decision = decide(state, LADDER, day(-6))
    assert outcome(decision) == (None, "ahead")
    assert str(decision) == "Nothing is due until 2026-01-30."


def test_a_contract_without_a_ladder_is_told_so():
    assert outcome(decide(account(item()), None, day(90))) == (None, "no_ladder")


@pytest.mark.parametrize("ladder", [(), LADDER[:1]])
def test_a_ladder_without_notices_sends_none(ladder):
    assert outcome(decide(account(item()), ladder, day(90))) == (None, "no_level")


# --- before the due day ------------------------------------------------------


@pytest.mark.parametrize("offset", [-5, -3, 0])
def test_a_reminder_goes_out_in_its_window_also_when_days_were_missed(offset):
    decision = decide(account(item()), LADDER, day(offset))
    assert outcome(decision) == ("pre", "reminder")
    assert (decision.amount, decision.days) == (D(100), offset)


def test_a_reminder_speaks_of_items_that_have_no_invoice_yet():
    decision = decide(account(item(billed=False)), LADDER, day(-5))
    assert outcome(decision) == ("pre", "reminder")


def test_a_reminder_names_what_credit_does_not_cover():
    state = account(item(), item(2, "50"), item(40, "70"), credit="30")
    assert decide(state, LADDER, day(-3)).amount == D(120)


def test_a_reminder_goes_out_once_per_item():
    first = notice("pre", -5)
    state = account(item(), notices=[first])
    assert outcome(decide(state, LADDER, day(-4))) == (None, "reminded")
    state = account(item(), item(31), notices=[first])
    assert outcome(decide(state, LADDER, day(0))) == (None, "reminded")
    state = account(item(31), notices=[first])
    assert outcome(decide(state, LADDER, day(26))) == ("pre", "reminder")


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (-4, (None, "retry_later")),
        (-3, (None, "retry_later")),
        (-2, ("pre", "reminder")),
    ],
)
def test_a_reminder_that_failed_is_tried_again_after_a_rest(offset, expected):
    state = account(item(), notices=[notice("pre", -5, "failed")])
    assert outcome(decide(state, LADDER, day(offset), retry_days=3)) == expected


def test_of_two_reminders_missed_the_later_one_goes_out():
    ladder = (Level("far", 1, -10), Level("near", 2, -2), Level("one", 3, 5))
    assert outcome(decide(account(item()), ladder, day(-1)))[0] == "near"
    assert outcome(decide(account(item()), ladder, day(-9)))[0] == "far"


def test_a_queued_reminder_is_not_doubled():
    state = account(item(), notices=[notice("pre", -5, "queued")])
    assert outcome(decide(state, LADDER, day(-4))) == (None, "in_queue")


# --- up the ladder -----------------------------------------------------------


@pytest.mark.parametrize(
    ("offset", "notices", "expected"),
    [
        (1, [], (None, "too_early")),
        (4, [], (None, "too_early")),
        (5, [], ("one", "first")),
        (200, [], ("one", "first")),
        (6, [("one", 5)], (None, "waiting")),
        (14, [("one", 5)], (None, "waiting")),
        (15, [("one", 5)], ("two", "next")),
        (29, [("one", 5), ("two", 15)], (None, "waiting")),
        (30, [("one", 5), ("two", 15)], ("three", "next")),
        (60, [("one", 5), ("two", 15), ("three", 30)], ("cancel", "next")),
        (
            90,
            [("one", 5), ("two", 15), ("three", 30), ("cancel", 60)],
            (None, "finished"),
        ),
    ],
)
def test_the_level_follows_from_the_history(offset, notices, expected):
    state = account(item(), notices=[notice(*each) for each in notices])
    assert outcome(decide(state, LADDER, day(offset))) == expected


@pytest.mark.parametrize(
    ("offset", "expected"),
    [(201, "waiting"), (209, "waiting"), (210, "next")],
)
def test_levels_missed_in_an_outage_keep_their_distance(offset, expected):
    state = account(item(), notices=[notice("one", 200)])
    assert decide(state, LADDER, day(offset)).reason == expected


def test_a_reminder_is_no_rung():
    state = account(item(), notices=[notice("pre", -5), notice("pre", 3)])
    assert outcome(decide(state, LADDER, day(5))) == ("one", "first")


def test_one_notice_a_day_whatever_it_was():
    state = account(item(), notices=[notice("pre", 5, "failed")])
    assert outcome(decide(state, LADDER, day(5))) == (None, "today")


def test_the_oldest_open_item_counts():
    state = account(item(20), item(), notices=[])
    decision = decide(state, LADDER, day(25))
    assert (decision.days, decision.amount) == (25, D(200))


def test_credit_pays_the_oldest_before_anything_is_late():
    state = account(item(), item(31), credit="100")
    decision = decide(state, LADDER, day(37))
    assert (decision.days, decision.amount) == (6, D(100))


def test_the_ladder_starts_again_when_all_that_was_asked_for_is_paid():
    climbed = [notice("one", 5), notice("two", 15), notice("three", 30)]
    state = account(item(31), notices=climbed)
    assert outcome(decide(state, LADDER, day(35))) == (None, "too_early")
    assert outcome(decide(state, LADDER, day(36))) == ("one", "first")


def test_a_notice_for_older_arrears_is_no_rung_of_the_new_ones():
    # The item of day 0 asked for the cancellation on day 62, two days after the next
    # item fell due, and is paid since.
    past = [notice("cancel", 62)]
    decided = decide(account(item(60), notices=past), LADDER, day(66))
    assert outcome(decided) == ("one", "first")


def test_a_part_payment_does_not_start_the_ladder_again():
    climbed = [notice("one", 5), notice("two", 15)]
    state = account(item(amount="0.01"), item(31), notices=climbed)
    assert outcome(decide(state, LADDER, day(35))) == ("three", "next")


# --- minimum, repeats, failures ----------------------------------------------


def test_a_small_arrear_is_left_alone_but_still_reminded():
    ladder = (Level("pre", 1, -5), Level("one", 2, 5, min_amount=D(50)))
    small = item(amount="49.99")
    decision = decide(account(small), ladder, day(9))
    assert outcome(decision) == (None, "below_minimum")
    assert decision.amount == D("49.99")
    upcoming = account(small, item(12, "1000"))
    assert outcome(decide(upcoming, ladder, day(9))) == ("pre", "reminder")
    assert decide(account(item(amount="50")), ladder, day(9)).action == "send"


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (66, (None, "finished")),
        (67, ("cancel", "repeat")),
        (80, ("cancel", "repeat")),
    ],
)
def test_the_last_level_repeats_where_it_says_so(offset, expected):
    ladder = (*LADDER[:-1], Level("cancel", 5, 60, repeat_days=7))
    state = account(item(), notices=[notice("cancel", 60)])
    assert outcome(decide(state, ladder, day(offset))) == expected


def test_a_repeat_does_not_put_off_the_next_level():
    ladder = (Level("one", 1, 5, repeat_days=4), Level("two", 2, 15))
    notices = [notice("one", 5)]
    assert outcome(decide(account(item(), notices=notices), ladder, day(8)))[0] is None
    assert outcome(decide(account(item(), notices=notices), ladder, day(9))) == (
        "one",
        "repeat",
    )
    notices += [notice("one", 9), notice("one", 13)]
    assert outcome(decide(account(item(), notices=notices), ladder, day(15))) == (
        "two",
        "next",
    )


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (6, (None, "retry_later")),
        (7, (None, "retry_later")),
        (8, ("one", "retry")),
    ],
)
def test_a_level_that_failed_counts_as_not_given(offset, expected):
    state = account(item(), notices=[notice("one", 5, "failed")])
    assert outcome(decide(state, LADDER, day(offset), retry_days=3)) == expected


def test_a_failure_of_the_second_level_does_not_lead_to_the_third():
    state = account(item(), notices=[notice("one", 5), notice("two", 15, "failed")])
    assert outcome(decide(state, LADDER, day(31))) == ("two", "retry")


def test_a_queued_notice_is_not_overtaken():
    state = account(item(), notices=[notice("one", 5, "queued")])
    assert outcome(decide(state, LADDER, day(40))) == (None, "in_queue")


# --- the ladder itself -------------------------------------------------------


def test_a_notice_of_a_level_that_is_gone_counts_by_its_days():
    state = account(item(), notices=[PastNotice("old", 16, day(16), "sent")])
    assert outcome(decide(state, LADDER, day(31))) == ("three", "next")


def test_levels_are_climbed_by_sequence():
    shuffled = tuple(reversed(LADDER))
    assert check_ladder(shuffled) == LADDER
    assert outcome(decide(account(item()), shuffled, day(70)))[0] == "one"


@pytest.mark.parametrize(
    ("levels", "code"),
    [
        ((Level("a", 1, 10), Level("b", 2, 10)), "order"),
        ((Level("a", 1, 10), Level("b", 2, 5)), "order"),
        ((Level("a", 1, 10, repeat_days=-1),), "repeat"),
        ((Level("a", 1, 10, min_amount=D(-1)),), "minimum"),
    ],
)
def test_a_ladder_that_cannot_be_climbed_is_refused(levels, code):
    with pytest.raises(LadderError) as caught:
        decide(account(item()), levels, day(40))
    assert caught.value.code == code


# --- reasons -----------------------------------------------------------------


def test_the_reason_reads_as_a_sentence():
    decision = decide(account(item(), notices=[notice("one", 5)]), LADDER, day(7))
    assert str(decision) == (
        "“First notice” went out on 2026-02-05: “Second notice” follows on 2026-02-15."
    )


def test_every_reason_is_given_somewhere_in_these_tables():
    files = Path(__file__).parent.glob("test_collection_dunning*.py")
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    unseen = [code for code in REASONS if f'"{code}"' not in text]
    assert unseen == []


def test_overdue_is_what_is_invoiced_late_and_not_covered():
    state = account(item(), item(5), item(6, billed=False), item(20), credit="30")
    assert overdue_amount(state, day(0)) == 0
    assert overdue_amount(state, day(1)) == D(70)
    assert overdue_amount(state, day(10)) == D(170)
