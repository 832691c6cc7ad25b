"""Compute the price of a unit from the rules of a price list, step by step.

The rules are applied in their order; each adds (or takes) an amount rounded to the
currency's minor unit, so that the steps always come to the price exactly. Rules that
do not look at what came before may stand in any order among themselves: amounts,
amounts per area and amounts per floor. A percentage of the base looks at the base
rules before it, a percentage of the price so far at everything before it.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal

from .money import quantum, round_money
from .text import fold

#: The key of the ground floor, see :mod:`.floor`: below it no floor rise is counted.
GROUND = -80
PERCENT = Decimal("0.01")
_CONTEXT = Context(prec=60)

#: English sentence per error code; Odoo translates by ``code`` and ``params``.
MESSAGES = {
    "no_rules": "The price list has no rule: add one of the kind Base.",
    "no_base": "No rule is of the kind Base: the price starts with one.",
    "base_percent": "Rule %(name)s: the base is an amount, per area or as a whole, "
    "not a percentage.",
    "percent_before_base": "Rule %(name)s is a percentage of what comes before it, and "
    "no base does: move it below the base.",
    "value_zero": "Rule %(name)s has the value 0: give a value or remove the rule.",
    "value_too_large": "Rule %(name)s: %(value)s is too large to be true.",
    "floors_reversed": "Rule %(name)s: its last floor is below its first floor.",
    "floor_percent": "The floor price is 0 to 100 %% of the list price, not "
    "%(value)s %%.",
    "rounding_step": "Prices are rounded to a step of zero or more, no finer than "
    "%(quantum)s, not to %(value)s.",
}


@dataclass(frozen=True)
class UnitFacts:
    """What the price of a unit depends on.

    ``floor`` is the unit's place in the building as :func:`.floor.floor_key` gives it,
    ``floors`` the places of all floors of that building, in any order: a floor that
    was never built (the 4th, the 13th) is not counted. ``floor`` is ``None`` for what
    stands on none, such as a villa: no rule of certain floors is for it, and a floor
    rise counts 0.
    """

    area: Decimal
    building: Hashable = None
    unit_type: Hashable = None
    kind: str = "home"
    floor: int | None = 10
    floors: frozenset[int] = frozenset()
    view: str = ""
    is_corner: bool = False


@dataclass(frozen=True)
class Rule:
    """One rule of a price list: what it adds, and to which units.

    ``kind`` is base, floor, view, corner, type or custom and decides only what the
    base is. ``method`` is per_area, amount, percent (``percent_of`` base or total) or
    per_floor (a ``floor_unit`` of amount, area or percent of the base). ``key`` is for
    the caller.

    Empty conditions hold for every unit. ``floor_from`` and ``floor_to`` bound the
    floors a rule is for; for a floor rise they bound the floors that are counted: the
    first one after ``floor_from`` counts 1, those above ``floor_to`` count no more.
    Without ``floor_from`` the lowest floor above the ground counts 0.
    """

    name: str
    kind: str
    method: str
    value: Decimal
    percent_of: str = "base"
    floor_unit: str = "amount"
    buildings: frozenset = frozenset()
    unit_types: frozenset = frozenset()
    unit_kind: str | None = None
    floor_from: int | None = None
    floor_to: int | None = None
    view: str = ""
    is_corner: bool = False
    key: Hashable = None

    @property
    def uses_base(self) -> bool:
        """Whether the step depends on the base rules before it."""
        if self.method == "percent":
            return self.percent_of == "base"
        return self.method == "per_floor" and self.floor_unit == "percent"

    @property
    def uses_total(self) -> bool:
        """Whether the step depends on every step before it."""
        return self.method == "percent" and self.percent_of == "total"


@dataclass(frozen=True)
class Terms:
    """How a list rounds (nearest, up or down), and its floor price in percent."""

    decimal_places: int = 2
    floor_percent: Decimal = Decimal(100)
    rounding_step: Decimal = Decimal(0)
    rounding: str = "nearest"


@dataclass(frozen=True)
class Step:
    """One line of the calculation: ``code`` and ``params`` say it in any language.

    ``amount`` is what the step adds, ``total`` the price so far with it.
    """

    code: str
    amount: Decimal
    total: Decimal
    rule: Rule | None = None
    params: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Price:
    """The outcome: the steps come to ``price_list`` exactly."""

    steps: tuple[Step, ...]
    price_list: Decimal
    price_floor: Decimal

    @property
    def is_priced(self) -> bool:
        """Whether the rules give the unit a price at all."""
        return self.price_list > 0


class PricingError(ValueError):
    """Rules from which no price follows; ``code`` is a key of :data:`MESSAGES`."""

    def __init__(self, code: str, rule: Rule | None = None, **params):
        self.code = code
        self.rule = rule
        self.params = {"name": rule.name, **params} if rule else params
        super().__init__(MESSAGES[code] % self.params)


# === CHECKS === #


def check_rules(rules: Sequence[Rule], terms: Terms) -> None:
    """Refuse rules and terms that cannot price any unit.

    :raises PricingError: naming the first thing to correct
    """
    if not rules:
        raise PricingError("no_rules")
    has_base = False
    for rule in rules:
        _check_rule(rule, has_base)
        has_base = has_base or rule.kind == "base"
    if not has_base:
        raise PricingError("no_base")
    _check_terms(terms)


def _check_rule(rule: Rule, has_base: bool) -> None:
    if not rule.value:
        raise PricingError("value_zero", rule)
    if abs(rule.value) >= Decimal(10) ** 12:
        raise PricingError("value_too_large", rule, value=rule.value)
    looks_back = rule.uses_base or rule.uses_total
    if rule.kind == "base" and looks_back:
        raise PricingError("base_percent", rule)
    if looks_back and not has_base:
        raise PricingError("percent_before_base", rule)
    floors = (rule.floor_from, rule.floor_to)
    if None not in floors and floors[0] > floors[1]:
        raise PricingError("floors_reversed", rule)


def _check_terms(terms: Terms) -> None:
    if not 0 <= terms.floor_percent <= 100:
        raise PricingError("floor_percent", value=terms.floor_percent)
    step = terms.rounding_step
    if step < 0 or step != round_money(step, terms.decimal_places):
        raise PricingError(
            "rounding_step", value=step, quantum=quantum(terms.decimal_places)
        )


# === PRICE === #


def price_unit(unit: UnitFacts, rules: Sequence[Rule], terms: Terms) -> Price:
    """Return the price of ``unit`` with every step that leads to it.

    :param rules: in the order of the list; see :func:`check_rules`
    """
    steps: list[Step] = []
    total = base = Decimal(0)
    for rule in rules:
        if not applies(rule, unit):
            continue
        code, exact, params = _exact_step(rule, unit, base, total)
        amount = round_money(exact, terms.decimal_places)
        total += amount
        base += amount if rule.kind == "base" else 0
        steps.append(Step(code, amount, total, rule, params))
    price_list = round_step(total, terms)
    if price_list != total:
        params = {"step": terms.rounding_step, "rounding": terms.rounding}
        steps.append(Step("rounding", price_list - total, price_list, params=params))
    return Price(tuple(steps), price_list, floor_price(price_list, terms))


def applies(rule: Rule, unit: UnitFacts) -> bool:
    """Tell whether the conditions of ``rule`` hold for ``unit``."""
    return (
        (not rule.buildings or unit.building in rule.buildings)
        and (not rule.unit_types or unit.unit_type in rule.unit_types)
        and (not rule.unit_kind or unit.kind == rule.unit_kind)
        and (not rule.view or same_view(rule.view, unit.view))
        and (not rule.is_corner or unit.is_corner)
        and (rule.method == "per_floor" or _is_on_floors(rule, unit.floor))
    )


def same_view(view: str, other: str) -> bool:
    """Tell whether two views are the same but for capitals, accents and spaces."""
    return fold(view) == fold(other)


def _is_on_floors(rule: Rule, floor: int | None) -> bool:
    if floor is None:
        return rule.floor_from is None and rule.floor_to is None
    return (rule.floor_from is None or floor >= rule.floor_from) and (
        rule.floor_to is None or floor <= rule.floor_to
    )


def floors_risen(rule: Rule, unit: UnitFacts) -> int:
    """Return how many floors a floor rise counts for ``unit``; basements count 0."""
    if unit.floor is None:
        return 0
    top = unit.floor if rule.floor_to is None else min(unit.floor, rule.floor_to)
    floors = {floor for floor in unit.floors | {unit.floor} if GROUND <= floor <= top}
    if rule.floor_from is None:
        return max(len(floors) - 1, 0)
    return sum(floor > rule.floor_from for floor in floors)


def _exact_step(
    rule: Rule, unit: UnitFacts, base: Decimal, total: Decimal
) -> tuple[str, Decimal, dict]:
    """Return the code of a step, what it adds before rounding, and what it says."""
    value = rule.value
    params = {"value": value}
    if rule.method == "amount":
        return "amount", value, params
    if rule.method == "per_area":
        return "per_area", _times(value, unit.area), params | {"area": unit.area}
    if rule.method == "percent":
        of = base if rule.percent_of == "base" else total
        code = f"percent_{rule.percent_of}"
        return code, _times(of, value, PERCENT), params | {"of": of}
    if unit.floor is None:
        return "no_floor", Decimal(0), params
    floors = floors_risen(rule, unit)
    params["floors"] = floors
    if rule.floor_unit == "area":
        exact = _times(value, floors, unit.area)
        return "per_floor_area", exact, params | {"area": unit.area}
    if rule.floor_unit == "percent":
        exact = _times(base, value, floors, PERCENT)
        return "per_floor_percent", exact, params | {"of": base}
    return "per_floor", _times(value, floors), params


def _times(*factors: Decimal | int) -> Decimal:
    product = Decimal(1)
    for factor in factors:
        product = _CONTEXT.multiply(product, Decimal(factor))
    return product


def round_step(total: Decimal, terms: Terms) -> Decimal:
    """Return the list price: ``total`` rounded to the step of the list, if it has one.

    A price that is not above zero is none and stays as it is.
    """
    step = terms.rounding_step
    if not step or total <= 0:
        return total
    rest = _CONTEXT.remainder(total, step)
    is_up = {"nearest": 2 * rest >= step, "up": rest > 0, "down": False}
    return total - rest + (step if is_up[terms.rounding] else 0)


def floor_price(price_list: Decimal, terms: Terms) -> Decimal:
    """Return the price below which nobody sells without approval."""
    if price_list <= 0:
        return Decimal(0)
    exact = _times(price_list, terms.floor_percent, PERCENT)
    return round_money(exact, terms.decimal_places)
