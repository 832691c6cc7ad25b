from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .document_common import DocumentCommon

LATE = "realestate_sales.mail_activity_document_late"
CHECK = "realestate_sales.mail_activity_document_check"


class ChaseCase(DocumentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer.email = "maria@example.com"
        cls.contract.action_approve()
        cls.papers = cls.contract.document_ids
        cls.today = fields.Date.today()
        cls.papers.date_due = cls.today

    def _chase(self, days=0):
        self.env.flush_all()
        day = fields.Datetime.now() + timedelta(days=days)
        with freeze_time(day), self.enter_registry_test_mode():
            cron = self.env.ref("realestate_sales.ir_cron_chase_documents")
            cron.method_direct_trigger()
        self.papers.invalidate_recordset()

    def _reminders(self, partner=None):
        return self.env["realestate.document.reminder"].search(
            [("partner_id", "=", (partner or self.buyer).id)]
        )

    def _activities(self, record, kind):
        found = record.activity_ids.activity_type_id
        return found & self.env.ref(kind)


@tagged("post_install", "-at_install")
class TestDocumentChase(ChaseCase):
    def test_one_e_mail_lists_all_that_is_owed(self):
        later = self._create_type("LATER", is_person=True, days_due=90)
        self.contract._sync_documents()
        other = self._create_contract(self.units[1], state="approved")
        self._chase()
        reminder = self._reminders()
        self.assertEqual(len(reminder), 1)
        self.assertEqual(
            reminder.document_ids, self.contract.document_ids | other.document_ids
        )
        self.assertIn(later, reminder.document_ids.type_id)
        mail = self.env["mail.mail"].search([], order="id desc", limit=1)
        self.assertIn(self.buyer, mail.recipient_ids)
        for part in ("Tax", "Identity", "/my/documents", self.contract.name):
            self.assertIn(part, mail.body_html)
        self.assertNotIn("reservation", mail.body_html)

    def test_nobody_is_asked_again_before_the_days_have_passed(self):
        self.company.realestate_document_reminder_days = 5
        for day, count in ((0, 1), (1, 1), (4, 1), (5, 2), (6, 2), (10, 3)):
            with self.subTest(day=day):
                self._chase(day)
                self.assertEqual(len(self._reminders()), count)

    def test_nothing_is_asked_for_that_is_there(self):
        for paper in self.papers:
            self._hand_in(paper)
        self._chase()
        self.assertFalse(self._reminders())
        self.papers[0].with_user(self.supervisor).action_refuse("Too dark to read")
        self._chase()
        self.assertEqual(self._reminders().document_ids, self.papers[0])
        mail = self.env["mail.mail"].search([], order="id desc", limit=1)
        self.assertIn("Too dark to read", mail.body_html)

    def test_nobody_is_asked_long_before_the_day_or_never(self):
        self.papers.date_due = self.today + timedelta(days=4)
        self._chase()
        self.assertFalse(self._reminders())
        self.company.realestate_document_reminder_days = 0
        self._chase(3)
        self.assertFalse(self._reminders())

    def test_buyers_of_ended_or_unapproved_contracts_are_left_alone(self):
        self.contract.action_cancel("Loan refused")
        draft = self._create_contract(self.units[1], state="review")
        draft.document_ids.date_due = self.today
        self._chase()
        self.assertFalse(self._reminders())

    def test_the_e_mail_is_in_the_buyer_s_language(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        self.tax.with_context(lang="vi_VN").name = "Mã số thuế"
        self.buyer.lang = "vi_VN"
        self._chase()
        mail = self.env["mail.mail"].search([], order="id desc", limit=1)
        self.assertIn("Mã số thuế", mail.body_html)

    def test_who_has_no_address_is_shown_to_the_staff(self):
        self.buyer.email = False
        self._chase()
        self.assertIn("no e-mail", self._reminders().failure)

    def test_the_officer_gets_one_activity_until_nothing_is_late(self):
        self.papers.date_due = self.today - timedelta(days=1)
        self._chase()
        self._chase(1)
        activity = self.contract.activity_ids
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.officer)
        self.assertIn("2 documents", activity.summary)
        self._hand_in(self.papers[0])
        self.assertTrue(self._activities(self.contract, LATE))
        self._hand_in(self.papers[1])
        self.assertFalse(self._activities(self.contract, LATE))

    def test_what_a_buyer_brings_waits_for_the_officer(self):
        user = self._create_user("maria", "base.group_portal", partner_id=self.buyer.id)
        self._hand_in(self.paper, user=user)
        self.assertTrue(self._activities(self.paper, CHECK))
        self.assertEqual(self.paper.activity_ids.user_id, self.officer)
        self.paper.with_user(self.officer).action_accept()
        self.assertFalse(self._activities(self.paper, CHECK))

    def test_what_runs_out_expires_and_is_owed_again(self):
        self._hand_in(self.paper)
        self.paper.date_expiry = self.today + timedelta(days=1)
        self.paper.with_user(self.supervisor).action_accept()
        self._chase(1)
        self.assertEqual(self.paper.state, "accepted")
        self._chase(2)
        self.assertEqual(self.paper.state, "expired")

    def test_officer_and_buyer_are_told_once_before_it_expires(self):
        for paper in self.papers:
            self._hand_in(paper)
        self.paper.date_expiry = self.today + timedelta(days=31)
        self.papers.with_user(self.supervisor).action_accept()
        self._chase()
        self.assertFalse(self._reminders())
        self._chase(1)
        self._chase(2)
        self.assertEqual(len(self.paper.activity_ids), 1)
        self.assertEqual(self._reminders().expiring_ids, self.paper)
        mail = self.env["mail.mail"].search([], order="id desc", limit=1)
        self.assertIn("expires on", mail.body_html)

    def test_the_button_writes_now_and_not_twice(self):
        self.papers.date_due = self.today + timedelta(days=30)
        contract = self.contract.with_user(self.officer)
        contract.action_remind_documents()
        self.assertEqual(self._reminders().document_count, 2)
        with self.assertRaisesRegex(UserError, "within 7 days"):
            contract.action_remind_documents()
        with self.assertRaises(AccessError):
            self.contract.with_user(self.agent).action_remind_documents()
        draft = self._create_contract(self.units[1], state="review")
        with self.assertRaisesRegex(UserError, "approved"):
            draft.with_user(self.officer).action_remind_documents()


@tagged("post_install", "-at_install")
class TestMissing(ChaseCase):
    def _missing(self, user=None):
        missing = self.env["realestate.missing"].with_user(user or self.env.user)
        self.env.flush_all()
        return missing.search([("contract_id", "=", self.contract.id)])

    def test_papers_and_details_nobody_has_entered_are_listed(self):
        missing = self._missing()
        self.assertEqual(
            set(missing.mapped("kind")),
            {"paper", "phone", "address", "nationality", "birth_date"},
        )
        self.assertEqual(missing.document_id, self.papers)
        self.buyer.write(
            {
                "phone": "+63 917 000 0000",
                "street": "1 Main Street",
                "country_id": self.env.ref("base.ph").id,
                "realestate_nationality_id": self.env.ref("base.ph").id,
                "realestate_birth_date": "1990-01-01",
            }
        )
        self._accept(self.paper)
        self.assertEqual(self._missing().document_id, self.passport)
        self.assertEqual(self._missing().mapped("kind"), ["paper"])

    def test_companies_have_neither_birthday_nor_nationality(self):
        self.buyer.is_company = True
        kinds = self._missing().mapped("kind")
        self.assertNotIn("birth_date", kinds)
        self.assertNotIn("nationality", kinds)

    def test_it_is_counted_by_project_and_officer(self):
        groups = self.env["realestate.missing"]._read_group(
            [("project_id", "=", self.project.id)],
            ["project_id", "user_id"],
            ["__count"],
        )
        self.assertEqual(groups, [(self.project, self.officer, 6)])

    def test_each_sees_what_is_missing_of_the_own_contracts(self):
        self.assertFalse(self._missing(self.agent))
        self.assertTrue(self._missing(self.lawyer))
        self.project.member_ids = self.supervisor
        self.assertTrue(self._missing(self.supervisor))
        self.assertTrue(self._missing(self.manager))
        stranger = self._create_user("off_desk", "realestate_sales.group_officer")
        self.assertFalse(self._missing(stranger))

    def test_ended_contracts_miss_nothing(self):
        self.contract.action_cancel("Loan refused")
        self.assertFalse(self._missing())

    def test_each_row_leads_to_where_it_is_filled_in(self):
        for row in self._missing():
            action = row.action_open()
            self.assertIn(action["res_model"], ("realestate.document", "res.partner"))
            self.assertEqual(
                action["res_model"] == "realestate.document", row.kind == "paper"
            )
