import base64
import io
import random
from datetime import date, timedelta
from decimal import Decimal
from unittest.mock import patch

import openpyxl

from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, tagged

from ..tools import aging
from .common import TODAY, RealestateCollectionCommon

DAY = date(2026, 3, 10)
REPORT = "odoo.addons.realestate_collection.report.aging_report"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestAging(RealestateCollectionCommon):
    """The aging of today and of any day gone by is what the entries say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.aging = cls.env["realestate.aging"]
        cls.other = cls._create_project(code="OTHER")
        building = cls._create_building(cls.other, code="T9")
        units = cls._create_units(3, building, first=901, price_list=1200000)
        cls.contracts = cls.env["realestate.contract"]
        for number, unit in enumerate([*units, *cls.units[:3]]):
            start = date(2025, 7, 1) + timedelta(days=31 * number)
            cls.contracts |= cls._create_active(unit, date_contract=start)
        cls.installments.bill_due()

    # === TOOLS === #

    def _get_rows(self, day=None, **context):
        rows = self.aging.with_context(aging_date=day, **context).search([])
        return {row.contract_id: row for row in rows}

    def _invent_past(self, rng):
        """Payments of all sizes on all days, some taken back, some unmatched."""
        for contract in self.contracts:
            for _number in range(rng.randrange(4)):
                day = DAY - timedelta(days=rng.randrange(200))
                amount = rng.choice([40000, 100000, 100000.01, 350000])
                payment = self._pay(contract, amount, day)
                if rng.random() < 0.2:
                    payment.move_id._reverse_moves(
                        [{"date": min(day + timedelta(days=20), DAY)}], cancel=True
                    )
                elif rng.random() < 0.2:
                    payment.move_id.line_ids.remove_move_reconcile()

    def _replay(self, contract, day):
        """The aging from the beginning on: every entry and every match by its date."""
        items, credit = [], Decimal(0)
        lines = contract.move_line_ids.filtered(
            lambda line: (
                line.account_id.account_type == "asset_receivable"
                and line.parent_state == "posted"
                and line.date <= day
            )
        )
        for line in lines:
            paid = line.matched_credit_ids.filtered(lambda p: p.max_date <= day)
            used = line.matched_debit_ids.filtered(lambda p: p.max_date <= day)
            amount = (
                line.amount_currency
                - sum(paid.mapped("debit_amount_currency"))
                + sum(used.mapped("credit_amount_currency"))
            )
            amount = Decimal(str(round(amount, 2)))
            if amount > 0:
                items.append((line.date_maturity or line.date, amount))
            else:
                credit -= amount
        return aging.age(items, day), credit

    def assertAged(self, row, expected, credit):
        for name, amount in expected.buckets.items():
            self.assertAlmostEqual(row[f"amount_{name}"], float(amount), 2, name)
        self.assertAlmostEqual(row.amount_overdue, float(expected.overdue), 2)
        self.assertAlmostEqual(row.amount_total, float(expected.total), 2)
        self.assertAlmostEqual(row.amount_credit, float(credit), 2)
        balance = expected.total - credit
        self.assertAlmostEqual(row.amount_balance, float(balance), 2)
        self.assertEqual(row.date_oldest or None, expected.oldest)
        self.assertEqual(row.late_count, expected.count)

    # === AMOUNTS === #

    def test_any_day_is_what_the_entries_and_their_matches_say(self):
        rng = random.Random(6)
        self._invent_past(rng)
        days = [None, DAY, *(DAY - timedelta(days=n) for n in (1, 9, 33, 64, 120, 250))]
        for day in days:
            rows = self._get_rows(day)
            self.env.invalidate_all()
            for contract in self.contracts:
                with self.subTest(day=day, contract=contract.name):
                    expected, credit = self._replay(contract, day or DAY)
                    if not expected.total and not credit:
                        self.assertNotIn(contract, rows)
                        continue
                    self.assertAged(rows[contract], expected, credit)

    def test_the_balance_is_the_receivable_of_the_contract(self):
        self._invent_past(random.Random(7))
        for contract, row in self._get_rows().items():
            self.assertAlmostEqual(row.amount_balance, contract.amount_receivable, 2)
            self.assertAlmostEqual(row.amount_total, contract._get_aging()["total"], 2)

    def test_the_day_itself_is_not_overdue_and_the_next_one_is(self):
        contract = self.contracts[-1]
        due = contract.installment_ids.filtered("move_id")[-1].date_due
        before = self._get_rows(due)[contract]
        count, overdue = before.late_count, before.amount_overdue
        not_due = before.amount_not_due
        self.env.invalidate_all()
        after = self._get_rows(due + timedelta(days=1))[contract]
        self.assertEqual(after.late_count, count + 1)
        self.assertEqual(after.amount_overdue, overdue + 100000)
        self.assertEqual(after.amount_not_due, not_due - 100000)

    def test_a_day_to_come_ages_what_is_open_now(self):
        contract = self.contracts[0]
        row = self._get_rows(DAY + timedelta(days=400))[contract]
        self.assertEqual(row.amount_older, row.amount_total)

    def test_a_cancelled_payment_was_never_there(self):
        contract = self.contracts[0]
        payment = self._pay(contract, 100000, DAY - timedelta(days=30))
        paid = self._get_rows()[contract].amount_total
        payment.action_cancel()
        self.env.invalidate_all()
        self.assertEqual(self._get_rows()[contract].amount_total, paid + 100000)

    def test_today_is_that_of_the_company(self):
        """At four in the morning UTC it is still the day before in Honolulu."""
        contract = self.contracts[-1]
        due = contract.installment_ids.filtered("move_id")[-1].date_due
        contract.company_id.partner_id.tz = "Pacific/Honolulu"
        with freeze_time(f"{due + timedelta(days=1)} 04:00:00"):
            here = self._get_rows()[contract].late_count
            self.env.invalidate_all()
            contract.company_id.partner_id.tz = "Asia/Manila"
            self.assertEqual(self._get_rows()[contract].late_count, here + 1)

    def test_a_contract_that_owes_nothing_has_no_row(self):
        contract = self.contracts[0]
        self._pay(contract, contract.amount_receivable)
        self.assertNotIn(contract, self._get_rows())

    # === SUMS === #

    def test_sums_by_project_are_those_of_the_rows(self):
        self._invent_past(random.Random(8))
        day = DAY - timedelta(days=40)
        sums = {row["project_id"]: row for row in self.aging.get_aging(day)}
        rows = self._get_rows(day).values()
        for project in (self.project, self.other):
            own = [row for row in rows if row.project_id == project]
            found = sums[project.id]
            self.assertEqual(found["count"], len(own))
            self.assertEqual(found["currency_id"], project.currency_id.id)
            for name in ("amount_overdue", "amount_days_90", "amount_balance"):
                total = sum(row[name] for row in own)
                self.assertAlmostEqual(found[name], total, 2, name)

    def test_sums_take_a_domain(self):
        rows = self.aging.get_aging(
            "2026-03-01", ["project_id"], [("project_id", "=", self.other.id)]
        )
        self.assertEqual([row["project_id"] for row in rows], [self.other.id])

    def test_what_is_no_date_is_told(self):
        with self.assertSays(UserError, "“soon” is no date"):
            self.aging.get_aging("soon")

    def test_officer_is_the_contract_s_else_the_company_s(self):
        self.contracts[0].collector_id = self.collection_manager
        rows = self._get_rows()
        self.assertEqual(rows[self.contracts[0]].user_id, self.collection_manager)
        self.assertEqual(rows[self.contracts[1]].user_id, self.collector)
        for contract, row in rows.items():
            self.assertEqual(row.user_id, contract._get_collector())

    # === SCREEN === #

    def test_a_row_opens_its_contract(self):
        contract, row = next(iter(self._get_rows().items()))
        action = row.action_open_contract()
        self.assertEqual(action["res_id"], contract.id)

    def test_the_wizard_opens_the_list_of_its_day(self):
        wizard = Form(self.env["realestate.aging.day"].with_user(self.collector))
        wizard.date = DAY - timedelta(days=31)
        wizard.is_overdue = True
        wizard.project_ids.add(self.other)
        action = wizard.save().action_show()
        self.assertEqual(action["context"], {"aging_date": "2026-02-07"})
        rows = self.aging.with_context(**action["context"]).search(action["domain"])
        self.assertTrue(rows)
        self.assertEqual(rows.project_id, self.other)
        self.assertTrue(all(row.amount_overdue > 0 for row in rows))

    def test_the_spreadsheet_and_the_paper_have_every_contract(self):
        wizard = self.env["realestate.aging.day"].with_user(self.collector)
        wizard = wizard.create({"date": DAY - timedelta(days=31)})
        content = io.BytesIO(base64.b64decode(wizard.xlsx))
        [sheet] = openpyxl.load_workbook(content, data_only=True).worksheets
        rows = list(sheet.iter_rows(values_only=True))
        contracts = {row[0] for row in rows} & set(self.contracts.mapped("name"))
        aged = self._get_rows("2026-02-07")
        self.assertEqual(contracts, {contract.name for contract in aged})
        [head] = [row for row in rows if "Balance" in row]
        [total] = [row for row in rows if row[0] == "Total"]
        balance = sum(row.amount_balance for row in aged.values())
        self.assertAlmostEqual(total[head.index("Balance")], balance, 2)
        action = "realestate_collection.action_report_aging"
        paper = self.env["ir.actions.report"]._render_qweb_html(action, wizard.ids)
        for name in contracts:
            self.assertIn(name, paper[0].decode())
        self.assertIn("/xlsx?", wizard.action_download()["url"])
        self.assertEqual(wizard.action_print()["report_type"], "qweb-pdf")

    def test_too_long_a_paper_is_told(self):
        wizard = self.env["realestate.aging.day"].create({})
        papers = self.env["report.realestate_collection.report_aging"]
        with patch(f"{REPORT}.MOST_PRINTED", 2):
            with self.assertSays(UserError, "more than 2 contracts"):
                papers._get_sheet(wizard)

    # === RIGHTS === #

    def test_the_desk_sees_its_projects_and_collection_all(self):
        self.project.member_ids = self.officer
        self.other.member_ids = self.manager
        for user, projects in (
            (self.officer, self.project),
            (self.manager, self.project | self.other),
            (self.collector, self.project | self.other),
            (self.accountant, self.project | self.other),
            (self.leader, self.project | self.other),
        ):
            with self.subTest(user=user.login):
                rows = self.aging.with_user(user).search([])
                self.assertEqual(rows.project_id, projects)

    def test_another_company_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self._create_user(
            "stranger", "realestate_collection.group_manager", company
        )
        aged = self.aging.with_user(stranger).with_context(
            allowed_company_ids=company.ids
        )
        self.assertFalse(aged.search([]))
        self.assertFalse(aged.get_aging("2026-03-01"))
