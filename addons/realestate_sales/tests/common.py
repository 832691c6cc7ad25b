from datetime import date

from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user


class RealestateSalesCommon(TransactionCase):
    """A developer with books, one building of five released homes and one user a
    role.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.currency = cls._activate_currency("PHP")
        cls.company = cls._create_company("Test Developer", cls.currency)
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids}
        )
        cls.project = cls._create_project()
        cls.building = cls._create_building()
        cls.units = cls._create_units(5)
        cls.unit = cls.units[0]
        cls.buyer = cls._create_partner(name="Maria Buyer")
        cls.plan = cls._create_plan()
        cls.agent = cls._create_user("agent", "realestate_sales.group_agent")
        cls.officer = cls._create_user("officer", "realestate_sales.group_officer")
        cls.supervisor = cls._create_user(
            "supervisor", "realestate_sales.group_supervisor"
        )
        cls.manager = cls._create_user("manager", "realestate_sales.group_manager")
        cls.lawyer = cls._create_user("lawyer", "realestate_sales.group_lawyer")
        cls.leader = cls._create_user("leader", "realestate_sales.group_leader")
        cls.archivist = cls._create_user(
            "archivist", "realestate_sales.group_archivist"
        )
        cls.loan_officer = cls._create_user(
            "loan_officer", "realestate_sales.group_loan_officer"
        )
        cls.plain = cls._create_user("plain", "base.group_user")

    # === FACTORIES === #

    @classmethod
    def _activate_currency(cls, name):
        currency = cls.env["res.currency"].with_context(active_test=False)
        currency = currency.search([("name", "=", name)])
        currency.active = True
        return currency

    @classmethod
    def _create_company(cls, name, currency):
        company = cls.env["res.company"].create(
            {"name": name, "currency_id": currency.id}
        )
        cls.env.user.company_ids += company
        cls.env["account.chart.template"].try_loading(
            "generic_coa", company, install_demo=False
        )
        # The chart template brings its own currency.
        company.currency_id = currency
        company.with_company(company).action_realestate_setup()
        return company

    @classmethod
    def _create_user(cls, login, groups, company=None, **values):
        company = company or cls.company
        return new_test_user(
            cls.env,
            login=f"realestate_{login}",
            groups=groups,
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
            **values,
        )

    @classmethod
    def _create_partner(cls, **values):
        return cls.env["res.partner"].create({"name": "Buyer", **values})

    @classmethod
    def _create_project(cls, **values):
        return cls.env["realestate.project"].create(
            {
                "name": "East Residences",
                "code": "EAST",
                "company_id": cls.company.id,
                "currency_id": cls.currency.id,
                **values,
            }
        )

    @classmethod
    def _create_building(cls, project=None, **values):
        return cls.env["realestate.building"].create(
            {
                "name": "Tower 1",
                "code": "T1",
                "project_id": (project or cls.project).id,
                **values,
            }
        )

    @classmethod
    def _create_units(cls, count, building=None, first=101, **values):
        units = cls.env["realestate.unit"].create(
            [
                {
                    "building_id": (building or cls.building).id,
                    "number": str(first + index),
                    "floor": "1",
                    "area_predicted": 50,
                    "price_list": 1000000,
                    **values,
                }
                for index in range(count)
            ]
        )
        units.action_release_to_market()
        return units

    @classmethod
    def _create_plan(cls, lines=None, **values):
        """A plan of 20 % down in 4 months and the rest in 12, or of ``lines``."""
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
        return cls.env["realestate.payment.plan"].create(
            {
                "name": "20 % down",
                "line_ids": [Command.create(line) for line in lines],
                **values,
            }
        )

    @classmethod
    def _create_reservation(cls, unit=None, confirmed=True, fee=20000, **values):
        unit = unit or cls.unit
        reservation = unit.action_reserve(cls.buyer, cls.plan, fee)
        reservation.write({"user_id": cls.agent.id, **values})
        if confirmed:
            reservation.action_confirm()
        return reservation

    @classmethod
    def _create_contract(cls, unit=None, state="draft", **values):
        """A contract of ``unit`` walked to ``state`` by its own buttons."""
        unit = unit or cls.unit
        contract = cls.env["realestate.contract"].create(
            {
                "project_id": unit.project_id.id,
                "partner_id": cls.buyer.id,
                "plan_id": cls.plan.id,
                "date_contract": date(2026, 1, 31),
                "line_ids": [Command.create({"unit_id": unit.id})],
                **values,
            }
        )
        cls._walk(contract, state)
        return contract

    @classmethod
    def _walk(cls, contract, state):
        """Press the buttons of a draft one after the other until it is in ``state``."""
        for action in ("submit", "approve", "sign", "seal", "activate"):
            if contract.state == state:
                return
            getattr(contract, f"action_{action}")()
