from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import RealestateSalesCommon

NOW = "2026-03-02 08:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestUnitQueue(RealestateSalesCommon):
    """The line behind a claimed unit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls._create_user("second", "realestate_sales.group_agent")
        cls.third = cls._create_user("third", "realestate_sales.group_agent")
        cls.queue = cls.env["realestate.unit.queue"]
        cls.company.realestate_offer_hours = 12

    def _hold(self, until="2026-03-02 20:00:00"):
        self.unit.with_user(self.agent).action_hold(until)

    def _join(self, user, **values):
        return self.unit.with_user(user).action_join_queue(**values).sudo()

    def _state_of(self, *entries):
        for entry in entries:
            entry.invalidate_recordset()
        self.unit.invalidate_recordset()
        return [entry.state for entry in entries]

    def _run_job(self):
        job = self.env.ref("realestate_sales.ir_cron_offer_units")
        with self.enter_registry_test_mode():
            job.method_direct_trigger()

    # === JOINING === #

    def test_a_free_unit_is_not_waited_for(self):
        with self.assertRaisesRegex(UserError, "T1-101 is Available: there is nothing"):
            self._join(self.second)

    def test_who_holds_the_unit_does_not_wait_for_it(self):
        self._hold()
        with self.assertRaisesRegex(UserError, "reserve it instead of waiting"):
            self._join(self.agent)

    def test_joining_twice_keeps_the_place(self):
        self._hold()
        first = self._join(self.second)
        self._join(self.third)
        self.assertEqual(self._join(self.second), first)
        self.assertEqual(first.position, 1)
        self.assertEqual(self.unit.queue_count, 2)

    def test_the_database_refuses_a_second_place(self):
        self._hold()
        self._join(self.second)
        values = {"unit_id": self.unit.id, "user_id": self.second.id}
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.queue.create(values)

    def test_an_agent_puts_nobody_else_in_line(self):
        self._hold()
        values = {"unit_id": self.unit.id, "user_id": self.third.id}
        with self.assertRaises(AccessError):
            self.queue.with_user(self.second).create(values)
        self.assertTrue(self.queue.with_user(self.supervisor).create(values))

    def test_state_and_deadline_are_not_set_by_hand(self):
        self._hold()
        entry = self._join(self.second)
        for values in (
            {"state": "offered"},
            {"date_deadline": "2030-01-01 00:00:00"},
            {"unit_id": self.units[1].id},
        ):
            with self.assertRaises(UserError):
                entry.with_user(self.second).write(values)

    # === OFFERS === #

    def test_a_hold_given_up_goes_to_the_first_in_line(self):
        self._hold()
        entry = self._join(self.second, partner=self.buyer.id)
        other = self._join(self.third)
        self.unit.with_user(self.agent).action_release()
        self.assertEqual(self._state_of(entry, other), ["offered", "waiting"])
        claim = self.unit.live_claim_id
        self.assertEqual(
            (claim.kind, claim.user_id, claim.partner_id, claim.origin),
            ("hold", self.second, self.buyer, entry),
        )
        until = fields.Datetime.to_datetime("2026-03-02 20:00:00")
        self.assertEqual(claim.expires_at, until)
        self.assertEqual(entry.date_deadline, until)
        self.assertEqual(entry.activity_ids.user_id, self.second)
        self.assertIn("T1-101 is yours until", entry.activity_ids.summary)

    def test_what_is_offered_is_reserved_by_the_first_only(self):
        self._hold()
        entry = self._join(self.second)
        self.unit.with_user(self.agent).action_release()
        with self.assertRaisesRegex(UserError, "is claimed"):
            self.unit.with_user(self.third).action_reserve(self.buyer, self.plan, 0)
        self.unit.with_user(self.second).action_reserve(self.buyer, self.plan, 0)
        self.assertEqual(self._state_of(entry), ["accepted"])
        self.assertFalse(entry.activity_ids)
        self.assertEqual(self.unit.state, "reserved")

    def test_the_button_opens_the_reservation_with_the_buyer(self):
        self._hold()
        entry = self._join(self.second, partner=self.buyer.id).with_user(self.second)
        with self.assertRaisesRegex(UserError, "is not offered"):
            entry.action_reserve()
        self.unit.with_user(self.agent).action_release()
        context = entry.action_reserve()["context"]
        self.assertEqual(context["default_partner_id"], self.buyer.id)
        self.assertEqual(context["default_unit_id"], self.unit.id)

    def test_a_hold_that_ran_out_blocks_all_but_the_first_in_line(self):
        self._hold("2026-03-02 10:00:00")
        entry = self._join(self.second)
        self._join(self.third)
        with freeze_time("2026-03-02 10:00:01"):
            self.unit.invalidate_recordset()
            with self.assertRaisesRegex(UserError, "promised to"):
                self.unit.with_user(self.third).action_hold()
            self.unit.with_user(self.second).action_hold()
            self.assertEqual(self._state_of(entry), ["accepted"])

    def test_an_offer_not_taken_up_goes_to_the_next(self):
        self._hold("2026-03-02 10:00:00")
        first, second = self._join(self.second), self._join(self.third)
        with freeze_time("2026-03-02 10:00:01"):
            self._run_job()
            self.assertEqual(self._state_of(first, second), ["offered", "waiting"])
            self._run_job()
            self.assertEqual(self._state_of(first, second), ["offered", "waiting"])
        with freeze_time("2026-03-05 00:00:00"):
            self._run_job()
            self.assertEqual(self._state_of(first, second), ["lapsed", "offered"])
            self.assertFalse(first.activity_ids)
        with freeze_time("2026-03-09 00:00:00"):
            self._run_job()
            self.unit.with_user(self.agent).action_hold()
        self.assertEqual(self._state_of(first, second), ["lapsed", "lapsed"])

    def test_leaving_passes_the_offer_on(self):
        self._hold()
        first, second = self._join(self.second), self._join(self.third)
        self.unit.with_user(self.agent).action_release()
        with self.assertRaises(AccessError):
            first.with_user(self.third).action_cancel()
        first.with_user(self.second).action_cancel()
        self.assertEqual(self._state_of(first, second), ["cancelled", "offered"])
        self.assertEqual(self.unit.live_claim_id.user_id, self.third)

    def test_a_cancelled_reservation_and_contract_offer_the_unit(self):
        reservation = self._create_reservation()
        entry = self._join(self.second)
        reservation.action_cancel("The buyer left")
        self.assertEqual(self._state_of(entry), ["offered"])
        self.unit.with_user(self.second).action_release()
        contract = self._create_contract()
        again = self._join(self.second)
        contract.action_cancel("The loan was refused")
        self.assertEqual(self._state_of(entry, again), ["lapsed", "offered"])

    def test_who_has_left_the_company_is_passed_over(self):
        self._hold()
        first, second = self._join(self.second), self._join(self.third)
        self.second.active = False
        self.unit.with_user(self.agent).action_release()
        self.assertEqual(self._state_of(first, second), ["waiting", "offered"])

    def test_a_withdrawn_unit_is_offered_when_it_is_back(self):
        self._hold("2026-03-02 10:00:00")
        entry = self._join(self.second)
        with freeze_time("2026-03-03 00:00:00"):
            self.unit.invalidate_recordset()
            self.unit.action_withdraw("Show flat")
            self._run_job()
            self.assertEqual(self._state_of(entry), ["waiting"])
            self.unit.action_release_to_market()
            self._run_job()
            self.assertEqual(self._state_of(entry), ["offered"])

    def test_agents_see_their_own_place_and_how_many_wait(self):
        self._hold()
        own = self._join(self.third)
        other = self._join(self.second, partner=self.buyer.id)
        found = self.queue.with_user(self.second).search([])
        self.assertEqual(found, other.with_user(self.second))
        self.assertEqual(found.position, 2)
        self.assertEqual(self.unit.with_user(self.second).queue_count, 2)
        self.assertEqual(
            self.queue.with_user(self.officer).search([]).sudo(), own | other
        )
        with self.assertRaises(AccessError):
            own.with_user(self.second).read(["partner_id"])
        with self.assertRaises(AccessError):
            self.unit.with_user(self.plain).action_join_queue()
