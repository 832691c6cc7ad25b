import base64
import io
import json

from openpyxl import Workbook

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import file_open

from ..models.realestate_import_messages import (
    CHECK_MESSAGES,
    FIELD_NAMES,
    TABLE_MESSAGES,
)
from ..tools import inventory, inventory_report, table
from .import_common import HEADER, NEW, ROWS, ImportCase, csv


@tagged("post_install", "-at_install")
class TestImportCheck(ImportCase):
    def test_dry_run_says_what_would_change_and_changes_nothing(self):
        before = self._counts()
        report = self._run(**NEW)
        self.assertEqual(self._counts(), before)
        self.assertTrue(report["ok"])
        self.assertFalse(report["loaded"])
        self.assertEqual(report["rows_read"], 3)
        self.assertEqual(report["currency"], "PHP")
        self.assertEqual(
            report["changes"],
            {
                "project": {
                    "id": False,
                    "name": "West Gardens",
                    "code": "WG",
                    "is_new": True,
                },
                "buildings_new": ["Tower A", "Tower B"],
                "buildings_known": [],
                "phases_new": [],
                "unit_types_new": ["1BR", "2BR", "Parking"],
                "units": 3,
                "units_priced": 3,
                "units_released": 2,
            },
        )
        totals = report["totals"]
        self.assertEqual(totals["by_kind"], {"home": 2, "parking": 1})
        self.assertEqual(totals["area_predicted"], 113.0)
        self.assertEqual(totals["price_list"], 13400000.5)

    def test_report_is_ready_for_json(self):
        for content in (csv(), csv("Tower A,x,,y,-1,1e9,sold"), b"a,b\n1,2"):
            report = self._run(content, **NEW)
            self.assertEqual(json.loads(json.dumps(report)), report)

    def test_columns_are_matched_by_name_and_the_rest_is_listed(self):
        report = self._run(csv("A,9,1,x", header="Block,Flat no.,Level,Colour"), **NEW)
        self.assertEqual(
            report["columns"],
            {"building": "Block", "number": "Flat no.", "floor": "Level"},
        )
        self.assertEqual(report["leftovers"], ["Colour"])

    def test_mapping_corrects_the_match(self):
        content = csv(
            "A-1,B-1,5", header="Reference,Unit no.,Storeys from the ground up"
        )
        options = {**NEW, "building_name": "Tower"}
        report = self._run(content, **options)
        self.assertEqual(report["columns"]["number"], "Unit no.")
        mapping = {"number": "Reference", "floor": "Storeys from the ground up"}
        report = self._run(content, mapping=mapping, **options)
        self.assertEqual(report["columns"], mapping)
        self.assertEqual(report["leftovers"], ["Unit no."])
        report = self._run(content, dry_run=False, mapping=mapping, **options)
        unit = self._loaded_units(report)
        self.assertEqual((unit.number, unit.floor), ("A-1", "5"))

    def test_mapping_swaps_two_columns(self):
        mapping = {"number": "Floor", "floor": "Unit no."}
        report = self._run(csv("A,1,5,,,,"), mapping=mapping, **NEW)
        self.assertTrue(report["ok"], report["errors"])
        self.assertEqual(report["columns"]["number"], "Floor")
        self.assertEqual(report["totals"]["floors"][0]["floor"], "5")

    def test_mapping_leaves_a_column_out(self):
        report = self._run(mapping={"is_released": None}, **NEW)
        self.assertEqual(report["leftovers"], ["Status"])
        self.assertEqual(report["changes"]["units_released"], 0)

    def test_wrong_mapping_is_refused_by_name(self):
        for mapping, message in (
            (["number"], "must be {field: header}"),
            ({"colour": "Type"}, "must be {field: header}"),
            ({"number": "Colour"}, "“Colour”, which is there 0 times"),
            ({"number": 3}, "“3”"),
            ({"number": ["Floor"]}, "Floor"),
            ({"number": "Floor", "floor": "Floor"}, "one column as two fields"),
        ):
            with self.subTest(mapping), self.assertRaisesRegex(UserError, message):
                self._run(mapping=mapping)

    def test_field_read_from_two_columns_is_an_error(self):
        record = self.imports.create(
            {"file": base64.b64encode(csv()), "project_name": "West"}
        )
        record.column_ids.filtered(lambda c: c.header == "Type").field_name = "number"
        record.action_check()
        self.assertEqual(record.state, "failed")
        self.assertIn(
            "Two columns are read as Unit number: Unit no., Type",
            record.issue_ids[0].message,
        )

    def test_missing_column_is_one_error_that_names_it(self):
        report = self._run(csv("A,1", header="Tower,Floor"), **NEW)
        self.assertRefused(report, "column_missing")
        self.assertIn("Unit number", report["errors"][0]["message"])
        report = self._run(csv("1,1", "1,2", header="Floor,Unit no."), **NEW)
        self.assertRefused(report, "building_column_missing")

    def test_errors_tell_row_column_and_way_out(self):
        report = self._run(
            csv(
                ROWS[0],
                "Tower A,Sky deck,A-102,1BR,40,5000000,available",
                "Tower A,1,A-103,1BR,forty,5000000,available",
                "Tower A,1,a-101,1BR,40,5000000,available",
            ),
            **NEW,
        )
        self.assertRefused(
            report, "floor_unknown", "number_unreadable", "number_duplicate"
        )
        found = [(error["row"], error["column"]) for error in report["errors"]]
        self.assertEqual(found, [(3, "Floor"), (4, "Area (sqm)"), (5, "Unit no.")])
        self.assertIn("rows 2, 5", report["errors"][2]["message"])
        self.assertIn("Keep one", report["errors"][2]["message"])

    def test_file_full_of_errors_has_one_for_each_mistake(self):
        with file_open(
            "realestate_sales/tests/data/inventory_errors.csv", "rb"
        ) as file:
            report = self._run(file.read(), dry_run=False, **NEW)
        self.assertFalse(report["loaded"])
        self.assertGreater(len(set(self._codes(report))), 12)
        self.assertTrue(all(error["message"] for error in report["errors"]))
        for error in report["errors"]:
            self.assertNotRegex(error["message"], r"%\(")

    def test_taken_units_are_an_error_unless_their_status_is_ignored(self):
        content = csv(ROWS[0], "Tower A,1,A-102,1BR,40,5000000,sold")
        report = self._run(content, dry_run=False, **NEW)
        self.assertRefused(report, "status_refused")
        self.assertIn("reservations or contracts", report["errors"][0]["message"])
        report = self._run(content, dry_run=False, ignore_status=True, **NEW)
        self.assertTrue(report["loaded"])
        self.assertEqual([w["code"] for w in report["warnings"]], ["status_taken"])
        self.assertEqual(
            self._loaded_units(report).mapped("state"), ["available", "unreleased"]
        )

    def test_available_unit_without_a_price_is_an_error(self):
        content = csv("Tower A,1,A-101,1BR,40,,available", *ROWS)
        self.assertRefused(
            self._run(content, **NEW), "price_missing", "number_duplicate"
        )
        header = "Tower,Floor,Unit no.,Status"
        content = csv("A,1,1,available", "A,1,2,available", header=header)
        report = self._run(content, **NEW)
        self.assertRefused(report, "price_column_missing")
        self.assertTrue(self._run(content, release=False, **NEW)["ok"])

    def test_every_message_of_the_tools_can_be_translated(self):
        for messages, ours in (
            (table.MESSAGES, TABLE_MESSAGES),
            (inventory_report.MESSAGES, CHECK_MESSAGES),
        ):
            self.assertEqual(
                {code: message._source for code, message in ours.items()}, messages
            )

    def test_every_field_has_a_name_that_can_be_translated(self):
        names = {name: label._source for name, label in FIELD_NAMES.items()}
        # The column of a status is read as released or not.
        labels = {name: field.label for name, field in inventory.FIELDS.items()}
        labels |= {"is_released": "Status", "project": "Project"}
        self.assertEqual(names, labels)
        self.env["res.lang"]._activate_lang("vi_VN")
        columns = self.env["realestate.import.column"].with_context(lang="vi_VN")
        self.assertEqual(dict(columns._get_field_names())["building"], "Toà nhà")

    def test_file_without_prices_says_that_the_units_have_none(self):
        report = self._run(csv("A,1,1", header="Tower,Floor,Unit no."), **NEW)
        self.assertTrue(report["ok"])
        self.assertEqual(
            [w["code"] for w in report["warnings"]], ["price_column_absent"]
        )

    def test_square_feet_are_converted_and_said_so(self):
        header = HEADER.replace("sqm", "sqft")
        report = self._run(csv("A,1,1,1BR,1000,9,", header=header), **NEW)
        self.assertEqual(report["area_unit"], "sqft")
        self.assertEqual(report["totals"]["area_predicted"], 92.9)

    def test_row_of_totals_is_no_unit(self):
        report = self._run(csv(*ROWS, "Total,,,,113,13400000.50,"), **NEW)
        self.assertTrue(report["ok"], report["errors"])
        self.assertEqual(report["totals"]["units"], 3)
        self.assertEqual([w["code"] for w in report["warnings"]], ["total_row"])

    def test_sheet_of_a_workbook_is_chosen_by_name(self):
        content = self._workbook(
            {"Notes": [["Prices of May", ""], ["are", "final"]], "Units": self._cells()}
        )
        report = self._run(content, sheet="Units", **NEW)
        self.assertTrue(report["ok"], report["errors"])
        self.assertEqual((report["sheet"], report["rows_read"]), ("Units", 3))
        with self.assertRaisesRegex(UserError, "no sheet called May.*Notes, Units"):
            self._run(content, sheet="May", **NEW)

    def test_numbers_of_a_workbook_are_exact(self):
        content = self._workbook({"Units": self._cells()})
        totals = self._run(content, **NEW)["totals"]
        self.assertEqual(totals["price_list"], 13400000.5)
        self.assertEqual(totals["area_predicted"], 113.0)

    def _cells(self):
        def cell(text):
            return float(text) if text.replace(".", "").isdecimal() else text

        return [[cell(text) for text in row.split(",")] for row in (HEADER, *ROWS)]

    def _workbook(self, sheets):
        book = Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        buffer = io.BytesIO()
        book.save(buffer)
        return buffer.getvalue()
