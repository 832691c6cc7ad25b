from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .case_common import CaseCommon
from .common import TODAY


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestEscalation(CaseCommon):
    """Cases go up by age and amount, level by level."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rules = cls.env["realestate.escalation.rule"]
        cls.leader = cls._create_user("head", "realestate_collection.group_officer")
        cls.team = cls._create_team(
            user_id=cls.leader.id, member_ids=[Command.set(cls.collector.ids)]
        )
        cls.rule = cls._create_rule()

    @classmethod
    def _create_rule(cls, **values):
        return cls.rules.create(
            {
                "name": "A month late",
                "company_id": cls.company.id,
                "days_late": 30,
                "note": "Talk to the owner",
                **values,
            }
        )

    def _apply(self):
        self._refresh()
        return self.rules._apply(self.company)

    def _activities(self):
        kind = self.env.ref("realestate_collection.mail_activity_type_escalation")
        return self.contract.activity_ids.filtered(
            lambda one: one.activity_type_id == kind
        )

    def test_case_goes_up_to_the_leader_once(self):
        case = self._open()
        self.assertEqual(self._apply(), case)
        self.assertEqual((case.escalation, case.stage), (1, "escalated"))
        self.assertEqual(self._activities().user_id, self.leader)
        self.assertIn("Talk to the owner", self._activities().note)
        self.assertIn("A month late", case.event_ids.note)
        self.assertFalse(self._apply())
        self.assertEqual(len(self._activities()), 1)

    def test_rule_waits_for_its_days_and_amount(self):
        self.rule.days_late = 34
        self.assertFalse(self._apply())
        self.rule.write({"days_late": 30, "amount": 200001})
        self.assertFalse(self._apply())
        self.rule.amount = 200000
        self.assertTrue(self._apply())

    def test_rule_of_another_project_does_not_apply(self):
        other = self._create_project(code="SECOND")
        self.rule.project_ids = other
        self.assertFalse(self._apply())
        self.rule.project_ids = self.project
        self.assertTrue(self._apply())

    def test_promise_keeps_a_case_where_it_is(self):
        self._open()
        self._promise()
        self.assertFalse(self._apply())
        self.rule.with_held = True
        self.assertTrue(self._apply())

    def test_levels_are_climbed_one_at_a_time(self):
        case = self._open()
        second = self._create_rule(
            name="Higher", level=2, target="user", user_id=self.collection_manager.id
        )
        self._apply()
        self.assertEqual(case.escalation, 1)
        self._apply()
        self.assertEqual(case.escalation, 2)
        self.assertIn(self.collection_manager, self._activities().user_id)
        second.active = False
        self.assertFalse(self._apply(), "and never down")

    def test_without_a_leader_the_person_of_the_rule_is_asked(self):
        self.team.user_id = False
        self.rule.user_id = self.collection_manager
        self._open()
        self._apply()
        self.assertEqual(self._activities().user_id, self.collection_manager)

    def test_amount_counts_in_the_currency_of_the_company(self):
        case = self._open()
        euro = self._activate_currency("EUR")
        self.env["res.currency.rate"].create(
            {
                "currency_id": euro.id,
                "company_id": self.company.id,
                "name": "2026-01-01",
                "rate": 0.01,
            }
        )
        self.rule.amount = 20000000
        self.assertFalse(self.rule._is_enough(case))
        case._write_facts(currency_id=euro.id)
        self.assertTrue(self.rule._is_enough(case), "200,000 € are 20,000,000 ₱")

    def test_leader_hands_over_many_cases_by_the_form(self):
        self._create_many(1)
        self.installments.bill_due()
        self._refresh()
        cases = self.cases.search([("company_id", "=", self.company.id)])
        self.team.member_ids += self.colleague
        wizard = self.env["realestate.collection.case.assign"].with_user(self.leader)
        form = Form(wizard.with_context(active_ids=cases.ids))
        self.assertEqual(form.case_count, 2)
        form.user_id = self.colleague
        form.save().action_assign()
        self.assertEqual(cases.user_id, self.colleague)

    def test_rule_below_level_one_is_refused(self):
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
            self._create_rule(level=0)

    def test_escalation_is_no_number_to_write(self):
        case = self._open().with_user(self.leader)
        with self.assertRaises(UserError):
            case.write({"escalation": 9})
