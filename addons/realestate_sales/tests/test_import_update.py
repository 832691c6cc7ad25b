from odoo.exceptions import UserError
from odoo.tests import tagged

from .import_common import ImportCase, csv

HEADER = "Tower,Floor,Unit no.,Type,View,Area,Measured area,List price (PHP),Status"


@tagged("post_install", "-at_install")
class TestImportUpdate(ImportCase):
    """Units that are there already, updated by building and number."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.units.view = "Sea"

    def _run(self, *rows, dry_run=True, header=HEADER, mode="update", **options):
        options = {"project_id": self.project.id, **options}
        return self.imports.run(
            "inventory", csv(*rows, header=header), dry_run, mode=mode, **options
        )

    def _update(self, *rows, **options):
        report = self._run(*rows, dry_run=False, **options)
        self.assertTrue(report["loaded"], report["errors"])
        return report

    def _errors(self, report):
        self.assertFalse(report["loaded"])
        return [
            (error["row"], error["column"], error["code"]) for error in report["errors"]
        ]

    def _pricelists(self):
        return self.env["realestate.pricelist"].search(
            [("project_id", "=", self.project.id)], order="version"
        )

    def test_dry_run_shows_every_cell_that_differs_and_writes_nothing(self):
        report = self._run(
            "Tower 1,1,101,,City,50,,1100000,available",
            "t1,,102,,,,51.25,,",
            "T1,1,103,,Sea,50,,1000000,available",
        )
        self.assertTrue(report["ok"], report["errors"])
        self.assertFalse(report["loaded"])
        self.assertEqual(
            [
                (change["row"], change["column"], change["old"], change["new"])
                for change in report["updates"]
            ],
            [
                (2, "View", "Sea", "City"),
                (2, "List price (PHP)", 1000000, 1100000),
                (3, "Measured area", 0, 51.25),
            ],
        )
        changes = report["changes"]
        self.assertEqual(
            {name: changes[f"units_{name}"] for name in ("changed", "new", "same")},
            {"changed": 2, "new": 0, "same": 1},
        )
        self.assertEqual(
            changes["cells"], {"view": 1, "area_measured": 1, "price_list": 1}
        )
        self.assertEqual(
            changes["prices"], {"count": 1, "before": 1000000, "after": 1100000}
        )
        self.assertIn("2 units of East Residences can be updated", report["message"])
        self.assertEqual(set(self.units.mapped("view")), {"Sea"})
        self.assertFalse(self._pricelists())

    def test_load_writes_what_was_shown(self):
        report = self._update(
            "Tower 1,2,101,Garden 2BR,City,55.5,,1100000,blocked",
            "T1,,102,,,,51.25,,",
            filename="update.csv",
        )
        first, second = self.units[:2]
        self.assertEqual(
            (first.floor, first.unit_type_id.name, first.view, first.area),
            ("2", "Garden 2BR", "City", 55.5),
        )
        self.assertEqual((first.price_list, first.state), (1100000, "unreleased"))
        self.assertEqual(first.unit_type_id.bedrooms, 2)
        self.assertEqual(first.kind, "home")
        self.assertEqual((second.area, second.area_predicted), (51.25, 50))
        self.assertEqual((second.floor, second.view), ("1", "Sea"))
        self.assertEqual(
            [
                (m.kind, m.area_before, m.area, m.user_id, m.reason)
                for m in (first | second).measure_ids.sorted("id")
            ],
            [
                (kind, before, after, self.manager, "Import of update.csv")
                for kind, before, after in (
                    ("predicted", 50, 55.5),
                    ("measured", 50, 51.25),
                )
            ],
        )
        self.assertIn("2 units were updated and 0 made", report["message"])
        body = self.project.message_ids[0].body
        self.assertIn("2 units updated and 0 made from update.csv", body)
        trace = self.imports.browse(report["import_id"])
        self.assertEqual((trace.state, trace.change_count), ("loaded", 7))

    def test_second_time_there_is_nothing_to_change(self):
        rows = ("Tower 1,2,101,2BR,City,55.5,50.1,1100000,blocked",)
        self._update(*rows)
        lists = self._pricelists()
        before = self.units.mapped("write_date")
        posted = len(self.project.message_ids)
        report = self._update(*rows)
        self.assertEqual(report["updates"], [])
        self.assertTrue(report["changes"]["idle"])
        self.assertIn("all 1 units are as the file says", report["message"])
        self.assertEqual(self._pricelists(), lists)
        self.assertEqual(self.units.mapped("write_date"), before)
        self.assertEqual(len(self.project.message_ids), posted)

    def test_empty_cells_and_columns_left_out_change_nothing(self):
        parking = self._create_units(1, first=900, kind="parking", floor="B1")
        report = self._update(
            "Tower 1,900,-", "Tower 1,101,n/a", header="Tower,Unit no.,View"
        )
        self.assertTrue(report["changes"]["idle"])
        self.assertEqual((parking.kind, parking.floor), ("parking", "B1"))
        self.assertEqual(parking.state, "available")
        self.assertEqual(report["warnings"], [])

    def test_unknown_unit_is_an_error_when_updating(self):
        report = self._run(
            "Tower 1,1,999,,,,,,", "Tower 9,1,101,,,,,,", "T9,1,102,,,,,,"
        )
        self.assertEqual(
            self._errors(report),
            [
                (2, "Unit no.", "unit_not_there"),
                (3, "Tower", "building_unknown"),
                (4, "Tower", "building_unknown"),
            ],
        )
        self.assertIn("no unit 999 of Tower 1", report["errors"][0]["message"])

    def test_both_makes_the_unknown_and_updates_the_known(self):
        report = self._update(
            "Tower 1,1,101,,City,,,1100000,",
            "Tower 1,2,201,2BR,City,60,,2000000,available",
            "Tower 2,1,101,2BR,City,60,,3000000,",
            mode="both",
        )
        self.assertEqual(report["changes"]["units_new"], 2)
        self.assertEqual(report["changes"]["buildings_new"], ["Tower 2"])
        units = self.project.unit_ids.sorted("name")
        self.assertEqual(len(units), 7)
        self.assertEqual(self.unit.price_list, 1100000)
        new = units - self.units
        self.assertEqual(new.mapped("name"), ["2-101", "T1-201"])
        self.assertEqual(new.mapped("price_list"), [3000000, 2000000])
        self.assertEqual(new.mapped("state"), ["unreleased", "available"])
        again = self._run("Tower 2,1,101,2BR,City,60,,3000000,", mode="both")
        self.assertTrue(again["changes"]["idle"])

    def test_new_unit_among_known_ones_needs_its_floor(self):
        rows = ("Tower 1,1,101,,City,,,,", "Tower 1,,102,,,,,,", "Tower 1,,201,,,,,,")
        report = self._run(*rows, mode="both")
        self.assertEqual(self._errors(report), [(4, "Floor", "floor_missing")])

    def test_known_unit_is_an_error_when_making_new_ones(self):
        report = self._run("Tower 1,1,101,,,,,,", mode="create")
        self.assertEqual(self._errors(report), [(2, "Unit no.", "unit_exists")])
        self.assertIn("choose to update known units", report["errors"][0]["message"])

    def test_archived_unit_is_left_to_whoever_archived_it(self):
        self.units[1].action_archive()
        report = self._run("Tower 1,1,102,,City,,,,", mode="both")
        self.assertEqual(self._errors(report), [(2, "Unit no.", "unit_archived")])

    def test_unit_in_two_rows_is_an_error(self):
        report = self._run("Tower 1,1,101,,City,,,,", "T1,1,101,,Sea,,,,")
        self.assertEqual(self._errors(report), [(3, "Unit no.", "number_duplicate")])
        self.assertIn("rows 2, 3", report["errors"][0]["message"])

    def test_what_was_promised_stays_and_every_row_says_so(self):
        self._create_reservation(self.units[0])
        self.units[1].action_hold()
        report = self._run(
            "Tower 1,1,101,,City,50,,1100000,reserved",
            "Tower 1,1,102,,,60,,,",
            "Tower 1,1,102,,,,,,blocked",
            "Tower 1,1,103,Shophouse,City,,,,sold",
            dry_run=False,
        )
        self.assertEqual(
            self._errors(report),
            [
                (2, "List price (PHP)", "price_claimed"),
                (3, "Area", "area_claimed"),
                (4, "Unit no.", "number_duplicate"),
                (5, "Type", "kind_fixed"),
                (5, "Status", "status_not_taken"),
            ],
        )
        messages = [error["message"] for error in report["errors"]]
        self.assertIn("Unit 101 is Reserved: its price stays 1,000,000.00", messages[0])
        self.assertIn("of the kind Home and stays so; the row says Shop", messages[3])
        self.assertEqual(set(self.units.mapped("view")), {"Sea"})

    def test_held_unit_is_not_taken_off_the_market(self):
        self.unit.action_hold()
        report = self._run("Tower 1,1,101,,,,,,blocked")
        self.assertEqual(self._errors(report), [(2, "Status", "withdraw_claimed")])
        self.assertIn("Held", report["errors"][0]["message"])

    def test_sold_unit_is_measured(self):
        self._create_reservation(self.unit)
        self._update("Tower 1,1,101,,City,50,49.5,1000000,sold")
        self.assertEqual((self.unit.area_measured, self.unit.area), (49.5, 49.5))
        self.assertEqual(self.unit.view, "City")
        self.assertEqual(self.unit.state, "reserved")

    def test_statuses_are_left_alone_when_told_so(self):
        rows = ("Tower 1,1,101,,,,,,blocked", "Tower 1,1,102,,,,,,sold")
        options = {"release": False, "ignore_status": True}
        self.assertTrue(self._run(*rows, **options)["changes"]["idle"])

    def test_unit_goes_on_the_market_with_the_price_of_the_same_file(self):
        self.units[0].action_withdraw("Not yet")
        free = self._create_units(1, first=900, price_list=1)
        free.action_withdraw("Not yet")
        free.price_list = 0
        report = self._run("Tower 1,1,900,,,,,,available")
        self.assertEqual(
            self._errors(report), [(2, "List price (PHP)", "price_missing")]
        )
        report = self._update(
            "Tower 1,1,900,,,,,700000,available", "Tower 1,1,101,,,,,,available"
        )
        self.assertEqual(report["changes"]["units_released"], 2)
        self.assertEqual((free | self.unit).mapped("state"), ["available"] * 2)

    def test_other_spelling_of_a_floor_is_the_same_floor(self):
        report = self._run("Tower 1,Level 1,101,,,,,,")
        self.assertTrue(report["changes"]["idle"])

    def test_project_must_be_known(self):
        report = self._run("Tower 1,1,101,,City,,,,", project_id=None)
        self.assertEqual(report["changes"]["project"]["id"], self.project.id)
        report = self._run("Nowhere,1,101,,City,,,,", project_id=None)
        self.assertEqual(self._errors(report), [(1, "", "project_unknown")])
        report = self._run(
            "Tower 1,1,101,,City,,,,", project_id=None, project_name="Atlantis"
        )
        self.assertEqual(self._errors(report), [(1, "", "project_not_there")])
        self.assertIn("Atlantis", report["errors"][0]["message"])

    def test_one_error_and_nothing_is_updated(self):
        report = self._run(
            "Tower 1,1,101,,City,,,,", "Tower 1,1,102,,,-5,,,", dry_run=False
        )
        self.assertEqual(self._errors(report), [(3, "Area", "not_positive")])
        self.assertEqual(self.unit.view, "Sea")

    def test_mode_is_one_of_three(self):
        for mode in ("delete", "", 3, True, ["update"]):
            with self.subTest(mode), self.assertRaisesRegex(UserError, "mode"):
                self._run("Tower 1,1,101,,,,,,", mode=mode)
        self.assertIn("unit_exists", self._codes(self._run("T1,1,101", mode=None)))
