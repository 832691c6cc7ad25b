"""Dunning decisions on contracts of which a bank pays a part."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_collection.tools.dunning import decide
from test_collection_dunning import (
    LADDER,
    D,
    account,
    day,
    item,
    lent,
    notice,
    outcome,
)

# items, credit, loan, reason, amount
BANK = [
    # The bank pays all of it, or the last of it.
    ((item(),), "0", lent("100"), "bank", "100"),
    ((item(), item(-30)), "0", lent("200"), "bank", "200"),
    # The buyer's own share comes first: 100 of 200 is not the bank's.
    ((item(), item(-30)), "0", lent("100"), "first", "100"),
    ((item(),), "0", lent("99.99"), "first", "0.01"),
    # What falls due later is the bank's before what is due.
    ((item(),), "0", lent("500", "400"), "bank", "100"),
    ((item(),), "0", lent("500", "500"), "first", "100"),
    ((item(),), "0", lent("500", "430"), "first", "30"),
    # The buyer's credit pays the oldest first, the bank the rest.
    ((item(-30), item()), "100", lent("100"), "bank", "100"),
    ((item(-30), item()), "60", lent("100"), "first", "40"),
    # What comes is the bank's: the late part is the buyer's own.
    ((item(), item(40)), "0", lent("100"), "first", "100"),
    # Nothing is due at all.
    ((), "0", lent("100"), "paid_up", "0"),
    ((item(),), "100", lent("100"), "credit", "0"),
]


@pytest.mark.parametrize(("items", "credit", "loan", "reason", "amount"), BANK)
def test_buyer_owes_what_no_bank_pays(items, credit, loan, reason, amount):
    decision = decide(account(*items, credit=credit, loan=loan), LADDER, day(10))
    assert (decision.reason, decision.amount) == (reason, D(amount))


def test_loan_that_is_waited_for_is_named_with_what_is_to_come():
    decision = decide(account(item(), loan=lent("500", "400")), LADDER, day(10))
    assert decision.days == 10
    assert str(decision) == (
        "The loan of Harbour Bank is to pay it: 500 of it is still to come."
    )


def test_nobody_is_reminded_of_what_a_bank_pays():
    due = account(item(), loan=lent("100"))
    assert outcome(decide(due, LADDER, day(-3))) == (None, "bank")
    own = account(item(), item(1), loan=lent("100"))
    decision = decide(own, LADDER, day(-3))
    assert (outcome(decision), decision.amount) == (("pre", "reminder"), D(100))


def test_ladder_goes_on_where_it_was_when_the_bank_refuses():
    notices = [notice("one", 5)]
    held = account(item(), notices=notices, loan=lent("100"))
    assert outcome(decide(held, LADDER, day(20))) == (None, "bank")
    refused = account(item(), notices=notices)
    assert outcome(decide(refused, LADDER, day(20))) == ("two", "next")


@given(
    amounts=st.lists(st.integers(1, 500), min_size=1, max_size=8),
    lent_out=st.integers(0, 3000),
    released=st.integers(0, 3000),
)
def test_buyers_own_share_is_the_same_whatever_the_bank_has_paid(
    amounts, lent_out, released
):
    """The bank's money settles the oldest first; what is left to the buyer stays."""
    released = min(released, lent_out, sum(amounts))
    items = [item(number, D(amount)) for number, amount in enumerate(amounts)]
    later = day(90)
    before = decide(account(*items, loan=lent(lent_out)), LADDER, later)
    after = decide(
        account(*items, credit=released, loan=lent(lent_out - released)), LADDER, later
    )

    def own(decision):
        return (
            0 if decision.reason in ("bank", "credit", "paid_up") else decision.amount
        )

    assert own(before) == own(after) == max(sum(amounts) - lent_out, 0)
