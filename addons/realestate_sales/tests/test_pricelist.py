from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RealestateSalesCommon


@tagged("post_install", "-at_install")
class TestPricelist(RealestateSalesCommon):
    @classmethod
    def _create_pricelist(cls, **values):
        pricelist = cls.env["realestate.pricelist"].create(
            {"project_id": cls.project.id, **values}
        )
        pricelist.action_load_units()
        return pricelist

    def test_versions_are_counted_by_project(self):
        self.assertEqual(self._create_pricelist().name, "EAST v1")
        self.assertEqual(self._create_pricelist().name, "EAST v2")

    def test_approval_prices_the_unclaimed_units_only(self):
        pricelist = self._create_pricelist()
        self.assertEqual(len(pricelist.line_ids), 5)
        pricelist.line_ids.price_list = 1200000
        self.units[0].action_hold()
        self._create_contract(self.units[1])
        pricelist.action_approve()
        self.assertEqual(
            self.units.mapped("price_list"),
            [1000000, 1000000, 1200000, 1200000, 1200000],
        )

    def test_a_newer_version_supersedes(self):
        first = self._create_pricelist()
        first.action_approve()
        second = self._create_pricelist()
        second.action_approve()
        self.assertEqual(first.state, "superseded")
        self.assertEqual(second.state, "effective")
        with self.assertRaises(UserError):
            first.action_approve()

    def test_units_without_a_price_are_not_loaded(self):
        self.env["realestate.unit"].create(
            {"building_id": self.building.id, "number": "900"}
        )
        self.assertEqual(self._create_pricelist().line_ids.unit_id, self.units)

    def test_approved_version_stays(self):
        pricelist = self._create_pricelist()
        pricelist.action_approve()
        with self.assertRaisesRegex(UserError, "copy it to make the next"):
            pricelist.line_ids[0].price_list = 1
        with self.assertRaisesRegex(UserError, "copy it to make the next"):
            pricelist.line_ids[0].unlink()
        with self.assertRaisesRegex(UserError, "record of what was offered"):
            pricelist.unlink()
        self.assertEqual(len(pricelist.copy().line_ids), 5)

    def test_only_a_manager_approves(self):
        pricelist = self._create_pricelist()
        with self.assertRaises(AccessError):
            pricelist.with_user(self.supervisor).action_approve()
        pricelist.with_user(self.manager).action_approve()
        self.assertEqual(pricelist.user_approved_id, self.manager)

    def test_empty_list_is_not_approved(self):
        pricelist = self.env["realestate.pricelist"].create(
            {"project_id": self.project.id}
        )
        with self.assertRaisesRegex(UserError, "prices no unit"):
            pricelist.action_approve()

    def test_unit_of_another_project_is_refused(self):
        other = self._create_project(code="WEST")
        unit = self._create_units(1, self._create_building(other))
        pricelist = self._create_pricelist()
        with self.assertRaisesRegex(ValidationError, "belongs to another project"):
            pricelist.line_ids[0].unit_id = unit

    def test_zero_price_is_refused(self):
        pricelist = self._create_pricelist()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            pricelist.line_ids[0].price_list = 0
            pricelist.line_ids.flush_recordset()

    def test_price_per_area(self):
        self.assertEqual(self._create_pricelist().line_ids[0].price_per_area, 20000)
