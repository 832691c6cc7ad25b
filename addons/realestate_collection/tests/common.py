from contextlib import contextmanager
from datetime import date
from unittest.mock import patch

from odoo import fields

from odoo.addons.realestate_sales.tests.common import RealestateSalesCommon

#: The day every test of this addon is played on, see ``freeze_time`` of the classes.
TODAY = "2026-03-10 04:00:00"


class RealestateCollectionCommon(RealestateSalesCommon):
    """A contract of twelve months at 100,000, due on the 5th from February on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.installments = cls.env["realestate.installment"]
        cls.units.price_list = 1200000
        cls.buyer.email = "maria@example.com"
        cls.plan = cls._create_monthly_plan()
        cls.collector = cls._create_user(
            "collector", "realestate_collection.group_officer"
        )
        cls.collection_manager = cls._create_user(
            "collection_manager", "realestate_collection.group_manager"
        )
        cls.accountant = cls._create_user("accountant", "account.group_account_invoice")
        cls.company.realestate_collector_id = cls.collector
        cls.bank = cls.company.realestate_bank_journal_id
        cls.ladder = cls.company.realestate_dunning_ladder_id

    # === FACTORIES === #

    @classmethod
    def _create_monthly_plan(cls, count=12, **values):
        line = {
            "name": "Instalment",
            "amount_type": "balance",
            "count": count,
            "offset_months": 1,
        }
        return cls._create_plan(lines=[line], name="Monthly", **values)

    @classmethod
    def _create_active(cls, unit=None, date_contract=date(2026, 1, 5), **values):
        return cls._create_contract(
            unit, state="active", date_contract=date_contract, **values
        )

    @classmethod
    def _create_many(cls, count, **values):
        """``count`` active contracts of as many buyers, each of a unit of its own."""
        units = cls._create_units(count, first=5001, price_list=1200000)
        contracts = cls.env["realestate.contract"]
        for number, unit in enumerate(units):
            buyer = cls._create_partner(
                name=f"Buyer {number}", email=f"buyer{number}@example.com"
            )
            contracts |= cls._create_active(unit, partner_id=buyer.id, **values)
        return contracts

    @classmethod
    def _create_billed(cls, unit=None, **values):
        """An active contract with everything due by today invoiced."""
        contract = cls._create_active(unit, **values)
        cls.installments.bill_due()
        return contract

    @classmethod
    def _pay(cls, contract, amount, day=None, **values):
        day = day or fields.Date.context_today(contract)
        journal = values.pop("journal", None)
        return contract.register_payment(amount, journal, day, **values)

    @classmethod
    def _create_vietnamese_company(cls):
        """A company with the chart of l10n_vn, in a currency without decimals."""
        currency = cls._activate_currency("VND")
        company = cls.env["res.company"].create(
            {
                "name": "National Developer",
                "currency_id": currency.id,
                "country_id": cls.env.ref("base.vn").id,
            }
        )
        cls.env.user.company_ids += company
        template = cls.env["account.chart.template"]
        installed = template._get_chart_template_mapping()["vn"]["installed"]
        assert installed, "install l10n_vn to test a national chart"
        template.try_loading("vn", company, install_demo=False)
        company.with_company(company).action_realestate_setup()
        return company

    # === ASSERTIONS === #

    @contextmanager
    def assertSays(self, exception, text):
        """Like ``assertRaisesRegex``, and what was written meanwhile is undone."""
        with self.assertRaises(exception) as caught:
            yield
        self.assertRegex(str(caught.exception), text)

    def assertBooksAgree(self, *contracts):
        """Buyer ledger = accounting (invariant 5), for each of ``contracts``."""
        for contract in contracts:
            self.assertEqual(contract._get_ledger_difference(), 0, contract.name)

    def assertBalanced(self, company=None):
        """The trial balance of the company is zero."""
        groups = self.env["account.move.line"]._read_group(
            [
                ("company_id", "=", (company or self.company).id),
                ("parent_state", "=", "posted"),
            ],
            [],
            ["balance:sum"],
        )
        self.assertAlmostEqual(groups[0][0] or 0, 0, places=4)

    def _get_trial_balance(self, company=None):
        """Balance by account type of what is posted."""
        lines = self.env["account.move.line"].search(
            [
                ("company_id", "=", (company or self.company).id),
                ("parent_state", "=", "posted"),
            ]
        )
        balance = {}
        for line in lines:
            key = line.account_id.account_type
            balance[key] = round(balance.get(key, 0) + line.balance, 4)
        return {key: value for key, value in balance.items() if value}

    # === TOOLS === #

    def _without_commit(self):
        """Cron code commits as it goes; a test lets it and keeps its transaction."""
        cron = type(self.env["ir.cron"])
        return patch.object(
            cron,
            "_commit_progress",
            lambda self, processed=0, *, remaining=None, deactivate=False: 60.0,
        )
