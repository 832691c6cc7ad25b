"""Shares of a purchase: percentages with two decimals that come to 100 exactly."""

from collections.abc import Iterable
from decimal import Decimal

from .money import split_evenly, sum_money, to_money

WHOLE = Decimal(100)
PLACES = 2


def even_shares(count: int) -> list[Decimal]:
    """Return ``count`` equal shares; the last one takes the remainder.

    Three buyers get 33.33, 33.33 and 33.34.

    :raises ValueError: below one buyer, or when a share would be nothing
    """
    shares = split_evenly(WHOLE, count, PLACES)
    if not shares[0]:
        raise ValueError(f"{count} buyers cannot have a share each.")
    return shares


def total_share(shares: Iterable[float | Decimal]) -> Decimal:
    """Return what the shares come to, each as it is shown: with two decimals."""
    return sum_money(to_money(share, PLACES) for share in shares)


def is_whole(shares: Iterable[float | Decimal]) -> bool:
    """Return whether the shares come to 100 exactly."""
    return total_share(shares) == WHOLE
