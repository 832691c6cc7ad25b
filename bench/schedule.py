"""A contract with many instalments: create it and walk it to active."""

from statistics import median

from odoo.fields import Command

from . import world
from .harness import Table, Way, measure, ratio, row, scaled

LONG, SHORT = 120, 12
CPU, QUERIES = 300, 60
ABOUT = (
    f"One contract with a plan of {LONG} monthly instalments: created, and walked from "
    "draft to active by its own buttons (submitted, approved, signed, sealed, "
    f"activated); beside one of {SHORT}. The ratio says what ten times the instalments "
    "cost."
)


def main(env):
    """Measure the contract of 120 instalments against the one of 12."""
    ids = world.build_once(env, _build)
    unit = env["realestate.unit"].browse(ids["unit"])
    drafts = {}

    def create(plan):
        drafts[plan] = env["realestate.contract"].create(
            {
                "project_id": unit.project_id.id,
                "partner_id": ids["buyer"],
                "plan_id": plan,
                "line_ids": [Command.create({"unit_id": unit.id})],
            }
        )
        return 1

    def walk(plan):
        world.activate(drafts[plan])
        return 1

    def ways_of(plan, count):
        return [
            Way(f"contract of {count} instalments: created", lambda: create(plan)),
            Way(
                f"contract of {count} instalments: draft to active",
                lambda: walk(plan),
                prepare=lambda: create(plan),
            ),
        ]

    ways = ways_of(ids["long"], LONG) + ways_of(ids["short"], SHORT)
    created, active, *short = measure(env, ways, rounds=scaled(9, 2))
    cpu = median(sample.cpu for sample in active)
    queries = median(sample.queries for sample in active)
    return Table(
        "Schedule",
        ABOUT,
        [
            row(ways[0].label, "contract", created, ratio=_growth(created, short[0])),
            row(
                ways[1].label,
                "contract",
                active,
                ratio=_growth(active, short[1]),
                aim=f"≤ {CPU} ms of CPU, ≤ {QUERIES} queries",
                met=cpu <= CPU and queries <= QUERIES,
            ),
            row(ways[2].label, "contract", short[0]),
            row(ways[3].label, "contract", short[1]),
        ],
    )


def _growth(many, few):
    return f"{ratio(many, few)} that of {SHORT}"


def _build(env):
    world.set_up_books(env)
    building = world.create_project(env)
    return {
        "long": world.create_plan(env, LONG).id,
        "short": world.create_plan(env, SHORT).id,
        "unit": world.create_units(building, 1).id,
        "buyer": world.create_buyers(env, 1).id,
    }
