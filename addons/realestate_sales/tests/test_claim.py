from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import RealestateSalesCommon


@tagged("post_install", "-at_install")
class TestClaim(RealestateSalesCommon):
    def test_hold_is_refused_while_another_is_live(self):
        self.unit.with_user(self.agent).action_hold()
        with self.assertRaisesRegex(UserError, "T1-101 is claimed .Hold by"):
            self.unit.with_user(self.officer).action_hold()

    def test_hold_lasts_as_long_as_the_company_says(self):
        self.company.realestate_hold_hours = 2
        with freeze_time("2026-03-01 10:00:00"):
            self.unit.action_hold()
            self.assertEqual(
                self.unit.live_claim_id.expires_at,
                fields.Datetime.to_datetime("2026-03-01 12:00:00"),
            )

    def test_expired_hold_blocks_nobody_though_no_job_has_run(self):
        with freeze_time("2026-03-01 10:00:00"):
            self.unit.with_user(self.agent).action_hold("2026-03-01 11:00:00")
            self.assertEqual(self.unit.state, "held")
        with freeze_time("2026-03-01 11:00:00"):
            self.unit.invalidate_recordset()
            self.assertEqual(self.unit.state, "available")
            self.assertIn(self.unit, self.unit.search([("state", "=", "available")]))
            self.unit.with_user(self.officer).action_hold()
            self.assertEqual(self.unit.live_claim_id.user_id, self.officer)
        self.assertEqual(len(self.unit.claim_ids.filtered("live")), 1)

    def test_expired_reservation_blocks_nobody(self):
        with freeze_time("2026-03-01 10:00:00"):
            reservation = self.unit.action_reserve(
                self.buyer, self.plan, 0, "2026-03-02 10:00:00"
            )
        with freeze_time("2026-03-02 10:00:01"):
            self.unit.invalidate_recordset()
            self.unit.action_hold()
            with self.assertRaisesRegex(UserError, "expired"):
                reservation.action_confirm()

    def test_hold_in_the_past_is_refused(self):
        with self.assertRaisesRegex(
            UserError, "T1-101: the hold would end in the past"
        ):
            self.unit.action_hold(fields.Datetime.now() - timedelta(minutes=1))

    def test_text_that_is_no_time_is_refused(self):
        with self.assertRaisesRegex(UserError, "“soon” is no date and time"):
            self.unit.action_hold("soon")

    def test_own_hold_becomes_the_reservation(self):
        self.unit.with_user(self.agent).action_hold()
        reservation = self.unit.with_user(self.agent).action_reserve(
            self.buyer, self.plan, 0
        )
        self.assertEqual(self.unit.state, "reserved")
        self.assertEqual(self.unit.live_claim_id.origin, reservation)

    def test_somebody_elses_hold_is_not_overridden(self):
        self.unit.with_user(self.agent).action_hold()
        with self.assertRaisesRegex(UserError, "is claimed"):
            self.unit.with_user(self.officer).action_reserve(self.buyer, self.plan, 0)

    def test_only_holder_or_supervisor_releases(self):
        self.unit.with_user(self.agent).action_hold()
        with self.assertRaisesRegex(AccessError, "only they or a supervisor"):
            self.unit.with_user(self.officer).action_release()
        self.unit.with_user(self.supervisor).action_release()
        self.assertEqual(self.unit.state, "available")

    def test_reservation_is_not_released_as_a_hold(self):
        self._create_reservation()
        with self.assertRaisesRegex(UserError, "ended by cancelling it"):
            self.unit.action_release()

    def test_unreleased_and_archived_units_are_not_claimed(self):
        self.unit.action_withdraw("Show flat")
        with self.assertRaisesRegex(UserError, "not released to the market"):
            self.unit.action_hold()
        self.units[1].action_archive()
        with self.assertRaisesRegex(UserError, "archived"):
            self.units[1].action_hold()

    def test_holding_several_is_all_or_nothing(self):
        self.units[3].with_user(self.agent).action_hold()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.units.with_user(self.officer).action_hold()
        self.env.invalidate_all()
        states = self.units.mapped("state")
        self.assertEqual(states.count("available"), 4)

    def test_database_refuses_a_second_live_claim(self):
        self.unit.action_hold()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.env["realestate.unit.claim"].create(
                {"unit_id": self.unit.id, "kind": "hold"}
            )

    def test_claims_are_nobodys_to_write(self):
        self.unit.with_user(self.agent).action_hold()
        for user in (self.agent, self.manager):
            claim = self.unit.live_claim_id.with_user(user)
            with self.assertRaises(AccessError):
                claim.write({"live": False})
            with self.assertRaises(AccessError):
                claim.unlink()
            with self.assertRaises(AccessError):
                claim.create({"unit_id": self.units[1].id, "kind": "contract"})

    def test_user_outside_sales_cannot_claim(self):
        with self.assertRaises(AccessError):
            self.unit.with_user(self.plain).action_hold()

    def test_vacuum_ends_expired_holds_only(self):
        with freeze_time("2026-03-01 10:00:00"):
            self.units[0].action_hold("2026-03-01 11:00:00")
            self.units[1].action_hold("2026-04-01 11:00:00")
        with freeze_time("2026-03-02 10:00:00"):
            self.env["realestate.unit.claim"]._gc_expired()
        self.assertFalse(self.units[0].claim_ids.live)
        self.assertTrue(self.units[1].claim_ids.live)
