from datetime import datetime, timedelta

from odoo import fields
from odoo.http import Request
from odoo.tests import tagged

from .signing_common import SigningFactories
from .test_portal import PortalCase


@tagged("post_install", "-at_install")
class TestPortalSigning(SigningFactories, PortalCase):
    """Buyers answer to their appointment; nobody else does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.desk = cls._create_desk(notice_hours=24)
        cls.contract = cls._create_contract(
            cls.units[3], partner_id=cls.buyer.id, state="approved"
        )
        cls.url = f"{cls.contract.access_url}/signing"
        # The clock of the server is the real one: the next Monday but one.
        free = cls._get_free()
        cls.signing = cls._create_signing(cls.contract, start=free[0]["start"])
        cls.signing.action_invite()
        cls.other_slot = free[1]["start"]

    @classmethod
    def _get_free(cls):
        first = fields.Date.today() + timedelta(days=5)
        return cls.desk.get_free_slots(first, first + timedelta(days=10))

    def _post(self, action, token="", **data):
        data.setdefault("csrf_token", Request.csrf_token(self))
        return self.url_open(
            f"{self.url}/{action}{token}", data=data, allow_redirects=False
        )

    def _reload(self):
        self.signing.invalidate_recordset()
        return self.signing

    # === SEEN === #

    def test_the_buyer_sees_when_where_and_what_to_bring(self):
        self._login(self.buyer_user)
        page = self._get(self.url).text
        for part in ("Main Desk", "Please bring along", "I will come", "T1-104"):
            self.assertIn(part, page)
        self.assertIn("Signing appointment", self._get(self.contract.access_url).text)

    def test_the_token_of_the_mail_opens_it_without_a_login(self):
        token = self.contract._portal_ensure_token()
        page = self._get(f"{self.url}?access_token={token}")
        self.assertEqual(page.status_code, 200)
        self.assertIn(f"/signing/confirm?access_token={token}", page.text)
        calendar = self._get(f"{self.url}/calendar?access_token={token}")
        self.assertIn("text/calendar", calendar.headers["Content-Type"])
        self.assertIn("BEGIN:VEVENT", calendar.text)

    def test_what_is_planned_only_is_not_shown_yet(self):
        self.signing.action_reschedule(self.other_slot, "Desk is painted")
        self._login(self.buyer_user)
        response = self._get(self.url)
        self.assertEqual(response.status_code, 303)
        self.assertNotIn("signing_title", self._get(self.contract.access_url).text)

    def test_notes_of_the_desk_stay_there(self):
        self.signing.note = "Difficult buyer"
        self._login(self.buyer_user)
        self.assertNotIn("Difficult", self._get(self.url).text)

    # === ANSWERED === #

    def test_the_buyer_confirms(self):
        self._login(self.buyer_user)
        response = self._post("confirm")
        self.assertEqual(response.status_code, 303)
        self.assertEqual(self._reload().state, "confirmed")
        self.assertIn("we expect you", self._get(f"{self.url}?done=confirmed").text)
        self._post("confirm")
        self.assertEqual(self._reload().state, "confirmed")

    def test_the_buyer_takes_another_free_time(self):
        self._login(self.buyer_user)
        self._post("move", slot=str(self.other_slot))
        signing = self._reload()
        self.assertEqual(signing.date_start, self.other_slot)
        self.assertEqual(signing.state, "confirmed")
        self.assertTrue(signing.move_ids.by_buyer)
        self.assertEqual(signing.activity_ids.user_id, self.officer)

    def test_a_time_that_was_not_offered_is_not_taken(self):
        before = self.signing.date_start
        taken = self._create_contract(self.units[2], state="approved")
        self._create_signing(taken, start=self.other_slot)
        self._login(self.buyer_user)
        sunday = datetime(2030, 3, 3, 1)
        for slot in (self.other_slot, sunday, "soon", "", "2020-01-01 00:00:00"):
            with self.subTest(slot=slot):
                page = self._post("move", slot=str(slot))
                self.assertEqual(page.status_code, 200)
                self.assertIn("not free any more", page.text)
        self.assertEqual(self._reload().date_start, before)

    def test_a_buyer_moves_twice_then_calls(self):
        self._login(self.buyer_user)
        for slot in self._get_free()[1:3]:
            self._post("move", slot=str(slot["start"]))
        self.assertEqual(self._reload().move_count, 2)
        self.assertIn("No other time", self._get(self.url).text)
        self._post("move", slot=str(self._get_free()[4]["start"]))
        self.assertEqual(self._reload().move_count, 2)

    def test_the_buyer_declines(self):
        self._login(self.buyer_user)
        self._post("decline", reason="<b>In hospital</b>")
        signing = self._reload()
        self.assertEqual(signing.state, "cancelled")
        self.assertIn("In hospital", signing.cancel_reason)
        self.assertEqual(signing.activity_ids.user_id, self.officer)

    def test_it_is_too_late_within_the_notice(self):
        self.desk.notice_hours = 24 * 60
        before = self.signing.date_start
        self._login(self.buyer_user)
        self.assertNotIn("I cannot come", self._get(self.url).text)
        self._post("move", slot=str(self.other_slot))
        self.assertIn("call us", self._post("decline").text)
        self.assertEqual(self._reload().date_start, before)
        self.assertEqual(self.signing.state, "invited")
        self._post("confirm")
        self.assertEqual(self._reload().state, "confirmed")

    # === ATTACKED === #

    def test_looking_changes_nothing(self):
        self._login(self.buyer_user)
        for action in ("confirm", "move", "decline"):
            with self.subTest(action=action):
                self.assertEqual(self._get(f"{self.url}/{action}").status_code, 405)
        self._get(self.url)
        self.assertEqual(self._reload().state, "invited")

    def test_a_stranger_is_sent_home(self):
        self._login(self.stranger)
        self._assert_sent_home(self.url)
        self._assert_sent_home(f"{self.url}/calendar")
        for action in ("confirm", "move", "decline"):
            for token in ("", "?access_token=wrong"):
                response = self._post(action, token, slot=str(self.other_slot))
                self.assertEqual(response.status_code, 303)
                self.assertTrue(response.headers["Location"].endswith("/my"))
        self.assertEqual(self._reload().state, "invited")

    def test_without_the_form_s_token_nothing_is_answered(self):
        self._login(self.buyer_user)
        with self.assertLogs("odoo.http", "WARNING"):
            response = self._post("confirm", csrf_token="forged")
        self.assertEqual(response.status_code, 400)
        self.assertEqual(self._reload().state, "invited")

    def test_a_portal_user_reaches_it_by_no_other_door(self):
        signing = self.signing.with_user(self.buyer_user)
        for name in ("read", "action_confirm", "action_invite", "action_done"):
            with self.subTest(name=name), self.assertRaises(Exception) as refused:
                getattr(signing, name)()
            self.assertEqual(type(refused.exception).__name__, "AccessError")
