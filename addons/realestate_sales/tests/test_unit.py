from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..tools.floor import NO_FLOOR
from .common import RealestateSalesCommon


@tagged("post_install", "-at_install")
class TestUnit(RealestateSalesCommon):
    def test_label_joins_building_and_number(self):
        self.assertEqual(self.unit.name, "T1-101")
        self.building.code = "EAST"
        self.assertEqual(self.unit.name, "EAST-101")

    def test_floors_sort_as_they_stand(self):
        labels = ["PH", "12A", "B2", "G", "2", "M", "12", "B1", "LG", "14"]
        units = self.env["realestate.unit"].create(
            [
                {"building_id": self.building.id, "number": f"F{label}", "floor": label}
                for label in labels
            ]
        )
        ordered = units.sorted("floor_sequence").mapped("floor")
        self.assertEqual(
            ordered, ["B2", "B1", "LG", "G", "M", "2", "12", "12A", "14", "PH"]
        )

    def test_numbers_stand_as_people_count(self):
        numbers = ["MP10", "MP2", "MP1", "12A", "12", "9"]
        units = self.env["realestate.unit"].create(
            [
                {"building_id": self.building.id, "number": number, "floor": "B3"}
                for number in numbers
            ]
        )
        ordered = units.search([("id", "in", units.ids)])
        self.assertEqual(
            ordered.mapped("number"), ["9", "12", "12A", "MP1", "MP2", "MP10"]
        )
        ordered[0].number = "MP3"
        ordered = units.search([("id", "in", units.ids)])
        self.assertEqual(ordered.mapped("number")[-2:], ["MP3", "MP10"])
        with self.assertRaisesRegex(UserError, "cannot be set by hand"):
            units[0].number_sequence = "0"

    def test_unreadable_floor_is_refused_by_name(self):
        with self.assertRaisesRegex(ValidationError, r"T1-101.*“\?\?\?”"):
            self.unit.floor = "???"

    def test_what_stands_on_no_floor_is_below_the_first(self):
        plots = self._create_units(2, first=900, floor=False, kind="plot")
        self.assertEqual(set(plots.mapped("floor_sequence")), {NO_FLOOR})
        with Form(self.unit) as form:
            form.floor = False
        self.assertEqual((self.unit.floor, self.unit.floor_sequence), (False, NO_FLOOR))
        new = self.env["realestate.unit"].create(
            {"building_id": self.building.id, "number": "V-1"}
        )
        self.assertFalse(new.floor, "no floor is made up")

    def test_number_is_unique_in_a_building(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._create_units(1, first=101)

    def test_area_is_the_measured_one_once_known(self):
        self.assertEqual(self.unit.area, 50)
        self.unit.action_measure(51.25, "Survey")
        self.assertEqual(self.unit.area, 51.25)

    def test_floor_price_above_list_price_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "T1-101"):
            self.unit.price_floor = 1000001

    def test_unit_without_price_is_not_released(self):
        unit = self.env["realestate.unit"].create(
            {"building_id": self.building.id, "number": "900"}
        )
        self.assertEqual(unit.state, "unreleased")
        with self.assertRaisesRegex(UserError, "T1-900 has no list price"):
            unit.action_release_to_market()

    def test_state_follows_the_claim(self):
        unit = self.unit
        self.assertEqual(unit.state, "available")
        unit.action_hold()
        self.assertEqual(unit.state, "held")
        unit.action_release()
        self.assertEqual(unit.state, "available")
        reservation = self._create_reservation()
        self.assertEqual(unit.state, "reserved")
        contract = reservation.action_convert()
        self.assertEqual(unit.state, "contracted")
        contract.action_cancel("Changed their mind")
        self.assertEqual(unit.state, "available")

    def test_handed_over_needs_the_contract_and_the_date(self):
        self.unit._write_facts(date_handover=fields.Date.today())
        self.assertEqual(self.unit.state, "available")
        self._create_contract()
        self.assertEqual(self.unit.state, "handed_over")

    def test_search_and_groups_agree_with_the_computed_state(self):
        held, reserved, contracted, handed_over, free = self.units
        held.action_hold()
        self._create_reservation(reserved)
        self._create_contract(contracted)
        self._create_contract(handed_over)
        handed_over._write_facts(date_handover=fields.Date.today())
        unreleased = self._create_units(1, first=800)
        unreleased.action_withdraw("Show flat")
        everything = self.building.unit_ids
        states = dict(everything._fields["state"].selection)
        for state in states:
            found = everything.search(
                [("building_id", "=", self.building.id), ("state", "=", state)]
            )
            self.assertEqual(set(found.mapped("state")), {state})
            self.assertEqual(len(found), 1, state)
            others = everything.search(
                [("building_id", "=", self.building.id), ("state", "!=", state)]
            )
            self.assertEqual(others, everything - found)
        groups = everything._read_group(
            [("building_id", "=", self.building.id)], ["state"], ["__count"]
        )
        self.assertEqual(dict(groups), dict.fromkeys(states, 1))
        self.assertEqual(free.state, "available")

    def test_claimed_unit_keeps_its_price(self):
        self.unit.action_hold()
        with self.assertRaisesRegex(UserError, "T1-101 is Held and cannot be repriced"):
            self.unit.price_list = 2000000
        self.unit.price_list = 1000000
        self.unit.action_release()
        self.unit.price_list = 2000000
        self.assertEqual(self.unit.price_list, 2000000)

    def test_claimed_unit_is_neither_withdrawn_nor_archived(self):
        self.unit.action_hold()
        with self.assertRaisesRegex(UserError, "withdrawn"):
            self.unit.action_withdraw("Show flat")
        with self.assertRaisesRegex(UserError, "archived"):
            self.unit.action_archive()

    def test_unit_with_history_is_not_deleted(self):
        self.unit.action_hold()
        self.unit.action_release()
        with self.assertRaisesRegex(UserError, "archive it instead"):
            self.unit.unlink()
        self.units[1].unlink()
        self.assertFalse(self.units[1].exists())

    def test_form_takes_the_kind_of_the_type(self):
        parking = self.env["realestate.unit.type"].create(
            {"name": "Car", "kind": "parking"}
        )
        with Form(self.env["realestate.unit"].with_user(self.manager)) as form:
            form.building_id = self.building
            form.number = "P1"
            form.floor = "B1"
            form.unit_type_id = parking
        self.assertEqual(form.record.kind, "parking")

    def test_project_with_contracts_keeps_its_currency(self):
        self._create_contract()
        with self.assertRaisesRegex(UserError, "East Residences has contracts"):
            self.project.currency_id = self._activate_currency("USD")

    def test_missing_setting_names_project_field_and_way_out(self):
        self.company.realestate_advance_account_id = False
        with self.assertRaisesRegex(
            UserError, "East Residences.*Customer Advances Account.*Settings"
        ):
            self._create_reservation()
