from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import HttpCase, RecordCapturer, tagged

from .test_approval import ApprovalCase

ASKED = "2028-02-24 04:00:00"
# Three days later.
DEADLINE = "2028-02-27"


class ReminderCase(ApprovalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Asia/Manila"
        cls.lawyer.tz = "Asia/Manila"
        with freeze_time(ASKED):
            cls.contract = cls._create_contract()
            cls.contract.with_user(cls.officer).action_submit()
        cls.approval = cls.contract.approval_ids[0]

    def _remind(self, moment):
        """Run the job at ``moment`` (UTC); return who got a mail."""
        job = self.env.ref("realestate_sales.ir_cron_remind_approvers")
        mails = RecordCapturer(self.env["mail.mail"], [])
        with freeze_time(moment), self.enter_registry_test_mode(), mails:
            job.method_direct_trigger()
        return mails.records.mapped("recipient_ids")


@tagged("post_install", "-at_install")
class TestApprovalRemind(ReminderCase):
    def test_reminders_come_once_a_day_from_the_deadline_on(self):
        for moment, told in (
            ("2028-02-26 15:00:00", False),
            # 07:30 and 08:30 in Manila.
            ("2028-02-26 23:30:00", False),
            ("2028-02-27 00:30:00", True),
            ("2028-02-27 09:00:00", False),
            ("2028-02-28 01:00:00", True),
            ("2028-02-29 12:00:00", True),
            ("2028-02-29 15:00:00", False),
        ):
            with self.subTest(moment=moment):
                lawyer = self.lawyer.partner_id if told else self.env["res.partner"]
                self.assertEqual(self._remind(moment), lawyer)

    def test_only_whose_turn_it_is_is_reminded(self):
        self.contract.with_user(self.lawyer).action_approve()
        reminded = self._remind("2028-02-28 09:00:00")
        self.assertEqual(reminded, self.director.partner_id)
        self.contract.approval_ids[1].with_user(self.director).action_refuse("No")
        self.assertFalse(self._remind("2028-02-29 09:00:00"))

    def test_who_stands_in_is_reminded_too_and_gets_the_activity(self):
        deputy = self._create_user("deputy", "realestate_sales.group_officer")
        self.env["realestate.approval.substitute"].create(
            {
                "user_id": self.lawyer.id,
                "substitute_id": deputy.id,
                "date_from": "2028-02-27",
                "date_to": "2028-02-28",
            }
        )
        reminded = self._remind("2028-02-27 09:00:00")
        self.assertEqual(reminded, (self.lawyer | deputy).partner_id)
        self.assertEqual(self.contract.activity_ids.user_id, self.lawyer | deputy)
        self.assertEqual(len(self.contract.activity_ids), 2)
        self.assertEqual(
            self._remind("2028-02-29 09:00:00"), self.lawyer.partner_id, "back again"
        )

    def test_an_activity_that_was_ticked_off_comes_back(self):
        self.contract.activity_ids.action_done()
        self.assertFalse(self.contract.activity_ids)
        self._remind("2028-02-27 09:00:00")
        self.assertEqual(self.contract.activity_ids.user_id, self.lawyer)

    def test_deleted_documents_keep_nobody_from_their_reminder(self):
        approval = self.approval.copy({"res_id": 0})
        self.assertEqual(approval.state, "pending")
        self.assertTrue(self._remind("2028-02-27 09:00:00"))


@tagged("post_install", "-at_install")
class TestApprovalEscalation(ReminderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first.write({"escalation_user_id": cls.leader.id, "escalation_days": 1})

    def test_the_day_after_the_days_it_escalates_once(self):
        for moment, told in (
            # Still the 28th in Manila.
            ("2028-02-28 15:59:00", False),
            ("2028-02-28 16:01:00", True),
            ("2028-02-28 17:00:00", False),
        ):
            with self.subTest(moment=moment):
                reminded = self._remind(moment)
                self.assertEqual(self.leader.partner_id in reminded, told)
        self.assertIn(self.leader, self.contract.activity_ids.user_id)
        self.assertIn(self.leader.name, self.contract.message_ids[0].body)
        self.assertIn(self.leader.partner_id, self._remind("2028-03-01 09:00:00"))

    def test_nobody_decides_before_it_escalates(self):
        with self.assertRaises(AccessError):
            self.approval.with_user(self.leader).action_approve()
        self._remind("2028-03-01 09:00:00")
        self.approval.with_user(self.leader).action_approve("The lawyer is ill")
        self.assertEqual(self.approval.state, "approved")
        self.assertTrue(self.approval.is_substitute)

    def test_it_goes_to_nobody_unless_set_up(self):
        self.first.escalation_user_id = False
        self.assertEqual(self._remind("2028-03-01 09:00:00"), self.lawyer.partner_id)
        self.assertFalse(self.approval.date_escalated)

    def test_escalation_is_not_forged(self):
        for field in ("date_escalated", "reminded", "reason"):
            with self.subTest(field=field), self.assertRaises(UserError):
                self.approval.sudo().write({field: False})
        self.assertTrue(self.approval._is_decidable_by(self.lawyer))

    def test_buyers_in_the_portal_are_not_escalated_to(self):
        portal = self._create_user("portal", "base.group_portal")
        with self.assertRaisesRegex(ValidationError, "in the portal do not approve"):
            self.first.escalation_user_id = portal


@tagged("post_install", "-at_install")
class TestApprovalMail(HttpCase, ApprovalCase):
    def _submit_and_read(self, **values):
        mails = RecordCapturer(self.env["mail.mail"], [])
        with mails:
            contract = self._submit(**values)
        return contract, mails.records

    def test_the_mail_says_what_is_approved_and_where(self):
        contract, mail = self._submit_and_read()
        self.assertEqual(mail.recipient_ids, self.lawyer.partner_id, "one mail")
        self.assertIn(contract.name, mail.subject)
        for text in (
            self.officer.name,
            self.buyer.name,
            self.unit.name,
            "1,000,000.00",
            "Read and decide",
        ):
            with self.subTest(text=text):
                self.assertIn(text, mail.body_html)
        url = f"/odoo/my-approvals/{contract.approval_ids[0].id}"
        self.assertIn(url, mail.body_html)
        # Without a login the link shows the door.
        answer = self.url_open(url, allow_redirects=True)
        self.assertIn("/web/login", answer.url)
        self.assertNotIn(contract.name, answer.text)

    def test_the_mail_is_in_the_approver_s_language(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        module = self.env["ir.module.module"]._get("realestate_sales")
        module._update_translations(["vi_VN"])
        self.lawyer.lang = "vi_VN"
        _contract, mail = self._submit_and_read()
        self.assertIn("Đọc và quyết định", mail.body_html)
        self.assertNotIn("asks for your approval", mail.body_html)

    def test_hostile_names_stay_text(self):
        self.buyer.name = "<img src=x onerror=alert(1)>"
        _contract, mail = self._submit_and_read()
        self.assertNotIn("<img src", mail.body_html)
        self.assertIn("&lt;img", mail.body_html)


@tagged("post_install", "-at_install")
class TestApprovalSummary(ApprovalCase):
    def test_what_changed_since_it_was_asked_before_is_marked(self):
        contract = self._submit()
        first = contract.approval_ids[0].with_user(self.lawyer)
        self.assertNotIn("before:", first.summary)
        first.action_refuse("Too dear")
        with freeze_time(first.date_requested + timedelta(minutes=5)):
            contract.line_ids.price = 990000
            contract.with_user(self.officer).action_submit()
        again = contract.approval_ids.filtered(lambda a: a.state == "pending")[0]
        summary = str(again.with_user(self.lawyer).summary)
        self.assertIn("990,000.00", summary)
        self.assertIn("1,000,000.00", summary)
        self.assertEqual(summary.count("before:"), 2, "unit and total")
        # What was refused stays readable as it was.
        self.assertNotIn("990,000.00", first.summary)

    def test_a_document_that_changed_meanwhile_is_marked(self):
        contract = self._submit()
        approval = contract.approval_ids[0]
        self.assertFalse(approval.has_changed)
        contract.line_ids._write({"price": 990000})
        contract.line_ids.invalidate_recordset()
        approval.invalidate_recordset(["has_changed"])
        self.assertTrue(approval.has_changed)

    def test_each_kind_says_what_it_is_about(self):
        self.units.price_floor = 950000
        reservation = self._create_reservation(self.units[1], confirmed=False, fee=0)
        reservation.price = 855000
        reservation.with_user(self.agent).action_request_floor("Please")
        asked = reservation.approval_ids.with_user(self.supervisor)
        self.assertIn("10.00 % below the floor price", asked.summary)
        self.assertIn("950,000.00", asked.summary)

    def test_changed_wording_is_shown_to_who_approves_it(self):
        contract = self._create_contract(note="<p>Paid in <b>gold</b></p>")
        contract.clause_ids = [
            Command.create({"title": "Pets", "body": "<p>A dog is allowed.</p>"})
        ]
        contract.with_user(self.officer).action_submit()
        for approval in contract.approval_ids:
            with self.subTest(kind=approval.kind):
                self.assertIn("Paid in *gold*", approval.summary)
                self.assertIn("A dog is allowed.", approval.summary)

    def test_nobody_asks_when_nobody_else_may_answer(self):
        self.first.user_ids = self.officer
        with self.assertRaisesRegex(
            UserError, "nobody but you may decide for “Lawyer”"
        ):
            self._submit()
