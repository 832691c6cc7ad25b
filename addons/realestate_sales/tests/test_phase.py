from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import RealestateSalesCommon


@tagged("post_install", "-at_install")
class TestPhase(RealestateSalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first, cls.second = cls.env["realestate.phase"].create(
            [
                {"name": name, "code": name[:1], "project_id": cls.project.id}
                for name in ("First", "Second")
            ]
        )
        cls.building.phase_id = cls.first
        cls.later = cls._create_building(code="T2", phase_id=cls.second.id)
        cls.later_units = cls._create_units(2, building=cls.later)

    def test_unit_is_in_the_phase_of_its_building(self):
        self.assertEqual(self.units.phase_id, self.first)
        self.building.phase_id = self.second
        self.assertEqual(self.units.phase_id, self.second)
        self.assertEqual(
            self.units.search([("phase_id", "=", self.second.id)]),
            self.units + self.later_units,
        )

    def test_units_are_grouped_by_phase(self):
        groups = self.units._read_group(
            [("project_id", "=", self.project.id)], ["phase_id"], ["__count"]
        )
        self.assertEqual(groups, [(self.first, 5), (self.second, 2)])

    def test_counts_are_those_of_the_phase(self):
        self.units[:2].action_hold()
        phase = self.first.with_user(self.agent)
        self.assertEqual(
            (phase.building_count, phase.unit_count, phase.available_count), (1, 5, 3)
        )
        self.assertEqual(self.second.unit_count, 2)

    def test_button_opens_the_units_of_the_phase(self):
        action = self.second.action_open_units()
        found = self.units.search(action["domain"])
        self.assertEqual(found, self.later_units)

    def test_phase_of_another_project_is_refused_by_name(self):
        elsewhere = self._create_project(name="West", code="WEST")
        phase = self.first.create(
            {"name": "Only", "code": "O", "project_id": elsewhere.id}
        )
        with self.assertRaisesRegex(
            ValidationError, "Tower 1 is in East Residences and phase Only in West"
        ):
            self.building.phase_id = phase

    def test_phase_with_buildings_stays_in_its_project(self):
        elsewhere = self._create_project(name="West", code="WEST")
        with self.assertRaisesRegex(ValidationError, "Tower 1 is in East Residences"):
            self.first.project_id = elsewhere

    def test_code_is_unique_in_a_project(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.first.copy({"name": "Again"})

    def test_phase_with_buildings_is_not_deleted(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.first.unlink()

    def test_moving_a_sold_building_to_another_phase_leaves_the_contract(self):
        contract = self._create_contract(state="active")
        total = contract.amount_total
        self.building.phase_id = self.second
        self.assertEqual((contract.state, contract.amount_total), ("active", total))
        self.assertEqual(self.unit.state, "contracted")

    def test_building_form_offers_phases_of_its_project(self):
        with Form(self.later.with_user(self.manager)) as form:
            form.phase_id = self.first
        self.assertEqual(self.later_units.phase_id, self.first)

    def test_phase_of_a_unit_is_not_set_by_hand(self):
        with self.assertRaisesRegex(UserError, "cannot be set by hand"):
            self.unit.with_user(self.manager).phase_id = self.second

    def test_agent_makes_no_phase(self):
        with self.assertRaises(AccessError):
            self.first.with_user(self.agent).name = "Mine"

    def test_another_company_sees_no_phase(self):
        other = self._create_company("Other Developer", self.currency)
        foreign = self._create_user(
            "foreign", "realestate_sales.group_manager", company=other
        )
        phases = self.first.with_user(foreign).with_context(
            allowed_company_ids=other.ids
        )
        self.assertFalse(phases.search([("id", "in", phases.ids)]))
        with self.assertRaises(AccessError):
            phases.read(["name"])
