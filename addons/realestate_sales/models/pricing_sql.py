"""The rules of a price list as one SQL query over all units of a project.

It computes what :func:`..tools.pricing.price_unit` computes, to the minor unit: the
same steps in numeric arithmetic, rounded half away from zero. Steps that look back read
the columns of earlier stages, so that no expression is repeated by those after it.
"""

from odoo.tools import SQL

from ..tools.floor import NO_FLOOR
from ..tools.pricing import GROUND, PERCENT, same_view

#: Keeps the planner from writing a stage's expressions into the next one's.
_FENCE = SQL("OFFSET 0")


def priced_units(project_id, rules, terms, views):
    """SELECT of unit_id, price_list and price_floor of every active unit.

    A unit that no base rule is for has a price_list of zero or less.

    :param rules: :class:`..tools.pricing.Rule` objects in their order, checked
    :param views: the different views of the project's units
    """
    query = _facts(project_id, rules)
    base, total = [], []
    for number, stage in enumerate(_stages(rules)):
        step = SQL.identifier("unit", f"step_{number}")
        amounts = [
            _step(rule, index, base, total, terms, views) for index, rule in stage
        ]
        query = SQL(
            "SELECT unit.*, %(sum)s AS %(name)s FROM (%(query)s) unit %(fence)s",
            sum=_sum(amounts),
            name=SQL.identifier(f"step_{number}"),
            query=query,
            fence=_FENCE,
        )
        total.append(step)
        if stage[0][1].kind == "base":
            base.append(step)
    return SQL(
        """SELECT priced.id AS unit_id, priced.price_list,
                  round(GREATEST(priced.price_list, 0) * %(percent)s, %(places)s)
                      AS price_floor
             FROM (SELECT summed.id, %(rounded)s AS price_list
                     FROM (SELECT unit.id, %(total)s AS total
                             FROM (%(query)s) unit %(fence)s) summed
                          %(fence)s) priced""",
        percent=terms.floor_percent * PERCENT,
        places=terms.decimal_places,
        rounded=_rounded(terms),
        total=_sum(total),
        query=query,
        fence=_FENCE,
    )


def _stages(rules):
    """Runs of rules that do not look at one another, as (index, rule) pairs."""
    stages = []
    for index, rule in enumerate(rules):
        run = stages[-1] if stages else []
        same_kind = run and (run[0][1].kind == "base") == (rule.kind == "base")
        if not same_kind or rule.uses_total:
            run = []
            stages.append(run)
        run.append((index, rule))
    return stages


def _facts(project_id, rules):
    """What the steps look at, with the floors each floor rise counts."""
    risen = [
        (SQL.identifier(f"risen_{index}"), _risen(rule))
        for index, rule in enumerate(rules)
        if rule.method == "per_floor"
    ]
    return SQL(
        """SELECT unit.id, unit.building_id, unit.unit_type_id, unit.kind, unit.view,
                  unit.floor_sequence, COALESCE(unit.area, 0)::numeric AS area,
                  COALESCE(unit.is_corner, FALSE) AS is_corner %(risen)s
             FROM realestate_unit unit
             JOIN (SELECT floor.building_id, floor.floor_sequence %(counts)s
                     FROM (SELECT DISTINCT building_id, floor_sequence
                             FROM realestate_unit
                            WHERE project_id = %(project)s AND active) floor
                   WINDOW below AS (PARTITION BY floor.building_id
                                        ORDER BY floor.floor_sequence)) floor
               ON floor.building_id = unit.building_id
              AND floor.floor_sequence = unit.floor_sequence
            WHERE unit.project_id = %(project)s AND unit.active""",
        project=project_id,
        risen=SQL("").join(SQL(", floor.%s", name) for name, _count in risen),
        counts=SQL("").join(SQL(", %s AS %s", count, name) for name, count in risen),
    )


def _risen(rule):
    """How many floors are counted up to a floor; see :func:`..pricing.floors_risen`."""
    floor = SQL("floor.floor_sequence")
    bounds = [SQL("%s >= %s", floor, GROUND), SQL("%s <> %s", floor, NO_FLOOR)]
    if rule.floor_to is not None:
        bounds.append(SQL("%s <= %s", floor, rule.floor_to))
    if rule.floor_from is not None:
        bounds.append(SQL("%s > %s", floor, rule.floor_from))
    count = SQL("count(*) FILTER (WHERE %s) OVER below", SQL(" AND ").join(bounds))
    if rule.floor_from is None:
        return SQL("GREATEST(%s - 1, 0)", count)
    return count


def _step(rule, index, base, total, terms, views):
    """What one rule adds to a unit, rounded; zero where it is not for the unit."""
    factors = [SQL("%s::numeric", rule.value)]
    if rule.method == "per_floor":
        factors.append(SQL.identifier("unit", f"risen_{index}"))
    if rule.method == "per_area" or _is_floor_rise(rule, "area"):
        factors.append(SQL("unit.area"))
    if rule.method == "percent" or _is_floor_rise(rule, "percent"):
        factors += [_sum(total if rule.uses_total else base), SQL("%s", PERCENT)]
    amount = SQL("round(%s, %s)", SQL(" * ").join(factors), terms.decimal_places)
    conditions = _conditions(rule, views)
    if not conditions:
        return amount
    return SQL("CASE WHEN %s THEN %s ELSE 0 END", SQL(" AND ").join(conditions), amount)


def _is_floor_rise(rule, unit):
    return rule.method == "per_floor" and rule.floor_unit == unit


def _conditions(rule, views):
    """The conditions of :func:`..tools.pricing.applies` that a rule has."""
    conditions = []
    if rule.buildings:
        conditions.append(SQL("unit.building_id IN %s", tuple(rule.buildings)))
    if rule.unit_types:
        # A unit without a type is of none of them.
        types = SQL("unit.unit_type_id IN %s", tuple(rule.unit_types))
        conditions.append(SQL("(%s) IS TRUE", types))
    if rule.unit_kind:
        conditions.append(SQL("unit.kind = %s", rule.unit_kind))
    if rule.view:
        same = [view for view in views if same_view(rule.view, view)]
        conditions.append(SQL("(unit.view = ANY(%s)) IS TRUE", same))
    if rule.is_corner:
        conditions.append(SQL("unit.is_corner"))
    if rule.method == "per_floor" or {rule.floor_from, rule.floor_to} != {None}:
        conditions.append(SQL("unit.floor_sequence <> %s", NO_FLOOR))
    if rule.method != "per_floor" and rule.floor_from is not None:
        conditions.append(SQL("unit.floor_sequence >= %s", rule.floor_from))
    if rule.method != "per_floor" and rule.floor_to is not None:
        conditions.append(SQL("unit.floor_sequence <= %s", rule.floor_to))
    return conditions


def _rounded(terms):
    """The list price; see :func:`..tools.pricing.round_step`."""
    step = terms.rounding_step
    if not step:
        return SQL("summed.total")
    rest = SQL("mod(summed.total, %s::numeric)", step)
    is_up = {
        "nearest": SQL("2 * %s >= %s", rest, step),
        "up": SQL("%s > 0", rest),
        "down": SQL("FALSE"),
    }
    return SQL(
        """CASE WHEN summed.total <= 0 THEN summed.total
                ELSE summed.total - %s + CASE WHEN %s THEN %s ELSE 0 END END""",
        rest,
        is_up[terms.rounding],
        step,
    )


def _sum(amounts):
    return SQL("(%s)", SQL(" + ").join(amounts))
