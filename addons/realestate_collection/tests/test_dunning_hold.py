from datetime import date

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import TODAY
from .dunning_common import DunningCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDunningHold(DunningCommon):
    """Who is held is sent nothing, and everybody can see why."""

    def setUp(self):
        super().setUp()
        self.contract = self._create_billed()

    def _hold(self, kind="promise", reason="100,000 by Friday", **values):
        return self.contract._hold_dunning(kind, reason, **values)

    def test_who_is_held_is_decided_nothing_with_the_reason(self):
        self._hold(date_to=date(2026, 3, 20))
        run = self._run()
        decision = self._decision(run, self.contract)
        self.assertFalse(run.notice_ids)
        self.assertEqual((decision.action, decision.reason_code), ("none", "held"))
        self.assertEqual(decision.amount, 200000)
        self.assertIn("100,000 by Friday", decision.reason)
        self.assertIn("03/20/2026", decision.reason)

    def test_dunning_goes_on_the_day_after_the_hold(self):
        self._hold(date_to=date(2026, 3, 11))
        sent = self._live("2026-03-10", 4)
        self.assertEqual(sent, [("2026-03-12", 5)])

    def test_the_ladder_goes_on_where_it_was(self):
        self.assertEqual(self._live("2026-03-10", 1), [("2026-03-10", 5)])
        with freeze_time("2026-03-12 04:00:00"):
            self._hold(date_to=date(2026, 3, 30))
        self.assertEqual(self._live("2026-03-13", 20), [("2026-03-31", 15)])

    def test_a_notice_that_waits_is_called_off_by_a_hold(self):
        notice = self._run().notice_ids
        self._hold("dispute", "The kitchen is missing")
        self.assertEqual(self._send(), [])
        self.assertEqual(notice.state, "cancelled")
        self.assertIn("The kitchen is missing", notice.failure_reason)

    def test_the_same_origin_twice_is_the_same_hold_updated(self):
        first = self._hold(origin=self.buyer, date_to=date(2026, 3, 20))
        again = self._hold(reason="Later", origin=self.buyer, date_to=date(2026, 3, 25))
        self.assertEqual(first, again)
        self.assertEqual((first.reason, first.date_to), ("Later", date(2026, 3, 25)))
        other = self._hold(origin=self.env.user.partner_id)
        self.assertNotEqual(first, other)

    def test_a_hold_that_is_over_stays_history_when_its_origin_holds_again(self):
        old = self._hold(origin=self.buyer, date_to=date(2026, 3, 12))
        with freeze_time("2026-03-20 04:00:00"):
            new = self._hold(origin=self.buyer)
        self.assertNotEqual(old, new)
        self.assertEqual(old.date_to, date(2026, 3, 12))
        self.assertEqual(new.date_from, date(2026, 3, 20))

    def test_a_hold_ends_with_a_reason_and_keeps_its_days(self):
        hold = self._hold(date_from=date(2026, 3, 1))
        self.assertTrue(hold.is_live)
        hold._end(reason="Promise broken")
        self.assertEqual(hold.date_to, date(2026, 3, 9))
        self.assertEqual(hold.date_ended, date(2026, 3, 10))
        self.assertEqual(hold.reason_ended, "Promise broken")
        self.assertEqual(hold.user_ended_id, self.env.user)
        self.assertFalse(hold.is_live)
        self.assertFalse(hold._end(date(2026, 3, 30)), "ended once")
        self.assertEqual(hold.date_to, date(2026, 3, 9))

    def test_a_hold_that_ends_on_its_first_day_holds_no_day(self):
        hold = self._hold()
        hold._end()
        self.assertFalse(hold.is_live)
        self.assertTrue(self._run().notice_ids)

    def test_what_is_over_cannot_be_ended_later(self):
        hold = self._hold(date_from=date(2026, 3, 1), date_to=date(2026, 3, 4))
        hold._end()
        self.assertEqual(hold.date_to, date(2026, 3, 4))
        self.assertEqual(hold.date_ended, date(2026, 3, 5))

    def test_live_holds_are_found_as_they_are_computed(self):
        holds = self._hold(date_from=date(2026, 3, 1), date_to=date(2026, 3, 10))
        holds |= self._hold(date_from=date(2026, 3, 1), date_to=date(2026, 3, 9))
        holds |= self._hold(date_from=date(2026, 3, 10))
        holds |= self._hold(date_from=date(2026, 3, 11))
        found = holds.search([("is_live", "=", True), ("id", "in", holds.ids)])
        self.assertEqual(found, holds.filtered("is_live"))
        self.assertEqual(len(found), 2)
        self.assertEqual(
            holds.search([("is_live", "=", False), ("id", "in", holds.ids)]),
            holds - found,
        )

    def test_a_contract_says_why_it_is_held(self):
        contracts = self.env["realestate.contract"]
        held = [("is_dunning_held", "=", True)]
        self.assertFalse(self.contract.is_dunning_held)
        self.assertFalse(contracts.search(held))
        self._hold(date_to=date(2026, 3, 20))
        self._hold("dispute", "No kitchen")
        self.contract.invalidate_recordset()
        self.assertEqual(contracts.search(held), self.contract)
        self.assertEqual(
            self.contract.dunning_held_text,
            "Held since 03/10/2026: No kitchen "
            "Held from 03/10/2026 until 03/20/2026: 100,000 by Friday",
        )

    def test_a_stop_holds_reminders_and_a_promise_does_not(self):
        self._pay(self.contract, 200000)
        with freeze_time("2026-04-01 04:00:00"):
            promise = self._hold()
            self.assertEqual(self._run().notice_ids.kind, "reminder")
            self.contract.notice_ids._update_state("cancelled")
            promise._end()
            self._hold("stop", "The buyer has died")
            decision = self._decision(self._run(), self.contract)
        self.assertEqual(decision.reason_code, "held")
        self.assertFalse(decision.notice_id)

    def test_a_late_buyer_who_is_held_is_reminded_of_what_comes(self):
        with freeze_time("2026-04-02 04:00:00"):
            self._hold()
            notice = self._run().notice_ids
        self.assertEqual(notice.kind, "reminder")
        self.assertEqual(notice.amount, 100000)

    def test_kind_reason_and_order_of_days_are_checked(self):
        with self.assertSays(UserError, "not “holiday”"):
            self._hold("holiday")
        for reason in ("", "  ", None, 5):
            with self.assertSays(UserError, "Say why"):
                self._hold(reason=reason)
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            with self.env.cr.savepoint():
                self._hold(date_to=date(2026, 3, 8))

    def test_nobody_writes_a_hold_by_hand(self):
        hold = self._hold().with_user(self.collection_manager)
        self.assertEqual(hold.reason, "100,000 by Friday")
        for values in ({"date_to": "2026-03-01"}, {"reason": "Other"}):
            with self.assertRaises(AccessError):
                hold.write(values)
        with self.assertRaises(UserError):
            hold.sudo().write({"date_ended": "2026-03-01"})
        with self.assertRaises(AccessError):
            hold.unlink()

    def test_holds_of_another_company_are_not_seen(self):
        self._hold()
        stranger = self._create_user("stranger", "realestate_collection.group_manager")
        other = self.env["res.company"].create({"name": "Other"})
        stranger.write({"company_ids": other.ids, "company_id": other.id})
        holds = self.env["realestate.dunning.hold"].with_user(stranger)
        theirs = holds.with_context(allowed_company_ids=other.ids)
        self.assertFalse(theirs.search([]))
