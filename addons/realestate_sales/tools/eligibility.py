"""Whether a deposit agreement may be made and a contract signed: the reasons against.

Pure: facts in, reasons out, each with a code that the caller turns into a sentence of
its reader's language. No reason means: go on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Reason:
    """One thing that has to be put right first.

    :param code: which one; the caller keeps a sentence for each
    :param params: what the sentence names: amounts as Decimal, days as date
    """

    code: str
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class DepositFacts:
    """What is known when a deposit agreement is about to be signed.

    :param reservation_state: the reservation's state, must be "confirmed"
    :param holds_unit: whether the reservation's claim on the unit still stands
    :param amount: the deposit in all, the fee in it
    :param fee_open: what the buyer still owes of the reservation fee
    :param date_sign_by: until when the contract is to be signed
    :param cooling_off: last day on which the buyer may leave freely, if any
    :param missing: what is not known of the buyer, in the reader's words
    """

    reservation_state: str
    holds_unit: bool
    amount: Decimal
    fee: Decimal
    fee_open: Decimal
    price: Decimal
    date_deposit: date
    date_sign_by: date | None
    today: date
    cooling_off: date | None = None
    missing: tuple[str, ...] = ()


def deposit_reasons(facts: DepositFacts) -> list[Reason]:
    """Return what keeps a deposit agreement from being signed, the gravest first."""
    return [
        *_reservation_reasons(facts),
        *_amount_reasons(facts),
        *_date_reasons(facts),
        *_buyer_reasons(facts),
    ]


def _reservation_reasons(facts):
    if facts.reservation_state != "confirmed":
        yield Reason("reservation_not_confirmed")
    elif not facts.holds_unit:
        yield Reason("unit_lost")
    if facts.fee_open > 0:
        yield Reason("fee_open", {"amount": facts.fee_open})


def _amount_reasons(facts):
    if facts.amount <= 0:
        yield Reason("amount_missing")
    elif facts.amount < facts.fee:
        yield Reason("amount_below_fee", {"amount": facts.amount, "fee": facts.fee})
    if facts.amount > facts.price:
        yield Reason(
            "amount_above_price", {"amount": facts.amount, "price": facts.price}
        )


def _date_reasons(facts):
    if facts.date_deposit > facts.today:
        yield Reason("dated_ahead", {"date": facts.date_deposit})
    if facts.date_sign_by is None:
        yield Reason("sign_by_missing")
    elif facts.date_sign_by < max(facts.date_deposit, facts.today):
        yield Reason("sign_by_past", {"date": facts.date_sign_by})
    if facts.cooling_off and facts.today <= facts.cooling_off:
        yield Reason("cooling_off", {"date": facts.cooling_off})


def _buyer_reasons(facts):
    if facts.missing:
        yield Reason("buyer_incomplete", {"details": facts.missing})


@dataclass(frozen=True)
class SigningFacts:
    """What is known of a contract that is to be signed by its buyers.

    :param state: the contract's state; "approved" is the one to sign from
    :param advance_open: what is invoiced ahead of the contract and not paid
    """

    state: str
    advance_open: Decimal = Decimal(0)


#: What a contract in another state than "approved" waits for.
STATE_REASONS = {"draft": "not_submitted", "review": "not_approved"}


def signing_reasons(facts: SigningFacts) -> list[Reason]:
    """Return what keeps a contract from being signed, beside what others add."""
    reasons = []
    if facts.state != "approved":
        reasons.append(Reason(STATE_REASONS.get(facts.state, "past_signing")))
    return reasons + advance_reasons(facts.advance_open)


def advance_reasons(advance_open: Decimal) -> list[Reason]:
    """Return why what is agreed ahead of a contract keeps it from being signed."""
    if advance_open > 0:
        return [Reason("advance_open", {"amount": advance_open})]
    return []
