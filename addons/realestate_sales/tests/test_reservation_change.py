from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .common import RealestateSalesCommon

LATER = "2026-03-20 08:00:00"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 08:00:00")
class TestReservationChange(RealestateSalesCommon):
    """A reservation is extended, moved to another unit and reminded of."""

    def setUp(self):
        super().setUp()
        self.reservation = self._create_reservation(
            confirmed=False, date_expiry="2026-03-10 08:00:00"
        )
        self.reservation.action_confirm()
        self.own = self.reservation.with_user(self.agent)

    # === EXTENSION === #

    def test_extending_moves_the_claim_and_keeps_the_reason(self):
        self.own.action_extend(LATER, "The bank needs a week more")
        later = fields.Datetime.to_datetime(LATER)
        self.assertEqual(self.reservation.date_expiry, later)
        self.assertEqual(self.unit.live_claim_id.expires_at, later)
        self.assertEqual(self.reservation.extension_count, 1)
        self.assertIn(
            "The bank needs a week more", self.reservation.message_ids[0].body
        )

    def test_agents_extend_as_often_as_the_company_says(self):
        self.own.action_extend(LATER, "once")
        with self.assertRaisesRegex(UserError, "was extended 1 times"):
            self.own.action_extend("2026-03-30 08:00:00", "twice")
        self.reservation.with_user(self.supervisor).action_extend(
            "2026-03-30 08:00:00", "twice"
        )
        self.assertEqual(self.reservation.extension_count, 2)

    def test_an_end_is_not_put_off_without_a_reason_or_backwards(self):
        for date, reason, message in (
            (LATER, " ", "Say why"),
            (LATER, None, "Say why"),
            ("2026-03-10 08:00:00", "x", "stands until"),
            ("tomorrow", "x", "is no date and time"),
        ):
            with self.assertRaisesRegex(UserError, message):
                self.own.action_extend(date, reason)

    def test_the_end_of_a_confirmed_one_is_not_written_by_hand(self):
        with self.assertRaisesRegex(UserError, "put off with “Extend”"):
            self.own.date_expiry = LATER
        with self.assertRaises(UserError):
            self.own.extension_count = 0
        self.reservation.with_user(self.supervisor).date_expiry = LATER

    def test_what_is_over_is_not_extended(self):
        with freeze_time("2026-03-10 08:00:01"):
            with self.assertRaisesRegex(UserError, "expired on"):
                self.own.action_extend(LATER, "too late")
        self.reservation.action_cancel("left")
        with self.assertRaisesRegex(UserError, "does not change any more"):
            self.own.action_extend(LATER, "cancelled")

    def test_the_wizard_extends(self):
        wizard = Form(
            self.env["realestate.reservation.extend"].with_context(
                default_reservation_id=self.reservation.id
            )
        )
        # As long again as the company's reservations stand: 14 days.
        self.assertEqual(str(wizard.date_expiry), "2026-03-24 08:00:00")
        wizard.date_expiry = LATER
        wizard.reason = "The bank"
        wizard.save().action_extend()
        self.assertEqual(self.reservation.extension_count, 1)

    # === ANOTHER UNIT === #

    def test_moving_claims_the_one_and_frees_the_other(self):
        other = self.units[1]
        other.price_list = 1100000
        move = self.reservation.move_id
        self.own.action_change_unit(other.id, "A better view")
        self.assertEqual(self.reservation.unit_id, other)
        self.assertEqual(self.reservation.price, 1100000)
        self.assertEqual(self.reservation.move_id, move)
        self.assertEqual(move.state, "posted")
        self.assertEqual(self.unit.state, "available")
        self.assertEqual(other.live_claim_id.origin, self.reservation)
        self.assertEqual(other.live_claim_id.expires_at, self.reservation.date_expiry)
        self.assertIn("A better view", self.reservation.message_ids[0].body)
        contract = self.reservation.action_convert()
        self.assertEqual(contract.unit_ids, other)

    def test_moving_to_a_claimed_unit_leaves_all_as_it_was(self):
        self.units[1].with_user(self.officer).action_hold()
        with self.assertRaisesRegex(UserError, "is claimed"), self.env.cr.savepoint():
            self.own.action_change_unit(self.units[1], "taken")
        self.env.invalidate_all()
        self.assertEqual(self.reservation.unit_id, self.unit)
        self.assertEqual(self.unit.state, "reserved")

    def test_units_that_do_not_fit_are_refused(self):
        project = self._create_project(code="FAR")
        [far] = self._create_units(1, self._create_building(project))
        cheap = self.units[2]
        cheap.price_list = 10000
        for unit, message in (
            (self.unit, "is of unit T1-101 already"),
            (far, "since books and prices differ"),
            (cheap, "costs less than the fee"),
            (0, "give the id of one"),
        ):
            with self.assertRaisesRegex(UserError, f"(?i){message}"):
                self.own.action_change_unit(unit, "because")

    def test_the_first_unit_goes_to_who_waits_for_it(self):
        place = self.unit.with_user(self.officer).action_join_queue().sudo()
        self.own.action_change_unit(self.units[1], "A better view")
        self.assertEqual(place.state, "offered")
        self.assertEqual(self.unit.live_claim_id.user_id, self.officer)

    def test_the_wizard_shows_the_price_and_moves(self):
        wizard = Form(
            self.env["realestate.reservation.move"].with_context(
                default_reservation_id=self.reservation.id
            )
        )
        wizard.unit_id = self.units[1]
        self.assertEqual(wizard.price, self.units[1].price_list)
        wizard.reason = "A better view"
        wizard.save().action_change_unit()
        self.assertEqual(self.reservation.unit_id, self.units[1])

    def test_people_outside_sales_change_nothing(self):
        stranger = self.reservation.with_user(self.plain)
        with self.assertRaises(AccessError):
            stranger.action_extend(LATER, "x")
        with self.assertRaises(AccessError):
            stranger.action_change_unit(self.units[1].id, "x")

    # === REMINDERS === #

    def _remind(self):
        job = self.env.ref("realestate_sales.ir_cron_remind_reservations")
        with self.enter_registry_test_mode():
            job.method_direct_trigger()

    def test_the_agent_is_reminded_once_and_again_after_an_extension(self):
        self._remind()
        self.assertFalse(self.reservation.activity_ids)
        with freeze_time("2026-03-08 09:00:00"):
            self._remind()
            self._remind()
            self.assertEqual(len(self.reservation.activity_ids), 1)
            self.assertEqual(
                self.reservation.activity_ids.user_id, self.reservation.user_id
            )
            self.own.action_extend(LATER, "The bank")
            self.assertFalse(self.reservation.activity_ids)
        with freeze_time("2026-03-19 09:00:00"):
            self._remind()
        self.assertEqual(len(self.reservation.activity_ids), 1)
        self.own.action_cancel("Chose another home")
        self.assertFalse(self.reservation.activity_ids)
