"""One run of the dunning against the community's account_credit_control, on the same
posted invoices."""

from datetime import timedelta

from odoo.fields import Command

from . import world
from .harness import Table, Way, measure, ratio, row, scaled

CONTRACTS = scaled(1_000, 10)
OVERDUE = 5
AIM = 20
ABOUT = (
    f"{CONTRACTS:,} running contracts with {OVERDUE} overdue invoices each, posted by "
    "`bill_due`. Both look at all of them for the first time and write down what is to "
    "be sent: account_credit_control (19.0, its policy of three reminders) a line for "
    "each invoice, the ladder a decision for each contract and the notices to send. "
    "Neither draws or sends anything."
)


def main(env):
    """Measure both, by the overdue invoice."""
    ids = world.build_once(env, _build)
    bench = Runs(env, ids["policy"])
    ways = [
        Way("account_credit_control, a control run", bench.control, bench.open_control),
        Way("a run of the ladder, written down", bench.run),
    ]
    control, run = measure(env, ways, rounds=scaled(3, 1))
    faster = ratio(control, run)
    verdict = {
        "ratio": f"{faster} faster",
        "aim": f"≥ {AIM}× faster",
        "met": faster.wall >= AIM,
    }
    rows = [
        row(ways[0].label, "overdue invoice", control),
        row(ways[1].label, "overdue invoice", run, **verdict),
    ]
    return Table("Dunning and credit control", ABOUT, rows)


class Runs:
    """The two runs."""

    def __init__(self, env, policy):
        # Theirs composes HTML in the user's language and fails without one.
        self.env = env(context={**env.context, "lang": "en_US"})
        self.policy = self.env["credit.control.policy"].browse(policy)
        self.opened = None

    def open_control(self):
        """Create the control run that is to find the invoices."""
        self.opened = self.env["credit.control.run"].create(
            {"date": world.TODAY, "policy_ids": [Command.set(self.policy.ids)]}
        )

    def control(self):
        """Let credit control find and write down what is overdue."""
        self.opened.generate_credit_lines()
        items = len(self.opened.line_ids)
        assert items == CONTRACTS * OVERDUE, items
        return items

    def run(self):
        """Run the ladder."""
        run = self.env["realestate.dunning.ladder"].run()
        assert run.overdue_count == run.send_count == CONTRACTS, run.overdue_count
        return CONTRACTS * OVERDUE


def _build(env):
    company = world.set_up_books(env)
    building = world.create_project(env)
    units = world.create_units(building, CONTRACTS)
    buyers = world.create_buyers(env, CONTRACTS)
    first = world.TODAY - timedelta(days=30 * (OVERDUE - 1) + 23)
    plan = world.create_plan(env, 24)
    world.create_contracts(units, buyers, plan, first)
    billed = env["realestate.installment"].bill_due(world.TODAY - timedelta(days=2))
    assert billed == CONTRACTS * OVERDUE, billed
    return {"policy": _set_up_policy(env, company).id}


def _set_up_policy(env, company):
    """Give the company the policy of three reminders, on its receivable accounts."""
    policy = env.ref("account_credit_control.credit_control_3_time")
    accounts = env["account.account"].search(
        [("account_type", "=", "asset_receivable")]
    )
    policy.write({"company_id": company.id, "account_ids": accounts.ids})
    company.credit_policy_id = policy
    env["res.partner"].search([]).credit_policy_id = policy
    return policy
