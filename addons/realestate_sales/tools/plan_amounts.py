"""What each part of a plan comes to, all together exactly the price.

Rounding is left to one part: the last one of the balance line, or of the plan where no
line takes the balance; the first one where the plan says so.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from .money import percent_of, quantum, round_to_unit, split_to_unit, sum_money
from .plan import PlanError, PlanLine


def line_amounts(
    lines: Sequence[PlanLine],
    dates: Sequence[Sequence[date | None]],
    price: Decimal,
    decimal_places: int,
    *,
    unit: Decimal | None = None,
    remainder_first: bool = False,
) -> list[list[Decimal]]:
    """Return the parts of every line, all together equal to the price.

    :param dates: due dates of the parts of each line; None while not known
    :param unit: percents and parts are whole multiples of it, the minor unit if None
    :raises PlanError: when the lines do not come to the price
    """
    unit = unit or quantum(decimal_places)
    totals = [_line_total(line, price, decimal_places, unit) for line in lines]
    left = price - sum_money(totals)
    balance = next(
        (i for i, line in enumerate(lines) if line.amount_type == "balance"), None
    )
    _check_coverage(lines, price, left, has_balance=balance is not None)
    if balance is not None and left > 0:
        totals[balance], left = left, Decimal(0)
    parts = [
        split_to_unit(
            total,
            _weights(line, days),
            unit,
            decimal_places,
            remainder_first=remainder_first,
        )
        for total, line, days in zip(totals, lines, dates, strict=True)
    ]
    return _place_rounding(lines, parts, left, remainder_first=remainder_first)


def _line_total(
    line: PlanLine, price: Decimal, decimal_places: int, unit: Decimal
) -> Decimal:
    if line.amount_type == "percent":
        exact = percent_of(price, Decimal(line.value), decimal_places)
        return round_to_unit(exact, unit, decimal_places)
    if line.amount_type == "amount":
        return Decimal(line.value)
    return Decimal(0)


def _weights(line: PlanLine, days: Sequence[date | None]) -> list[Fraction]:
    """Return how the parts of a line stand to each other: steps and seasons."""
    rise = 1 + Fraction(line.step_percent) / 100
    steps = [rise ** (index // line.step_every) for index in range(line.count)]
    if not line.season:
        return steps
    weights = [
        step * Fraction(line.season[day.month - 1])
        for step, day in zip(steps, days, strict=True)
    ]
    if not any(weights):
        raise PlanError("season_empty", line)
    return weights


def _check_coverage(
    lines: Sequence[PlanLine], price: Decimal, left: Decimal, *, has_balance: bool
) -> None:
    """Refuse lines that, before any rounding, do not come to the price."""
    exact = sum((_exact_total(line, price) for line in lines), Fraction(0))
    missing = Fraction(price) - exact
    slack = _percent_slack(lines) * Fraction(price) / 100
    total = price - left
    if missing < -slack:
        raise PlanError("exceeds_price", total=total, price=price)
    if missing > slack and not has_balance:
        raise PlanError("not_covered", total=total, price=price, missing=left)


def _exact_total(line: PlanLine, price: Decimal) -> Fraction:
    if line.amount_type == "percent":
        return Fraction(price) * Fraction(line.value) / 100
    return Fraction(line.value) if line.amount_type == "amount" else Fraction(0)


def _percent_slack(lines: Sequence[PlanLine]) -> Fraction:
    """Return by how many percent the percents may miss the price.

    33.33 % three times means a third each: a percent written with two decimals
    or more stands for anything that rounds to it. One with fewer decimals means
    exactly what it says, and so does a plan that names sums of money.
    """
    if any(line.amount_type == "amount" for line in lines):
        return Fraction(0)
    slack = Fraction(0)
    for line in lines:
        exponent = Decimal(line.value).normalize().as_tuple().exponent
        if line.amount_type == "percent" and exponent <= -2:
            slack += Fraction(1, 2 * 10**-exponent)
    return slack


def _place_rounding(
    lines: Sequence[PlanLine],
    parts: list[list[Decimal]],
    left: Decimal,
    *,
    remainder_first: bool,
) -> list[list[Decimal]]:
    """Give ``left`` to the last item; take a shortage from the last ones that pay.

    A sum that the plan names is touched only where there is nothing else.
    """
    turn = list if remainder_first else reversed
    groups = list(zip(lines, parts, strict=True))
    groups.sort(key=lambda group: (group[0].amount_type != "amount") != remainder_first)
    for _line, group in turn(groups):
        for index in turn(range(len(group))):
            if not left:
                return parts
            change = max(left, -group[index])
            group[index] += change
            left -= change
    return parts
