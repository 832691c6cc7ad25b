from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .signing_common import SigningCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 08:00:00")
class TestSigningInvitation(SigningCommon):
    """What buyers are told, when and in which language."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("vi_VN")
        cls.buyer.email = "maria@example.com"
        cls.signing = cls._create_signing()

    def _mails(self, signing=None):
        """What was sent to the buyers, and not to staff."""
        signing = signing or self.signing
        return self.env["mail.mail"].search(
            [
                ("model", "=", "realestate.signing"),
                ("res_id", "=", signing.id),
                ("recipient_ids", "in", signing._get_invited().ids),
            ]
        )

    def _with_cobuyer(self, **values):
        cobuyer = self._create_partner(name="Jose Cobuyer", **values)
        buyers = [
            Command.create({"partner_id": self.buyer.id, "share": 50, "is_main": True}),
            Command.create({"partner_id": cobuyer.id, "share": 50}),
        ]
        return self._create_contract(self.units[1], state="approved", buyer_ids=buyers)

    def test_the_invitation_says_when_where_and_what_to_bring(self):
        self.signing.with_user(self.officer).action_invite()
        self.assertEqual(self.signing.state, "invited")
        self.assertEqual(self.signing.date_invited, datetime(2026, 3, 2, 8))
        mail = self._mails()
        self.assertEqual(mail.recipient_ids, self.buyer)
        for part in ("T1-101", "March 4, 2026", "9:00", "Main Desk"):
            with self.subTest(part=part):
                self.assertIn(part, mail.body_html)
        for line in self.signing._get_items_to_bring():
            self.assertIn(line, mail.body_html)
        token = self.contract.access_token
        link = f"{self.contract.access_url}/signing?access_token={token}"
        self.assertIn(link, mail.body_html)

    def test_the_appointment_comes_as_a_calendar_file(self):
        self.signing.action_invite()
        attachment = self._mails().attachment_ids
        self.assertEqual(attachment.name, "signing.ics")
        text = attachment.raw.decode()
        self.assertIn("DTSTART:20260304T010000Z", text)
        self.assertIn("DTEND:20260304T020000Z", text)
        self.assertIn("SEQUENCE:0", text)

    def test_each_buyer_gets_it_in_the_own_language(self):
        contract = self._with_cobuyer(email="jose@example.com", lang="vi_VN")
        self.signing.action_cancel("Together with the other one")
        signing = self._create_signing(contract | self.contract)
        signing.action_invite()
        mails = self._mails(signing)
        self.assertEqual(len(mails), 2)
        bodies = {mail.recipient_ids.name: mail.body_html for mail in mails}
        self.assertIn("Wednesday", bodies["Maria Buyer"])
        self.assertIn("Thứ Tư", bodies["Jose Cobuyer"])
        self.assertIn("Jose Cobuyer", bodies["Jose Cobuyer"])

    def test_who_has_no_address_is_called(self):
        self.buyer.email = False
        self.signing.action_invite()
        self.assertFalse(self._mails())
        self.assertEqual(self.signing.state, "invited")
        self.assertIn("Maria Buyer", self.signing.activity_ids.summary)
        self.assertEqual(self.signing.activity_ids.user_id, self.officer)

    def test_what_is_owed_is_to_be_brought(self):
        kind = self.env["realestate.document.type"].create(
            {"name": "Marriage Certificate", "code": "TESTMAR"}
        )
        document = self.env["realestate.document"].create(
            {
                "contract_id": self.contract.id,
                "partner_id": self.buyer.id,
                "type_id": kind.id,
            }
        )
        self.assertIn("Marriage Certificate", self.signing._get_items_to_bring())
        document.sudo()._update_state("waived")
        self.signing.invalidate_recordset()
        self.assertNotIn("Marriage Certificate", self.signing._get_items_to_bring())

    def test_an_identity_document_is_asked_for_once(self):
        documents = self.contract.sudo().document_ids
        self.assertTrue(documents.filtered("is_identity"))
        self.assertFalse(
            [x for x in self.signing._get_items_to_bring() if "with your picture" in x]
        )
        documents.unlink()
        self.assertIn("picture", self.signing._get_items_to_bring()[0])

    def test_money_that_is_open_is_to_be_brought(self):
        self.contract.action_sign()
        reservation = self._create_reservation(self.units[1])
        contract = reservation.action_convert()
        self._walk(contract, "approved")
        signing = self._create_signing(contract)
        lines = signing._get_items_to_bring()
        self.assertIn("20,000.00", lines[-1])
        self.assertIn(contract.name, lines[-1])

    def test_a_text_message_is_ready_to_be_sent(self):
        self.officer.phone = "+63 2 1234"
        text = self.signing.sms_text
        for part in ("Test Developer", "T1-101", "Main Desk", "+63 2 1234"):
            self.assertIn(part, text)

    def test_only_approved_contracts_are_invited_to_sign(self):
        draft = self._create_contract(self.units[1])
        signing = self._create_signing(draft, start="2026-03-04 02:00:00")
        with self._refused(UserError, "is “Draft”"):
            signing.action_invite()
        with freeze_time("2026-03-04 02:00:00"), self._refused(UserError, "is over"):
            self.signing.action_invite()
        with self.assertRaises(AccessError):
            self.signing.with_user(self.agent).action_invite()

    def test_a_moved_appointment_is_invited_anew(self):
        self.signing.action_invite()
        self.signing.action_reschedule("2026-03-05 01:00:00", "Desk is painted")
        self.assertFalse(self.signing.date_invited)
        self.signing.action_invite()
        newest = self._mails().sorted("id")[-1:]
        self.assertIn("March 5, 2026", newest.body_html)
        self.assertIn(b"SEQUENCE:1", newest.attachment_ids.raw)

    # === REMINDED === #

    def _remind(self, when):
        cron = self.env.ref("realestate_sales.ir_cron_signing_remind")
        with freeze_time(when), self.enter_registry_test_mode():
            cron.method_direct_trigger()

    def test_buyers_are_reminded_on_the_morning_before_once(self):
        self.signing.action_invite()
        # 08:59 in Manila.
        self._remind("2026-03-03 00:59:00")
        self.assertFalse(self.signing.date_reminded)
        self._remind("2026-03-03 01:00:00")
        self.assertTrue(self.signing.date_reminded)
        self._remind("2026-03-03 02:00:00")
        self.assertEqual(len(self._mails()), 2)
        self.assertIn("Tomorrow", self._mails().sorted("id")[-1:].subject)

    def test_who_was_invited_since_is_not_reminded(self):
        with freeze_time("2026-03-03 03:00:00"):
            self.signing.action_invite()
        self._remind("2026-03-03 04:00:00")
        self.assertEqual(len(self._mails()), 1)

    def test_who_was_not_invited_or_is_late_is_not_reminded(self):
        self._remind("2026-03-03 02:00:00")
        self.assertFalse(self._mails())
        self.signing.action_invite()
        self._remind("2026-03-04 01:00:00")
        self.assertEqual(len(self._mails()), 1)
