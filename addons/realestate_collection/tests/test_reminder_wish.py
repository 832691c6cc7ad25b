from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.http import Request
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import TODAY
from .dunning_common import DunningCommon
from .portal_common import CollectionPortalCase


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestReminderWish(DunningCommon):
    """Reminders before an instalment is due keep to the buyer's wish: the instalment
    of 5 April is reminded of from 31 March on."""

    def setUp(self):
        super().setUp()
        self.buyer.tz = "Asia/Manila"

    def _remind(self, **wish):
        self.buyer.write(wish)
        contract = self._create_billed()
        self._pay(contract, 200000)
        with freeze_time("2026-03-31 04:00:00"):
            notice = self._run().notice_ids
            self.assertEqual(notice.kind, "reminder")
            self._send()
        return notice

    def test_without_a_wish_the_company_s_day_and_channel_hold(self):
        notice = self._remind()
        self.assertEqual(notice.state, "sent")
        self.assertEqual(notice.delivery_ids.channel, "email")

    def test_a_reminder_waits_for_the_buyer_s_day(self):
        notice = self._remind(realestate_reminder_days=2)
        self.assertEqual(notice.state, "queued")
        self.assertIn("2 days ahead", notice.wait_reason)
        # Eight in the morning of 3 April in Manila.
        self.assertEqual(str(notice.date_next), "2026-04-03 00:00:00")
        with freeze_time("2026-04-03 00:00:00"):
            self.assertEqual(len(self._send()), 1)
        self.assertEqual(notice.state, "sent")

    def test_who_pays_meanwhile_is_not_reminded(self):
        notice = self._remind(realestate_reminder_days=2)
        with freeze_time("2026-04-01 04:00:00"):
            self.installments.bill_due("2026-04-05")
            self._pay(notice.contract_id, 100000)
        with freeze_time("2026-04-03 00:00:00"):
            self.assertEqual(self._send(), [])
        self.assertEqual(notice.state, "cancelled")

    def _remind_early(self, days=20):
        """Of the instalment of 5 April, at the wish of the buyer."""
        self.buyer.realestate_reminder_days = days
        contract = self._create_billed()
        self._pay(contract, 200000)
        return contract

    def test_a_reminder_comes_as_early_as_the_buyer_wishes_and_once(self):
        contract = self._remind_early()
        self.assertEqual(
            self._live("2026-03-14", 24), [("2026-03-16", -5)], "20 days ahead, once"
        )
        notice = contract.notice_ids
        self.assertEqual((notice.kind, notice.level_days), ("reminder", -20))
        self.assertEqual((notice.amount, notice.days), (100000, -20))
        with freeze_time("2026-03-16 04:00:00"):
            [item] = notice._get_open_items()
        self.assertEqual(str(item["date_due"]), "2026-04-05")

    def test_who_was_reminded_as_wished_is_not_looked_at_again(self):
        contract = self._remind_early()
        self._live("2026-03-16", 1)
        choose = self.env["realestate.dunning.selection"]._choose
        for day in (17, 31):
            with freeze_time(f"2026-03-{day} 04:00:00"):
                chosen = choose(self.company, date(2026, 3, day))
            self.assertNotIn(contract, chosen)

    def test_an_early_reminder_is_foretold_and_explained(self):
        contract = self._remind_early().with_user(self.collector)
        told = contract.explain_dunning("2026-03-15")
        self.assertEqual(told["reason_code"], "ahead")
        self.assertEqual(told["next"]["date"], "2026-03-16")
        told = contract.explain_dunning("2026-03-16")
        self.assertEqual((told["action"], told["reason_code"]), ("send", "reminder"))

    def test_a_wish_given_up_before_it_is_sent_calls_the_reminder_off(self):
        self._remind_early()
        with freeze_time("2026-03-16 04:00:00"):
            notice = self._run().notice_ids
            self.buyer.realestate_reminder_days = 3
            self.assertEqual(self._send(), [])
        self.assertEqual(notice.state, "cancelled")

    def test_the_sample_letter_of_an_early_reminder_names_what_falls_due(self):
        self._remind_early()
        with freeze_time("2026-03-18 04:00:00"):
            run = self.env["realestate.dunning.ladder"].simulate()
            [total] = run.total_ids
            self.assertEqual(total._get_sample_days(), -18)

    def test_who_has_no_wish_is_asked_nothing(self):
        ladders = self.env["realestate.dunning.ladder"]
        self.assertEqual(ladders._get_wish_days(self.company), 0)
        self._remind_early(12)
        self.env.flush_all()
        self.assertEqual(ladders._get_wish_days(self.company), 12)
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.assertEqual(ladders._get_wish_days(other), 0)

    def test_a_reminder_goes_by_the_buyer_s_channel(self):
        level = self.ladder.level_ids.filtered(lambda one: one.kind == "reminder")
        level.sms_template_id = self.env.ref(
            "realestate_collection.sms_template_reminder"
        )
        self.buyer.phone = False
        notice = self._remind(realestate_reminder_channel="sms")
        self.assertEqual(notice.delivery_ids.channel, "sms")
        self.assertEqual(notice.delivery_ids.failure_code, "no_phone")

    def test_a_wish_without_a_text_falls_back_to_the_level(self):
        level = self.ladder.level_ids.filtered(lambda one: one.kind == "reminder")
        level.sms_template_id = False
        notice = self._remind(realestate_reminder_channel="sms")
        self.assertEqual(notice.delivery_ids.channel, "email")

    def test_notices_to_the_late_ask_for_no_wish(self):
        self.buyer.write(
            {"realestate_reminder_channel": "sms", "realestate_reminder_days": 2}
        )
        notice = self._create_notice()
        self.assertEqual(len(self._send()), 1)
        self.assertEqual(notice.delivery_ids.channel, "email")

    def test_a_wish_that_cannot_be_is_refused(self):
        read = self.env["res.partner"]._read_reminder_wish
        self.assertEqual(
            read("sms", " 3 "),
            {"realestate_reminder_channel": "sms", "realestate_reminder_days": 3},
        )
        for channel, days in (
            *(("fax", "3"), ("sms", "31"), ("sms", "-1"), ("sms", "x")),
            *(("sms", "999999"), ("sms", None), (["sms"], "1")),
        ):
            with self.subTest(channel=channel, days=days):
                with self.assertRaises(UserError):
                    read(channel, days)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.buyer.realestate_reminder_days = 31
            self.buyer.flush_recordset()


@tagged("post_install", "-at_install")
class TestReminderPortal(CollectionPortalCase):
    def _post(self, **values):
        data = {"csrf_token": Request.csrf_token(self), **values}
        return self.url_open("/my/reminders", data=data)

    def test_a_buyer_says_how_to_be_reminded(self):
        self._login(self.buyer_user)
        self.assertRegex(self._get("/my/reminders").text, 'name="days"[^>]*value="0"')
        self.assertIn("/my/reminders", self.url_open("/my").text)
        self.assertIn("your choice is kept", self._post(channel="sms", days="3").text)
        self.assertEqual(self.buyer.realestate_reminder_channel, "sms")
        self.assertEqual(self.buyer.realestate_reminder_days, 3)
        self.assertIn("0 to 30", self._post(channel="sms", days="99").text)
        self.assertEqual(self.buyer.realestate_reminder_days, 3)
        self.assertFalse(self.stranger.partner_id.realestate_reminder_days)

    def test_reading_the_page_changes_nothing(self):
        self._login(self.buyer_user)
        self._get("/my/reminders?channel=sms&days=9")
        self.assertFalse(self.buyer.realestate_reminder_days)
