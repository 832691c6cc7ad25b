import base64
import io

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .import_common import ImportCase, csv

HEADER = "Tower,Unit no.,View,Area"


@tagged("post_install", "-at_install")
class TestImportUpdateTrace(ImportCase):
    """The record of an update: what it shows, and that it does what it showed."""

    def _create_import(self, *rows, header=HEADER, **values):
        return self.imports.create(
            {
                "file": base64.b64encode(csv(*rows, header=header)),
                "filename": "update.csv",
                "project_id": self.project.id,
                "mode": "update",
                **values,
            }
        )

    def _many(self, count):
        units = self._create_units(count, first=1000)
        rows = [f"Tower 1,{unit.number},City,{unit.id % 7 + 60}" for unit in units]
        return units, rows

    def test_changes_are_listed_old_and_new(self):
        record = self._create_import("T1,101,City,61.5", "T1,102,,50")
        record.action_check()
        self.assertEqual(record.state, "checked")
        self.assertEqual(
            [
                (c.row, c.unit_id, c.unit_name, c.field_name, c.old, c.new)
                for c in record.change_ids
            ],
            [
                (2, self.unit, "T1-101", "view", "–", "City"),
                (2, self.unit, "T1-101", "area_predicted", "50.00", "61.50"),
            ],
        )
        self.assertEqual(record.change_count, 2)
        self.assertIn("To Be Updated", record.summary)
        action = record.action_open_changes()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found, record.change_ids)
        record.action_load()
        self.assertEqual(record.state, "loaded")
        self.assertEqual(len(record.change_ids), 2)
        self.assertIn("1 units were updated", record.message)

    def test_new_file_forgets_what_the_old_one_changed(self):
        record = self._create_import("T1,101,City,61.5")
        record.action_check()
        record.file = base64.b64encode(csv("T1,102,Park,", header=HEADER))
        self.assertFalse(record.change_ids)
        record.action_check()
        self.assertEqual(record.change_ids.mapped("new"), ["Park"])
        record.action_check()
        self.assertEqual(record.change_ids.mapped("new"), ["Park"])
        record.mode = "create"
        self.assertEqual(record.state, "draft")

    def test_file_that_changes_nothing_is_not_offered_for_loading(self):
        record = self._create_import("T1,101,,50")
        record.action_check()
        self.assertTrue(record.is_idle)
        self.assertIn("Nothing to change", record.message)

    def test_load_does_what_was_shown_or_nothing(self):
        record = self._create_import("T1,101,City,", "T1,102,City,")
        record.action_check()
        self.units[1].view = "City"
        record.action_load()
        self.assertEqual(record.state, "failed")
        self.assertIn("changed since the file was checked", record.issue_ids.message)
        self.assertFalse(self.unit.view)
        record.action_check()
        self.assertEqual(record.change_ids.unit_id, self.unit)
        record.action_load()
        self.assertEqual((record.state, self.unit.view), ("loaded", "City"))

    def test_of_two_imports_of_one_file_the_second_finds_it_done(self):
        first = self._create_import("T1,101,City,60")
        second = self._create_import("T1,101,City,60")
        (first | second).action_check()
        first.action_load()
        second.action_load()
        self.assertEqual((first.state, second.state), ("loaded", "failed"))
        with self.assertRaisesRegex(UserError, "loaded already"):
            first.action_load()
        second.action_check()
        self.assertTrue(second.is_idle)

    def test_unit_sold_since_the_check_keeps_its_area(self):
        record = self._create_import("T1,101,,60")
        record.action_check()
        self._create_reservation(self.unit)
        record.action_load()
        self.assertEqual(record.state, "failed")
        self.assertIn("its sold area stays", record.issue_ids[0].message)
        self.assertEqual(self.unit.area, 50)

    def test_changes_are_facts(self):
        record = self._create_import("T1,101,City,")
        record.action_check()
        with self.assertRaises(AccessError):
            record.change_ids.write({"new": "Sea"})
        with self.assertRaises(AccessError):
            record.change_ids.unlink()
        with self.assertRaises(UserError):
            record.write({"change_count": 5})
        with self.assertRaises(AccessError):
            record.change_ids.with_user(self.supervisor).read(["new"])

    def test_other_company_sees_neither_import_nor_changes(self):
        record = self._create_import("T1,101,City,")
        record.action_check()
        other = self._create_company("Other Developer", self.currency)
        foreign = self._create_user(
            "foreign", "realestate_sales.group_manager", company=other
        )
        imports = self.imports.with_user(foreign)
        imports = imports.with_context(allowed_company_ids=other.ids)
        self.assertFalse(imports.env["realestate.import.change"].search([]))
        content = csv("T1,101,City,", header=HEADER)
        with self.assertRaisesRegex(UserError, "There is no"):
            imports.run(
                "inventory", content, False, mode="update", project_id=self.project.id
            )
        report = imports.run("inventory", content, False, mode="update")
        self.assertEqual([e["code"] for e in report["errors"]], ["project_unknown"])
        self.assertFalse(self.unit.view)

    def test_formula_counts_by_its_result(self):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.append(HEADER.split(","))
        sheet.append(["T1", 101, "City", "=50+11"])
        content = io.BytesIO()
        book.save(content)
        with self.assertRaisesRegex(UserError, "D2 holds a formula without its result"):
            self.imports.run("inventory", content.getvalue(), mode="update")

    def test_text_that_looks_like_a_formula_stays_text(self):
        record = self._create_import("T1,101,\"=cmd|' /C calc'!A0\",")
        record.action_load()
        self.assertEqual(self.unit.view, "=cmd|' /C calc'!A0")
        self.assertEqual(record.change_ids.new, "=cmd|' /C calc'!A0")

    def test_wrong_cells_are_named_one_by_one(self):
        report = self.imports.run(
            "inventory",
            csv("T1,101,City,large", "T1,,x,1", "T1,102,2026-02-03,1e9", header=HEADER),
            mode="update",
            project_id=self.project.id,
        )
        self.assertEqual(
            [(e["row"], e["column"], e["code"]) for e in report["errors"]],
            [
                (2, "Area", "number_unreadable"),
                (3, "Unit no.", "number_missing"),
                (4, "Area", "number_unreadable"),
            ],
        )

    def test_table_that_is_too_long_is_refused(self):
        rows = [f"T1,{number},City," for number in range(20_001)]
        with self.assertRaisesRegex(UserError, "more than 20000 rows"):
            self.imports.run("inventory", csv(*rows, header=HEADER), mode="update")

    def test_many_different_areas_are_written_with_their_history(self):
        units = self._create_units(40, first=1000)
        rows = [
            f"Tower 1,{unit.number},{50 + index}.25" for index, unit in enumerate(units)
        ]
        record = self._create_import(*rows, header="Tower,Unit no.,Measured area")
        record.action_load()
        self.assertEqual(record.state, "loaded", record.message)
        expected = [50.25 + index for index in range(40)]
        self.assertEqual(units.mapped("area_measured"), expected)
        self.assertEqual(units.mapped("area"), expected)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(units.mapped("area"), expected)
        self.assertEqual(units.measure_ids.sorted("area").mapped("area"), expected)
        self.assertEqual(set(units.measure_ids.mapped("area_before")), {50})

    def test_queries_do_not_grow_with_the_units(self):
        def queries(count):
            units, rows = self._many(count)
            record = self._create_import(*rows)
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            record.action_load()
            self.env.flush_all()
            self.assertEqual(record.state, "loaded", record.message)
            self.assertEqual(set(units.mapped("view")), {"City"})
            queries = self.env.cr.sql_log_count - before
            units.unlink()
            return queries

        queries(5)
        few = queries(10)
        self.assertLessEqual(queries(300), 2 * few)
