import base64
import io

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .pricing_common import PricingCommon

HEADER = "Building,Unit,List price (PHP),Floor price (PHP)"


def csv(*rows, header=HEADER):
    return "\n".join((header, *rows)).encode()


@tagged("post_install", "-at_install")
class TestImportPrices(PricingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pricelist = cls._create_pricelist(floor_percent=90)
        cls.pricelist.action_compute()

    def _run(self, *rows, dry_run=True, header=HEADER, user=None, **options):
        imports = self.env["realestate.import"].with_user(user or self.manager)
        options = {"pricelist_id": self.pricelist.id, **options}
        return imports.run("prices", csv(*rows, header=header), dry_run, **options)

    def _errors(self, report):
        return [
            (error["row"], error["column"], error["code"]) for error in report["errors"]
        ]

    def _line(self, number):
        return self.pricelist.line_ids.filtered(
            lambda line: line.unit_id.number == number
        )

    def test_dry_run_writes_nothing(self):
        before = self._prices(self.pricelist)
        report = self._run("T1,101,1500000,1400000", "Tower 1,102,1000000,")
        self.assertTrue(report["ok"])
        self.assertFalse(report["loaded"])
        self.assertEqual(report["changes"]["units"], 2)
        self.assertEqual(report["changes"]["lines_changed"], 1)
        self.assertIn("2 prices can be loaded into price list EAST", report["message"])
        self.assertEqual(self._prices(self.pricelist), before)

    def test_prices_are_written_by_building_and_number(self):
        self._line("103").unlink()
        report = self._run(
            "T1,101,1500000,1400000",
            "tower 1,102,1600000,",
            "T1,103,1700000.50,1000000",
            dry_run=False,
            filename="prices.csv",
        )
        self.assertTrue(report["loaded"])
        self.assertEqual(
            [
                (line.price_list, line.price_floor, line.is_manual)
                for line in map(self._line, ("101", "102", "103", "104"))
            ],
            [
                (1500000, 1400000, True),
                (1600000, 1440000, True),
                (1700000.50, 1000000, True),
                (1000000, 900000, False),
            ],
        )
        self.assertEqual(self._line("103").company_id, self.company)
        message = self.pricelist.message_ids[0].body
        self.assertIn("3 prices loaded from prices.csv", message)
        trace = self.env["realestate.import"].browse(report["import_id"])
        self.assertEqual(trace.state, "loaded")
        self.assertEqual(trace.project_id, self.project)

    def test_loaded_prices_are_left_alone_by_the_rules(self):
        self._run("T1,101,1500000,1400000", dry_run=False)
        self.pricelist.action_compute()
        self.assertEqual(self._line("101").price_list, 1500000)

    def test_building_is_not_needed_where_numbers_are_unique(self):
        header = "Unit,Price"
        self.assertTrue(self._run("101,1500000", header=header)["ok"])
        self._create_units(1, self._create_building(name="Tower 2", code="T2"))
        report = self._run("101,1500000", header=header)
        self.assertEqual(self._errors(report), [(2, "Unit", "unit_ambiguous")])
        self.assertIn("Tower 1, Tower 2", report["errors"][0]["message"])

    def test_each_error_names_its_row_and_column_and_nothing_is_loaded(self):
        before = self._prices(self.pricelist)
        report = self._run(
            "T1,101,1500000,1600000",
            "T1,999,1500000,",
            "T9,102,1500000,",
            "T1,103,,",
            "T1,104,much,",
            "T1,105,1500000,",
            "Tower 1,105,1500000,",
            dry_run=False,
        )
        self.assertEqual(
            self._errors(report),
            [
                (2, "Floor price (PHP)", "floor_above_list"),
                (3, "Unit", "unit_unknown"),
                (4, "Unit", "unit_unknown"),
                (5, "List price (PHP)", "list_price_missing"),
                (6, "List price (PHP)", "number_unreadable"),
                (8, "Unit", "unit_twice"),
            ],
        )
        messages = [error["message"] for error in report["errors"]]
        self.assertIn("no unit 999 of T1 in project East", messages[1])
        self.assertIn("rows 7, 8", messages[5])
        self.assertIn("there are 6 errors", report["message"])
        self.assertFalse(report["loaded"])
        self.assertEqual(self._prices(self.pricelist), before)

    def test_prices_in_another_currency_are_refused(self):
        report = self._run("T1,101,5", header="Building,Unit,List price (USD)")
        self.assertEqual([e["code"] for e in report["errors"]], ["currency_mismatch"])

    def test_file_without_prices_is_refused(self):
        report = self._run("T1,101", header="Building,Unit")
        self.assertEqual([e["code"] for e in report["errors"]], ["column_missing"])
        self.assertIn("List price", report["errors"][0]["message"])

    def test_price_list_must_be_chosen_and_be_a_draft(self):
        report = self._run("T1,101,1500000,", pricelist_id=None)
        self.assertEqual(self._errors(report), [(0, "", "pricelist_missing")])
        self.pricelist.action_approve()
        report = self._run("T1,101,1500000,", dry_run=False)
        self.assertEqual(self._errors(report), [(0, "", "pricelist_not_draft")])
        self.assertEqual(self._line("101").price_list, 1000000)

    def test_claimed_unit_is_noted_and_keeps_its_price(self):
        self.units[0].action_hold()
        report = self._run("T1,101,1500000,", "T1,102,1500000,", dry_run=False)
        self.assertEqual(
            [(w["row"], w["code"]) for w in report["warnings"]], [(2, "unit_claimed")]
        )
        self.assertIn("Unit 101 is Held", report["warnings"][0]["message"])
        self.pricelist.action_approve()
        self.assertEqual(self.units[:2].mapped("price_list"), [1000000, 1500000])

    def test_only_a_manager_imports(self):
        for user in (self.agent, self.officer, self.supervisor):
            with self.assertRaises(AccessError):
                self._run("T1,101,1500000,", user=user)

    def test_price_list_of_another_company_is_not_there(self):
        other = self._create_company("Other Developer", self.currency)
        foreign = self._create_user(
            "foreign", "realestate_sales.group_manager", company=other
        )
        imports = self.env["realestate.import"].with_user(foreign)
        imports = imports.with_context(allowed_company_ids=other.ids)
        with self.assertRaisesRegex(UserError, "There is no Price List with id"):
            imports.run(
                "prices", csv("T1,101,1,"), False, pricelist_id=self.pricelist.id
            )

    def test_export_is_imported_again(self):
        action = self.pricelist.with_user(self.agent).action_export()
        self.assertIn("/spreadsheet/EAST v1.xlsx", action["url"])
        content = base64.b64decode(self.pricelist.with_user(self.agent).spreadsheet)
        book = openpyxl.load_workbook(io.BytesIO(content))
        sheet = book.active
        self.assertEqual(
            [cell.value for cell in sheet[1]],
            ["Building", "Unit", "Floor", "Type", "Area (m²)"]
            + ["List price (PHP)", "Floor price (PHP)"],
        )
        sheet["F2"] = 1234567.89
        changed = io.BytesIO()
        book.save(changed)
        report = (
            self.env["realestate.import"]
            .with_user(self.manager)
            .run(
                "prices",
                changed.getvalue(),
                False,
                pricelist_id=self.pricelist.id,
                filename="prices.xlsx",
            )
        )
        self.assertEqual(report["errors"], [])
        self.assertEqual(self.pricelist.line_ids[0].price_list, 1234567.89)
        self.assertEqual(
            self.pricelist.line_ids.mapped("is_manual"), [True] + [False] * 4
        )

    def test_empty_list_is_not_exported(self):
        with self.assertRaisesRegex(UserError, "prices no unit"):
            self._create_pricelist().action_export()

    def test_import_starts_from_the_draft(self):
        action = self.pricelist.action_import()
        imports = self.env["realestate.import"].with_context(**action["context"])
        record = imports.create({})
        self.assertEqual(record.kind, "prices")
        self.assertEqual(record.pricelist_id, self.pricelist)
        self.assertEqual(record.company_id, self.company)
        self.assertEqual(record.action_open_pricelist()["res_id"], self.pricelist.id)
        self.pricelist.action_approve()
        with self.assertRaisesRegex(UserError, "copy it to make the next"):
            self.pricelist.action_import()

    def test_form_checks_and_tells(self):
        record = self.env["realestate.import"].create(
            {
                "kind": "prices",
                "pricelist_id": self.pricelist.id,
                "file": base64.b64encode(csv("T1,101,1500000,")),
                "filename": "prices.csv",
            }
        )
        record.action_check()
        self.assertEqual(record.state, "checked")
        self.assertIn("1,500,000", record.summary)
        record.pricelist_id = self._create_pricelist()
        self.assertEqual(record.state, "draft")
