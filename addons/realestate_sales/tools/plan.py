"""Payment plan lines and what makes a plan unreadable.

The vocabulary of :mod:`.schedule`: the line, the error it raises, the checks of
each line by itself. Whether the lines together come to the price is decided
there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .interest import DAY_COUNTS, METHODS
from .money import MAX_AMOUNT, is_money, quantum

AMOUNT_TYPES = ("percent", "amount", "balance")
TRIGGERS = ("date", "offset", "milestone")
MAX_COUNT = 1200
HUNDRED = Decimal(100)

#: English sentence per error code; Odoo translates by ``code`` and ``params``.
MESSAGES = {
    "amount_precision": "Line %(name)s: %(value)s is finer than the smallest unit "
    "of the currency, %(quantum)s. Round it.",
    "amount_type_unknown": "Line %(name)s: the amount type %(value)s is unknown. "
    "Use percent, amount or balance.",
    "count_invalid": "Line %(name)s: the number of parts must be 1 to %(maximum)s, "
    "not %(value)s.",
    "date_missing": "Line %(name)s: a line due on a date needs that date.",
    "date_out_of_range": "Line %(name)s: its dates run past the end of the "
    "calendar. Shorten the series or its offset.",
    "exceeds_price": "The lines come to %(total)s, more than the price %(price)s. "
    "Lower one of them.",
    "day_count_unknown": "Line %(name)s: the day count %(value)s is unknown. Use "
    "month, act/365, act/360 or 30/360.",
    "fee_exceeds_price": "The reservation fee %(fee)s is more than the price "
    "%(price)s. Lower the fee.",
    "fee_invalid": "The reservation fee %(fee)s must be zero or more and no finer "
    "than %(quantum)s.",
    "grace_invalid": "Line %(name)s: of its %(count)s parts %(value)s are to pay "
    "interest only. Leave one or more that repay.",
    "grace_without_interest": "Line %(name)s: parts that pay interest only need an "
    "interest rate.",
    "interest_method_unknown": "Line %(name)s: the interest method %(value)s is "
    "unknown. Use annuity or principal.",
    "interest_needs_dates": "Line %(name)s: interest runs between dates, and a "
    "milestone has none yet. Use a date or months after the start.",
    "interest_rate_invalid": "Line %(name)s: the interest rate %(value)s must be zero "
    "to 100 %% a year.",
    "interest_with_steps": "Line %(name)s: a line bears interest or has steps and "
    "seasons, not both.",
    "interval_invalid": "Line %(name)s: a series needs 1 month or more between its "
    "parts, not %(value)s.",
    "milestone_missing": "Line %(name)s: a line due at a milestone needs that "
    "milestone.",
    "no_lines": "The payment plan has no line. Add one for the balance.",
    "not_covered": "The lines come to %(total)s of the price %(price)s; %(missing)s "
    "is missing. Make the last line the balance.",
    "offset_invalid": "Line %(name)s: months and days after the start must be zero "
    "or more.",
    "percent_above_hundred": "Line %(name)s: %(value)s %% is more than the price. "
    "Lower it.",
    "price_invalid": "The price %(price)s must be above zero and no finer than "
    "%(quantum)s.",
    "rounding_invalid": "Parts cannot be rounded to %(value)s: use a multiple of "
    "%(quantum)s.",
    "season_empty": "Line %(name)s: none of its parts is due in a month of its season.",
    "season_invalid": "Line %(name)s: a season has twelve weights of zero or more, one "
    "for each month from January on.",
    "season_needs_dates": "Line %(name)s: seasons go by due dates, and a milestone has "
    "none yet. Use a date or months after the start.",
    "several_balances": "Line %(name)s: only one line may take the balance. Give "
    "this one a percent or an amount.",
    "step_invalid": "Line %(name)s: steps rise by more than -100 and at most 1,000 %% "
    "after 1 part or more.",
    "trigger_unknown": "Line %(name)s: the trigger %(value)s is unknown. Use date, "
    "offset or milestone.",
    "value_not_positive": "Line %(name)s: the value %(value)s must be above zero.",
}


@dataclass(frozen=True)
class PlanLine:
    """One line of a payment plan: an amount, split in parts, and when it is due.

    ``interest_rate`` is percent a year on what is still owed of the line, by
    ``interest_method`` and ``day_count`` (see :mod:`.interest`); the first
    ``grace_parts`` pay interest only. ``step_percent`` raises the parts by that much
    after every ``step_every`` of them. ``season`` weighs them by the month they are due
    in, from January on: twelve figures of zero or more, or none.
    """

    sequence: int
    kind: str
    name: str
    amount_type: str
    value: Decimal = Decimal(0)
    trigger: str = "offset"
    date_fixed: date | None = None
    offset_months: int = 0
    offset_days: int = 0
    count: int = 1
    interval_months: int = 1
    milestone: str | None = None
    interest_rate: Decimal = Decimal(0)
    interest_method: str = "annuity"
    day_count: str = "month"
    grace_parts: int = 0
    step_percent: Decimal = Decimal(0)
    step_every: int = 12
    season: tuple[Decimal | int, ...] = ()


class PlanError(ValueError):
    """A plan, price or fee from which no exact schedule follows.

    ``code`` is a key of :data:`MESSAGES`, ``params`` its values, ``line`` the
    :class:`PlanLine` at fault or ``None`` when it is the plan as a whole.
    """

    def __init__(self, code: str, line: PlanLine | None = None, **params):
        self.code = code
        self.line = line
        self.params = {"name": line.name, **params} if line else params
        super().__init__(MESSAGES[code] % self.params)


def check_price(price: Decimal, decimal_places: int) -> None:
    """Refuse a price that is not above zero or finer than the minor unit."""
    if not _is_valid_amount(price, decimal_places) or price <= 0:
        raise PlanError("price_invalid", price=price, quantum=quantum(decimal_places))


def check_fee(fee: Decimal, price: Decimal, decimal_places: int) -> None:
    """Refuse a fee below zero, above the price or finer than the minor unit."""
    if not _is_valid_amount(fee, decimal_places) or fee < 0:
        raise PlanError("fee_invalid", fee=fee, quantum=quantum(decimal_places))
    if fee > price:
        raise PlanError("fee_exceeds_price", fee=fee, price=price)


def _is_valid_amount(amount: Decimal, decimal_places: int) -> bool:
    return (
        isinstance(amount, Decimal | int)
        and Decimal(amount).is_finite()
        and abs(amount) <= MAX_AMOUNT
        and is_money(amount, decimal_places)
    )


def check_lines(lines: Sequence[PlanLine], price: Decimal, decimal_places: int) -> None:
    """Refuse a plan of which one line alone already makes no sense."""
    if not lines:
        raise PlanError("no_lines")
    for line in lines:
        _check_line_amount(line, price, decimal_places)
        _check_line_dates(line)
        _check_line_interest(line)
        _check_line_steps(line)
    balances = [line for line in lines if line.amount_type == "balance"]
    if len(balances) > 1:
        raise PlanError("several_balances", balances[1])


def _check_line_amount(line: PlanLine, price: Decimal, decimal_places: int) -> None:
    if line.amount_type not in AMOUNT_TYPES:
        raise PlanError("amount_type_unknown", line, value=line.amount_type)
    if line.amount_type == "balance":
        return
    if not isinstance(line.value, Decimal | int):
        raise TypeError(f"A plan value is a Decimal, not {line.value!r}.")
    value = Decimal(line.value)
    if not value.is_finite() or value <= 0:
        raise PlanError("value_not_positive", line, value=value)
    if line.amount_type == "percent" and value > HUNDRED:
        raise PlanError("percent_above_hundred", line, value=value)
    if line.amount_type == "amount" and value > price:
        raise PlanError("exceeds_price", line, total=value, price=price)
    if line.amount_type == "amount" and not is_money(value, decimal_places):
        raise PlanError(
            "amount_precision", line, value=value, quantum=quantum(decimal_places)
        )


def _check_line_dates(line: PlanLine) -> None:
    if line.trigger not in TRIGGERS:
        raise PlanError("trigger_unknown", line, value=line.trigger)
    if line.trigger == "date" and not line.date_fixed:
        raise PlanError("date_missing", line)
    if line.trigger == "milestone" and not line.milestone:
        raise PlanError("milestone_missing", line)
    if not 1 <= line.count <= MAX_COUNT:
        raise PlanError("count_invalid", line, value=line.count, maximum=MAX_COUNT)
    if line.count > 1 and line.interval_months < 1:
        raise PlanError("interval_invalid", line, value=line.interval_months)
    if line.offset_months < 0 or line.offset_days < 0:
        raise PlanError("offset_invalid", line)


def _check_line_interest(line: PlanLine) -> None:
    if not 0 <= line.interest_rate <= HUNDRED:
        raise PlanError("interest_rate_invalid", line, value=line.interest_rate)
    if not line.interest_rate:
        if line.grace_parts:
            raise PlanError("grace_without_interest", line)
        return
    if line.interest_method not in METHODS:
        raise PlanError("interest_method_unknown", line, value=line.interest_method)
    if line.day_count not in DAY_COUNTS:
        raise PlanError("day_count_unknown", line, value=line.day_count)
    if line.trigger == "milestone":
        raise PlanError("interest_needs_dates", line)
    if line.step_percent or line.season:
        raise PlanError("interest_with_steps", line)
    if not 0 <= line.grace_parts < line.count:
        raise PlanError("grace_invalid", line, value=line.grace_parts, count=line.count)


def _check_line_steps(line: PlanLine) -> None:
    if not -HUNDRED < line.step_percent <= 10 * HUNDRED or line.step_every < 1:
        raise PlanError("step_invalid", line)
    if not line.season:
        return
    if line.trigger == "milestone":
        raise PlanError("season_needs_dates", line)
    if len(line.season) != 12 or min(line.season) < 0:
        raise PlanError("season_invalid", line)


def check_rounding(unit: Decimal | None, decimal_places: int) -> None:
    """Refuse a rounding unit that is not a multiple of the minor unit above zero."""
    if unit is not None and (not _is_valid_amount(unit, decimal_places) or unit <= 0):
        raise PlanError("rounding_invalid", value=unit, quantum=quantum(decimal_places))
