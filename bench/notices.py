"""Ten thousand notices of one page printed by one job, against the bare engine."""

from datetime import timedelta

from odoo.tools import SQL

from . import bulk, world
from .harness import scaled
from .papers import Papers, compare

NOTICES = scaled(10_000, 40)
BARE = scaled(1_000, 10)
BUYERS = scaled(2_000, 10)
ABOUT = (
    f"{NOTICES:,} notices of {{pages}} page each, of as many contracts with overdue "
    f"instalments and {BUYERS:,} buyers, made by SQL. The bare engine gets the HTML of "
    f"the first {BARE:,} ready made and writes one PDF each; the job is the one that a "
    "post batch prints its letters by: it reads the records, draws them step by step "
    "with a commit after each, keeps them, and joins them into files."
)


def main(env):
    """Measure the job against the engine alone."""
    world.build_once(env, _build)
    report = env.ref("realestate_collection.action_report_dunning_letter")
    notices = env["realestate.dunning.notice"].search([], order="id", limit=NOTICES)
    return compare(Papers(env, report, notices, BARE), "Notices", ABOUT, "notice")


def _build(env):
    world.set_up_books(env)
    building = world.create_project(env)
    [buyer] = world.create_buyers(env, 1)
    buyer.write({"street": "1 Bench Street", "city": "Manila", "zip": "1000"})
    buyers = world.create_buyers(env, BUYERS)
    buyers.write({"street": "1 Bench Street", "city": "Manila", "zip": "1000"})
    first = world.TODAY - timedelta(days=70)
    units = world.create_units(building, 1)
    contract = world.create_contracts(units, buyer, world.create_plan(env, 24), first)
    env["realestate.installment"].bill_due(world.TODAY)
    run = env["realestate.dunning.ladder"].run()
    bulk.multiply(
        contract,
        SQL("generate_series(1, %s) AS n", NOTICES - 1),
        name=SQL("'BENCH-' || n"),
        partner_id=bulk.pick(buyers.ids, SQL("n")),
    )
    made = SQL(
        "(SELECT id, partner_id FROM realestate_contract"
        " WHERE name LIKE 'BENCH-%%') AS made"
    )
    for records in (contract.line_ids, contract.installment_ids, run.notice_ids):
        owners = {"contract_id": SQL("made.id")}
        if "partner_id" in records._fields and records._fields["partner_id"].store:
            owners["partner_id"] = SQL("made.partner_id")
        bulk.multiply(records, made, **owners)
    return {}
