"""Pricing 20,000 units by rules, and making the prices effective."""

from odoo.fields import Command
from odoo.tools import SQL

from . import bulk, world
from .harness import Table, Way, measure, ratio, row, scaled, times

UNITS = scaled(20_000, 500)
AIM = 3
FLOORS = 40
ABOUT = (
    f"One project of {UNITS:,} units on {FLOORS} floors, every fiftieth one held. The "
    "price list has seven rules: two bases, a floor rise, two views, a corner and a "
    "percentage of the price so far. The bare SQL is one UPDATE of both prices of all "
    "units. Effective: the units priced, the history written, those left told."
)
RULES = [
    {"name": "Homes", "kind": "base", "value": 20000, "unit_kind": "home"},
    {"name": "Parking", "kind": "base", "value": 9000, "unit_kind": "parking"},
    {"name": "Rise", "kind": "floor", "floor_unit": "percent", "value": 0.25},
    {"name": "Sea", "kind": "view", "value": 4, "view": "Sea"},
    {"name": "City", "kind": "view", "value": 2, "view": "City"},
    {"name": "Corner", "kind": "corner", "value": 1.5},
    {
        "name": "Opening",
        "kind": "custom",
        "method": "percent",
        "percent_of": "total",
        "value": -1,
    },
]


def main(env):
    """Measure the bare update, the computation and the approval by turns."""
    ids = world.build_once(env, _build)
    drafts = env["realestate.pricelist"].browse(ids["drafts"])
    ways = [
        Way("Bare SQL: UPDATE of the prices", _bare(env, ids["project"])),
        Way("Computed: first time", _compute(drafts[0])),
        Way("Computed: again", _compute(drafts[1])),
        Way("Approved and effective", _approve(drafts[1])),
    ]
    samples = measure(env, ways, rounds=scaled(7, 2))
    bare, *others = samples
    rows = [row(ways[0].label, "unit", bare)]
    for way, sample in zip(ways[1:], others, strict=True):
        compared = ratio(sample, bare)
        verdict = {"aim": f"≤ {times(AIM)}", "met": compared.wall <= AIM}
        rows.append(row(way.label, "unit", sample, ratio=str(compared), **verdict))
    return Table("Repricing", ABOUT, rows)


# === WAYS === #


def _bare(env, project):
    def run():
        env.cr.execute(
            SQL(
                "UPDATE realestate_unit SET price_list = round(price_list * 1.03, 2),"
                " price_floor = round(price_list * 0.95, 2) WHERE project_id = %s",
                project,
            )
        )
        return UNITS

    return run


def _compute(pricelist):
    def run():
        pricelist.action_compute()
        return UNITS

    return run


def _approve(pricelist):
    def run():
        pricelist.action_approve()
        assert pricelist.state == "effective"
        return UNITS

    return run


# === BUILDING === #


def _build(env):
    world.set_up_books(env)
    building = world.create_project(env)
    unit = world.create_units(building, 1)
    bulk.multiply(
        unit,
        SQL("generate_series(2, %s) AS n", UNITS),
        number=SQL("n::text"),
        name=SQL("'T1-' || n"),
        floor=SQL("(1 + n %% %s)::text", FLOORS),
        floor_sequence=SQL("10 * (1 + n %% %s)", FLOORS),
        kind=SQL("CASE WHEN n %% 5 = 0 THEN 'parking' ELSE 'home' END"),
        view=bulk.pick(["Sea", "City", "Park"], SQL("n")),
        is_corner=SQL("n %% 8 = 0"),
        area=SQL("40 + n %% 60"),
    )
    units = env["realestate.unit"].search([("project_id", "=", unit.project_id.id)])
    units[::50].action_hold()
    draft = env["realestate.pricelist"].create(
        {
            "project_id": unit.project_id.id,
            "rounding_step": 1000,
            "floor_percent": 95,
            "rule_ids": [
                Command.create({"sequence": sequence, **rule})
                for sequence, rule in enumerate(RULES)
            ],
        }
    )
    computed = draft.copy()
    computed.action_compute()
    env.flush_all()
    env.cr.execute("ANALYZE")
    return {"project": unit.project_id.id, "drafts": (draft | computed).ids}
