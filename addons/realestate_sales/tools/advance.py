"""What a buyer pays ahead of the contract: the fee, and the rest of the deposit."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from .schedule import ScheduleItem


def split_deposit(
    items: Sequence[ScheduleItem],
    fee: Decimal,
    day: date,
    name: str,
) -> list[ScheduleItem]:
    """Return a schedule whose first item, the deposit in all, is the fee and the rest.

    The fee and the rest have an invoice each, and an instalment has one invoice. Items
    are numbered anew; their sum stays. A fee of zero leaves one item, of kind
    ``deposit``; a deposit that is all fee changes nothing.

    :param items: from :func:`.schedule.build_schedule`, made with the whole deposit as
        its reservation fee
    :param fee: part of the first item that is the reservation fee
    :param day: day of the deposit agreement
    :param name: label of the rest, in the reader's language
    """
    if not items or items[0].kind != "reservation" or fee >= items[0].amount:
        return list(items)
    first = items[0]
    rest = replace(
        first, kind="deposit", name=name, date_due=day, amount=first.amount - fee
    )
    head = [replace(first, amount=fee), rest] if fee else [rest]
    return [
        replace(item, sequence=number)
        for number, item in enumerate([*head, *items[1:]], start=1)
    ]
