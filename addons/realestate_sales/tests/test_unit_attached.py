from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .common import RealestateSalesCommon


@tagged("post_install", "-at_install")
class TestUnitAttached(RealestateSalesCommon):
    """A home with a parking space and a storage room."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.parking, cls.single = cls._create_parts("P1", "P2")
        cls.storage = cls._create_parts("S1", kind="storage", price_list=0)
        cls.unit.attached_ids = cls.parking + cls.storage
        cls.group = cls.unit + cls.parking + cls.storage

    @classmethod
    def _create_parts(cls, *numbers, price_list=50000, **values):
        parts = cls.env["realestate.unit"].create(
            [
                {
                    "building_id": cls.building.id,
                    "number": number,
                    "kind": "parking",
                    "price_list": 50000,
                    **values,
                }
                for number in numbers
            ]
        )
        parts.action_release_to_market()
        parts.price_list = price_list
        return parts

    def _states(self):
        self.env.invalidate_all()
        return set(self.group.mapped("state"))

    def _live(self):
        self.env.invalidate_all()
        return self.group.claim_ids.filtered("live")

    # === CLAIMS === #

    def test_hold_takes_all_and_its_release_frees_all(self):
        self.unit.with_user(self.agent).action_hold()
        self.assertEqual(self._states(), {"held"})
        self.assertEqual(len(self._live()), 3)
        self.assertEqual(self._live().user_id, self.agent)
        self.assertEqual(len(set(self._live().mapped("expires_at"))), 1)
        self.unit.with_user(self.agent).action_release()
        self.assertEqual(self._states(), {"available"})
        self.assertFalse(self._live())

    def test_release_of_the_parking_is_that_of_the_home(self):
        self.unit.action_hold()
        self.parking.action_release()
        self.assertEqual(self._states(), {"available"})

    def test_attached_unit_is_not_sold_on_its_own(self):
        message = "T1-P1 is sold with T1-101: choose that one, or detach"
        for call in (
            self.parking.action_hold,
            lambda: self.parking.action_reserve(self.buyer, self.plan, 0),
            lambda: self._create_contract(self.parking),
        ):
            with self.assertRaisesRegex(UserError, message):
                call()
        self.assertFalse(self._live())
        self.parking.main_unit_id = False
        self.parking.action_hold()
        self.assertEqual(self.parking.state, "held")
        self.assertEqual(self.unit.state, "available")

    def test_all_chosen_together_are_held_once(self):
        self.group[::-1].action_hold()
        self.assertEqual(len(self._live()), 3)

    def test_a_part_that_cannot_be_claimed_frees_the_home(self):
        # By the back door: attaching refuses a unit that is claimed.
        self.single.with_user(self.officer).action_hold()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE realestate_unit SET main_unit_id = %s WHERE id = %s",
            (self.unit.id, self.single.id),
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "T1-P2 is claimed"):
            self.unit.with_user(self.agent).action_hold()
        self.assertFalse(self._live())
        try:
            self.unit.with_user(self.agent)._claim("hold")
        except UserError:
            self.assertFalse(self._live(), "a caller that goes on has none of it")

    def test_hold_counts_as_one_unit(self):
        self.env["realestate.hold.limit"].create(
            {"company_id": self.company.id, "role": "agent", "hold_count": 2}
        )
        agent_units = self.units.with_user(self.agent)
        agent_units[0].action_hold()
        agent_units[1].action_hold()
        with self.assertRaisesRegex(UserError, "you hold 2 units"):
            agent_units[2].action_hold()

    def test_expired_hold_leaves_all_of_it_free(self):
        with freeze_time("2026-03-01 10:00:00"):
            self.unit.with_user(self.agent).action_hold("2026-03-01 11:00:00")
        with freeze_time("2026-03-01 11:00:01"):
            self.assertEqual(self._states(), {"available"})
            self.unit.with_user(self.officer).action_hold()
            self.assertEqual(self._live().user_id, self.officer)
            self.assertEqual(len(self._live()), 3)
        with freeze_time("2026-04-01 10:00:00"):
            self.env["realestate.unit.claim"]._gc_expired()
        self.assertFalse(self._live())

    def test_own_hold_becomes_the_reservation_of_all(self):
        self.unit.with_user(self.agent).action_hold()
        reservation = self.unit.with_user(self.agent).action_reserve(
            self.buyer, self.plan, 0
        )
        self.assertEqual(self._states(), {"reserved"})
        self.assertEqual(self._live().mapped("origin"), [reservation] * 3)
        self.assertEqual(self.parking.sudo().live_claim_id.partner_id, self.buyer)

    def test_unreleased_parking_goes_with_the_released_home(self):
        self.parking.action_withdraw("Not yet")
        self.assertEqual(self.parking.state, "unreleased")
        self.unit.action_hold()
        self.assertEqual(self.parking.state, "held")

    # === RESERVATION === #

    def test_cancelled_and_expired_reservations_free_all(self):
        reservation = self._create_reservation()
        self.assertEqual(self._states(), {"reserved"})
        reservation.action_cancel("Changed their mind")
        self.assertEqual(self._states(), {"available"})
        reservation = self._create_reservation()
        later = reservation.date_expiry + timedelta(minutes=1)
        with freeze_time(later), self.enter_registry_test_mode():
            self.env.ref(
                "realestate_sales.ir_cron_expire_reservations"
            ).method_direct_trigger()
        self.assertEqual(reservation.state, "expired")
        self.assertFalse(self._live())

    def test_extension_prolongs_all(self):
        reservation = self._create_reservation()
        until = reservation.date_expiry + timedelta(days=3)
        reservation.action_extend(until, "The buyer travels")
        self.assertEqual(set(self._live().mapped("expires_at")), {until})

    def test_change_of_unit_frees_all_and_takes_what_the_other_has(self):
        self.single.main_unit_id = self.units[1]
        reservation = self._create_reservation()
        reservation.action_change_unit(self.units[1], "Higher floor")
        self.assertEqual(self._states(), {"available"})
        self.assertEqual(self.single.state, "reserved")
        reservation.action_cancel("No")
        self.assertEqual(self.single.state, "available")

    def test_price_of_the_reservation_with_and_without(self):
        reservation = self._create_reservation()
        self.assertEqual(reservation.price, 1000000)
        self.assertEqual(reservation.amount_attached, 50000)
        self.assertEqual(reservation.amount_total, 1050000)
        contract = reservation.action_convert()
        self.assertEqual(contract.amount_total, 1050000)

    # === CONTRACT === #

    def test_contract_has_a_line_for_each(self):
        contract = self._create_reservation().action_convert()
        self.assertEqual(contract.line_ids.unit_id, self.group)
        prices = {line.unit_id: line.price for line in contract.line_ids}
        self.assertEqual(
            prices, {self.unit: 1000000, self.parking: 50000, self.storage: 0}
        )
        self.assertEqual(self._states(), {"contracted"})
        self.assertEqual(self._live().mapped("origin"), [contract] * 3)
        self.assertTrue(contract._is_schedule_exact())
        contract.action_cancel("Changed their mind")
        self.assertEqual(self._states(), {"available"})

    def test_price_given_for_the_parking_is_kept(self):
        contract = self._create_contract(
            line_ids=[
                Command.create({"unit_id": self.parking.id, "price": 40000}),
                Command.create({"unit_id": self.unit.id}),
            ]
        )
        self.assertEqual(len(contract.line_ids), 3)
        self.assertEqual(contract.amount_total, 1040000)
        self.assertEqual(self._states(), {"contracted"})

    def test_line_removed_takes_along_what_is_sold_with_it(self):
        contract = self._create_contract(self.units[1])
        with Form(contract) as form:
            with form.line_ids.new() as line:
                line.unit_id = self.unit
        self.assertEqual(contract.line_ids.unit_id, self.units[1] + self.group)
        home, parking = (
            contract.line_ids.filtered(lambda line, unit=unit: line.unit_id == unit)
            for unit in (self.unit, self.parking)
        )
        with self.assertRaisesRegex(UserError, "T1-P1 is sold with T1-101: remove"):
            parking.unlink()
        home.unlink()
        self.assertEqual(contract.line_ids.unit_id, self.units[1])
        self.assertEqual(contract.amount_total, 1000000)
        self.assertEqual(self._states(), {"available"})

    def test_unit_of_a_line_is_not_exchanged(self):
        contract = self._create_contract()
        home = contract.line_ids.filtered(lambda line: line.unit_id == self.unit)
        with self.assertRaisesRegex(UserError, "remove the line and add one"):
            home.unit_id = self.units[1]
        other = self._create_contract(self.units[2])
        with self.assertRaisesRegex(UserError, "remove the line and add one"):
            other.line_ids.unit_id = self.parking
        other.line_ids.unit_id = self.units[3]
        self.assertEqual(self.units[2].state, "available")

    # === WAITING LIST === #

    def test_next_in_line_gets_all(self):
        self.unit.with_user(self.officer).action_hold()
        self.unit.with_user(self.agent).action_join_queue(self.buyer)
        self.unit.with_user(self.officer).action_release()
        self.assertEqual(self._states(), {"held"})
        self.assertEqual(self._live().user_id, self.agent)
        entry = self.env["realestate.unit.queue"].search(
            [("unit_id", "=", self.unit.id)]
        )
        self.assertEqual(entry.state, "offered")
        entry.with_user(self.agent).action_cancel()
        self.assertFalse(self._live())

    def test_contract_cancelled_with_somebody_in_line_offers_all(self):
        contract = self._create_contract()
        self.unit.with_user(self.agent).action_join_queue(self.buyer)
        contract.line_ids.filtered(lambda line: line.unit_id == self.unit).unlink()
        self.assertEqual(self._states(), {"held"})
        self.assertEqual(self._live().user_id, self.agent)
        self.assertEqual(len(self._live()), 3)

    def test_nobody_waits_for_an_attached_unit(self):
        self.unit.with_user(self.officer).action_hold()
        with self.assertRaisesRegex(ValidationError, "sold with T1-101: wait for that"):
            self.parking.with_user(self.agent).action_join_queue()

    # === ATTACHING === #

    def test_claimed_units_are_neither_attached_nor_detached(self):
        self.unit.action_hold()
        for change in (
            lambda: self.parking.write({"main_unit_id": False}),
            lambda: self.single.write({"main_unit_id": self.unit.id}),
            lambda: self.unit.write(
                {"attached_ids": [Command.unlink(self.parking.id)]}
            ),
            lambda: self._create_parts("P9", main_unit_id=self.unit.id),
        ):
            with self.assertRaisesRegex(UserError, "is Held and cannot be"):
                change()
        self.single.action_hold()
        with self.assertRaisesRegex(UserError, "T1-P2 is Held and cannot be attached"):
            self.single.main_unit_id = self.units[1]
        self.parking.main_unit_id = self.unit

    def test_only_parking_and_storage_are_attached_to_homes_and_the_like(self):
        for unit, main in (
            (self.units[1], self.unit),
            (self.single, self.parking),
            (self.single, self.single),
        ):
            with self.assertRaisesRegex(ValidationError, "parking and storage are"):
                unit.main_unit_id = main
        with self.assertRaisesRegex(ValidationError, "T1-P1 cannot be sold with"):
            self.parking.kind = "home"
        with self.assertRaisesRegex(ValidationError, "cannot be sold with T1-101"):
            self.unit.kind = "parking"

    def test_another_project_s_parking_is_refused(self):
        elsewhere = self._create_project(name="West", code="WEST")
        building = self._create_building(elsewhere, code="W")
        parking = self._create_parts("P1", building_id=building.id)
        with self.assertRaisesRegex(ValidationError, "W-P1 cannot be sold with T1-101"):
            parking.main_unit_id = self.unit

    def test_copy_stands_alone(self):
        copy = self.parking.copy({"number": "P7"})
        self.assertFalse(copy.main_unit_id)
        self.assertFalse(self.unit.copy({"number": "901"}).attached_ids)

    def test_form_attaches(self):
        with Form(self.single.with_user(self.supervisor)) as form:
            form.main_unit_id = self.units[1]
        self.assertEqual(self.units[1].attached_ids, self.single)

    def test_expiry_of_all_is_that_of_the_home(self):
        until = fields.Datetime.now() + timedelta(hours=1)
        self.unit.action_hold(until)
        self.assertEqual(
            set(self._live().mapped("expires_at")), {until.replace(microsecond=0)}
        )
