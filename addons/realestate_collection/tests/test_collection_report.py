from datetime import date, timedelta

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from ..tools.aging import LATE
from .common import TODAY
from .report_common import ReportCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestCollectionReport(ReportCommon):
    """What a report says is what happened, and it stays so."""

    # === MONEY === #

    def test_due_and_paid_are_those_of_the_period(self):
        self._pay(self.east, 250000, date(2026, 3, 6))
        report = self._make("month", "2026-03-31")
        line = self._get_line(report)
        self.assertEqual(line.amount_due, 100000, "due on 5 March")
        self.assertEqual(line.amount_due_paid, 100000)
        self.assertEqual(line.amount_collected, 250000, "with the arrears and credit")
        february = self._get_line(self._make("month", "2026-02-10"))
        self.assertEqual(february.amount_due, 100000)
        self.assertEqual(february.amount_due_paid, 0, "it was paid in March")
        self.assertEqual(february.amount_collected, 0)

    def test_each_officer_and_project_has_a_line(self):
        report = self._make("week", "2026-03-04")
        keys = {(line.project_id, line.user_id) for line in report.line_ids}
        self.assertEqual(
            keys,
            {
                (self.project, self.collector),
                (self.project, self.collection_manager),
                (self.other, self.collector),
            },
        )

    def test_money_on_the_last_and_on_the_first_day_counts(self):
        for day in (date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 8)):
            self._pay(self.east, 1000, day)
        self._pay(self.east, 5, date(2026, 3, 9))
        line = self._get_line(self._make("week", "2026-03-05"))
        self.assertEqual(line.amount_collected, 2000)
        self.assertEqual(
            (line.date_from, line.date_to), (date(2026, 3, 2), date(2026, 3, 8))
        )

    def test_a_payment_taken_back_is_taken_off(self):
        payment = self._pay(self.east, 1000, date(2026, 3, 2))
        payment.move_id._reverse_moves([{"date": date(2026, 3, 6)}], cancel=True)
        self.assertEqual(
            self._get_line(self._make("day", "2026-03-02")).amount_collected, 1000
        )
        self.assertEqual(
            self._get_line(self._make("day", "2026-03-06")).amount_collected, -1000
        )

    def test_one_transfer_for_two_contracts_counts_for_both(self):
        """A bank entry that belongs to no contract, matched by accounting."""
        account = self.east.installment_ids.move_id.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        ).account_id
        first, second = (
            contract.installment_ids.filtered("move_id")[:1].move_id
            for contract in (self.east, self.west)
        )
        entry = self.env["account.move"].create(
            {
                "journal_id": self.bank.id,
                "date": date(2026, 3, 3),
                "line_ids": [
                    Command.create(
                        {"account_id": self.bank.default_account_id.id, "debit": 200000}
                    ),
                    Command.create(
                        {
                            "account_id": account.id,
                            "credit": 200000,
                            "partner_id": self.buyer.id,
                        }
                    ),
                ],
            }
        )
        payment = self.env["account.payment"].create(
            {"partner_id": self.buyer.id, "amount": 1, "journal_id": self.bank.id}
        )
        entry.origin_payment_id = payment
        entry.action_post()
        lines = (entry | first | second).line_ids.filtered(
            lambda line: line.account_id == account
        )
        lines.reconcile()
        self.assertFalse(entry.realestate_contract_id)
        report = self._make("day", "2026-03-05")
        found = self._make("month", "2026-03-05").line_ids
        collected = {
            line.project_id: line.amount_collected
            for line in found
            if line.user_id == self.collector
        }
        self.assertEqual(collected, {self.project: 100000, self.other: 100000})
        self.assertFalse(sum(report.line_ids.mapped("amount_collected")))

    def test_a_credited_invoice_is_not_due(self):
        invoice = self.east.installment_ids.filtered("move_id")[-1].move_id
        invoice._reverse_moves([{"date": date(2026, 3, 6)}], cancel=True)
        line = self._get_line(self._make("month", "2026-03-06"))
        self.assertEqual((line.amount_due, line.amount_due_paid), (0, 0))
        self.assertEqual(line.amount_collected, 0)

    def test_overdue_before_and_new_less_recovered_is_overdue(self):
        self._pay(self.late, 150000, date(2026, 3, 3))
        line = self._get_line(
            self._make("month", "2026-03-06"), user=self.collection_manager
        )
        # Due on the 2nd from November on: four until February, one in March.
        self.assertEqual(line.amount_overdue_before, 400000)
        self.assertEqual(line.amount_overdue_new, 100000)
        self.assertEqual(line.amount_overdue, 350000)
        self.assertEqual(line.late_count, 1)
        ages = [line[f"amount_{name}"] for name in LATE]
        self.assertEqual(ages, [100000, 100000, 100000, 50000, 0])

    def test_the_end_of_a_report_is_the_beginning_of_the_next(self):
        self._pay(self.late, 150000, date(2026, 2, 20))
        for period, day in (("day", 3), ("day", 9), ("week", 3)):
            first = self._make(period, date(2026, 3, day))
            following = self._make(period, first.date_to + timedelta(days=1))
            for line in following.line_ids:
                before = self._get_line(first, line.project_id, line.user_id)
                with self.subTest(period=period, project=line.project_id.name):
                    self.assertEqual(line.amount_overdue_before, before.amount_overdue)

    def test_aging_is_that_of_the_aging_report(self):
        self._pay(self.late, 150000, date(2026, 2, 20))
        report = self._make("month", "2026-02-01")
        groupby = ["project_id", "user_id"]
        rows = self.env["realestate.aging"].get_aging("2026-02-28", groupby)
        self.assertTrue(rows)
        for row in rows:
            line = report.line_ids.filtered(
                lambda one, row=row: (
                    (one.project_id.id, one.user_id.id)
                    == (row["project_id"], row["user_id"])
                )
            )
            for name in (
                "amount_not_due",
                "amount_days_30",
                "amount_days_90",
                "amount_older",
                "amount_overdue",
                "amount_credit",
            ):
                self.assertEqual(line[name], row[name], name)

    def test_currencies_are_never_added(self):
        currency = self._activate_currency("JPY")
        self.env["res.currency.rate"].create(
            {
                "currency_id": currency.id,
                "name": date(2026, 1, 1),
                "company_rate": 100,
                "company_id": self.company.id,
            }
        )
        project = self._create_project(code="YEN", currency_id=currency.id)
        building = self._create_building(project, code="Y1")
        [unit] = self._create_units(1, building, first=1, price_list=1200000)
        contract = self._create_active(unit)
        self.installments.bill_due()
        report = self._make("month", "2026-03-01")
        line = self._get_line(report, project)
        self.assertEqual(line.currency_id, contract.currency_id)
        self.assertEqual(line.amount_due, 100000)
        self.assertAlmostEqual(line.rate, 0.01, 6)
        self.assertEqual(line.amount_due_company, 1000)
        titles = [table.title for table in report._get_tables()]
        self.assertEqual(titles[0], f"All in {self.company.currency_id.name}")
        self.assertEqual(sum("JPY" in title for title in titles), 2)
        summary = {row["currency"]: row["amount_due"] for row in report.get_summary()}
        self.assertEqual(summary["JPY"], "100,000")

    # === NOTICES === #

    def test_notices_are_counted_by_level(self):
        run = self.env["realestate.dunning.ladder"].run()
        notices = run.notice_ids
        self.assertGreater(len(notices), 1)
        notices[0]._update_state("sent", date_sent="2026-03-10 03:00:00")
        notices[1]._update_state("failed", failure_code="no_email")
        report = self._make("day", "2026-03-10")
        self.assertEqual(sum(report.line_ids.mapped("sent_count")), 1)
        self.assertEqual(sum(report.line_ids.mapped("failed_count")), 1)
        levels = report.level_ids
        self.assertEqual(sum(levels.mapped("sent_count")), 1)
        self.assertIn(notices[0].level_id.name, levels.mapped("level_name"))

    def test_a_notice_counts_on_the_day_it_was_where_the_company_is(self):
        self.company.partner_id.tz = "Asia/Manila"
        notice = self.env["realestate.dunning.ladder"].run().notice_ids[0]
        notice._update_state("sent", date_sent="2026-03-09 17:00:00")
        report = self._make("day", "2026-03-10")
        self.assertEqual(sum(report.line_ids.mapped("sent_count")), 1)

    # === WORK === #

    def test_contacts_are_those_of_who_made_them(self):
        contract = self.late.with_user(self.collector)
        contract.log_contact("call", "no_answer")
        contract.log_contact("call", "reached")
        contract.log_contact("note", False, note="Thinks it over")
        report = self._make("day", "2026-03-10")
        line = self._get_line(report)
        self.assertEqual((line.contact_count, line.reached_count), (2, 1))
        others = self._get_line(report, user=self.collection_manager)
        self.assertEqual(others.contact_count, 0, "the contract is his, the calls not")

    def test_promises_made_kept_and_broken_count_on_their_day(self):
        for contract, amount in ((self.east, 100000), (self.late, 50000)):
            contract.with_user(self.collector).log_contact(
                "call", "promised", promise_amount=amount, promise_date="2026-03-11"
            )
        line = self._get_line(self._make("day", "2026-03-10"))
        self.assertEqual((line.promise_count, line.amount_promised), (2, 150000))
        self.assertEqual((line.kept_count, line.broken_count), (0, 0))
        with freeze_time("2026-03-20 04:00:00"):
            self._pay(self.east, 100000, date(2026, 3, 11))
            promises = self.env["realestate.promise"].search([])
            promises._follow_days(self.company)
            self.assertEqual(set(promises.mapped("state")), {"kept", "broken"})
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE realestate_promise SET date_decided = '2026-03-12'"
            )
            line = self._get_line(self._make("day", "2026-03-12"))
        self.assertEqual((line.kept_count, line.amount_kept), (1, 100000))
        self.assertEqual((line.broken_count, line.amount_broken), (1, 50000))
        self.assertEqual(line.promise_count, 0)

    def test_cases_are_counted_as_they_were_at_the_end(self):
        cases = self.env["realestate.collection.case"]
        cases._refresh(self.company)
        found = cases.search([("state", "=", "open")])
        self.assertTrue(found)
        report = self._make("day", "2026-03-10")
        self.assertEqual(sum(report.line_ids.mapped("case_count")), len(found))
        self.assertEqual(sum(report.line_ids.mapped("case_opened_count")), len(found))
        with freeze_time("2026-03-11 04:00:00"):
            for contract in self.contracts:
                self._pay(contract, contract.amount_receivable)
            closed = found.filtered(lambda case: case.state == "closed")
            report = self._make("day", "2026-03-11")
        self.assertEqual(closed, found)
        self.assertEqual(sum(report.line_ids.mapped("case_closed_count")), len(found))
        self.assertEqual(sum(report.line_ids.mapped("case_count")), 0)

    # === SNAPSHOT === #

    def test_a_report_of_a_past_period_stays_as_it_was(self):
        report = self._make("month", "2026-02-01")
        self.assertTrue(report.is_final)
        before = self._get_line(report).amount_collected
        self._pay(self.east, 777, date(2026, 2, 20))
        self.assertEqual(self._make("month", "2026-02-20"), report)
        report.action_make_again()
        self.assertEqual(self._get_line(report).amount_collected, before)

    def test_a_report_of_a_running_period_is_made_anew_until_it_is_over(self):
        report = self._make("week", "2026-03-10")
        self.assertFalse(report.is_final)
        self._pay(self.east, 777, date(2026, 3, 10))
        report.action_make_again()
        self.assertEqual(self._get_line(report).amount_collected, 777)
        with freeze_time("2026-03-16 04:00:00"):
            self.assertEqual(self._make("week", "2026-03-10"), report)
            self.assertTrue(report.is_final)
        self.assertEqual(report.date_to, date(2026, 3, 15))

    def test_a_period_to_come_is_refused(self):
        with self.assertSays(UserError, "nothing to report of"):
            self._make("week", "2026-03-16")

    def test_wrong_periods_and_dates_are_told(self):
        with self.assertSays(UserError, "“year” is no period"):
            self._make("year", "2026-03-01")
        with self.assertSays(UserError, "“soon” is no date"):
            self._make("week", "soon")

    @mute_logger("odoo.sql_db")
    def test_the_database_keeps_a_second_report_out(self):
        report = self._make("month", "2026-02-01")
        with self.assertRaises(psycopg2.errors.UniqueViolation):
            report.copy()

    def test_a_quiet_company_has_an_empty_report(self):
        company = self.env["res.company"].create({"name": "Quiet"})
        self.env.user.company_ids += company
        report = self._make("day", "2026-03-10", company=company)
        self.assertFalse(report.line_ids)
        self.assertIn("Nothing fell due", str(report.tables))
        self.assertTrue(report._get_xlsx().startswith(b"PK"))

    # === RIGHTS === #

    def test_managers_and_accountants_make_reports_and_nobody_else(self):
        for user in (self.collection_manager, self.accountant):
            reports = self.reports.with_user(user)
            report = reports.make("week", "2026-03-04")
            self.assertEqual(report.env.user, user)
            self.assertTrue(report.tables)
            self.assertTrue(report.xlsx)
        for user in (self.collector, self.manager, self.plain):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.reports.with_user(user).make("week", "2026-03-11")

    def test_nobody_else_reads_a_report_on_any_way(self):
        report = self._make("week", "2026-03-04")
        papers = self.env["ir.actions.report"].with_user(self.collector)
        action = "realestate_collection.action_report_collection_report"
        theirs = report.with_user(self.collector)
        for call in (
            theirs.get_summary,
            lambda: theirs.xlsx,
            lambda: theirs.tables,
            lambda: papers._render_qweb_html(action, report.ids),
            theirs.action_make_again,
            theirs.action_analyse,
        ):
            self.env.invalidate_all()
            with self.assertRaises(AccessError):
                call()

    def test_nobody_writes_a_report(self):
        report = self._make("week", "2026-03-04")
        for user in (self.collection_manager, self.accountant):
            with self.assertRaises(AccessError):
                report.with_user(user).write({"is_final": False})
            with self.assertRaises(AccessError):
                report.line_ids[0].with_user(user).write({"amount_due": 0})
            with self.assertRaises(AccessError):
                report.with_user(user).unlink()

    def test_another_company_s_reports_are_not_seen(self):
        self._make("week", "2026-03-04")
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self._create_user(
            "stranger", "realestate_collection.group_manager", company
        )
        reports = self.reports.with_user(stranger).with_context(
            allowed_company_ids=company.ids
        )
        self.assertFalse(reports.search([]))
        self.assertFalse(reports.make("week", "2026-03-04").line_ids)

    # === SCREEN === #

    def test_the_wizard_opens_the_report(self):
        form = Form(
            self.env["realestate.collection.report.make"].with_user(self.accountant)
        )
        form.period = "month"
        form.date = date(2026, 2, 14)
        action = form.save().action_make()
        report = self.reports.browse(action["res_id"])
        self.assertEqual(report.name, "Monthly collection report, February 2026")
        Form(report.with_user(self.accountant))
        Form(report.with_user(self.collection_manager))

    def test_names_say_the_period(self):
        self.assertIn("Mar 4, 2026", self._make("day", "2026-03-04").name)
        self.assertRegex(
            self._make("week", "2026-03-04").name, "Mar 2, 2026 – Mar 8, 2026"
        )

    def test_lines_lead_to_their_report_and_beside_others(self):
        report = self._make("week", "2026-03-04")
        action = report.line_ids[0].action_open_report()
        self.assertEqual(action["res_id"], report.id)
        domain = report.action_analyse()["domain"]
        self.assertEqual(report.line_ids.search(domain).report_id, report)
