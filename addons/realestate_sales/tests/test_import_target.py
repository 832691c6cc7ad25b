from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .import_common import HEADER, NEW, ROWS, ImportCase, csv


@tagged("post_install", "-at_install")
class TestImportTarget(ImportCase):
    """Which project, building and currency."""

    def test_project_given_by_id_is_filled(self):
        report = self._run(dry_run=False, project_id=self.project.id)
        self.assertTrue(report["loaded"], report["errors"])
        self.assertEqual(self.project.unit_count, 8)
        self.assertFalse(report["changes"]["project"]["is_new"])
        self.assertEqual(report["warnings"], [])

    def test_project_is_found_by_name_or_code_whatever_the_case(self):
        for options in (
            {"project_name": "east  residences"},
            {"project_code": "east"},
            {"project_name": "East Residences", "project_code": "EAST"},
        ):
            with self.subTest(options):
                report = self._run(**options)
                self.assertEqual(report["changes"]["project"]["id"], self.project.id)

    def test_code_of_another_project_is_refused(self):
        report = self._run(project_name="West", project_code="EAST")
        self.assertRefused(report, "project_code_taken")
        self.assertIn("East Residences", report["errors"][0]["message"])

    def test_project_column_names_the_project(self):
        content = csv("East Residences,C,1,1", header="Project,Tower,Floor,Unit no.")
        report = self._run(content)
        self.assertEqual(report["columns"]["project"], "Project")
        self.assertEqual(report["changes"]["project"]["id"], self.project.id)
        new = csv("West Side,C,1,1", header="Dự án,Tower,Floor,Unit no.")
        project = self._run(new)["changes"]["project"]
        self.assertEqual((project["name"], project["code"]), ("West Side", "WS"))

    def test_units_of_two_projects_are_refused(self):
        content = csv("East,C,1,1", "West,C,1,2", header="Project,Tower,Floor,Unit no.")
        self.assertRefused(self._run(content), "project_several")
        self.assertTrue(self._run(content, mapping={"project": None}, **NEW)["ok"])

    def test_chosen_project_that_the_file_calls_otherwise_is_noted(self):
        content = csv("West,C,1,1,9", header="Project,Tower,Floor,Unit no.,Price")
        report = self._run(content, project_id=self.project.id)
        self.assertTrue(report["ok"])
        self.assertEqual([w["code"] for w in report["warnings"]], ["project_other"])
        self.assertIn("West", report["warnings"][0]["message"])

    def test_only_building_gives_its_name_to_a_new_project(self):
        report = self._run(csv(ROWS[0], ROWS[1]))
        project = report["changes"]["project"]
        self.assertEqual((project["name"], project["code"]), ("Tower A", "A"))

    def test_several_unknown_buildings_need_a_project(self):
        report = self._run()
        self.assertRefused(report, "project_missing")
        self.assertIn("Tower A, Tower B", report["errors"][0]["message"])

    def test_known_building_leads_to_its_project_and_says_so(self):
        report = self._run(csv("Tower 1,2,201,1BR,40,5000000,available"))
        self.assertTrue(report["ok"], report["errors"])
        self.assertEqual(report["changes"]["project"]["id"], self.project.id)
        self.assertEqual(report["changes"]["buildings_known"], ["Tower 1"])
        self.assertEqual([w["code"] for w in report["warnings"]], ["project_guessed"])

    def test_archived_project_and_building_are_refused(self):
        self.building.active = False
        content = csv("Tower 1,2,201,1BR,40,5000000,available")
        report = self._run(content, project_id=self.project.id)
        self.assertRefused(report, "building_archived")
        self.project.active = False
        report = self._run(csv(), project_name="East Residences")
        self.assertRefused(report, "project_archived")

    def test_rows_without_a_building_go_to_the_one_given(self):
        content = csv("2,201", header="Floor,Unit no.")
        report = self._run(content, dry_run=False, building_id=self.building.id)
        self.assertTrue(report["loaded"], report["errors"])
        unit = self.project.unit_ids.filtered(lambda u: u.number == "201")
        self.assertEqual(unit.building_id, self.building)

    def test_building_of_another_project_is_refused(self):
        other = self._create_project(name="West", code="WEST")
        with self.assertRaisesRegex(ValidationError, "Tower 1 is not one of West"):
            self._run(project_id=other.id, building_id=self.building.id)

    def test_existing_unit_is_an_error_by_name_and_by_code_of_its_building(self):
        content = csv(
            "Tower 1,1,101,1BR,40,5000000,available",
            "t1,1,102,1BR,40,5000000,available",
            "T1,2,201,1BR,40,5000000,available",
            "Tower 1,2,201,1BR,40,5000000,available",
        )
        self.units[1].active = False
        report = self._run(content, project_id=self.project.id)
        self.assertRefused(report, "unit_exists", "unit_archived", "number_duplicate")
        self.assertEqual([error["row"] for error in report["errors"]], [2, 3, 5])

    def test_inactive_currency_is_an_error_and_stays_inactive(self):
        baht = self.env["res.currency"].with_context(active_test=False)
        baht = baht.search([("name", "=", "THB")])
        baht.active = False
        content = csv(header=HEADER.replace("PHP", "THB"))
        report = self._run(content, dry_run=False, **NEW)
        self.assertRefused(report, "currency_inactive")
        self.assertIn("Settings → Invoicing", report["errors"][0]["message"])
        self.assertFalse(baht.active)
        report = self._run(csv(), currency="THB", **NEW)
        self.assertIn("currency_inactive", self._codes(report))

    def test_prices_in_another_currency_than_the_projects_are_refused(self):
        self._activate_currency("VND")
        report = self._run(
            csv(header=HEADER.replace("PHP", "VND")), project_id=self.project.id
        )
        self.assertIn("currency_mismatch", self._codes(report))
        report = self._run(project_id=self.project.id, currency="VND")
        self.assertIn("currency_other", self._codes(report))

    def test_prices_are_rounded_to_the_currency_of_the_file(self):
        self._activate_currency("VND")
        report = self._run(
            csv(
                "A,1,1,1PN,40,5000000.4,available", header=HEADER.replace("PHP", "VND")
            ),
            dry_run=False,
            **NEW,
        )
        self.assertTrue(report["loaded"], report["errors"])
        self.assertEqual([w["code"] for w in report["warnings"]], ["price_rounded"])
        self.assertEqual(self._loaded_units(report).price_list, 5000000)

    def test_currency_that_nobody_names_is_the_companys_and_noted(self):
        report = self._run(csv(header=HEADER.replace(" (PHP)", "")), **NEW)
        self.assertEqual(report["currency"], "PHP")
        self.assertEqual([w["code"] for w in report["warnings"]], ["currency_assumed"])

    def test_building_to_be_made_takes_the_rows_that_name_none(self):
        content = csv("2,201,9", header="Floor,Unit no.,Price")
        report = self._run(
            content,
            dry_run=False,
            project_id=self.project.id,
            building_name="Podium",
        )
        self.assertTrue(report["loaded"], report["errors"])
        self.assertEqual(report["changes"]["buildings_new"], ["Podium"])
        building = self._loaded_units(report).building_id - self.building
        self.assertEqual((building.name, building.code), ("Podium", "PODIUM"))

    def test_codes_of_new_buildings_do_not_meet(self):
        content = csv("Tower A,1,1,1BR,40,9,", "Block A,1,1,1BR,40,9,")
        report = self._run(content, dry_run=False, **NEW)
        codes = self._loaded_units(report).building_id.mapped("code")
        self.assertEqual(codes, ["A", "A-2"])

    def test_code_of_a_new_project_is_free(self):
        self._create_project(name="Wide Garden", code="WG")
        project = self._run(**NEW)["changes"]["project"]
        self.assertEqual(project["code"], "WG-2")

    def test_unit_type_of_another_kind_is_another_type(self):
        self.env["realestate.unit.type"].create(
            {"name": "Parking", "kind": "storage", "project_id": self.project.id}
        )
        report = self._run(dry_run=False, project_id=self.project.id)
        units = self.project.unit_ids.filtered(lambda u: u.number == "P-1")
        self.assertIn("Parking", report["changes"]["unit_types_new"])
        self.assertEqual(units.unit_type_id.kind, "parking")
        self.assertEqual(units.kind, "parking")

    def test_two_projects_that_know_the_building_leave_the_choice_open(self):
        other = self._create_project(name="West", code="WEST")
        self._create_building(other)
        content = csv("Tower 1,9,901,1BR,40,9,")
        report = self._run(content)
        self.assertTrue(report["changes"]["project"]["is_new"])
        self.assertEqual(report["changes"]["project"]["name"], "Tower 1")
        report = self._run(content, project_id=other.id)
        self.assertEqual(report["changes"]["project"]["id"], other.id)
        self.assertEqual(report["warnings"], [])
