from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user, tagged

from odoo.addons.sms.tests.common import MockSMS

from .common import TODAY
from .dunning_common import DunningCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDunningDelivery(DunningCommon, MockSMS):
    """A notice by several channels, and what becomes of each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer.write(
            {
                "phone": "+63 917 123 4567",
                "street": "1 Bay Road",
                "city": "Manila",
                "country_id": cls.env.ref("base.ph").id,
            }
        )

    def setUp(self):
        super().setUp()
        self.level = self.levels[5]
        self._sms = []
        texts = self.env.ref("realestate_collection.sms_template_notice")
        self.level.sms_template_id = texts

    def _by(self, **values):
        """Let the first notice go by the channels given only."""
        self.level.write({"send_email": False, **values})

    def _text(self, **mock):
        with self._without_commit(), self.mock_mail_gateway():
            with self.mockSMSGateway(**mock):
                self.notices._cron_send()

    # === TEXT MESSAGES === #

    def test_a_text_message_goes_to_the_buyer_s_number(self):
        self._by(send_sms=True)
        notice = self._create_notice()
        self._text()
        delivery = self._delivery(notice, "sms")
        self.assertEqual((delivery.state, notice.state), ("sent", "sent"))
        self.assertEqual(delivery.address, "+639171234567")
        (sms,) = self._sms
        self.assertEqual(sms["number"], "+639171234567")
        self.assertIn("200,000.00", sms["body"])
        self.assertIn("33 days", sms["body"])
        self.assertIn("33 days", notice.contract_id.message_ids[0].body)

    def test_a_buyer_without_a_number_becomes_a_task(self):
        self.buyer.phone = False
        self._by(send_sms=True)
        notice = self._create_notice()
        self._text()
        self.assertEqual(notice.state, "failed")
        self.assertIn("no phone number", notice.contract_id.activity_ids.note)

    def test_a_number_that_is_none_becomes_a_task(self):
        self.buyer.phone = "12"
        self._by(send_sms=True)
        notice = self._create_notice()
        self._text()
        self.assertEqual(self._delivery(notice, "sms").failure_code, "bad_phone")

    def test_a_blacklisted_number_is_not_written_to(self):
        self._by(send_sms=True)
        self.env["phone.blacklist"]._add(["+639171234567"])
        notice = self._create_notice()
        self._text()
        self.assertFalse(self._sms)
        self.assertIn("blacklist", notice.contract_id.activity_ids.note)

    def test_a_provider_that_refuses_is_told_of(self):
        self._by(send_sms=True)
        notice = self._create_notice()
        self._text(sim_error="credit")
        self.assertEqual(notice.state, "failed")
        self.assertIn("credit", notice.failure_reason)
        self.assertIn("credit", notice.contract_id.activity_ids.note)

    def test_a_report_that_comes_days_later_fails_the_level(self):
        self._by(send_sms=True)
        notice = self._create_notice()
        self._text()
        tracker = self.env["sms.tracker"].search(
            [("realestate_delivery_id", "in", notice.delivery_ids.ids)]
        )
        tracker._action_update_from_provider_error("not_delivered")
        self.assertEqual(notice.state, "failed")
        self.assertIn("did not reach", notice.contract_id.activity_ids.note)

    def test_a_report_of_receipt_is_taken_down(self):
        self._by(send_sms=True)
        notice = self._create_notice()
        self._text(force_delivered=True)
        delivery = self._delivery(notice, "sms")
        self.assertEqual((delivery.state, notice.state), ("delivered", "sent"))
        self.assertEqual(str(delivery.date_received), "2026-03-10")

    def test_killed_while_texting_it_is_not_sent_again(self):
        self._by(send_sms=True)
        notice = self._create_notice()
        notice._prepare_sending()
        self._text()
        self.assertFalse(self._sms, "it may have gone out before the kill")
        self.assertEqual(notice.state, "failed")
        self.assertIn("ask the buyer", notice.failure_reason)

    def test_odoo_s_own_queue_finds_no_text_message(self):
        self._by(send_sms=True)
        notice = self._create_notice()
        notice._prepare_sending()
        with self.mockSMSGateway():
            self.env["sms.sms"]._process_queue()
        self.assertFalse(self._sms)

    # === LETTERS, CALLS, VISITS === #

    def test_a_letter_waits_for_the_post(self):
        self._by(send_letter=True)
        notice = self._create_notice()
        self._send()
        letter = self._delivery(notice, "letter")
        self.assertEqual((letter.state, notice.state), ("queued", "queued"))
        self.assertIn("1 Bay Road", letter.address)
        self.assertFalse(notice.date_next, "the job has no more to do with it")
        letter._set_posted(self.company._realestate_today())
        self.assertEqual((letter.state, notice.state), ("sent", "sent"))

    def test_a_buyer_without_a_postal_address_becomes_a_task(self):
        self.buyer.city = False
        self._by(send_letter=True)
        notice = self._create_notice()
        self._send()
        self.assertEqual(notice.state, "failed")
        self.assertIn("postal address", notice.contract_id.activity_ids.note)

    def test_a_letter_that_comes_back_was_not_delivered(self):
        self._by(send_letter=True)
        notice = self._create_notice()
        self._send()
        letter = self._delivery(notice, "letter")
        letter._set_posted(self.company._realestate_today())
        letter._set_returned(self.company._realestate_today())
        self.assertEqual((letter.state, notice.state), ("failed", "failed"))
        self.assertIn("brought the letter", notice.contract_id.activity_ids.note)

    def test_only_a_posted_letter_comes_back(self):
        notice = self._create_notice()
        self._send()
        with self.assertSays(UserError, "no letter that was posted"):
            notice.delivery_ids._set_returned(self.company._realestate_today())

    def test_a_call_and_a_visit_are_tasks_of_the_officer(self):
        self._by(make_call=True, make_visit=True)
        notice = self._create_notice()
        self._send()
        tasks = notice.contract_id.activity_ids
        self.assertEqual(tasks, notice.delivery_ids.activity_id)
        self.assertEqual(len(tasks), 2)
        self.assertEqual(tasks.user_id, self.collector)
        self.assertEqual(notice.state, "sent", "a level of tasks is given with them")

    def test_a_call_that_was_made_reached_the_buyer(self):
        self._by(make_call=True)
        notice = self._create_notice()
        self._send()
        call = self._delivery(notice, "call")
        call.activity_id.with_user(self.collector).action_feedback("Will pay.")
        self.assertEqual(call.state, "delivered")
        self.assertEqual(str(call.date_received), "2026-03-10")

    def test_a_call_that_is_deleted_undone_delivered_nothing(self):
        self._by(make_call=True)
        notice = self._create_notice()
        self._send()
        notice.delivery_ids.activity_id.unlink()
        self.assertEqual(notice.state, "failed")
        self.assertFalse(notice.contract_id.activity_ids)

    # === SEVERAL CHANNELS === #

    def test_one_channel_suffices_where_the_level_says_so(self):
        self.buyer.email = False
        self.level.write({"send_letter": True})
        notice = self._create_notice()
        self._send()
        self.assertEqual(notice.state, "queued", "the letter may still arrive")
        self.assertTrue(notice.contract_id.activity_ids, "the failure is told at once")
        letter = self._delivery(notice, "letter")
        letter._set_posted(self.company._realestate_today())
        self.assertEqual(notice.state, "sent")

    def test_every_channel_is_needed_where_the_level_says_so(self):
        self.level.write({"send_letter": True, "delivery_rule": "all"})
        notice = self._create_notice()
        self.assertEqual(len(self._send()), 1)
        self.assertEqual(notice.state, "queued")
        letter = self._delivery(notice, "letter")
        letter._set_posted(self.company._realestate_today())
        self.assertEqual(notice.state, "sent")
        letter._set_returned(self.company._realestate_today())
        self.assertEqual(notice.state, "failed")

    def test_money_that_comes_before_the_post_stops_the_letter(self):
        self.level.write({"send_letter": True, "delivery_rule": "all"})
        notice = self._create_notice()
        self._send()
        self._pay(notice.contract_id, 200000)
        notice._prepare_sending()
        letter = self._delivery(notice, "letter")
        self.assertEqual(letter.state, "cancelled")
        self.assertEqual(notice.state, "sent", "the e-mail went out")

    def test_money_stops_every_channel(self):
        self.level.write({"send_sms": True, "send_letter": True, "make_call": True})
        notice = self._create_notice()
        self._pay(notice.contract_id, 200000)
        self._text()
        self.assertEqual(notice.state, "cancelled")
        self.assertFalse(self._sms)
        self.assertFalse(notice.contract_id.activity_ids)

    def test_an_e_mail_for_an_amount_that_changed_is_written_anew(self):
        notice = self._create_notice()
        notice._prepare_sending()
        old = notice.delivery_ids.mail_mail_id
        self._pay(notice.contract_id, 50000)
        (mail,) = self._send()
        self.assertEqual(old.state, "cancel")
        self.assertIn("150,000.00", mail.body_html)

    def test_a_later_notice_stops_what_is_left_of_the_one_before(self):
        self.level.write({"send_letter": True})
        first = self._create_notice()
        self._send()
        with freeze_time("2026-03-20 04:00:00"):
            second = self._run().notice_ids
            self._send()
            self.assertEqual(second.level_id, self.levels[15])
            (first | second)._prepare_sending()
        self.assertEqual(self._delivery(first, "letter").state, "cancelled")
        self.assertEqual((first.state, second.state), ("sent", "sent"))

    def test_what_failed_is_sent_again_and_nothing_else(self):
        self.buyer.email = False
        self.level.write({"send_sms": True, "delivery_rule": "all"})
        notice = self._create_notice()
        self._text()
        self.assertEqual(notice.state, "failed")
        self.buyer.email = "maria@example.com"
        notice.with_user(self.collector).action_send_again()
        self._text()
        self.assertFalse(self._sms, "the text message had arrived")
        self.assertEqual(notice.state, "sent")

    # === RIGHTS === #

    def test_nobody_forges_a_delivery(self):
        notice = self._create_notice()
        self._send()
        delivery = notice.delivery_ids.with_user(self.collection_manager)
        for values in (
            {"state": "delivered"},
            {"date_received": "2026-03-10"},
            {"proof": "AAAA"},
            {"channel": "letter"},
            {"notice_id": notice.id},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                delivery.write(values)
        with self.assertRaises(AccessError):
            delivery.create({"notice_id": notice.id, "channel": "visit"})

    def test_only_officers_use_the_buttons(self):
        self.buyer.email = False
        notice = self._create_notice()
        self._send()
        plain = new_test_user(self.env, login="plain_delivery")
        for user in (plain, self.agent, self.accountant):
            for button in ("action_cancel", "action_send_again", "action_open_letter"):
                with self.subTest(user=user.login, button=button):
                    with self.assertRaises(AccessError):
                        getattr(notice.delivery_ids.with_user(user), button)()
        notice.delivery_ids.with_user(self.collector).action_cancel()
        self.assertEqual(notice.state, "cancelled")
