"""Which dues a sum of money pays: oldest first, in the order of kinds agreed.

Amounts are exact :class:`~decimal.Decimal` in one currency. Nothing is rounded
here: what comes in whole minor units goes out in whole minor units.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

FEE = "fee"
INTEREST = "interest"
PRINCIPAL = "principal"
KINDS = (FEE, INTEREST, PRINCIPAL)

#: Name of an order to its ranks; dues of one rank are paid by due date together.
ORDERS = {
    "oldest": ((FEE, INTEREST, PRINCIPAL),),
    "fees_first": ((FEE,), (INTEREST,), (PRINCIPAL,)),
    "principal_first": ((PRINCIPAL,), (INTEREST,), (FEE,)),
}


@dataclass(frozen=True)
class Due:
    """An open amount: ``key`` is the caller's handle, given back unchanged."""

    key: Hashable
    date_due: date
    residual: Decimal
    kind: str = PRINCIPAL


@dataclass(frozen=True)
class Part:
    """What one due receives, and what of it stays open."""

    key: Hashable
    amount: Decimal
    residual: Decimal


@dataclass(frozen=True)
class Allocation:
    """The dues that receive money, in the order they do, and what is left over."""

    parts: tuple[Part, ...]
    remainder: Decimal


def rank(kind: str, order: str = "oldest") -> int:
    """Return the position of ``kind`` in ``order``: lower is paid earlier.

    :raises ValueError: for an unknown order or kind
    """
    if order not in ORDERS:
        raise ValueError(f"The payment order {order!r} is unknown: use {list(ORDERS)}.")
    for position, kinds in enumerate(ORDERS[order]):
        if kind in kinds:
            return position
    raise ValueError(f"A due is one of {KINDS}, not {kind!r}.")


def allocate(amount: Decimal, dues: Iterable[Due], order: str = "oldest") -> Allocation:
    """Pay ``dues`` from ``amount``; dues alike in rank and date keep their order.

    The parts and the remainder always come to ``amount`` exactly. Dues that receive
    nothing have no part.

    :raises ValueError: for a negative amount or due, an unknown order or kind
    :raises TypeError: for amounts that are not exact
    """
    left = _exact(amount)
    ordered = sorted(dues, key=lambda due: (rank(due.kind, order), due.date_due))
    parts = []
    for due in ordered:
        paid = min(left, _exact(due.residual))
        if paid:
            parts.append(Part(due.key, paid, due.residual - paid))
            left -= paid
    return Allocation(tuple(parts), left)


def _exact(amount: Decimal) -> Decimal:
    if isinstance(amount, bool) or not isinstance(amount, int | Decimal):
        raise TypeError(f"An amount is a Decimal or an int, not {amount!r}.")
    amount = Decimal(amount)
    if not amount.is_finite() or amount < 0:
        raise ValueError(f"An amount to allocate is zero or more, not {amount}.")
    return amount
