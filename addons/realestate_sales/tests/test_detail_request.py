from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.http import Request
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .document_common import DocumentCommon


class DetailCase(DocumentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer.write(
            {
                "email": "maria@example.com",
                "phone": "+63 917 111 1111",
                "city": "Manila",
                "country_id": cls.env.ref("base.ph").id,
            }
        )
        cls.contract.action_approve()
        cls.portal = new_test_user(
            cls.env,
            login="details_portal",
            groups="base.group_portal",
            partner_id=cls.buyer.id,
            password="details_portal",
        )
        cls.asked = cls._ask(contract_ids=cls.contract.ids)

    @classmethod
    def _ask(cls, **values):
        wizard = cls.env["realestate.detail.ask"].with_user(cls.officer).create(values)
        action = wizard.action_ask()
        return cls.env[action["res_model"]].search(action["domain"])

    def _answer(self, user=None, **values):
        self.asked.with_user(user or self.portal).action_answer(values)

    def _line(self, name):
        return self.asked.line_ids.filtered(lambda line: line.name == name)


@tagged("post_install", "-at_install")
class TestDetailRequest(DetailCase):
    def test_the_buyer_gets_the_link(self):
        self.assertEqual(
            (self.asked.state, self.asked.user_id.ids), ("sent", self.officer.ids)
        )
        mail = self.env["mail.mail"].search([], order="id desc", limit=1)
        self.assertIn(self.buyer, mail.recipient_ids)
        self.assertIn(f"/my/details/{self.asked.id}", mail.body_html)

    def test_each_buyer_of_a_project_is_asked_once(self):
        second = self._create_partner(name="Second", email="second@example.com")
        self._create_shared_contract(
            self.units[1], self.buyer, second, state="approved"
        )
        self._create_contract(self.units[2], partner_id=second.id, state="approved")
        self._create_contract(
            self.units[3], partner_id=self._create_partner(name="Draft").id
        )
        asked = self._ask(project_id=self.project.id)
        self.assertEqual(asked.partner_id, second)
        self.assertEqual(len(asked), 1)
        with self.assertRaisesRegex(UserError, "Nobody is to be asked"):
            self._ask(contract_ids=self.contract.ids)

    def test_who_has_no_address_is_told_to_the_staff(self):
        second = self._create_partner(name="Second")
        contract = self._create_contract(
            self.units[1], partner_id=second.id, state="approved"
        )
        self.assertIn("no e-mail", self._ask(contract_ids=contract.ids).failure)

    def test_a_confirmation_without_change_is_done(self):
        self._answer(phone="+63 917 111 1111", city=" Manila ")
        self.assertEqual(self.asked.state, "done")
        self.assertEqual(set(self.asked.line_ids.mapped("decision")), {"same"})

    def test_what_differs_waits_for_the_staff(self):
        self._answer(phone="+63 917 222 2222", city="Makati", country_id="SG")
        self.assertEqual(self.asked.state, "answered")
        self.assertEqual(self.asked.activity_ids.user_id, self.officer)
        self.assertEqual(self.buyer.city, "Manila")
        line = self._line("phone")
        self.assertEqual(
            (line.value_before, line.value_answer, line.decision),
            ("+63 917 111 1111", "+63 917 222 2222", "pending"),
        )
        self.assertEqual(self._line("email").decision, "same")

    def test_staff_takes_over_field_by_field(self):
        self._answer(
            phone="+63 917 222 2222", city="Makati", realestate_birth_date="1990-02-28"
        )
        self._line("phone").with_user(self.officer).action_apply()
        self._line("city").with_user(self.officer).action_keep()
        self.assertEqual(self.asked.state, "answered")
        self._line("realestate_birth_date").with_user(self.officer).action_apply()
        self.assertEqual(self.asked.state, "done")
        self.assertFalse(self.asked.activity_ids)
        self.assertEqual(self.buyer.phone, "+63 917 222 2222")
        self.assertEqual(self.buyer.city, "Manila")
        self.assertEqual(str(self.buyer.realestate_birth_date), "1990-02-28")
        self.assertEqual(self._line("phone").user_decided_id, self.officer)
        now = self.buyer.realestate_detail_ids.filtered("is_current")
        now = now.filtered(lambda detail: detail.kind == "phone")
        self.assertEqual((now.value, now.source), ("+63 917 222 2222", "request"))

    def test_all_is_taken_over_at_once(self):
        self._answer(
            phone="", country_id="SG", realestate_nationality_id="CN", zip="1000"
        )
        self.asked.with_user(self.officer).action_apply_all()
        self.assertEqual(self.asked.state, "done")
        self.assertFalse(self.buyer.phone)
        self.assertEqual(self.buyer.country_id.code, "SG")
        self.assertEqual(self.buyer.realestate_nationality_id.code, "CN")
        with self.assertRaisesRegex(UserError, "decided already"):
            self._line("zip").with_user(self.officer).action_apply()

    def test_what_was_changed_meanwhile_is_not_overwritten(self):
        self._answer(phone="+63 917 222 2222")
        self.buyer.phone = "+63 917 333 3333"
        line = self._line("phone").with_user(self.officer)
        with self.assertRaisesRegex(UserError, "ask again"):
            line.action_apply()
        line.action_keep()
        self.assertEqual(self.buyer.phone, "+63 917 333 3333")

    def test_what_cannot_be_read_is_named_and_nothing_kept(self):
        with self.assertRaisesRegex(UserError, "Phone: .*\n.*E-mail: .*\n.*Country:"):
            self._answer(phone="call me", email="maria", country_id="XX")
        self.assertEqual(self.asked.state, "sent")
        self.assertFalse(self.asked.line_ids)
        self._answer(phone=5, name="Other", is_company=True)
        self.assertEqual(self.asked.state, "done")

    def test_only_the_buyer_answers_and_once(self):
        stranger = new_test_user(
            self.env, login="details_stranger", groups="base.group_portal"
        )
        for user in (stranger, self.officer, self.plain, self.manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._answer(user, phone="+63 917 222 2222")
        self._answer(phone="+63 917 222 2222")
        with self.assertRaisesRegex(UserError, "closed"):
            self._answer(phone="+63 917 333 3333")

    def test_buyers_decide_and_send_nothing(self):
        self._answer(phone="+63 917 222 2222")
        asked = self.asked.with_user(self.portal)
        for method in ("action_apply_all", "action_send", "action_cancel"):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(asked, method)()
        with self.assertRaises(AccessError):
            self._line("phone").with_user(self.portal).action_apply()
        self.assertEqual(self.buyer.phone, "+63 917 111 1111")

    def test_answers_and_decisions_are_forged_by_nobody(self):
        self._answer(phone="+63 917 222 2222")
        asked = self.asked.with_user(self.manager)
        for values in ({"state": "done"}, {"date_answered": fields.Datetime.now()}):
            with self.subTest(values=values), self.assertRaises(UserError):
                asked.write(values)
        line = self._line("phone").with_user(self.manager)
        for values in ({"value_answer": "x"}, {"decision": "applied"}):
            with self.subTest(values=values), self.assertRaises(UserError):
                line.write(values)
        with self.assertRaises(AccessError):
            line.create({"request_id": self.asked.id, "name": "phone"})
        with self.assertRaisesRegex(UserError, "stays"):
            asked.unlink()

    def test_the_silent_are_reminded_before_and_after_the_deadline(self):
        self.asked.date_deadline = fields.Date.today() + timedelta(days=10)
        counts = []
        for day in (0, 6, 7, 7, 8, 10, 11, 12, 20):
            now = fields.Datetime.now() + timedelta(days=day)
            self.env.flush_all()
            with freeze_time(now), self.enter_registry_test_mode():
                self.env.ref(
                    "realestate_sales.ir_cron_remind_details"
                ).method_direct_trigger()
            self.env.invalidate_all()
            counts.append(self.asked.reminder_count)
        self.assertEqual(counts, [0, 0, 1, 1, 1, 1, 2, 2, 2])
        self.assertEqual(len(self.asked.activity_ids), 1)

    def test_each_sees_the_requests_of_the_own_contracts(self):
        def seen(user):
            requests = self.env["realestate.detail.request"].with_user(user)
            return requests.search([("id", "=", self.asked.id)])

        for user in (self.officer, self.lawyer, self.manager, self.portal):
            with self.subTest(user=user.login):
                self.assertTrue(seen(user))
        self.assertFalse(seen(self.agent))
        self.project.member_ids = self.supervisor
        other = self._create_user("off_desk", "realestate_sales.group_officer")
        self.assertFalse(seen(other))
        self.asked.action_cancel()
        self.assertFalse(seen(self.portal))


@tagged("post_install", "-at_install")
class TestDetailPortal(HttpCase, DetailCase):
    def setUp(self):
        super().setUp()
        self.path = f"/my/details/{self.asked.id}"
        self.authenticate("details_portal", "details_portal")

    def _post(self, token=None, **values):
        data = {"csrf_token": token or Request.csrf_token(self), **values}
        return self.url_open(self.path, data=data, allow_redirects=False)

    def test_the_form_shows_what_is_known_and_keeps_the_answer(self):
        page = self.url_open(self.path).text
        for part in ("+63 917 111 1111", self.buyer.email, "Manila"):
            self.assertIn(part, page)
        answer = self._post(phone="+63 917 222 2222", city="Manila", country_id="PH")
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(self.asked.state, "answered")
        changed = self.asked.line_ids.filtered(lambda one: one.decision != "same")
        self.assertEqual(changed.mapped("name"), ["phone"])
        self.assertIn("Thank you", self.url_open(self.path).text)

    def test_the_documents_lead_to_the_form_until_it_is_answered(self):
        self.assertIn(self.path, self.url_open("/my/documents").text)
        self._post(phone="+63 917 222 2222")
        self.assertNotIn(self.path, self.url_open("/my/documents").text)

    def test_what_cannot_be_read_is_shown_with_what_was_typed(self):
        page = self._post(email="maria<at>home")
        self.assertEqual(page.status_code, 200)
        self.assertIn("no e-mail address", page.text)
        self.assertIn("maria&lt;at&gt;home", page.text)
        self.assertEqual(self.asked.state, "sent")

    def test_a_form_without_its_token_answers_nothing(self):
        with mute_logger("odoo.http"):
            self.assertEqual(self._post(token="forged", phone="1").status_code, 400)
        self.url_open(f"{self.path}?phone=%2B63+917+222+2222")
        self.assertEqual(self.asked.state, "sent")

    def test_strangers_and_staff_are_sent_home(self):
        stranger = self._create_user(
            "details_stranger", "base.group_portal", password="details_stranger"
        )
        self.officer.password = "officer officer"
        for login, password in (
            (stranger.login, "details_stranger"),
            (self.officer.login, "officer officer"),
        ):
            self.authenticate(login, password)
            for answer in (
                self.url_open(self.path, allow_redirects=False),
                self._post(phone="+63 917 222 2222"),
                self.url_open("/my/details/2147483647", allow_redirects=False),
            ):
                self.assertEqual(answer.status_code, 303)
                self.assertTrue(answer.headers["Location"].endswith("/my"))
        self.assertEqual(self.asked.state, "sent")
