import io

import openpyxl

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..tools.inventory import FIELDS
from .import_common import NEW, ImportCase, sample

LANGUAGES = ("en_US", "vi_VN", "zh_CN", "zh_TW")


@tagged("post_install", "-at_install")
class TestImportSample(ImportCase):
    """Files to begin with are files that load."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in LANGUAGES[1:]:
            cls.env["res.lang"]._activate_lang(code)

    def _cells(self, content):
        book = openpyxl.load_workbook(io.BytesIO(content))
        return [[cell.value for cell in row] for row in book.active.iter_rows()]

    def test_sample_of_units_loads_in_every_language(self):
        for code in LANGUAGES:
            with self.subTest(code):
                imports = self.imports.with_context(lang=code)
                name, content = imports._write_sample("inventory")
                self.assertTrue(name.endswith(".xlsx"))
                report = imports.run("inventory", content, project_name=f"New {code}")
                self.assertTrue(report["ok"], report["errors"])
                self.assertEqual(report["warnings"], [])
                self.assertEqual(
                    set(report["columns"]), FIELDS.keys() - {"kind", "bedrooms"}
                )
                self.assertEqual(report["leftovers"], [])
                self.assertEqual(report["totals"]["released"], 2)
                self.assertEqual(report["totals"]["by_kind"], {"home": 3, "parking": 1})

    def test_headers_and_words_are_those_of_the_user(self):
        cells = {
            code: self._cells(
                self.imports.with_context(lang=code)._write_sample("inventory")[1]
            )
            for code in LANGUAGES
        }
        self.assertEqual(cells["en_US"][0][:3], ["Phase", "Building", "Floor"])
        for row in (0, 1):
            self.assertEqual(len({rows[row][-1] for rows in cells.values()}), 4 - row)

    def test_sample_of_prices_fits_the_sample_of_units(self):
        units = self.imports._write_sample("inventory")[1]
        report = self._run(units, dry_run=False, **NEW)
        project = self._loaded_units(report).project_id
        pricelist = self.env["realestate.pricelist"].create({"project_id": project.id})
        report = self.imports.run(
            "prices",
            self.imports._write_sample("prices")[1],
            pricelist_id=pricelist.id,
        )
        self.assertTrue(report["ok"], report["errors"])
        self.assertEqual(report["changes"]["units"], 4)

    def test_sample_of_pictures_fits_the_sample_of_units(self):
        units = self.imports._write_sample("inventory")[1]
        report = self._run(units, dry_run=False, **NEW)
        project = self._loaded_units(report).project_id
        content = self.imports._write_sample("images")[1]
        report = self.imports.run("images", content, False, project_id=project.id)
        self.assertTrue(report["loaded"], report["errors"])
        self.assertEqual(report["changes"]["new"], 3)

    def test_units_as_they_are_change_nothing(self):
        self.unit.write({"view": "=1+1", "is_corner": True})
        self.building.phase_id = self.env["realestate.phase"].create(
            {"name": "Phase 1", "code": "P1", "project_id": self.project.id}
        )
        self.units[1].action_hold()
        self.units[2].action_measure(49.5, "Survey")
        self._create_reservation(self.units[3])
        self.units[4].action_withdraw("Not yet")
        for code in LANGUAGES:
            with self.subTest(code):
                imports = self.imports.with_context(lang=code)
                _name, content = imports._write_units(self.project)
                report = imports.run(
                    "inventory", content, mode="update", project_id=self.project.id
                )
                self.assertTrue(report["ok"], report["errors"])
                self.assertEqual(report["updates"], [])
                self.assertEqual(report["changes"]["units_same"], 5)
                self.assertEqual(report["leftovers"], [])

    def test_large_inventory_comes_back_unchanged(self):
        self._activate_currency("VND")
        report = self._run(
            sample("tower_vn.xlsx"), dry_run=False, ignore_status=True, **NEW
        )
        project = self._loaded_units(report).project_id
        _name, content = self.imports._write_units(project)
        report = self.imports.run(
            "inventory", content, mode="update", project_id=project.id
        )
        self.assertTrue(report["changes"]["idle"], report["errors"][:3])
        self.assertEqual(report["changes"]["units_same"], 438)

    def test_form_offers_the_files(self):
        record = self.imports.new({"project_id": self.project.id})
        self.assertIn("/import/sample/inventory", record.samples)
        self.assertIn(f"/import/units/{self.project.id}", record.samples)
        record = self.imports.new({"kind": "images"})
        self.assertIn("/import/sample/images", record.samples)
        self.assertNotIn("/import/units/", record.samples)


@tagged("post_install", "-at_install")
class TestImportSampleDownload(HttpCase, ImportCase):
    def _get(self, user, path):
        self.authenticate(user.login, user.login)
        return self.url_open(f"/realestate_sales/import/{path}")

    @mute_logger("odoo.http")
    def test_files_are_for_managers(self):
        for path in ("sample/inventory", f"units/{self.project.id}"):
            answer = self._get(self.manager, path)
            self.assertEqual(answer.status_code, 200)
            self.assertTrue(answer.content.startswith(b"PK"))
            self.assertIn("attachment", answer.headers["Content-Disposition"])
            for user in (self.supervisor, self.agent, self.plain):
                with self.subTest(user.login, path=path):
                    self.assertEqual(self._get(user, path).status_code, 404)
        self.authenticate(None, None)
        answer = self.url_open(
            "/realestate_sales/import/sample/inventory", allow_redirects=False
        )
        self.assertEqual(answer.status_code, 303)

    @mute_logger("odoo.http")
    def test_what_is_not_there_is_not_found(self):
        other = self._create_company("Other Developer", self.currency)
        foreign = self._create_project(name="Other", company_id=other.id)
        for path in (
            "sample/contracts",
            "sample/__class__",
            "units/0",
            "units/999999999",
            f"units/{foreign.id}",
        ):
            with self.subTest(path):
                self.assertEqual(self._get(self.manager, path).status_code, 404)
