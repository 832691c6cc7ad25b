"""Price lists from rules: the first, one just become effective, and the next one."""

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.fields import Command

from . import people

#: Of the average price per area in the inventory, before the premiums.
BASE_SHARE = 0.99
RAISE = 1.03
ROUNDING = {"PHP": 1000, "AED": 1000, "VND": 1000000}
KIND_NAMES = {
    "home": "Base price, homes",
    "parking": "Base price, parking",
    "storage": "Base price, storage",
    "plot": "Base price, plots",
    "shop": "Base price, shops",
}


def open_sales(env, recipe):
    """Price a project by rules before anything of it is sold."""
    project = in_company(env, recipe.project)
    _mark_corners(project)
    pricelist = project.env["realestate.pricelist"].create(
        {
            "project_id": project.id,
            "floor_percent": 95,
            "rounding_step": ROUNDING[project.currency_id.name],
            "rule_ids": [
                Command.create({"sequence": sequence, **rule})
                for sequence, rule in enumerate(_prepare_rules(project.env, project))
            ],
        }
    )
    pricelist.action_compute()
    pricelist.action_approve()


def raise_prices(env, recipe):
    """Raise the prices after the first sales, which keep theirs, and next month once
    more.
    """
    project = in_company(env, recipe.project)
    current = project.env["realestate.pricelist"].search(
        [("project_id", "=", project.id), ("state", "=", "effective")]
    )
    today = fields.Date.context_today(project)
    for day in (today, today + relativedelta(months=1, day=1)):
        current = current.copy({"date_effective": day})
        for rule in current.rule_ids.filtered(lambda rule: rule.kind == "base"):
            rule.value = _round(rule.value * RAISE)
        current.action_compute()
        current.action_approve()


def in_company(env, project):
    """``project`` as the sales manager of its company sees it."""
    context = {**env.context, "allowed_company_ids": project.company_id.ids}
    manager = people.get_staff(env, project.company_id)["manager"][:1]
    return project.with_env(env(context=context, user=manager or env.uid))


def _mark_corners(project):
    """The first home of each floor stands at the corner."""
    seen = set()
    for unit in project.unit_ids.filtered(lambda unit: unit.kind == "home"):
        place = (unit.building_id, unit.floor)
        unit.is_corner = place not in seen
        seen.add(place)


def _prepare_rules(env, project):
    units = [("project_id", "=", project.id)]
    groups = env["realestate.unit"]._read_group(
        units + [("area", ">", 0), ("price_list", ">", 0)],
        ["kind"],
        ["price_list:sum", "area:sum"],
    )
    rules = [
        {
            "name": KIND_NAMES[kind],
            "kind": "base",
            "value": _round(BASE_SHARE * price / area),
            "unit_kind": kind,
        }
        for kind, price, area in groups
    ]
    views = env["realestate.unit"]._read_group(
        units + [("view", "!=", False)], ["view"], ["__count"], order="__count DESC"
    )
    home = {"unit_kind": "home"}
    rise = {"kind": "floor", "floor_unit": "percent", "value": 0.2}
    if len(set(project.unit_ids.mapped("floor_sequence"))) > 5:
        rules.append({"name": "Floor rise", "floor_from": "5", **rise, **home})
    for percent, (view, _count) in zip((4, 2), views, strict=False):
        premium = {"name": f"View: {view}", "kind": "view", "view": view}
        rules.append({**premium, "value": percent, **home})
    rules.append({"name": "Corner home", "kind": "corner", "value": 1.5, **home})
    discount = {"kind": "custom", "method": "percent", "percent_of": "total"}
    rules.append({"name": "Opening season", "value": -1, **discount, **home})
    return rules


def _round(value):
    """``value`` with three figures that count."""
    return float(f"{value:.3g}")
