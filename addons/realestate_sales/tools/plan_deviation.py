"""How far a plan made for one buyer departs from the standard one."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

HUNDREDTH = Decimal("0.01")


def deferred_percent(
    price: Decimal,
    standard: Iterable[tuple[date | None, Decimal]],
    own: Iterable[tuple[date | None, Decimal]],
) -> Decimal:
    """Return how much of the price the seller waits longer for, at the worst moment.

    Both schedules are added up day by day; the figure is the largest sum by which the
    own one lags behind the standard one, in percent of the price with two decimals. It
    is zero for a plan that never pays later than the standard.

    :param price: above zero
    :param standard: due dates and parts of the price; no date means: not known yet,
        and so after every known day
    :param own: the same of the plan to be judged
    :raises ValueError: for a price that is not above zero
    """
    if price <= 0:
        raise ValueError(f"A price is above zero, not {price}.")
    lag: dict[date, Decimal] = defaultdict(Decimal)
    for day, amount in standard:
        lag[day or date.max] += amount
    for day, amount in own:
        lag[day or date.max] -= amount
    worst = behind = Decimal(0)
    for day in sorted(lag):
        behind += lag[day]
        worst = max(worst, behind)
    return (worst / price * 100).quantize(HUNDREDTH, rounding=ROUND_HALF_UP)
