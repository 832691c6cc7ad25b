from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

#: What :mod:`..tools.pricing` says of rules that price nothing, by its codes.
PRICING_MESSAGES = {
    "base_percent": _lt(
        "Rule %(name)s: the base is an amount, per area or as a whole, not a "
        "percentage."
    ),
    "floor_percent": _lt(
        "The floor price is 0 to 100 %% of the list price, not %(value)s %%."
    ),
    "floors_reversed": _lt("Rule %(name)s: its last floor is below its first floor."),
    "no_base": _lt("No rule is of the kind Base: the price starts with one."),
    "no_rules": _lt("The price list has no rule: add one of the kind Base."),
    "percent_before_base": _lt(
        "Rule %(name)s is a percentage of what comes before it, and no base does: move "
        "it below the base."
    ),
    "rounding_step": _lt(
        "Prices are rounded to a step of zero or more, no finer than %(quantum)s, not "
        "to %(value)s."
    ),
    "value_too_large": _lt("Rule %(name)s: %(value)s is too large to be true."),
    "value_zero": _lt(
        "Rule %(name)s has the value 0: give a value or remove the rule."
    ),
}

#: How a step was computed, by its code; the figures are already formatted.
STEP_MESSAGES = {
    "amount": _lt("Fixed amount"),
    "per_area": _lt("%(area)s m² × %(value)s"),
    "percent_base": _lt("%(value)s%% of the base price %(of)s"),
    "percent_total": _lt("%(value)s%% of the price so far %(of)s"),
    "per_floor": _lt("%(floors)s floors × %(value)s"),
    "per_floor_area": _lt("%(floors)s floors × %(area)s m² × %(value)s"),
    "per_floor_percent": _lt(
        "%(floors)s floors × %(value)s%% of the base price %(of)s"
    ),
    "per_floor_one": _lt("1 floor × %(value)s"),
    "per_floor_area_one": _lt("1 floor × %(area)s m² × %(value)s"),
    "per_floor_percent_one": _lt("1 floor × %(value)s%% of the base price %(of)s"),
    "no_floor": _lt("The unit stands on no floor: no floor rise"),
    "rounding_nearest": _lt("To the nearest %(step)s"),
    "rounding_up": _lt("Up to the next %(step)s"),
    "rounding_down": _lt("Down to %(step)s"),
    "given": _lt("As entered, without rules"),
    "manual": _lt("Price entered by hand"),
    "changed": _lt("The unit or its price changed after the rules were applied"),
}

#: What a rule adds, for lists of rules.
EFFECT_MESSAGES = {
    "amount": _lt("%(value)s"),
    "per_area": _lt("%(value)s per m²"),
    "percent_base": _lt("%(value)s%% of the base"),
    "percent_total": _lt("%(value)s%% of the price so far"),
    "per_floor": _lt("%(value)s per floor"),
    "per_floor_area": _lt("%(value)s per m² and floor"),
    "per_floor_percent": _lt("%(value)s%% of the base per floor"),
}
