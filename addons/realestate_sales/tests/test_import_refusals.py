import base64
import re

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .import_common import NEW, ImportCase, csv


@tagged("post_install", "-at_install")
class TestImportRefusals(ImportCase):
    """Callers of any kind, arguments of any kind."""

    def test_only_a_manager_imports(self):
        for user in (self.agent, self.officer, self.supervisor, self.plain):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.imports.with_user(user).run("inventory", csv())
        record = self.imports.create({"file": base64.b64encode(csv())})
        with self.assertRaises(AccessError):
            record.with_user(self.supervisor).action_load()
        with self.assertRaises(AccessError):
            record.with_user(self.supervisor).read(["report"])

    def test_unknown_kind_is_refused_with_the_kinds_there_are(self):
        for kind in ("contracts", "", None, 3, ["inventory"], "__class__"):
            with (
                self.subTest(kind),
                self.assertRaisesRegex(UserError, "Choose one of: inventory"),
            ):
                self.imports.run(kind, csv())

    def test_content_that_is_no_table_is_refused(self):
        for content, message in (
            (None, "bytes or base64"),
            (42, "bytes or base64"),
            (["a"], "bytes or base64"),
            ("Tower,Floor\nA,1", "not base64"),
            ("bảng hàng", "not base64"),
            (b"", "empty"),
            ("", "empty"),
            (b"  \n ", "empty"),
            (b"%PDF-1.7\n1 0 obj", "no CSV or XLSX"),
            (b"PK\x03\x04 nonsense", "no CSV or XLSX"),
            (b"\x89PNG\r\n\x1a\n", "no CSV or XLSX"),
            (b"x" * (30 * 1024 * 1024), "more than 20 MB"),
            ("A" * (40 * 1024 * 1024), "more than 20 MB"),
            (b"Tower,Floor,Unit no.\n", "no rows"),
        ):
            with self.subTest(content and content[:20] if content != 42 else 42):
                with self.assertRaisesRegex(UserError, message):
                    self.imports.run("inventory", content)

    def test_base64_text_is_read_like_bytes(self):
        text = base64.encodebytes(csv()).decode()
        report = self._run(text, **NEW)
        self.assertTrue(report["ok"])
        self.assertEqual(report["rows_read"], 3)

    def test_wrong_options_are_refused_by_name(self):
        for options, message in (
            ({"colour": "red"}, "no option “colour”"),
            ({"project_id": "1"}, "project_id"),
            ({"project_id": True}, "project_id"),
            ({"project_id": 0}, "no Real Estate Project with id 0"),
            ({"project_id": -5}, "id -5"),
            ({"project_id": 10**12}, "no Real Estate Project"),
            ({"building_id": 10**9}, "no Building"),
            ({"company_id": self.project}, "company_id"),
            ({"project_name": 5}, "project_name"),
            ({"currency": "XYZ"}, "no currency “XYZ”"),
            ({"currency": 5}, "currency"),
            ({"release": "yes"}, "release"),
            ({"decimal_comma": "comma"}, "decimal_comma"),
            ({"dry_run": "false"}, "dry_run"),
            ({"dry_run": 0}, "dry_run"),
        ):
            with self.subTest(options), self.assertRaisesRegex(UserError, message):
                self._run(**options)

    def test_records_are_taken_as_well_as_ids(self):
        report = self._run(project_id=self.project, company_id=self.company)
        self.assertEqual(report["changes"]["project"]["id"], self.project.id)

    def test_decimal_sign_can_be_told(self):
        content = csv('A,1,1,1BR,40,"1,234",blocked')
        self.assertRefused(self._run(content, **NEW), "number_ambiguous")
        totals = self._run(content, decimal_comma=False, **NEW)["totals"]
        self.assertEqual(totals["price_list"], 1234)
        totals = self._run(content, decimal_comma=True, **NEW)["totals"]
        self.assertEqual(totals["price_list"], 1.23)

    def test_foreign_company_is_out_of_reach(self):
        company = self.env["res.company"].create({"name": "Other Developer"})
        project = self._create_project(name="Other", company_id=company.id)
        for options in ({"company_id": company.id}, {"project_id": project.id}):
            with self.subTest(options), self.assertRaises(UserError):
                self._run(**options)
        theirs = self.env["realestate.import"].create(
            {"file": base64.b64encode(csv()), "company_id": company.id}
        )
        self.assertNotIn(theirs, self.imports.search([]))
        with self.assertRaises(AccessError):
            theirs.with_user(self.manager).action_check()
        self.assertFalse(
            self.env["realestate.import.column"]
            .with_user(self.manager)
            .search([("import_id", "=", theirs.id)])
        )

    def test_same_names_in_another_company_do_not_matter(self):
        company = self.env["res.company"].create({"name": "Other Developer"})
        self._create_project(name="West Gardens", code="WG", company_id=company.id)
        report = self._run(dry_run=False, **NEW)
        self.assertTrue(report["loaded"], report["errors"])
        self.assertEqual(self._loaded_units(report).company_id, self.company)

    def test_no_error_message_is_left_half_written(self):
        report = self._run(csv("Tower A,x,,y,-1,many,sold"), dry_run=False, **NEW)
        self.assertGreater(len(report["errors"]), 3)
        for error in report["errors"]:
            self.assertFalse(re.search(r"%\(|None|Decimal", error["message"]))
