"""A developer with books, staff, plans, buyers and units, made by the public doors."""

from dataclasses import dataclass, field, replace
from itertools import count

from odoo.fields import Command

BUILDINGS = count(1)


@dataclass(frozen=True)
class Office:
    """Ids of one developer's records; :meth:`units` opens another building."""

    company: int
    project: int
    plan: int
    agents: list
    roles: dict
    buyers: list
    journal: int = 0
    currency: str = "PHP"
    numbers: count = field(default_factory=lambda: BUILDINGS)

    @classmethod
    def open(cls, env, name="Proof Developer", currency="PHP", agents=20):
        """Found a company with a chart of accounts, a project and staff."""
        money = env["res.currency"].with_context(active_test=False)
        money = money.search([("name", "=", currency)])
        money.active = True
        company = env["res.company"].create({"name": name, "currency_id": money.id})
        env.user.company_ids += company
        chart = env["account.chart.template"]
        chart.try_loading("generic_coa", company, install_demo=False)
        # The chart brings its own currency.
        company.currency_id = money
        company.with_company(company).action_realestate_setup()
        env = env(context={"allowed_company_ids": company.ids})
        project = env["realestate.project"].create(
            {
                "name": f"{name} Residences",
                "code": f"P{company.id}",
                "company_id": company.id,
                "currency_id": money.id,
            }
        )
        roles = {
            role: create_user(env, role, f"group_{role}").id
            for role in ("officer", "supervisor", "manager")
        }
        collection = "realestate_collection"
        roles["collector"] = create_user(
            env, "collector", "group_officer", collection
        ).id
        return cls(
            company=company.id,
            project=project.id,
            plan=create_plan(env).id,
            agents=[
                create_user(env, f"agent{number}", "group_agent").id
                for number in range(agents)
            ],
            roles=roles,
            buyers=[
                env["res.partner"].create({"name": f"Buyer {number}"}).id
                for number in range(20)
            ],
            journal=company.realestate_bank_journal_id.id,
            currency=currency,
        )

    def project_in(self, env, currency):
        """Return this Office at a project of its own in another currency."""
        env = env(context={"allowed_company_ids": [self.company]})
        money = env["res.currency"].with_context(active_test=False)
        money = money.search([("name", "=", currency)])
        money.active = True
        rate = {
            "name": "2015-01-01",
            "currency_id": money.id,
            "company_id": self.company,
            "rate": 3.7,
        }
        env["res.currency.rate"].create(rate)
        project = env["realestate.project"].create(
            {
                "name": f"{currency} Residences",
                "code": f"{currency}{self.company}",
                "company_id": self.company,
                "currency_id": money.id,
            }
        )
        return replace(self, project=project.id, currency=currency)

    def units(self, env, number, price=1000000):
        """Release ``number`` units of a new building; return their ids."""
        code = f"B{next(self.numbers)}"
        env = env(context={"allowed_company_ids": [self.company]})
        building = env["realestate.building"].create(
            {"name": f"Tower {code}", "code": code, "project_id": self.project}
        )
        units = env["realestate.unit"].create(
            [
                {
                    "building_id": building.id,
                    "number": str(101 + index),
                    "floor": "1",
                    "area_predicted": 50,
                    "price_list": price,
                }
                for index in range(number)
            ]
        )
        units.action_release_to_market()
        return units.ids

    def pricelist(self, env, units, price):
        """Return the id of a draft price list of ``units``, all at ``price``."""
        lines = [
            Command.create({"unit_id": unit, "price_list": price}) for unit in units
        ]
        values = {"project_id": self.project, "line_ids": lines}
        return env["realestate.pricelist"].create(values).id

    def monthly_plan(self, env, count):
        """Return the id of a plan of ``count`` equal parts, a month from each other."""
        line = {
            "name": "Instalment",
            "amount_type": "balance",
            "count": count,
            "offset_months": 1,
        }
        return create_plan(env, [line], f"{count} months").id

    def running(self, env, number, date, plan, price=1000000):
        """Return the ids of ``number`` running contracts made on ``date``."""
        units = self.units(env, number, price)
        env = env(context={"allowed_company_ids": [self.company]})
        contracts = env["realestate.contract"].create(
            [
                {
                    "project_id": self.project,
                    "partner_id": self.buyers[index % len(self.buyers)],
                    "plan_id": plan,
                    "date_contract": date,
                    "line_ids": [Command.create({"unit_id": unit})],
                }
                for index, unit in enumerate(units)
            ]
        )
        for action in ("submit", "approve", "sign", "seal", "activate"):
            getattr(contracts, f"action_{action}")()
        return contracts.ids

    def milestone_plan(self, env, code):
        """Return the id of a plan: a tenth down, the rest at milestone ``code``."""
        down = {"name": "Down payment", "kind": "down_payment", "value": 10}
        rest = {
            "name": "At the milestone",
            "amount_type": "balance",
            "trigger": "milestone",
            "milestone_code": code,
        }
        return create_plan(env, [down, rest], f"Milestone {code}").id


def create_plan(env, lines=None, name="20 % down"):
    """Return a plan of 20 % down in 4 months and the rest in 12, or of ``lines``."""
    lines = lines or [
        {
            "name": "Down payment",
            "kind": "down_payment",
            "value": 20,
            "count": 4,
            "offset_months": 1,
        },
        {
            "name": "Instalment",
            "amount_type": "balance",
            "count": 12,
            "offset_months": 5,
        },
    ]
    commands = [Command.create(line) for line in lines]
    return env["realestate.payment.plan"].create({"name": name, "line_ids": commands})


def create_user(env, login, group, module="realestate_sales"):
    """Return a user of the environment's company with one role."""
    company = env.company
    return (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            {
                "name": login.title(),
                "login": f"proof_{company.id}_{login}",
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
                "group_ids": [Command.link(env.ref(f"{module}.{group}").id)],
            }
        )
    )
