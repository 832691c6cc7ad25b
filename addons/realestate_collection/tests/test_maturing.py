from datetime import date, timedelta
from unittest.mock import patch

import psycopg2
from psycopg2.errors import SerializationFailure

from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import TODAY
from .mortgage_common import MortgageCommon

DAY = date(2026, 3, 10)
JOB = "odoo.addons.realestate_collection.models.realestate_proactive_rule"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestMaturing(MortgageCommon):
    """Large amounts to come are listed, and announced once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.maturing = cls.env["realestate.maturing"]
        cls.tasks = cls.env["realestate.proactive.task"]
        cls.env["realestate.proactive.rule"].search([]).unlink()
        cls.tower = cls._create_milestone_plan()
        cls.large = cls._create_active(cls.units[1], plan_id=cls.tower.id)

    @classmethod
    def _create_milestone_plan(cls):
        """50 monthly parts, a balloon on 5 April, a handover part, a retention."""
        parts = [
            ("installment", "Instalment", 50, 50, 1),
            ("balloon", "Balloon", 20, 1, 3),
            ("handover", "On handover", 25, 1, 6),
            ("retention", "Retention", 5, 1, 12),
        ]
        lines = [
            {
                "kind": kind,
                "name": name,
                "value": value,
                "count": count,
                "offset_months": months,
            }
            for kind, name, value, count, months in parts
        ]
        return cls._create_plan(lines=lines, name="Balloon")

    def _create_rule(self, **values):
        return self.env["realestate.proactive.rule"].create(
            {"kind": "balloon", "days": 60, **values}
        )

    def _get(self, kind, contract=None):
        contract = contract or self.large
        return self.maturing.search(
            [("contract_id", "=", contract.id), ("kind", "=", kind)]
        )

    def _announce(self):
        with self._without_commit():
            self.env["realestate.proactive.rule"]._cron_announce()
        return self.tasks.search([])

    # === THE LIST === #

    def test_balloon_handover_and_retention_are_listed(self):
        rows = self.maturing.search([("contract_id", "=", self.large.id)])
        found = {row.kind: (row.amount, row.share, row.date_due) for row in rows}
        self.assertEqual(
            found,
            {
                "balloon": (240000, 20, date(2026, 4, 5)),
                "remaining": (300000, 25, date(2026, 7, 5)),
                "retention": (60000, 5, date(2027, 1, 5)),
            },
        )
        self.assertEqual(self._get("balloon").days_ahead, 26)
        self.assertEqual(self._get("balloon").user_id, self.collector)

    def test_the_last_part_counts_where_it_is_large(self):
        row = self._get("remaining", self.contract)
        last = self.contract.installment_ids.sorted("sequence")[-1]
        self.assertEqual(row.installment_id, last)
        self.assertEqual(row.amount, 100000)
        plan = self._create_monthly_plan(count=40)
        small = self._create_active(self.units[2], plan_id=plan.id)
        self.assertFalse(self._get("remaining", small))

    def test_what_is_paid_or_void_is_no_longer_to_come(self):
        with freeze_time("2026-04-05 04:00:00"):
            self.installments.bill_due()
            self._pay(self.large, self.large.amount_receivable - 40000)
            left = self._get("balloon").installment_id.amount_residual
            self.assertLess(left, 240000)
            self.assertEqual(self._get("balloon").amount, left)
            self.assertEqual(self._get("balloon").state, "partial")
            self._pay(self.large, 40000)
            self.assertFalse(self._get("balloon"))
        self._get("retention").installment_id.sudo().is_void = True
        self.env.flush_all()
        self.assertFalse(self._get("retention"))

    def test_a_contract_that_does_not_run_owes_nothing_large(self):
        draft = self._create_contract(self.units[3], plan_id=self.tower.id)
        self.assertFalse(self.maturing.search([("contract_id", "=", draft.id)]))

    def test_the_mortgage_stands_beside_it(self):
        mortgage = self._create_mortgage(self.large)
        row = self._get("balloon")
        self.assertEqual(row.mortgage_id, mortgage)
        self.assertEqual(row.mortgage_stage, "documents")
        self.assertFalse(self._get("remaining", self.contract).date_announced)

    def test_every_role_reads_the_list(self):
        self._create_mortgage(self.large)
        names = {name: {} for name in ("amount", "unit_names", "mortgage_stage")}
        names["mortgage_id"] = {"fields": {"display_name": {}}}
        for user in (self.collector, self.accountant, self.officer, self.leader):
            with self.subTest(user=user.login):
                rows = self.maturing.with_user(user).web_search_read([], names)
                self.assertTrue(rows["records"])

    def test_the_desk_sees_its_projects(self):
        self.project.member_ids = self.manager
        self.assertFalse(self.maturing.with_user(self.officer).search([]))
        self.assertTrue(self.maturing.with_user(self.collector).search([]))

    def test_a_row_opens_its_contract(self):
        action = self._get("balloon").action_open_contract()
        self.assertEqual(action["res_id"], self.large.id)

    # === ANNOUNCED ONCE === #

    def test_an_amount_is_announced_to_the_officer_of_the_contract(self):
        rule = self._create_rule()
        task = self._announce()
        self.assertEqual(task.installment_id, self._get("balloon").installment_id)
        self.assertEqual(task.user_id, self.collector)
        self.assertEqual((task.amount, task.date), (240000, DAY))
        activity = task.activity_id
        self.assertEqual(activity.res_id, self.large.id)
        self.assertEqual(activity.user_id, self.collector)
        self.assertEqual(activity.date_deadline, DAY + timedelta(days=7))
        self.assertIn("Balloon", activity.summary)
        self.assertIn("there is no mortgage", activity.note)
        self.assertEqual(rule.task_count, 1)
        self.assertEqual(
            rule.action_open_tasks()["domain"], [("rule_id", "=", rule.id)]
        )
        self.env.invalidate_all()
        self.assertEqual(self._get("balloon").date_announced, DAY)

    def test_the_note_names_bank_and_stage(self):
        self._create_mortgage(self.large)
        self._create_rule()
        note = self._announce().activity_id.note
        self.assertIn("Harbour Bank", note)
        self.assertIn("Documents", note)

    def test_the_same_rule_never_announces_twice(self):
        self._create_rule()
        first = self._announce()
        first.activity_id.action_done()
        self.assertTrue(first.is_done)
        self.assertEqual(self._announce(), first)
        with freeze_time("2026-03-20 04:00:00"):
            self.assertEqual(self._announce(), first)

    @mute_logger("odoo.sql_db")
    def test_the_database_keeps_a_second_one_out(self):
        self._create_rule()
        task = self._announce()
        with self.assertRaises(psycopg2.errors.UniqueViolation):
            task.copy()

    def test_another_rule_announces_again_when_its_time_comes(self):
        self._create_rule()
        self._create_rule(days=10)
        self.assertEqual(len(self._announce()), 1)
        with freeze_time("2026-03-26 04:00:00"):
            self.assertEqual(len(self._announce()), 2)

    def test_days_without_a_job_are_caught_up_until_the_due_date(self):
        self._create_rule(days=20)
        self.assertFalse(self._announce())
        with freeze_time("2026-04-05 04:00:00"):
            self.assertEqual(
                self._announce().activity_id.date_deadline, date(2026, 4, 5)
            )

    def test_what_is_overdue_is_dunned_not_announced(self):
        self._create_rule()
        with freeze_time("2026-04-06 04:00:00"):
            self.assertFalse(self._announce())

    def test_a_rule_of_other_projects_announces_nothing_here(self):
        other = self._create_project(code="OTHER")
        self._create_rule(project_ids=other.ids)
        self.assertFalse(self._announce())

    def test_a_rule_may_name_who_does_it(self):
        self._create_rule(user_id=self.collection_manager.id)
        self.assertEqual(self._announce().activity_id.user_id, self.collection_manager)

    def test_an_archived_rule_rests(self):
        self._create_rule(active=False)
        self.assertFalse(self._announce())

    def test_one_failure_leaves_the_others(self):
        second = self._create_active(self.units[2], plan_id=self.tower.id)
        self._create_rule()
        real = type(self.env["realestate.proactive.rule"])._get_note

        def get_note(rule, item):
            if item.contract_id == second:
                raise ValueError("broken")
            return real(rule, item)

        with patch.object(
            type(self.env["realestate.proactive.rule"]), "_get_note", get_note
        ):
            with mute_logger(JOB):
                self.assertEqual(self._announce().contract_id, self.large)
        self.assertEqual(self._announce().contract_id, self.large | second)

    def test_officer_hears_once_of_an_amount_that_cannot_be_announced(self):
        rule = self._create_rule()
        broken = patch.object(
            type(rule), "_get_note", side_effect=ValueError("no <bank>")
        )
        with broken, mute_logger(JOB):
            for _run in range(2):
                self.assertFalse(self._announce())
        kind = self.env.ref("realestate_collection.mail_activity_type_maturing_failed")
        told = self.large.activity_ids.filtered(
            lambda one: one.activity_type_id == kind
        )
        self.assertEqual(len(told), 1)
        self.assertEqual(told.user_id, self.collector)
        self.assertIn("could not be announced", told.summary)
        self.assertIn(rule.name, told.summary)
        self.assertIn("no &lt;bank&gt;", told.note)

    def test_contracts_that_change_at_the_same_time_are_announced_again(self):
        rule = self._create_rule()
        real, tries = type(rule)._create_task, []

        def collide_first(this, *args):
            tries.append(args)
            if len(tries) < 3:
                raise SerializationFailure("at the same time")
            return real(this, *args)

        self.patch(type(rule), "_create_task", collide_first)
        with (
            patch.object(self.env.cr, "rollback") as rollback,
            self.assertNoLogs("odoo.addons.realestate_collection", level="WARNING"),
        ):
            self.assertEqual(self._announce().contract_id, self.large)
        self.assertEqual(rollback.call_count, 2)

    def test_rule_that_fails_leaves_the_other_rules(self):
        rule = self._create_rule(days=90)
        other = self._create_rule(days=60)
        real = type(rule)._select_items

        def fail(this, *args):
            if this == rule:
                raise ValueError("broken")
            return real(this, *args)

        self.patch(type(rule), "_select_items", fail)
        with self.assertLogs(JOB, "ERROR"):
            self.assertEqual(self._announce().rule_id, other)

    def test_what_still_waits_is_found(self):
        self._create_rule()
        task = self._announce()
        self.assertEqual(self.tasks.search([("is_done", "=", False)]), task)
        task.activity_id.action_done()
        self.assertEqual(self.tasks.search([("is_done", "=", True)]), task)
        self.assertFalse(self.tasks.search([("is_done", "=", False)]))

    # === RULES === #

    def test_a_new_company_starts_with_the_standard_rules(self):
        company = self.env["res.company"].create({"name": "New"})
        company._realestate_set_up_proactive()
        company._realestate_set_up_proactive()
        rules = self.env["realestate.proactive.rule"]
        rules = rules.search([("company_id", "=", company.id)])
        self.assertEqual(
            sorted((rule.kind, rule.days) for rule in rules),
            [("balloon", 30), ("balloon", 90), ("remaining", 60), ("retention", 30)],
        )

    def test_a_manager_writes_a_rule(self):
        form = Form(
            self.env["realestate.proactive.rule"].with_user(self.collection_manager)
        )
        form.kind = "retention"
        form.days = 45
        rule = form.save()
        self.assertEqual(rule.name, "Retention, 45 days ahead")
        self.assertTrue(rule.activity_type_id)
