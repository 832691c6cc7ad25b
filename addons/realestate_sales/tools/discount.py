"""What is taken off a list price: by percentage, by amount, or down to a price."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from .money import percent_of, split_by_weights, sum_money

#: Decimals of a percentage: enough to tell an amount of a home's price.
PERCENT_PLACES = Decimal("0.0001")


class DiscountError(ValueError):
    """A discount that cannot be: ``code`` is percent or amount."""

    def __init__(self, code: str, value: Decimal):
        super().__init__(f"{code}: {value}")
        self.code = code
        self.value = value


@dataclass(frozen=True)
class Discount:
    """A price and how it came from the list price.

    :param price: list price less ``amount``; or above the list price without a discount
    :param percent: ``amount`` in percent of the list price, rounded to four decimals
    """

    price: Decimal
    amount: Decimal = Decimal(0)
    percent: Decimal = Decimal(0)


def settle(
    price_list: Decimal,
    places: int,
    *,
    price: Decimal | None = None,
    amount: Decimal | None = None,
    percent: Decimal | None = None,
) -> Discount:
    """Return price, amount and percentage that agree, from the first that is given.

    A price above the list price is no discount and stays. A percentage given beside
    a price it comes to stays as it was said.

    :raises DiscountError: below nothing, or above the whole list price
    """
    if percent is not None and price is not None and 0 <= percent <= 100:
        said = settle(price_list, places, percent=percent)
        if said.price == price:
            return said
    if price is not None:
        amount = max(price_list - price, Decimal(0)) if price_list else Decimal(0)
        return Discount(price, amount, percentage(amount, price_list))
    if amount is not None:
        if not 0 <= amount <= price_list:
            raise DiscountError("amount", amount)
        return Discount(price_list - amount, amount, percentage(amount, price_list))
    percent = percent or Decimal(0)
    if not 0 <= percent <= 100:
        raise DiscountError("percent", percent)
    amount = percent_of(price_list, percent, places)
    return Discount(price_list - amount, amount, percent)


def percentage(amount: Decimal, price_list: Decimal) -> Decimal:
    """Return ``amount`` in percent of ``price_list``; 0 of nothing."""
    if not price_list:
        return Decimal(0)
    percent = amount * 100 / price_list
    return percent.quantize(PERCENT_PLACES, rounding=ROUND_HALF_UP)


def spread(
    total: Decimal, price_lists: Sequence[Decimal], places: int
) -> list[Decimal]:
    """Split a total discount by the list prices; the parts sum to it exactly, and none
    is above its list price.

    :raises DiscountError: below nothing, or above all the list prices together
    """
    if not 0 <= total <= sum_money(price_lists):
        raise DiscountError("amount", total)
    if not total:
        return [Decimal(0)] * len(price_lists)
    return split_by_weights(total, price_lists, places)
