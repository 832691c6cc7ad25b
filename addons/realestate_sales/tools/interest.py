"""Interest on what is paid in parts: annuity and equal principal, by month or by day.

Formulas, with ``P`` the principal, ``n`` parts and ``f_k`` the interest of period ``k``
on an amount of 1 (``rate × year fraction``, see :func:`year_fraction`):

* **Annuity**: every payment is the same, ``A = P / (d_1 + … + d_n)`` with the discount
  factors ``d_k = 1 / ((1 + f_1) … (1 + f_k))``. With equal months this is the familiar
  ``A = P·i / (1 − (1 + i)^−n)`` (Brealey, Myers, Allen, *Principles of Corporate
  Finance*, ch. 2; the ``PMT`` of spreadsheets).
* **Equal principal**: every payment repays ``P / n`` and the interest on what is still
  owed, so payments fall (等额本金; declining balance).

Day counts are those of the 2006 ISDA Definitions, section 4.16: Actual/365 (Fixed) (d),
Actual/360 (e), 30E/360 (g). ``month`` takes a twelfth of the year for every month,
whatever its length.

Every payment is money of the currency: interest and payment are rounded half up, and
the last part repays what is left, so that the principals sum to ``P`` exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal

from .money import quantum, round_money, round_to_unit, split_to_unit

METHODS = ("annuity", "principal")
DAY_COUNTS = ("month", "act/365", "act/360", "30/360")

_CONTEXT = Context(prec=50)
_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class InterestTerms:
    """How a principal bears interest.

    :param rate: percent a year, zero or more
    :param method: :data:`METHODS`
    :param day_count: :data:`DAY_COUNTS`
    :param grace: so many of the first parts pay interest only
    """

    rate: Decimal
    method: str = "annuity"
    day_count: str = "month"
    grace: int = 0


@dataclass(frozen=True)
class InterestPart:
    """One payment: what it repays, its interest, and what is owed after it."""

    principal: Decimal
    interest: Decimal
    balance: Decimal

    @property
    def payment(self) -> Decimal:
        """What the buyer pays: principal and interest."""
        return self.principal + self.interest


def year_fraction(start: date, end: date, day_count: str) -> Decimal:
    """Return the part of a year from ``start`` to ``end`` by a day count.

    ``month`` counts whole calendar months; a rest of days counts thirtieths of one.

    :raises ValueError: for an unknown day count, or an end before the start
    """
    if end < start:
        raise ValueError(f"A period cannot end on {end}, before it starts on {start}.")
    if day_count == "act/365":
        return _divide((end - start).days, 365)
    if day_count == "act/360":
        return _divide((end - start).days, 360)
    if day_count == "30/360":
        return _divide(_days_of_thirty(start, end), 360)
    if day_count == "month":
        return _divide(_days_of_months(start, end), 360)
    raise ValueError(f"The day count {day_count!r} is unknown: one of {DAY_COUNTS}.")


def amortize(
    principal: Decimal,
    dates: Sequence[date],
    date_from: date,
    terms: InterestTerms,
    decimal_places: int,
    unit: Decimal | None = None,
) -> list[InterestPart]:
    """Return one part for each of ``dates``; the principals sum to ``principal``.

    :param dates: due dates, in order, each after the one before
    :param date_from: the day the interest starts to run, at most the first due date
    :param unit: payments are whole multiples of it (1,000 VND); the last one pays
        what is left, whatever it is
    :raises ValueError: without a part that repays, or with dates out of order
    """
    factors = _factors(dates, date_from, terms)
    repaying = len(dates) - terms.grace
    if repaying < 1:
        raise ValueError("Interest-only parts must leave one that repays.")
    if terms.method == "annuity":
        level = _level(principal, factors[terms.grace :], decimal_places, unit)
        plan = [None] * terms.grace + [level] * repaying
        return _run(principal, factors, plan, decimal_places, is_payment=True)
    unit = unit or quantum(decimal_places)
    parts = split_to_unit(principal, [1] * repaying, unit, decimal_places)
    plan = [None] * terms.grace + parts
    return _run(principal, factors, plan, decimal_places, is_payment=False)


def _run(principal, factors, plan, decimal_places, *, is_payment):
    """Walk the parts. ``plan`` holds what each pays, or repays; None: interest only."""
    balance, parts = principal, []
    for number, (factor, planned) in enumerate(zip(factors, plan, strict=True), 1):
        interest = round_money(_CONTEXT.multiply(balance, factor), decimal_places)
        if planned is None:
            repaid = Decimal(0)
        elif number == len(plan):
            repaid = balance
        else:
            repaid = planned - interest if is_payment else planned
        # A long first period may cost more than a payment: nothing is then repaid.
        repaid = min(max(repaid, Decimal(0)), balance)
        balance -= repaid
        parts.append(InterestPart(repaid, interest, balance))
    return parts


def _level(principal, factors, decimal_places, unit):
    """Return the payment that is the same in every part."""
    discount, annuity = Decimal(1), Decimal(0)
    for factor in factors:
        discount = _CONTEXT.divide(discount, _CONTEXT.add(1, factor))
        annuity = _CONTEXT.add(annuity, discount)
    level = _CONTEXT.divide(principal, annuity)
    if unit:
        return round_to_unit(level, unit, decimal_places)
    return round_money(level, decimal_places)


def _factors(dates, date_from, terms):
    rate = _CONTEXT.divide(terms.rate, _HUNDRED)
    starts = [date_from, *dates[:-1]]
    return [
        _CONTEXT.multiply(rate, year_fraction(start, end, terms.day_count))
        for start, end in zip(starts, dates, strict=True)
    ]


def _divide(days: int, year: int) -> Decimal:
    return _CONTEXT.divide(Decimal(days), Decimal(year))


def _days_of_thirty(start: date, end: date) -> int:
    """Days of 30E/360: the 31st counts as the 30th."""
    years, months = end.year - start.year, end.month - start.month
    days = min(end.day, 30) - min(start.day, 30)
    return 360 * years + 30 * months + days


def _days_of_months(start: date, end: date) -> int:
    """Thirty for each month: a series of the 31st meets 28 February and goes on to
    31 March, and each of them is one month."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if start.day == end.day or (_is_last(end) and start.day > end.day):
        return 30 * months
    if _is_last(start) and end.day > start.day:
        return 30 * months
    return _days_of_thirty(start, end)


def _is_last(day: date) -> bool:
    return (date.fromordinal(day.toordinal() + 1)).month != day.month
