"""Exact money: rounding and splitting in the minor unit of a currency.

Amounts are :class:`~decimal.Decimal`. A float is refused everywhere but in
:func:`to_money`, the one door for values read from Odoo's Monetary fields.
"""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

#: Beyond this, amounts read from binary floats are no longer exact to the cent.
MAX_AMOUNT = Decimal(10) ** 15
MAX_DECIMAL_PLACES = 6
_CONTEXT = Context(prec=60, rounding=ROUND_HALF_UP)

Number = Decimal | int


def quantum(decimal_places: int) -> Decimal:
    """Return the smallest amount of a currency: ``0.01`` for two decimals.

    :raises ValueError: when the number of decimals is not 0 to 6
    """
    if (
        isinstance(decimal_places, bool)
        or not isinstance(decimal_places, int)
        or not 0 <= decimal_places <= MAX_DECIMAL_PLACES
    ):
        raise ValueError(f"Decimal places must be 0 to 6, not {decimal_places!r}.")
    return Decimal(1).scaleb(-decimal_places)


def round_money(amount: Number, decimal_places: int) -> Decimal:
    """Round ``amount`` half up (away from zero) to the currency's minor unit.

    :raises TypeError: for floats and other inexact types
    :raises ValueError: for infinities, NaN and absurd magnitudes
    """
    rounded = _exact(amount).quantize(
        quantum(decimal_places), rounding=ROUND_HALF_UP, context=_CONTEXT
    )
    return _CONTEXT.add(rounded, 0)  # a zero has no sign


def to_money(value: Number | float | str, decimal_places: int) -> Decimal:
    """Return ``value`` as an exact amount in the minor unit.

    The door for floats: a Monetary field yields ``0.1 + 0.2``-like binary
    values, whose shortest decimal spelling is rounded half up to the minor unit.

    :raises ValueError: for text that is no number, infinities and NaN
    """
    if isinstance(value, float):
        value = repr(value)
    if isinstance(value, str):
        try:
            value = Decimal(value)
        except ArithmeticError:
            raise ValueError(f"Not an amount: {value!r}.") from None
    return round_money(value, decimal_places)


def is_money(amount: Number, decimal_places: int) -> bool:
    """Tell whether ``amount`` is a whole number of minor units."""
    return _exact(amount) == round_money(amount, decimal_places)


def split_evenly(total: Number, count: int, decimal_places: int) -> list[Decimal]:
    """Split ``total`` into ``count`` equal parts; the last takes the remainder.

    The parts always sum to ``total`` exactly and none has the opposite sign.

    :raises ValueError: when ``count`` is below 1 or ``total`` is finer than
        the minor unit
    """
    if isinstance(count, bool) or not isinstance(count, int) or count < 1:
        raise ValueError(f"An amount is split into 1 part or more, not {count!r}.")
    minor = _to_minor(total, decimal_places)
    sign = -1 if minor < 0 else 1
    part, remainder = divmod(abs(minor), count)
    parts = [part] * (count - 1) + [part + remainder]
    return [_from_minor(sign * value, decimal_places) for value in parts]


def split_by_weights(
    total: Number, weights: Sequence[Number], decimal_places: int
) -> list[Decimal]:
    """Split ``total`` in proportion to ``weights`` (shares, areas, prices).

    Largest remainder: every part is the exact share rounded down or up to the
    minor unit, the parts sum to ``total`` exactly, equal claims on the last
    minor unit go to the later part, and a weight of zero receives nothing.

    :raises ValueError: without weights, with a negative one, with all zero, or
        when ``total`` is finer than the minor unit
    """
    exact_weights = [Fraction(_exact(weight)) for weight in weights]
    if not exact_weights or min(exact_weights) < 0 or not any(exact_weights):
        raise ValueError("Weights must be zero or more, and one above zero.")
    minor = _to_minor(total, decimal_places)
    sign = -1 if minor < 0 else 1
    whole = sum(exact_weights)
    shares = [abs(minor) * weight / whole for weight in exact_weights]
    parts = [int(share) for share in shares]
    by_remainder = sorted(
        range(len(shares)), key=lambda i: (shares[i] - parts[i], i), reverse=True
    )
    for index in by_remainder[: abs(minor) - sum(parts)]:
        parts[index] += 1
    return [_from_minor(sign * value, decimal_places) for value in parts]


def round_to_unit(amount: Number, unit: Number, decimal_places: int) -> Decimal:
    """Round ``amount`` half up to a whole multiple of ``unit``, such as 1,000 VND.

    :raises ValueError: when the unit is not above zero or finer than the minor unit
    """
    _check_unit(unit, decimal_places)
    return _CONTEXT.multiply(
        round_money(_CONTEXT.divide(_exact(amount), _exact(unit)), 0), unit
    )


def split_to_unit(
    total: Number,
    weights: Sequence[Number | Fraction],
    unit: Number,
    decimal_places: int,
    *,
    remainder_first: bool = False,
) -> list[Decimal]:
    """Split ``total`` in proportion to ``weights`` into whole multiples of ``unit``.

    Equal weights get equal parts, each rounded down; the last part that has a weight,
    or the first, takes what is left. A weight of zero receives nothing.

    :param unit: 1,000 VND, or the minor unit itself
    :raises ValueError: without weights, with a negative one, with all zero, and for a
        total or a unit finer than the minor unit
    """
    _check_unit(unit, decimal_places)
    if not weights or min(weights) < 0 or not any(weights):
        raise ValueError("Weights must be zero or more, and one above zero.")
    minor, step = _to_minor(total, decimal_places), _to_minor(unit, decimal_places)
    sign, whole = (-1 if minor < 0 else 1), sum(map(Fraction, weights))
    parts = [
        int(abs(minor) * Fraction(weight) / whole / step) * step for weight in weights
    ]
    bearing = [index for index, weight in enumerate(weights) if weight]
    parts[bearing[0 if remainder_first else -1]] += abs(minor) - sum(parts)
    return [_from_minor(sign * value, decimal_places) for value in parts]


def _check_unit(unit: Number, decimal_places: int) -> None:
    if _exact(unit) <= 0 or not is_money(unit, decimal_places):
        raise ValueError(
            f"Amounts are rounded to a multiple of {quantum(decimal_places)}, not of "
            f"{unit}."
        )


def sum_money(amounts: Iterable[Decimal]) -> Decimal:
    """Return the exact sum, whatever precision the caller's context has."""
    total = Decimal(0)
    for amount in amounts:
        total = _CONTEXT.add(total, amount)
    return total


def percent_of(amount: Decimal, percent: Decimal, decimal_places: int) -> Decimal:
    """Return ``percent`` % of ``amount``, rounded half up to the minor unit."""
    exact = _CONTEXT.multiply(_exact(amount), _exact(percent)).scaleb(-2, _CONTEXT)
    return round_money(exact, decimal_places)


def _exact(amount: Number) -> Decimal:
    if isinstance(amount, bool) or not isinstance(amount, int | Decimal):
        raise TypeError(f"An amount is a Decimal or an int, not {amount!r}.")
    amount = Decimal(amount)
    if not amount.is_finite() or abs(amount) > MAX_AMOUNT:
        raise ValueError(f"An amount must be finite and at most 10^15, not {amount}.")
    return amount


def _to_minor(amount: Number, decimal_places: int) -> int:
    if not is_money(amount, decimal_places):
        raise ValueError(
            f"{amount} is finer than the minor unit {quantum(decimal_places)}."
        )
    return int(_exact(amount).scaleb(decimal_places, _CONTEXT))


def _from_minor(minor: int, decimal_places: int) -> Decimal:
    return Decimal(minor).scaleb(-decimal_places, _CONTEXT)
