import base64

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..models.realestate_import_run import MAX_ISSUES
from .import_common import HEADER, NEW, ROWS, ImportCase, csv


@tagged("post_install", "-at_install")
class TestImportTrace(ImportCase):
    """The record of a run, its buttons and its form."""

    def _create_import(self, content=None, **values):
        return self.imports.create(
            {
                "file": base64.b64encode(csv() if content is None else content),
                "filename": "west.csv",
                "project_name": "West Gardens",
                **values,
            }
        )

    def test_form_shows_the_columns_as_soon_as_the_file_is_chosen(self):
        with Form(self.imports) as form:
            form.file = base64.b64encode(csv())
            columns = form.column_ids._records
            self.assertEqual(
                [column["header"] for column in columns], HEADER.split(",")
            )
            self.assertEqual(columns[2]["samples"], "A-101 · A-201 · P-1")
            self.assertEqual(columns[2]["field_name"], "number")
            form.project_name = "West Gardens"
            with form.column_ids.edit(3) as column:
                column.field_name = "view"
        record = form.save()
        record.action_check()
        self.assertEqual(record.state, "checked")
        self.assertEqual(record.report["columns"]["view"], "Type")
        self.assertEqual(record.report["columns"]["number"], "Unit no.")

    def test_form_says_at_once_what_is_wrong_with_the_file(self):
        with Form(self.imports) as form:
            form.file = base64.b64encode(b"%PDF-1.7 ...")
            self.assertIn("no CSV or XLSX", form.file_error)
            self.assertFalse(form.column_ids._records)

    def test_sizes_instead_of_contents_are_no_obstacle(self):
        record = self._create_import().with_context(bin_size=True)
        record.invalidate_recordset()
        record.action_check()
        self.assertEqual(record.state, "checked")

    def test_check_then_load(self):
        record = self._create_import()
        self.assertEqual(record.state, "draft")
        record.action_check()
        self.assertEqual(record.state, "checked")
        self.assertIn("3 units can be loaded into West Gardens", record.message)
        self.assertIn("What would be made", record.summary)
        record.action_load()
        self.assertEqual(record.state, "loaded")
        self.assertEqual(record.project_id.unit_count, 3)
        self.assertEqual(record.user_id, self.manager)
        self.assertTrue(record.date_loaded)
        self.assertIn("What was made", record.summary)
        action = record.action_open_project()
        self.assertEqual(action["res_id"], record.project_id.id)

    def test_load_checks_by_itself(self):
        record = self._create_import(csv(*ROWS, ROWS[0]))
        record.action_load()
        self.assertEqual(record.state, "failed")
        self.assertEqual(record.error_count, 1)
        self.assertEqual(record.issue_ids.row, 5)
        self.assertFalse(record.project_id)

    def test_corrected_file_can_be_checked_again(self):
        record = self._create_import(csv(*ROWS, ROWS[0]))
        record.action_check()
        self.assertEqual(record.state, "failed")
        record.file = base64.b64encode(csv())
        self.assertEqual(record.state, "draft")
        self.assertFalse(record.issue_ids)
        self.assertFalse(record.summary)
        record.action_check()
        self.assertEqual(record.state, "checked")

    def test_change_after_the_check_asks_for_another(self):
        record = self._create_import()
        record.action_check()
        record.column_ids[0].field_name = False
        self.assertEqual(record.state, "draft")
        record.action_check()
        self.assertEqual(record.state, "failed")
        record.project_name = "North"
        self.assertEqual(record.state, "draft")

    def test_loaded_import_is_neither_loaded_again_nor_changed(self):
        record = self._create_import()
        record.action_load()
        before = self._counts()
        for change in (
            record.action_load,
            record.action_check,
            lambda: record.write({"project_name": "North"}),
            lambda: record.column_ids[0].write({"field_name": False}),
            record.unlink,
        ):
            with self.assertRaises(UserError):
                change()
        self.assertEqual(self._counts(), before)

    def test_outcome_cannot_be_forged(self):
        record = self._create_import()
        for values in (
            {"state": "loaded"},
            {"report": {"ok": True}},
            {"error_count": 5},
            {"user_id": self.agent.id},
        ):
            with self.subTest(values):
                with self.assertRaises(UserError):
                    record.write(values)
                with self.assertRaises(UserError):
                    self._create_import(**values)

    def test_run_leaves_its_trace(self):
        report = self._run(filename="west.csv", **NEW)
        record = self.imports.browse(report["import_id"])
        self.assertEqual(record.name, "west.csv")
        self.assertEqual(record.state, "checked")
        self.assertEqual(base64.b64decode(record.file), csv())
        self.assertEqual(record.row_count, 3)

    def test_countless_errors_are_all_reported_and_the_first_are_kept(self):
        rows = [f"A,?,{i},1BR,40,1,available" for i in range(MAX_ISSUES + 5)]
        report = self._run(csv(*rows), **NEW)
        self.assertEqual(len(report["errors"]), MAX_ISSUES + 5)
        record = self.imports.browse(report["import_id"])
        self.assertEqual(record.error_count, MAX_ISSUES + 5)
        self.assertEqual(len(record.issue_ids), MAX_ISSUES)

    def test_every_kind_has_its_two_methods(self):
        for kind, _label in self.imports._fields["kind"].selection:
            self.assertTrue(callable(getattr(self.imports, f"_match_{kind}")))
            self.assertTrue(callable(getattr(self.imports, f"_import_{kind}")))

    def test_summary_counts_kinds_and_floors(self):
        record = self._create_import()
        record.action_check()
        values = record._prepare_summary_values()
        self.assertEqual(values["kinds"], [("Home", 2), ("Parking", 1)])
        self.assertEqual(
            [name for name, _floors in values["buildings"]], ["Tower A", "Tower B"]
        )
        floors = [floor["floor"] for floor in values["buildings"][0][1]]
        self.assertEqual(floors, ["2", "1"])
        self.assertEqual(values["price"], "13,400,000.50")
        self.assertEqual(
            record._format_total(1620651000000.0, "VND"), "1,620,651,000,000"
        )

    def test_summary_shows_names_of_the_file_as_text(self):
        record = self._create_import(
            csv("<script>alert(1)</script>,1,1,1BR,40,9,"), project_name="<b>Bold</b>"
        )
        record.action_check()
        self.assertNotIn("<script>", record.summary)
        self.assertNotIn("<b>Bold", record.summary)
        record.action_load()
        body = record.project_id.message_ids[0].body
        self.assertNotIn("<script>", body)

    def test_copy_starts_from_the_beginning(self):
        record = self._create_import(csv(*ROWS, ROWS[0]))
        record.action_check()
        copy = record.copy()
        self.assertEqual(copy.state, "draft")
        self.assertFalse(copy.issue_ids)
        self.assertEqual(copy.column_ids.mapped("header"), HEADER.split(","))

    def test_draft_import_may_be_thrown_away(self):
        record = self._create_import()
        record.action_check()
        columns = record.column_ids
        record.unlink()
        self.assertFalse(columns.exists())
