"""What a doubtful debt is worth by each way of dealing with it.

Amounts are exact :class:`~decimal.Decimal` in one currency. The present value is what
the money is worth today: discounted by a yearly rate, less the cost, which is paid now.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

RESTRUCTURE = "restructure"
CANCEL = "cancel"
LEGAL = "legal"
AGENCY = "agency"
WRITE_OFF = "write_off"
KINDS = (RESTRUCTURE, CANCEL, LEGAL, AGENCY, WRITE_OFF)

#: Ways that bring the money in parts, month by month; the others at their end.
IN_PARTS = frozenset({RESTRUCTURE, AGENCY})
MAX_MONTHS = 600
_CONTEXT = Context(prec=40, rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Option:
    """A way: ``recovery`` percent of the debt within ``months``, at ``cost``."""

    kind: str
    recovery: Decimal
    cost: Decimal = Decimal(0)
    months: int = 0
    key: Hashable = None


@dataclass(frozen=True)
class Value:
    """What an option brings: nominally, and in today's money less its cost."""

    option: Option
    recovered: Decimal
    present: Decimal


def evaluate(
    amount: Decimal, option: Option, yearly_rate: Decimal, quantum: Decimal
) -> Value:
    """Return what ``option`` brings of a debt of ``amount``.

    :param yearly_rate: percent a year, 0 or more
    :param quantum: the smallest amount of the currency, such as 0.01
    :raises ValueError: for an unknown kind, negative figures, more than 600 months or
        more than 1,000 %
    """
    _check(amount, option, yearly_rate)
    recovered = _round(
        _CONTEXT.multiply(amount, option.recovery).scaleb(-2, _CONTEXT), quantum
    )
    factor = _get_factor(option, yearly_rate)
    worth = _round(_CONTEXT.multiply(recovered, factor), quantum)
    return Value(option, recovered, worth - option.cost)


def compare(
    amount: Decimal,
    options: Iterable[Option],
    yearly_rate: Decimal,
    quantum: Decimal,
) -> list[Value]:
    """Return the options by what they are worth today, the best first; of equal ones
    the one given first."""
    values = [evaluate(amount, option, yearly_rate, quantum) for option in options]
    return sorted(values, key=lambda value: -value.present)


def _get_factor(option, yearly_rate):
    """What one unit of the recovered money is worth today."""
    yearly = _CONTEXT.add(1, _CONTEXT.divide(yearly_rate, Decimal(100)))
    if not option.months or yearly == 1:
        return Decimal(1)
    if option.kind not in IN_PARTS:
        return _discount(yearly, option.months)
    factors = (_discount(yearly, month) for month in range(1, option.months + 1))
    return _CONTEXT.divide(sum(factors), Decimal(option.months))


def _discount(yearly, months):
    years = _CONTEXT.divide(Decimal(months), Decimal(12))
    return _CONTEXT.divide(Decimal(1), _CONTEXT.power(yearly, years))


def _round(amount, quantum):
    return amount.quantize(quantum, rounding=ROUND_HALF_UP, context=_CONTEXT)


def _check(amount, option, yearly_rate):
    if option.kind not in KINDS:
        raise ValueError(f"A way is one of {KINDS}, not {option.kind!r}.")
    if min(amount, option.recovery, option.cost, yearly_rate) < 0:
        raise ValueError("Amounts, percentages and costs are zero or more.")
    if not 0 <= option.months <= MAX_MONTHS:
        raise ValueError(f"A way takes 0 to {MAX_MONTHS} months.")
    if option.recovery > 1000 or yearly_rate > 1000:
        raise ValueError("A percentage is 1,000 at most.")
