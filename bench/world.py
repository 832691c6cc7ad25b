"""The developer the benchmarks work for: books, a project, a building, homes."""

import json
import random
from datetime import date, timedelta

from odoo.fields import Command

from . import bulk

TODAY = date.today()
BUILT = "bench.built"


def build_once(env, build):
    """Build what a benchmark works on, commit it, and find it again on a next run.

    :param build: called with a quiet environment; returns ids, ready for JSON
    """
    known = env["ir.config_parameter"].get_param(BUILT)
    if known:
        return json.loads(known)
    print("    building …", flush=True)
    ids = build(quiet(env))
    env["ir.config_parameter"].set_param(BUILT, json.dumps(ids))
    bulk.vacuum(env)
    return ids


def quiet(env):
    """Return ``env`` without messages of changes: to build with, not to measure."""
    return env(context={**env.context, "tracking_disable": True})


def set_up_books(env):
    """Give the company a chart of accounts, journals and the settings of the suite."""
    company = env.company
    if not company.chart_template:
        env["account.chart.template"].try_loading(
            "generic_coa", company, install_demo=False
        )
    company.action_realestate_setup()
    return company


def create_project(env, **values):
    """Create a project with one building; return the building."""
    project = env["realestate.project"].create(
        {"name": "Bench Towers", "code": "BENCH", "user_id": env.uid, **values}
    )
    return env["realestate.building"].create(
        {"name": "Tower 1", "code": "T1", "project_id": project.id}
    )


def create_units(building, count, first=1):
    """Create released homes of one price."""
    units = building.env["realestate.unit"].create(
        [
            {
                "building_id": building.id,
                "number": str(first + index),
                "floor": str(1 + index // 20),
                "area_predicted": 50 + index % 60,
                "price_list": 1_200_000,
            }
            for index in range(count)
        ]
    )
    units.action_release_to_market()
    return units


def create_plan(env, months):
    """Create a plan of equal monthly instalments, the first one at its start."""
    line = {
        "name": "Instalment",
        "kind": "installment",
        "amount_type": "balance",
        "count": months,
    }
    return env["realestate.payment.plan"].create(
        {"name": f"{months} months", "line_ids": [Command.create(line)]}
    )


def create_buyers(env, count):
    """Create persons with invented names."""
    rng = random.Random(19)
    names = "Ana Ben Carla Dan Eva Finn Gina Hugo Ina Jon".split()
    return env["res.partner"].create(
        [
            {
                "name": f"{rng.choice(names)} Buyer {number}",
                "email": f"buyer{number}@example.com",
            }
            for number in range(count)
        ]
    )


def build_running(env, count):
    """Build contracts of 24 months: the first instalment is billed and paid, the second
    is due.

    Without a ledger of some size PostgreSQL plans as if it were always to be empty.
    """
    set_up_books(env)
    building = create_project(env)
    units, buyers = create_units(building, count), create_buyers(env, count)
    start, between = TODAY - timedelta(days=40), TODAY - timedelta(days=20)
    contracts = create_contracts(units, buyers, create_plan(env, 24), start)
    assert env["realestate.installment"].bill_due(between) == count
    env["realestate.contract"]._register_payments(
        [
            {
                "contract": contract,
                "amount": contract.amount_residual,
                "journal": None,
                "date": between,
            }
            for contract in contracts
        ]
    )
    return contracts


def create_contracts(units, buyers, plan, day=TODAY):
    """Create contracts that run since a day, by their own buttons."""
    contracts = units.env["realestate.contract"].create(
        [
            {
                "project_id": unit.project_id.id,
                "partner_id": buyer.id,
                "plan_id": plan.id,
                "date_contract": day,
                "line_ids": [Command.create({"unit_id": unit.id})],
            }
            for unit, buyer in zip(units, buyers, strict=True)
        ]
    )
    activate(contracts, day)
    return contracts


def activate(contracts, day=None):
    """Walk drafts to active, as their officers and supervisors do."""
    contracts.action_submit()
    contracts.action_approve()
    contracts.action_sign(day)
    contracts.action_seal(day)
    contracts.action_activate(day)
