from datetime import date
from decimal import Decimal

from odoo.tools import format_date
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

#: What :mod:`..tools.eligibility` says, in the user's language, by its codes.
REASON_MESSAGES = {
    "reservation_not_confirmed": _lt(
        "The reservation does not stand: only a confirmed one leads to a deposit."
    ),
    "unit_lost": _lt(
        "The reservation's time is up and the unit is not held for the buyer any "
        "more: reserve it again if it is still free."
    ),
    "fee_open": _lt(
        "The reservation fee is not paid: %(amount)s is open. Accounting records the "
        "payment on its invoice."
    ),
    "amount_missing": _lt("The deposit is empty: enter its amount, the fee included."),
    "amount_below_fee": _lt(
        "The deposit of %(amount)s is less than the reservation fee of %(fee)s that "
        "counts towards it. Enter at least the fee."
    ),
    "amount_above_price": _lt(
        "The deposit of %(amount)s is more than the price of %(price)s. Lower it."
    ),
    "dated_ahead": _lt(
        "The agreement is dated %(date)s, which is to come: sign it on the day."
    ),
    "sign_by_missing": _lt("Say until when the contract is to be signed."),
    "sign_by_past": _lt("The contract was to be signed by %(date)s: give a later day."),
    "cooling_off": _lt(
        "The buyer may leave freely until %(date)s: take no deposit before that day "
        "is over."
    ),
    "buyer_incomplete": _lt(
        "The buyer's details are not complete: %(details)s. Enter them in the contact."
    ),
    "not_submitted": _lt("It is a draft: submit it for review."),
    "not_approved": _lt("It waits for approval."),
    "past_signing": _lt("Its buyers have signed it, or it was cancelled."),
    "advance_open": _lt(
        "What is agreed before the contract is not paid: %(amount)s is open. "
        "Accounting records the payment on its invoice."
    ),
}


def reason_texts(record, reasons):
    """Return the sentences of ``reasons``, for the language of ``record``.

    :param record: of a model with ``currency_id``, which the amounts are in
    """
    texts = []
    for reason in reasons:
        text = record.env._(REASON_MESSAGES[reason.code])
        params = {name: _plain(record, value) for name, value in reason.params.items()}
        texts.append(text % params)
    return texts


def _plain(record, value):
    if isinstance(value, Decimal):
        return record.currency_id.format(float(value))
    if isinstance(value, date):
        return format_date(record.env, value)
    if isinstance(value, tuple):
        return ", ".join(value)
    return value
