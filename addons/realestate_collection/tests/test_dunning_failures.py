from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import TODAY
from .dunning_common import DunningCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDunningFailures(DunningCommon):
    """What could not be delivered comes to light at once and counts as not given."""

    def assertFailed(self, notice, text):
        self.assertEqual(self._send(), [])
        self.assertEqual(notice.state, "failed")
        self.assertIn(text, notice.failure_reason)
        activity = notice.contract_id.activity_ids
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.collector)
        self.assertIn(text, activity.note)

    def test_a_buyer_without_an_address_is_told_of_at_once(self):
        self.buyer.email = False
        notice = self._create_notice()
        self.assertFailed(notice, "no valid e-mail address")

    def test_a_blacklisted_address_is_not_written_to_and_told_of(self):
        notice = self._create_notice()
        self.env["mail.blacklist"]._add("maria@example.com")
        self.assertFailed(notice, "blacklist")

    def test_a_letter_that_cannot_be_printed_is_told_of(self):
        notice = self._create_notice()
        broken = patch.object(
            type(self.notices), "_create_letter", side_effect=UserError("No Pango.")
        )
        with broken:
            self.assertFailed(notice, "No Pango.")

    def test_one_bad_letter_does_not_stop_the_others(self):
        contracts = self._create_many(3)
        contracts[1].partner_id.email = "nonsense"
        self.installments.bill_due()
        notices = self._run().notice_ids
        self.assertEqual(len(self._send()), 2)
        states = {n.contract_id: n.state for n in notices}
        self.assertEqual([states[c] for c in contracts], ["sent", "failed", "sent"])

    @mute_logger("odoo.addons.mail.models.mail_mail")
    def test_a_mail_server_that_refuses_is_told_of(self):
        notice = self._create_notice()
        server = type(self.env["ir.mail_server"])
        with patch.object(server, "_connect__", side_effect=OSError("no route")):
            with self._without_commit(), self.mock_mail_gateway():
                self.send_email_mocked.side_effect = ConnectionError("no route")
                self.notices._cron_send()
        self.assertEqual(notice.state, "failed")
        self.assertIn("no route", notice.failure_reason)

    def test_a_failed_level_is_tried_again_after_its_rest_and_not_skipped(self):
        self.buyer.email = False
        notice = self._create_notice()
        self._send()
        with freeze_time("2026-03-12 04:00:00"):
            run = self._run()
            self.assertEqual(run.decision_ids.reason_code, "retry_later")
        self.buyer.email = "maria@example.com"
        with freeze_time("2026-03-13 04:00:00"):
            second = self._run().notice_ids
            self.assertEqual(second.level_id, notice.level_id)
            self.assertEqual(len(self._send()), 1)

    def test_a_failed_notice_can_be_sent_again_by_hand(self):
        self.buyer.email = False
        notice = self._create_notice()
        self._send()
        self.buyer.email = "maria@example.com"
        notice.with_user(self.collector).action_send_again()
        self.assertEqual(len(self._send()), 1)
        self.assertEqual(notice.state, "sent")
        self.assertFalse(notice.failure_reason)

    def test_a_message_that_comes_back_was_not_delivered(self):
        notice = self._create_notice()
        self._send()
        notice.contract_id._message_receive_bounce("maria@example.com", self.buyer)
        self.assertEqual(notice.state, "failed")
        self.assertIn("sent the message back", notice.failure_reason)
        self.assertTrue(notice.contract_id.activity_ids)
