from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .import_common import HEADER, NEW, ROWS, ImportCase, csv, sample


@tagged("post_install", "-at_install")
class TestImportLoad(ImportCase):
    def test_load_makes_project_buildings_types_and_units(self):
        report = self._run(dry_run=False, project_code="WEST", **NEW)
        self.assertTrue(report["loaded"], report["errors"])
        units = self._loaded_units(report).sorted("number")
        project = units.project_id
        self.assertEqual((project.name, project.code), ("West Gardens", "WEST"))
        self.assertEqual(project.company_id, self.company)
        self.assertEqual(units.mapped("name"), ["A-A-101", "A-A-201", "B-P-1"])
        self.assertEqual(units.mapped("kind"), ["home", "home", "parking"])
        self.assertEqual(units.mapped("area_predicted"), [40.5, 60, 12.5])
        self.assertEqual(units.mapped("price_list"), [5000000, 7500000.5, 900000])
        self.assertEqual(
            units.mapped("state"), ["available", "unreleased", "available"]
        )
        self.assertEqual(units.unit_type_id.mapped("bedrooms"), [1, 2, 0])
        self.assertEqual(units.unit_type_id.project_id, project)
        self.assertLess(units[2].floor_sequence, units[0].floor_sequence)

    def test_prices_come_from_an_approved_price_list(self):
        report = self._run(dry_run=False, **NEW)
        project = self._loaded_units(report).project_id
        pricelist = self.env["realestate.pricelist"].search(
            [("project_id", "=", project.id)]
        )
        self.assertEqual(pricelist.state, "effective")
        self.assertEqual(pricelist.user_approved_id, self.manager)
        self.assertEqual(sum(pricelist.line_ids.mapped("price_list")), 13400000.5)

    def test_next_price_list_keeps_the_prices_there_were(self):
        self.unit.action_hold()
        first = self._create_units(1, first=900, price_list=0.01)
        first.action_withdraw("Show flat")
        report = self._run(dry_run=False, project_id=self.project.id)
        self.assertTrue(report["loaded"], report["errors"])
        pricelist = self.env["realestate.pricelist"].search(
            [("project_id", "=", self.project.id), ("state", "=", "effective")]
        )
        self.assertEqual(pricelist.line_ids.unit_id, self.project.unit_ids)
        self.assertEqual(set(self.units.mapped("price_list")), {1000000})
        self.assertEqual(self.unit.state, "held")

    def test_known_unit_types_are_used_again(self):
        general = self.env["realestate.unit.type"].create({"name": "1br"})
        own = self.env["realestate.unit.type"].create(
            {"name": "2BR", "project_id": self.project.id}
        )
        other = self._create_project(name="West", code="WEST")
        self.env["realestate.unit.type"].create(
            {"name": "Parking", "kind": "parking", "project_id": other.id}
        )
        report = self._run(dry_run=False, project_id=self.project.id)
        self.assertEqual(report["changes"]["unit_types_new"], ["Parking"])
        self.assertLessEqual(general + own, self.project.unit_ids.unit_type_id)

    def test_nothing_goes_on_the_market_when_told_so(self):
        report = self._run(dry_run=False, release=False, **NEW)
        self.assertEqual(report["changes"]["units_released"], 0)
        self.assertEqual(
            set(self._loaded_units(report).mapped("state")), {"unreleased"}
        )

    def test_units_without_price_or_status_are_loaded_unreleased(self):
        content = csv("Row,1", "Row,2", header="Cluster,Plot no.")
        report = self._run(content, dry_run=False, **NEW)
        units = self._loaded_units(report)
        self.assertEqual(units.mapped("state"), ["unreleased"] * 2)
        self.assertFalse(
            self.env["realestate.pricelist"].search_count(
                [("project_id", "=", units.project_id.id)]
            )
        )

    def test_one_error_and_nothing_is_loaded(self):
        before = self._counts()
        report = self._run(csv(*ROWS, ROWS[0]), dry_run=False, **NEW)
        self.assertRefused(report, "number_duplicate")
        self.assertEqual(self._counts(), before)
        self.assertEqual(self.imports.browse(report["import_id"]).state, "failed")

    def test_failure_half_way_undoes_all_of_it(self):
        before = self._counts()
        units = type(self.env["realestate.unit"])
        with patch.object(
            units, "action_release_to_market", side_effect=UserError("No market")
        ):
            report = self._run(dry_run=False, **NEW)
        self.assertRefused(report, "load_refused")
        self.assertIn("No market", report["errors"][0]["message"])
        self.assertEqual(self._counts(), before)
        self.assertFalse(report["changes"]["project"]["id"])

    @mute_logger("odoo.sql_db")
    def test_same_units_added_meanwhile_undo_all_of_it(self):
        before = self._counts()
        imports = type(self.imports)
        content = csv(*ROWS, "Tower 1,1,101,1BR,40,5000000,available")
        # What a second transaction has committed is not there to be seen.
        with patch.object(imports, "_refuse_existing", lambda self, plan: None):
            report = self._run(content, dry_run=False, project_id=self.project.id)
        self.assertRefused(report, "load_collided")
        self.assertEqual(self._counts(), before)

    def test_project_says_where_its_units_come_from(self):
        report = self._run(dry_run=False, filename="west.csv", **NEW)
        project = self._loaded_units(report).project_id
        body = project.message_ids.mapped("body")[0]
        self.assertIn("3 units loaded from west.csv", body)
        self.assertIn("<a ", body)

    def test_samples_load_as_they_are(self):
        for name, code, units in (
            ("tower_ph.csv", "PHP", 1600),
            ("tower_vn.xlsx", "VND", 438),
            ("tower_cn.csv", "CNY", 226),
            ("villas_ae.csv", "AED", 120),
        ):
            with self.subTest(name):
                self._activate_currency(code)
                report = self._run(
                    sample(name),
                    dry_run=False,
                    filename=name,
                    project_name=name,
                    currency=None if name != "tower_cn.csv" else "CNY",
                    ignore_status=True,
                )
                self.assertTrue(report["loaded"], report["errors"][:3])
                loaded = self._loaded_units(report)
                self.assertEqual(len(loaded), units)
                self.assertEqual(loaded.currency_id.name, code)
                self.assertAlmostEqual(
                    sum(loaded.mapped("price_list")), report["totals"]["price_list"]
                )

    def test_floors_of_the_vietnamese_tower_stand_in_order(self):
        self._activate_currency("VND")
        report = self._run(
            sample("tower_vn.xlsx"), dry_run=False, ignore_status=True, **NEW
        )
        building = self._loaded_units(report).building_id[0]
        floors = building.unit_ids.sorted("floor_sequence").mapped("floor")
        order = list(dict.fromkeys(floors))
        self.assertEqual(order[:4], ["Hầm B1", "Trệt", "2", "3"])
        self.assertEqual(order[4:6], ["3A", "5"])

    def test_queries_do_not_grow_with_the_units(self):
        def queries(name, count):
            rows = [
                f"T,{i % 40 + 1},{i},1BR,40,{5000000 + i},available"
                for i in range(count)
            ]
            before = self.env.cr.sql_log_count
            report = self._run(csv(*rows), dry_run=False, project_name=name)
            self.assertTrue(report["loaded"], report["errors"])
            return self.env.cr.sql_log_count - before

        queries("warm up", 5)
        few = queries("few", 10)
        self.assertLessEqual(queries("many", 400), 2 * few)

    def test_one_import_says_what_a_message_per_unit_would(self):
        report = self._run(dry_run=False, **NEW)
        messages = self.env["mail.message"].search_count(
            [
                ("model", "=", "realestate.unit"),
                ("res_id", "in", self._loaded_units(report).ids),
            ]
        )
        self.assertEqual(messages, 0)

    def test_price_of_a_claimed_unit_stays_whatever_a_list_says(self):
        units = self.units[:2]
        units[0].action_hold()
        pricelist = self.env["realestate.pricelist"].create(
            {
                "project_id": self.project.id,
                "line_ids": [
                    Command.create({"unit_id": unit.id, "price_list": 1200000})
                    for unit in units
                ],
            }
        )
        pricelist.with_user(self.manager).action_approve()
        self.assertEqual(units.mapped("price_list"), [1000000, 1200000])

    def test_price_that_does_not_change_is_not_written(self):
        pricelist = self.env["realestate.pricelist"].create(
            {
                "project_id": self.project.id,
                "line_ids": [
                    Command.create({"unit_id": unit.id, "price_list": price})
                    for unit, price in zip(
                        self.units[:2], (1000000, 1000000.01), strict=True
                    )
                ],
            }
        )
        pricelist.action_approve()
        history = self.env["realestate.pricelist.history"].search(
            [("pricelist_id", "=", pricelist.id)]
        )
        self.assertEqual(history.unit_id, self.units[1])
        self.assertEqual(self.units[1].price_list, 1000000.01)

    def test_measured_area_and_floor_price_are_loaded(self):
        header = HEADER.replace("Status", "Actual area,Minimum price")
        content = csv("A,1,1,1BR,40,5000000,41.25,4800000", header=header)
        unit = self._loaded_units(self._run(content, dry_run=False, **NEW))
        self.assertEqual((unit.area_predicted, unit.area_measured), (40, 41.25))
        self.assertEqual(unit.area, 41.25)
        self.assertEqual(unit.measure_ids.area, 41.25)
        self.assertIn("Import of", unit.measure_ids.reason)
        self.assertEqual((unit.price_list, unit.price_floor), (5000000, 4800000))

    def test_second_building_joins_the_first(self):
        first = self._run(csv(ROWS[0], ROWS[1]), dry_run=False, **NEW)
        second = self._run(csv(ROWS[2]), dry_run=False, **NEW)
        self.assertTrue(second["loaded"], second["errors"])
        self.assertEqual(
            first["changes"]["project"]["id"], second["changes"]["project"]["id"]
        )
        project = self._loaded_units(second).project_id
        versions = self.env["realestate.pricelist"].search(
            [("project_id", "=", project.id)], order="version"
        )
        self.assertEqual(versions.mapped("state"), ["superseded", "effective"])
        self.assertEqual(versions.mapped("line_count"), [2, 3])
