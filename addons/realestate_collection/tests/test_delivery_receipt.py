import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .common import TODAY
from .dunning_common import DunningCommon

PDF = base64.b64encode(b"%PDF-1.4 scan").decode()


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDeliveryReceipt(DunningCommon):
    """The proof that a notice was received: post number, scan, bailiff."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer.write(
            {
                "street": "1 Bay Road",
                "city": "Manila",
                "country_id": cls.env.ref("base.ph").id,
            }
        )

    def setUp(self):
        super().setUp()
        self.levels[5].write({"send_email": False, "send_letter": True})
        notice = self._create_notice()
        self._send()
        self.letter = notice.delivery_ids

    def _post(self):
        self.letter._set_posted(self.company._realestate_today())

    def _record(self, user=None, **values):
        wizard = self.env["realestate.delivery.receipt"].with_user(
            user or self.collector
        )
        wizard = wizard.with_context(
            active_model=self.letter._name, active_ids=self.letter.ids
        )
        return wizard.create({"date": "2026-03-10", **values}).action_record()

    def test_receipt_is_recorded_with_its_proof(self):
        self._post()
        self._record(
            received_by="Juan Cruz",
            bailiff="Sheriff Reyes",
            registered_number="RR 5",
            proof=PDF,
            proof_name="../slip.exe",
        )
        letter = self.letter
        self.assertEqual(letter.state, "delivered")
        self.assertEqual(str(letter.date_received), "2026-03-10")
        self.assertEqual(
            (letter.received_by, letter.bailiff), ("Juan Cruz", "Sheriff Reyes")
        )
        self.assertEqual(letter.registered_number, "RR 5")
        self.assertTrue(letter.proof_name.endswith(".pdf"))
        self.assertNotIn("/", letter.proof_name)
        self.assertIn("Juan Cruz", letter.contract_id.message_ids[0].body)

    def test_a_scan_that_is_none_is_refused(self):
        self._post()
        page = base64.b64encode(b"<html>").decode()
        with self.assertSays(UserError, "no PDF or picture"):
            self._record(proof=page, proof_name="a.pdf")

    def test_what_was_not_sent_was_not_received(self):
        with self.assertSays(UserError, "Mark a letter as posted first"):
            self._record()

    def test_nothing_is_received_before_it_was_sent_or_in_days_to_come(self):
        self._post()
        for day in ("2026-03-09", "2026-03-11"):
            with self.subTest(day=day), self.assertSays(UserError, "between then"):
                self._record(date=day)

    def test_a_letter_that_came_back_late_is_no_longer_received(self):
        self._post()
        self._record()
        self.letter.with_user(self.collector).action_returned()
        self.assertEqual(self.letter.state, "failed")
        self.assertEqual(self.letter.notice_id.state, "failed")
        self.assertTrue(self.letter.date_returned)

    def test_the_proof_can_be_completed_later(self):
        self._post()
        self._record()
        with freeze_time("2026-03-12 04:00:00"):
            self._record(date="2026-03-11", proof=PDF, proof_name="slip.pdf")
        self.assertEqual(str(self.letter.date_received), "2026-03-11")
        self.assertEqual(self.letter.proof_name, "slip.pdf")

    def test_who_completes_the_proof_loses_nothing(self):
        self._post()
        self._record(received_by="Juan Cruz", bailiff="Sheriff", registered_number="R1")
        with freeze_time("2026-03-12 04:00:00"):
            wizard = self.env["realestate.delivery.receipt"].with_user(self.collector)
            wizard = wizard.with_context(
                active_model=self.letter._name, active_ids=self.letter.ids
            )
            form = Form(wizard)
            self.assertEqual(form.registered_number, "R1")
            form.proof = PDF
            form.save().action_record()
        letter = self.letter
        self.assertEqual(str(letter.date_received), "2026-03-10")
        self.assertEqual((letter.received_by, letter.bailiff), ("Juan Cruz", "Sheriff"))
        self.assertTrue(letter.proof)

    def test_only_officers_record_receipts(self):
        self._post()
        for user in (self.agent, self.accountant):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._record(user)
