from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from realestate_sales.tools.eligibility import (
    DepositFacts,
    Reason,
    SigningFacts,
    deposit_reasons,
    signing_reasons,
)

TODAY = date(2026, 3, 2)
SOUND = DepositFacts(
    reservation_state="confirmed",
    holds_unit=True,
    amount=Decimal(50_000),
    fee=Decimal(20_000),
    fee_open=Decimal(0),
    price=Decimal(1_000_000),
    date_deposit=TODAY,
    date_sign_by=date(2026, 3, 16),
    today=TODAY,
)


def codes(**changes):
    return [reason.code for reason in deposit_reasons(replace(SOUND, **changes))]


def test_nothing_keeps_a_sound_deposit_back():
    assert codes() == []


@pytest.mark.parametrize("state", ["draft", "converted", "expired", "cancelled", ""])
def test_only_a_confirmed_reservation_leads_to_a_deposit(state):
    assert codes(reservation_state=state) == ["reservation_not_confirmed"]


def test_a_unit_that_is_lost_is_named_once():
    assert codes(holds_unit=False) == ["unit_lost"]
    assert codes(holds_unit=False, reservation_state="expired") == [
        "reservation_not_confirmed"
    ]


def test_the_last_cent_of_the_fee_counts():
    reasons = deposit_reasons(replace(SOUND, fee_open=Decimal("0.001")))
    assert reasons == [Reason("fee_open", {"amount": Decimal("0.001")})]


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("0", ["amount_missing"]),
        ("19999.999", ["amount_below_fee"]),
        ("20000", []),
        ("1000000", []),
        ("1000000.01", ["amount_above_price"]),
    ],
)
def test_a_deposit_is_between_the_fee_and_the_price(amount, expected):
    assert codes(amount=Decimal(amount)) == expected


@pytest.mark.parametrize(
    ("day", "sign_by", "expected"),
    [
        (date(2026, 3, 2), date(2026, 3, 2), []),
        (date(2026, 3, 3), date(2026, 3, 16), ["dated_ahead"]),
        (date(2026, 2, 28), date(2026, 3, 1), ["sign_by_past"]),
        (date(2026, 3, 2), None, ["sign_by_missing"]),
    ],
)
def test_days_are_in_order(day, sign_by, expected):
    assert codes(date_deposit=day, date_sign_by=sign_by) == expected


def test_no_deposit_is_taken_on_the_last_day_of_cooling_off():
    assert codes(cooling_off=TODAY) == ["cooling_off"]
    assert codes(cooling_off=date(2026, 3, 1)) == []


def test_the_29th_of_february_is_a_day_like_others():
    leap = date(2028, 2, 29)
    assert codes(date_deposit=leap, date_sign_by=leap, today=leap) == []
    assert codes(date_deposit=leap, date_sign_by=leap, today=date(2028, 3, 1)) == [
        "sign_by_past"
    ]


def test_what_is_not_known_of_the_buyer_is_named():
    reasons = deposit_reasons(replace(SOUND, missing=("address", "phone")))
    assert reasons == [Reason("buyer_incomplete", {"details": ("address", "phone")})]


def test_everything_wrong_is_said_at_once():
    assert codes(
        reservation_state="draft",
        fee_open=Decimal(1),
        amount=Decimal(0),
        date_sign_by=None,
        cooling_off=TODAY,
        missing=("address",),
    ) == [
        "reservation_not_confirmed",
        "fee_open",
        "amount_missing",
        "sign_by_missing",
        "cooling_off",
        "buyer_incomplete",
    ]


@pytest.mark.parametrize(
    ("state", "open_", "expected"),
    [
        ("approved", 0, []),
        ("approved", "0.01", ["advance_open"]),
        ("draft", 0, ["not_submitted"]),
        ("review", 5, ["not_approved", "advance_open"]),
        ("signed", 0, ["past_signing"]),
        ("cancelled", 0, ["past_signing"]),
    ],
)
def test_a_contract_is_signed_when_approved_and_its_advance_paid(
    state, open_, expected
):
    facts = SigningFacts(state, Decimal(open_))
    assert [reason.code for reason in signing_reasons(facts)] == expected
