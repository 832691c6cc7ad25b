"""Whether a household can carry a loan, and the largest one it could.

The instalment is that of :mod:`.interest`, month by month: with an annuity each is the
same, with equal principal the first is the highest and is the one that counts. A
combined loan has two parts at two rates that run for the same time.

A limit of zero does not apply.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_FLOOR, Context, Decimal

from .dates import add_months
from .interest import InterestTerms, amortize
from .money import MAX_DECIMAL_PLACES, percent_of, quantum, sum_money

ZERO = Decimal(0)
#: Any day will do: months count alike from each.
_START = date(2000, 1, 1)
_CONTEXT = Context(prec=50)


@dataclass(frozen=True)
class LoanPart:
    """An amount lent at a rate in percent a year."""

    amount: Decimal
    rate: Decimal


@dataclass(frozen=True)
class LoanRules:
    """What a bank asks of a loan.

    :param months_max: the longest term
    :param ltv_max: the loan in percent of the price
    :param fund_max: the part of a housing fund
    :param income_factor: the household earns so many times the instalment
    :param debt_ratio_max: instalment and other debts in percent of the income
    """

    months_max: int = 0
    ltv_max: Decimal = ZERO
    fund_max: Decimal = ZERO
    income_factor: Decimal = ZERO
    debt_ratio_max: Decimal = ZERO


@dataclass(frozen=True)
class Household:
    """What comes in a month and what goes out for debts already there."""

    income: Decimal = ZERO
    debts: Decimal = ZERO


@dataclass(frozen=True)
class Problem:
    """What the bank would say against the loan, as a code with its values."""

    code: str
    params: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Affordability:
    """The figures of a loan, and what stands against it.

    ``debt_ratio`` and ``ltv`` are percent with two decimals, None where there is no
    income or price; ``amount_max`` is the largest loan of the same mix that passes,
    None where no rule limits it.
    """

    instalment: Decimal
    interest: Decimal
    ltv: Decimal | None
    debt_ratio: Decimal | None
    amount_max: Decimal | None
    problems: tuple[Problem, ...]


def first_instalment(
    parts: Sequence[LoanPart], months: int, method: str, decimal_places: int
) -> Decimal:
    """Return what is paid in the first month, the dearest of all.

    :param method: "annuity" or "principal", see :mod:`.interest`
    """
    return sum_money(
        _amortized(part, months, method, decimal_places)[0].payment
        for part in parts
        if part.amount
    )


def check_loan(
    price: Decimal,
    commercial: LoanPart,
    fund: LoanPart,
    months: int,
    method: str,
    household: Household,
    rules: LoanRules,
    decimal_places: int,
) -> Affordability:
    """Return the figures of a loan and everything that stands against it.

    :param price: of what is bought, in the currency of the loan
    :param fund: the part of a housing fund; zero where there is none
    :param months: the term, one or more
    :raises ValueError: for a term below one month, or amounts below zero
    """
    parts = (commercial, fund)
    if months < 1 or min(part.amount for part in parts) < 0:
        raise ValueError("A loan has a term of a month or more, and no negative part.")
    plans = [_amortized(p, months, method, decimal_places) for p in parts if p.amount]
    instalment = sum_money(plan[0].payment for plan in plans)
    total = commercial.amount + fund.amount
    cap = _carried(household, rules)
    return Affordability(
        instalment=instalment,
        interest=sum_money(part.interest for plan in plans for part in plan),
        ltv=_percent(total, price),
        debt_ratio=_percent(instalment + household.debts, household.income),
        amount_max=_largest(price, parts, months, method, cap, rules, decimal_places),
        problems=tuple(
            _terms_problems(price, parts, months, rules, decimal_places)
            + _income_problems(instalment, household, rules)
        ),
    )


def _amortized(part, months, method, decimal_places):
    dates = [add_months(_START, number) for number in range(1, months + 1)]
    terms = InterestTerms(part.rate, method)
    return amortize(part.amount, dates, _START, terms, decimal_places)


def _percent(amount, whole):
    if whole <= 0:
        return None
    return _CONTEXT.divide(amount * 100, whole).quantize(Decimal("0.01"))


def _carried(household, rules):
    """Return the highest instalment the income carries; None: it is not asked for."""
    limits = []
    if rules.income_factor:
        limits.append(_CONTEXT.divide(household.income, rules.income_factor))
    if rules.debt_ratio_max:
        all_debts = _CONTEXT.divide(household.income * rules.debt_ratio_max, 100)
        limits.append(all_debts - household.debts)
    return max(min(limits), ZERO) if limits else None


def _terms_problems(price, parts, months, rules, decimal_places):
    total, fund = parts[0].amount + parts[1].amount, parts[1].amount
    problems = []
    if rules.months_max and months > rules.months_max:
        problems.append(Problem("months", {"maximum": rules.months_max}))
    if rules.ltv_max:
        maximum = percent_of(price, rules.ltv_max, decimal_places)
        if total > maximum:
            params = {"percent": rules.ltv_max, "maximum": maximum}
            problems.append(Problem("ltv", params))
    if rules.fund_max and fund > rules.fund_max:
        problems.append(Problem("fund", {"maximum": rules.fund_max}))
    return problems


def _income_problems(instalment, household, rules):
    if not rules.income_factor and not rules.debt_ratio_max:
        return []
    if household.income <= 0:
        return [Problem("no_income")]
    problems = []
    wanted = instalment * rules.income_factor
    if household.income < wanted:
        params = {"factor": rules.income_factor, "wanted": wanted}
        problems.append(Problem("income", params))
    debts = instalment + household.debts
    if rules.debt_ratio_max and debts * 100 > household.income * rules.debt_ratio_max:
        ratio = _percent(debts, household.income)
        params = {"ratio": ratio, "maximum": rules.debt_ratio_max}
        problems.append(Problem("debt_ratio", params))
    return problems


def _largest(price, parts, months, method, cap, rules, decimal_places):
    """Return the largest loan of the same mix that the rules on amounts allow."""
    total = parts[0].amount + parts[1].amount
    limits = []
    if rules.ltv_max:
        limits.append(percent_of(price, rules.ltv_max, decimal_places))
    if rules.fund_max and parts[1].amount:
        limits.append(_CONTEXT.divide(rules.fund_max * total, parts[1].amount))
    if cap is not None and total:
        exact = first_instalment(parts, months, method, MAX_DECIMAL_PLACES)
        # Each part is rounded, and half up: stay below by what that may add.
        margin = quantum(decimal_places) * sum(1 for part in parts if part.amount)
        carried = max(cap - margin, ZERO)
        limits.append(_CONTEXT.divide(carried * total, exact) if exact else total)
    if not limits:
        return None
    return min(limits).quantize(
        quantum(decimal_places), rounding=ROUND_FLOOR, context=_CONTEXT
    )
