"""A contract with many instalments: create it and walk it to active."""

from statistics import median

from odoo.fields import Command

from . import world
from .harness import Table, Way, measure, ratio, row, scaled

LONG, SHORT = 120, 12
CPU, QUERIES = 300, 60
ABOUT = (
    f"One contract with a plan of {LONG} monthly instalments, created and walked from "
    f"draft to active by its own buttons, beside one of {SHORT}. The ratio says what "
    "ten times the instalments cost."
)


def main(env):
    """Measure the contract of 120 instalments against the one of 12."""
    ids = world.build_once(env, _build)
    unit = env["realestate.unit"].browse(ids["unit"])

    def create(plan):
        contract = env["realestate.contract"].create(
            {
                "project_id": unit.project_id.id,
                "partner_id": ids["buyer"],
                "plan_id": plan,
                "line_ids": [Command.create({"unit_id": unit.id})],
            }
        )
        world.activate(contract)
        return 1

    ways = [
        Way(f"contract of {LONG} instalments", lambda: create(ids["long"])),
        Way(f"contract of {SHORT} instalments", lambda: create(ids["short"])),
    ]
    many, few = measure(env, ways, rounds=scaled(9, 2))
    growth = f"{ratio(many, few)} that of {SHORT}"
    cpu = median(sample.cpu for sample in many)
    queries = median(sample.queries for sample in many)
    aim = f"≤ {CPU} ms of CPU, ≤ {QUERIES} queries"
    met = cpu <= CPU and queries <= QUERIES
    return Table(
        "Schedule",
        ABOUT,
        [
            row(ways[0].label, "contract", many, ratio=growth, aim=aim, met=met),
            row(ways[1].label, "contract", few),
        ],
    )


def _build(env):
    world.set_up_books(env)
    building = world.create_project(env)
    return {
        "long": world.create_plan(env, LONG).id,
        "short": world.create_plan(env, SHORT).id,
        "unit": world.create_units(building, 1).id,
        "buyer": world.create_buyers(env, 1).id,
    }
