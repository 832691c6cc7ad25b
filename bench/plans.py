"""Instalments of many contracts at once, and a milestone that hits hundreds."""

from statistics import median

from odoo.fields import Command

from . import world
from .harness import Table, Way, measure, ratio, row, scaled, times

CONTRACTS = scaled(1_600, 60)
MONTHS = 60
SINGLE = 10
HIT = scaled(600, 30)
FASTER, SECONDS = 10, 10
ABOUT = (
    f"The instalments of {CONTRACTS:,} drafts with a plan of {MONTHS} months, made "
    f"when the plan is chosen for all of them, beside those of {SINGLE} drafts made "
    "by the ORM one record at a time from the very same values. A milestone that "
    f"{HIT} running contracts wait for is reached: their instalments get due dates, "
    "their buyers' notices are written down."
)


def main(env):
    """Measure the generation both ways, and the milestone."""
    ids = world.build_once(env, _build)
    plan = env["realestate.payment.plan"].browse(ids["plan"])
    drafts = env["realestate.contract"].browse(ids["drafts"])
    milestone = env["realestate.milestone"].browse(ids["milestone"])
    ways = [
        Way(
            "instalments one record at a time",
            lambda: _one_by_one(drafts[:SINGLE]),
            prepare=lambda: _without_instalments(drafts[:SINGLE], plan),
        ),
        Way("instalments of all contracts", lambda: _all_at_once(drafts, plan)),
        Way(f"milestone of {HIT} contracts", lambda: _reach(milestone)),
    ]
    single, together, reached = measure(env, ways, rounds=scaled(5, 2))
    faster = ratio(single, together)
    typical = median(sample.wall for sample in reached)
    return Table(
        "Plans",
        ABOUT,
        [
            row(ways[0].label, "instalment", single),
            row(
                ways[1].label,
                "instalment",
                together,
                ratio=f"{faster} faster",
                aim=f"≥ {times(FASTER)} faster",
                met=faster.wall >= FASTER,
            ),
            row(
                ways[2].label,
                "milestone",
                reached,
                aim=f"≤ {SECONDS} s",
                met=typical <= SECONDS * 1000,
            ),
        ],
    )


# === WAYS === #


def _without_instalments(drafts, plan):
    drafts.plan_id = plan
    drafts.installment_ids.unlink()


def _one_by_one(drafts):
    done = drafts.installment_ids
    for contract in drafts:
        for values in contract._prepare_installment_values():
            done += done.create(values)
    assert len(done) == len(drafts) * MONTHS
    return len(done)


def _all_at_once(drafts, plan):
    drafts.plan_id = plan
    assert len(drafts.installment_ids) == len(drafts) * MONTHS
    return len(drafts) * MONTHS


def _reach(milestone):
    milestone.action_reach()
    waiting = [("milestone_id", "=", milestone.id), ("date_due", "=", False)]
    assert not milestone.env["realestate.installment"].search_count(waiting)
    assert milestone.notice_count == HIT
    return 1


# === BUILDING === #


def _build(env):
    world.set_up_books(env)
    building = world.create_project(env)
    project = building.project_id
    milestone = env["realestate.milestone"].create(
        {"name": "Topped out", "code": "TOP", "project_id": project.id}
    )
    world.create_contracts(
        world.create_units(building, HIT), world.create_buyers(env, HIT), _by_stage(env)
    )
    units = world.create_units(building, CONTRACTS, first=HIT + 1)
    buyers = world.create_buyers(env, CONTRACTS)
    drafts = env["realestate.contract"].create(
        [
            {
                "project_id": project.id,
                "partner_id": buyer.id,
                "line_ids": [Command.create({"unit_id": unit.id})],
            }
            for unit, buyer in zip(units, buyers, strict=True)
        ]
    )
    return {
        "plan": world.create_plan(env, MONTHS).id,
        "drafts": drafts.ids,
        "milestone": milestone.id,
    }


def _by_stage(env):
    """A plan of one fifth down, the rest when the milestone is reached."""
    lines = [
        {"name": "Down", "kind": "down_payment", "value": 20},
        {
            "name": "Topped out",
            "amount_type": "balance",
            "trigger": "milestone",
            "milestone_code": "TOP",
            "offset_days": 14,
        },
    ]
    return env["realestate.payment.plan"].create(
        {"name": "By stage", "line_ids": [Command.create(line) for line in lines]}
    )
