from odoo.tests import tagged

from .import_common import NEW, ImportCase, csv

HEADER = "Tower,Floor,Unit no.,Type,Area,Price,Sold with,Delivery standard"


@tagged("post_install", "-at_install")
class TestImportLinks(ImportCase):
    """Parking sold with a home, and the standard of delivery, by their names."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.parking = cls._create_units(2, first=900, kind="parking", floor="B1")
        cls.bare, cls.ready = cls.env["realestate.delivery.standard"].create(
            [{"name": "Bare Shell", "code": "BS"}, {"name": "Turnkey"}]
        )

    def _run(self, *rows, dry_run=False, mode="update", **options):
        options = {"project_id": self.project.id, **options}
        return self.imports.run(
            "inventory", csv(*rows, header=HEADER), dry_run, mode=mode, **options
        )

    def _errors(self, report):
        self.assertFalse(report["loaded"])
        return [(e["row"], e["column"], e["code"]) for e in report["errors"]]

    def test_new_parking_is_sold_with_a_home_of_the_same_file(self):
        report = self._run(
            "Tower A,B1,P-1,Parking,12,900000,A-101,",
            "Tower A,1,A-101,1BR,40,5000000,,bare shell",
            "Tower B,B1,P-2,Parking,12,900000,Tower A-A-101,BS",
            mode="create",
            **{"project_id": None, **NEW},
        )
        self.assertTrue(report["loaded"], report["errors"])
        units = {unit.number: unit for unit in self._loaded_units(report)}
        home = units["A-101"]
        self.assertEqual(home.attached_ids, units["P-1"] | units["P-2"])
        self.assertEqual(home.delivery_standard_id, self.bare)
        self.assertEqual(units["P-2"].delivery_standard_id, self.bare)

    def test_villas_and_plots_have_no_floor(self):
        report = self._run(
            "Palm,,V-1,Villa,300,5000000,,",
            "Palm,,P-1,Plot,500,900000,,",
            "Tower A,1,101,1BR,40,900000,,",
            "Tower A,,S-1,Shop,40,900000,,",
            mode="create",
            **{"project_id": None, **NEW},
        )
        self.assertTrue(report["loaded"], report["errors"])
        self.assertEqual(
            {unit.number: unit.floor for unit in self._loaded_units(report)},
            {"V-1": False, "P-1": False, "101": "1", "S-1": False},
        )

    def test_known_units_are_attached_and_a_second_time_nothing_changes(self):
        rows = (
            "Tower 1,B1,900,,,,101,",
            "Tower 1,B1,901,,,,T1-102,",
            "Tower 1,1,103,,,,,Turnkey",
        )
        report = self._run(*rows)
        self.assertTrue(report["loaded"], report["errors"])
        self.assertEqual(self.parking.main_unit_id, self.units[:2])
        self.assertEqual(self.units[2].delivery_standard_id, self.ready)
        self.assertEqual(
            report["changes"]["cells"], {"delivery_standard": 1, "main_unit": 2}
        )
        self.assertTrue(self._run(*rows)["changes"]["idle"])

    def test_what_is_not_there_or_does_not_fit_is_an_error_in_its_cell(self):
        self._create_building(name="Tower 2", code="T2")
        self._create_units(1, self.project.building_ids[-1], first=777)
        self._create_units(1, first=777)
        report = self._run(
            "Tower 1,B1,900,,,,999,",
            "Tower 1,1,101,,,,102,Gold",
            "Tower 1,B1,901,,,,900,",
        )
        self.assertEqual(
            self._errors(report),
            [
                (2, "Sold with", "main_unknown"),
                (3, "Delivery standard", "standard_unknown"),
                (3, "Sold with", "main_kind"),
                (4, "Sold with", "main_kind"),
            ],
        )
        self.assertIn("no delivery standard Gold", report["errors"][1]["message"])
        self.assertFalse(self.parking.main_unit_id)

    def test_claimed_units_stay_as_they_were_sold(self):
        self.units[0].action_hold()
        self.parking[1].action_hold()
        report = self._run("Tower 1,B1,900,,,,101,", "Tower 1,B1,901,,,,102,")
        self.assertEqual(
            self._errors(report),
            [
                (2, "Sold with", "main_claimed"),
                (3, "Sold with", "attach_claimed"),
            ],
        )
        self.assertIn("T1-101 is Held", report["errors"][0]["message"])

    def test_units_as_they_are_name_their_home_and_standard(self):
        self.parking.main_unit_id = self.unit
        self.units.delivery_standard_id = self.bare
        _name, content = self.imports._write_units(self.project)
        report = self.imports.run(
            "inventory", content, mode="update", project_id=self.project.id
        )
        self.assertTrue(report["changes"]["idle"], report["errors"])
        self.assertIn("main_unit", report["columns"])

    def test_headers_in_other_languages_are_found(self):
        for home, standard in (
            ("Bán kèm", "Tiêu chuẩn bàn giao"),
            ("随附住宅", "交付标准"),
            ("隨附住宅", "交屋標準"),
        ):
            with self.subTest(home):
                header = f"Tower,Unit no.,{home},{standard}"
                report = self.imports.run(
                    "inventory",
                    csv("Tower 1,900,101,Turnkey", header=header),
                    mode="update",
                )
                self.assertEqual(report["columns"]["main_unit"], home)
                self.assertEqual(report["columns"]["delivery_standard"], standard)
                self.assertEqual(len(report["updates"]), 2)
