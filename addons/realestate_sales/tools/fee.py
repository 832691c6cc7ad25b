"""What a fee, duty or tax of a sale comes to by its formula.

Amounts are exact :class:`~decimal.Decimal` in one currency, areas in square metres.
The order is fixed: base times rate, then the limits, then rounding half up to the unit
of the fee, and to the minor unit at the latest.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .money import MAX_AMOUNT, quantum, round_to_unit

FIXED, AREA, LOAN = "fixed", "area", "loan"
#: Of the price as agreed, and of the price without the fee that is inside it.
PRICE, NET = "price", "net"
PERCENTS = frozenset({PRICE, NET, LOAN})
FORMULAS = (PRICE, NET, FIXED, AREA, LOAN)
MINIMUM, MAXIMUM = "minimum", "maximum"


@dataclass(frozen=True)
class Formula:
    """How a fee is computed: ``rate`` is a percentage, an amount, or an amount for a
    square metre. Limits and unit of rounding of zero mean that there are none."""

    kind: str
    rate: Decimal
    minimum: Decimal = Decimal(0)
    maximum: Decimal = Decimal(0)
    unit: Decimal = Decimal(0)


@dataclass(frozen=True)
class Facts:
    """What the formula is applied to: of the units that bear the fee."""

    price: Decimal
    area: Decimal = Decimal(0)
    loan: Decimal = Decimal(0)


@dataclass(frozen=True)
class Fee:
    """``base`` is what the rate was applied to; ``limit`` which limit decided, if any;
    ``is_rounded`` whether the unit of rounding changed the amount."""

    base: Decimal
    amount: Decimal
    limit: str = ""
    is_rounded: bool = False


def compute_fee(formula: Formula, facts: Facts, decimal_places: int) -> Fee:
    """Return what ``formula`` makes of ``facts``.

    A base of zero is a fee of zero, whatever the minimum: without a loan there is no
    fee on the loan. A fixed fee has no base, it is 1 times the rate.

    :raises ValueError: for an unknown formula, a negative figure, limits that
        contradict each other, a unit finer than the minor unit
    """
    _check(formula, facts)
    base = _get_base(formula, facts)
    if not base:
        return Fee(base, Decimal(0))
    exact = Fraction(base) * _get_factor(formula)
    limit = _get_limit(formula, exact)
    if limit:
        exact = Fraction(formula.minimum if limit == MINIMUM else formula.maximum)
    plain = _round(exact, quantum(decimal_places), decimal_places)
    unit = formula.unit or quantum(decimal_places)
    amount = _round(exact, unit, decimal_places)
    if formula.maximum and amount > formula.maximum:
        amount = plain  # rounding up does not go past what the law allows
    return Fee(base, amount, limit, amount != plain)


def _get_base(formula: Formula, facts: Facts) -> Decimal:
    bases = {AREA: facts.area, LOAN: facts.loan, FIXED: Decimal(1)}
    return bases.get(formula.kind, facts.price)


def _get_factor(formula: Formula) -> Fraction:
    """What the base is multiplied with. A fee of 10 % of the price without it is 10/110
    of the price that has it inside."""
    rate = Fraction(formula.rate)
    if formula.kind == NET:
        return rate / (100 + rate)
    return rate / 100 if formula.kind in PERCENTS else rate


def _get_limit(formula: Formula, exact: Fraction) -> str:
    if exact < formula.minimum:
        return MINIMUM
    if formula.maximum and exact > formula.maximum:
        return MAXIMUM
    return ""


def _round(exact: Fraction, unit: Decimal, decimal_places: int) -> Decimal:
    """Round half up to a multiple of ``unit``: exactly, whatever the fraction."""
    count = (2 * exact / Fraction(unit) + 1) // 2
    return round_to_unit(Decimal(int(count)) * unit, unit, decimal_places)


def _check(formula: Formula, facts: Facts) -> None:
    if formula.kind not in FORMULAS:
        raise ValueError(f"Unknown formula {formula.kind!r}: use one of {FORMULAS}.")
    figures = (
        *(formula.rate, formula.minimum, formula.maximum, formula.unit),
        *(facts.price, facts.area, facts.loan),
    )
    if any(figure < 0 or figure > MAX_AMOUNT for figure in figures):
        raise ValueError("The figures of a fee are 0 to 10^15.")
    if formula.maximum and formula.minimum > formula.maximum:
        raise ValueError("The minimum of a fee is at most its maximum.")
