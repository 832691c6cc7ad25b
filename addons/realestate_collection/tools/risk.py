"""How likely a late contract is to need more than a call: a figure from 0 to 100 and
what it is made of.

Every factor has a ceiling, so that no single one decides, and is named with its points:
whoever opens a case sees why it stands where it stands.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

HIGHEST = 100
#: Where a risk is called medium and high.
MEDIUM, HIGH = 30, 60

MONTH = 30


@dataclass(frozen=True)
class RiskFacts:
    """What is known of a late contract.

    :param days_late: since the oldest instalment that is open fell due
    :param overdue: what is overdue, of the price
    :param price: of the contract
    :param items: instalments overdue
    :param broken: promises broken within a year
    :param silent: tries to reach the buyer since anybody was reached
    :param refused: the last time somebody was reached, the buyer would not pay
    :param failed: notices that could not be delivered within ninety days
    :param earlier: cases of this contract that were opened and closed before
    """

    days_late: int = 0
    overdue: Decimal = Decimal(0)
    price: Decimal = Decimal(0)
    items: int = 0
    broken: int = 0
    silent: int = 0
    refused: bool = False
    failed: int = 0
    earlier: int = 0


@dataclass(frozen=True)
class Factor:
    """One reason: its code, its points and the value that made them."""

    code: str
    points: int
    value: int


@dataclass(frozen=True)
class Risk:
    """The figure and its reasons, the weightiest first."""

    score: int
    factors: tuple[Factor, ...] = ()


@dataclass(frozen=True)
class _Rule:
    code: str
    ceiling: int
    read: Callable[[RiskFacts], int]
    rate: Callable[[int], float]


def _overdue_percent(facts: RiskFacts) -> int:
    """Return what is overdue in percent of the price, rounded down."""
    if facts.price <= 0:
        return 0
    return int(facts.overdue * 100 / facts.price)


_RULES = (
    _Rule("days", 30, lambda facts: facts.days_late, lambda days: days / MONTH * 7.5),
    _Rule("share", 20, _overdue_percent, lambda percent: percent),
    _Rule("items", 15, lambda facts: facts.items, lambda items: (items - 1) * 5),
    _Rule("broken", 20, lambda facts: facts.broken, lambda broken: broken * 10),
    _Rule("refused", 15, lambda facts: int(facts.refused), lambda yes: yes * 15),
    _Rule("silent", 10, lambda facts: facts.silent, lambda tries: (tries - 1) * 5),
    _Rule("failed", 10, lambda facts: facts.failed, lambda failed: failed * 5),
    _Rule("earlier", 10, lambda facts: facts.earlier, lambda cases: cases * 3),
)


def assess(facts: RiskFacts) -> Risk:
    """Return the risk of a contract; one that owes nothing overdue has none."""
    if facts.overdue <= 0:
        return Risk(0)
    factors = []
    for rule in _RULES:
        value = rule.read(facts)
        points = min(int(rule.rate(value)), rule.ceiling)
        if points > 0:
            factors.append(Factor(rule.code, points, value))
    factors.sort(key=lambda factor: -factor.points)
    return Risk(min(sum(f.points for f in factors), HIGHEST), tuple(factors))


def band(score: int) -> str:
    """Return ``low``, ``medium`` or ``high``."""
    if score >= HIGH:
        return "high"
    return "medium" if score >= MEDIUM else "low"
