from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .common import TODAY
from .dunning_common import DunningCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestContactRule(DunningCommon):
    """Notices wait until a buyer may be contacted. It is Tuesday, 04:00 UTC, noon in
    Manila."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rules = cls.env["realestate.contact.rule"]
        cls.rules.search([]).active = False
        cls.buyer.tz = "Asia/Manila"

    def _rule(self, **values):
        return self.rules.create({"name": "Rule", "source": "Circular 1", **values})

    def test_a_notice_in_hours_goes_out(self):
        self._rule(hour_from=8, hour_to=19)
        self._create_notice()
        self.assertEqual(len(self._send()), 1)

    def test_a_notice_out_of_hours_waits_and_says_until_when(self):
        self._rule(hour_from=14, hour_to=19)
        notice = self._create_notice()
        self.assertEqual(self._send(), [])
        self.assertEqual(notice.state, "queued")
        self.assertEqual(str(notice.delivery_ids.date_wait), "2026-03-10 06:00:00")
        self.assertEqual(notice.date_next, notice.delivery_ids.date_wait)
        self.assertIn("14:00 to 19:00 (Circular 1)", notice.wait_reason)
        with freeze_time("2026-03-10 05:59:00"):
            self.assertEqual(self._send(), [])
        with freeze_time("2026-03-10 06:00:00"):
            self.assertEqual(len(self._send()), 1)
        self.assertEqual(notice.state, "sent")
        self.assertFalse(notice.wait_reason)

    def test_hours_are_those_where_the_buyer_lives(self):
        self._rule(hour_from=8, hour_to=19)
        self.buyer.tz = "Europe/London"
        notice = self._create_notice()
        self.assertEqual(self._send(), [], "it is four in the morning there")
        self.assertEqual(str(notice.delivery_ids.date_wait), "2026-03-10 08:00:00")

    def test_a_day_of_rest_is_kept(self):
        self._rule(tuesday=False, wednesday=False)
        notice = self._create_notice()
        self._send()
        # Midnight of Thursday in Manila.
        self.assertEqual(str(notice.delivery_ids.date_wait), "2026-03-11 16:00:00")

    def test_who_pays_while_the_notice_waits_hears_nothing(self):
        self._rule(hour_from=14, hour_to=19)
        notice = self._create_notice()
        self._send()
        self._pay(notice.contract_id, 200000)
        with freeze_time("2026-03-10 06:00:00"):
            self.assertEqual(self._send(), [])
        self.assertEqual(notice.state, "cancelled")

    def test_how_often_counts_over_the_buyer(self):
        self._rule(max_per_day=1)
        self._create_billed()
        self._create_billed(self.units[1])
        notices = self._run().notice_ids
        self.assertEqual(len(notices), 2)
        self.assertEqual(len(self._send()), 1)
        waiting = notices.filtered(lambda one: one.state == "queued")
        self.assertIn("at most 1 contacts a day", waiting.wait_reason)
        with freeze_time("2026-03-10 16:00:00"):
            self.assertEqual(len(self._send()), 1, "the next day begins in Manila")

    def test_what_an_officer_took_down_counts_too(self):
        self._rule(max_per_week=1)
        notice = self._create_notice()
        notice.contract_id.with_user(self.collector).log_contact("call", "reached")
        self.assertEqual(self._send(), [])
        self.assertIn("in 7 days", notice.wait_reason)

    def test_a_rule_of_a_channel_binds_that_channel(self):
        self._rule(hour_from=14, hour_to=19, channel="sms")
        self._create_notice()
        self.assertEqual(len(self._send()), 1)

    def test_a_rule_of_another_law_or_company_does_not_bind(self):
        other = self.env["realestate.jurisdiction"].search(
            [("id", "!=", self.project.jurisdiction_id.id)], limit=1
        )
        self._rule(hour_from=14, hour_to=19, jurisdiction_id=other.id)
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self._rule(hour_from=14, hour_to=19, company_id=company.id)
        self._create_notice()
        self.assertEqual(len(self._send()), 1)

    def test_a_rule_may_end_when_a_buyer_is_very_late(self):
        rule = self._rule(hour_from=14, hour_to=19, days_free=15)
        notice = self._create_notice()
        self.assertEqual(len(self._send()), 1, "33 days late")
        self.assertFalse(notice.contract_id._get_contact_warning("call"))
        rule.days_free = 33
        self.assertTrue(notice.contract_id._get_contact_warning("call"))

    def test_a_call_out_of_hours_warns(self):
        self._rule(hour_from=14, hour_to=19, channel="call")
        self.buyer.phone = "+63 917 123 4567"
        self.levels[5].write({"send_email": False, "make_call": True})
        notice = self._create_notice()
        self._send()
        self.assertIn("14:00 to 19:00", notice.contract_id.activity_ids.note)
        warning = notice.contract_id._get_contact_warning("call")
        self.assertIn("Circular 1", warning)
        self.assertFalse(notice.contract_id._get_contact_warning("visit"))

    def test_the_law_answers_when_a_channel_is_open(self):
        self._rule(
            hour_from=8, hour_to=19, jurisdiction_id=self.project.jurisdiction_id.id
        )
        from datetime import datetime

        law = self.project.jurisdiction_id
        night, day = datetime(2026, 3, 10, 22), datetime(2026, 3, 10, 9)
        window = law._get_contact_window("sms", night, self.company)
        self.assertEqual(window, datetime(2026, 3, 11, 8))
        self.assertEqual(law._get_contact_window("sms", day, self.company), day)

    def test_letters_keep_no_hours(self):
        self._rule(hour_from=14, hour_to=19)
        law = self.project.jurisdiction_id
        self.assertFalse(self.rules._get_for("letter", law, self.company))

    def test_a_rule_that_allows_nothing_is_refused(self):
        days = ("monday", "tuesday", "wednesday", "thursday")
        days += ("friday", "saturday", "sunday")
        with self.assertSays(ValidationError, "allows no day"):
            self._rule(**dict.fromkeys(days, False))

    def test_the_ready_rules_name_their_source_and_are_switched_off(self):
        for name in ("contact_rule_ph", "contact_rule_in"):
            rule = self.env.ref(f"realestate_collection.{name}")
            self.assertTrue(rule.source)
            self.assertFalse(rule.active)
