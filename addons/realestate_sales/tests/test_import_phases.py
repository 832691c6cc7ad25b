from odoo.tests import tagged

from .import_common import NEW, ImportCase, csv

HEADER = "Phase,Tower,Floor,Unit no.,Type,Area,Price,Corner"


@tagged("post_install", "-at_install")
class TestImportPhases(ImportCase):
    """The phase of a building by its rows, and which units are corners."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first, cls.second = cls.env["realestate.phase"].create(
            [
                {"name": name, "code": code, "project_id": cls.project.id}
                for name, code in (("Phase One", "P1"), ("Phase Two", "P2"))
            ]
        )

    def _run(self, *rows, dry_run=False, mode="update", **options):
        options = {"project_id": self.project.id, **options}
        return self.imports.run(
            "inventory", csv(*rows, header=HEADER), dry_run, mode=mode, **options
        )

    def _update(self, *rows, **options):
        report = self._run(*rows, **options)
        self.assertTrue(report["loaded"], report["errors"])
        return report

    def _errors(self, report):
        self.assertFalse(report["loaded"])
        return [(e["row"], e["column"], e["code"]) for e in report["errors"]]

    def _warnings(self, report):
        return [warning["code"] for warning in report["warnings"]]

    # === NEW BUILDINGS === #

    def test_new_buildings_go_into_the_phases_of_their_rows(self):
        report = self._update(
            "Giai đoạn 1,Tower A,1,101,1BR,40,5000000,yes",
            ",Tower A,1,102,1BR,40,5000000,no",
            "giai đoạn 1,Tower B,1,101,1BR,40,5000000,",
            "2期,3号楼,1,101,1BR,40,5000000,是",
            ",Tower C,1,101,1BR,40,5000000,x",
            mode="create",
            **{"project_id": None, **NEW},
        )
        units = self._loaded_units(report)
        self.assertEqual(
            {b.name: b.phase_id.name for b in units.building_id},
            {
                "Tower A": "Giai đoạn 1",
                "Tower B": "Giai đoạn 1",
                "3号楼": "2期",
                "Tower C": False,
            },
        )
        codes = units.project_id.phase_ids.mapped("code")
        self.assertEqual(sorted(codes), ["2期", "GD1"])
        self.assertEqual(
            {unit.name for unit in units.filtered("is_corner")},
            {"A-101", "3-101", "C-101"},
        )
        self.assertEqual(report["changes"]["phases_new"], ["Giai đoạn 1", "2期"])
        self.assertEqual(
            set(units.filtered("phase_id").mapped("building_id.name")),
            {"Tower A", "Tower B", "3号楼"},
        )

    def test_a_phase_that_is_there_is_found_by_its_name_and_by_its_code(self):
        report = self._update(
            "phase two,Tower 8,1,101,1BR,40,5000000,",
            "P1,Tower 9,1,101,1BR,40,5000000,",
            mode="both",
        )
        self.assertEqual(report["changes"]["phases_new"], [])
        buildings = self._loaded_units(report).building_id - self.building
        self.assertEqual(buildings.phase_id, self.first | self.second)
        self.assertEqual(self.project.phase_ids, self.first | self.second)

    def test_a_check_makes_no_phase(self):
        report = self._run(
            "Phase 3,Tower 9,1,101,1BR,40,5000000,", dry_run=True, mode="create"
        )
        self.assertEqual(report["changes"]["phases_new"], ["Phase 3"])
        self.assertEqual(self.project.phase_ids, self.first | self.second)

    def test_a_phase_of_another_project_is_none_of_this_one(self):
        other = self._create_project(name="Other", code="OTH")
        self._update(
            "Phase One,Tower 1,1,101,1BR,40,5000000,",
            mode="create",
            project_id=other.id,
        )
        self.assertEqual(len(other.phase_ids), 1)
        self.assertNotEqual(other.phase_ids, self.first)

    # === ROWS THAT DISAGREE === #

    def test_rows_of_one_building_that_disagree_are_an_error_naming_both(self):
        rows = (
            "Phase One,Tower A,1,101,1BR,40,5000000,",
            "Phase Two,Tower A,1,102,1BR,40,5000000,",
            "Phase Two,Tower A,1,103,1BR,40,5000000,",
        )
        report = self._run(*rows, mode="create")
        self.assertEqual(self._errors(report), [(3, "Phase", "phase_differs")])
        message = report["errors"][0]["message"]
        for part in ("Tower A", "Phase Two", "“Phase One” in row 2"):
            self.assertIn(part, message)

    def test_a_building_by_its_name_and_by_its_code_is_one_building(self):
        report = self._run("Phase One,Tower 1,1,101,,,,", "Phase Two,T1,1,102,,,,")
        self.assertEqual(self._errors(report), [(3, "Phase", "phase_differs")])

    # === KNOWN BUILDINGS === #

    def test_updating_moves_a_building_with_all_its_units(self):
        self.building.phase_id = self.first
        rows = ("Phase Two,Tower 1,1,101,,,,", ",Tower 1,1,102,,,,")
        report = self._run(*rows, dry_run=True)
        self.assertEqual(self._warnings(report), ["phase_moved"])
        self.assertEqual(
            [(c["field"], c["old"], c["new"]) for c in report["updates"]],
            [("phase", "Phase One", "Phase Two")],
        )
        self.assertEqual(self.building.phase_id, self.first)
        report = self._update(*rows)
        self.assertEqual(self.building.phase_id, self.second)
        self.assertEqual(self.units.phase_id, self.second)
        self.assertTrue(self._update(*rows)["changes"]["idle"])

    def test_a_building_without_a_phase_gets_one_with_new_units(self):
        row = "Phase 3,Tower 1,1,901,1BR,40,5000000,"
        report = self._run(row, mode="create")
        self.assertEqual(self._warnings(report), ["phase_given"])
        self.assertEqual(self.building.phase_id.name, "Phase 3")
        self.assertEqual(self.building.phase_id.code, "3")

    def test_making_new_units_moves_no_building(self):
        self.building.phase_id = self.first
        row = "Phase Two,Tower 1,1,901,1BR,40,5000000,"
        self.assertEqual(
            self._errors(self._run(row, mode="create")), [(2, "Phase", "phase_known")]
        )
        self._update(row.replace("Phase Two", "P1"), mode="create")
        self.assertEqual(self.building.phase_id, self.first)

    def test_an_archived_phase_takes_no_building(self):
        self.first.active = False
        for row in ("Phase One,Tower 1,1,101,,,,", "p1,Tower 1,1,101,,,,"):
            with self.subTest(row):
                self.assertEqual(
                    self._errors(self._run(row)), [(2, "Phase", "phase_archived")]
                )

    def test_a_building_moved_since_the_check_is_checked_again(self):
        content = csv("Phase Two,Tower 1,1,901,1BR,40,5000000,", header=HEADER)
        options = {"mode": "create", "project_id": self.project.id}
        report = self.imports.run("inventory", content, **options)
        record = self.imports.browse(report["import_id"])
        self.building.phase_id = self.second
        record.action_load()
        self.assertEqual(record.state, "failed")
        self.assertIn("changed since", record.issue_ids.message)

    # === CORNERS === #

    def test_corners_are_updated_and_an_empty_cell_leaves_them(self):
        self.units[:3].is_corner = True
        report = self._update(
            ",Tower 1,1,101,,,,không",
            ",Tower 1,1,102,,,,",
            ",Tower 1,1,103,,,,1",
            ",Tower 1,1,104,,,,Có",
        )
        self.assertEqual(
            self.units.mapped("is_corner"), [False, True, True, True, False]
        )
        self.assertEqual(report["changes"]["cells"], {"is_corner": 2})
        trace = self.imports.browse(report["import_id"])
        self.assertEqual(
            [(change.old, change.new) for change in trace.change_ids],
            [("yes", "no"), ("no", "yes")],
        )

    def test_a_word_that_says_neither_is_an_error_of_its_cell(self):
        report = self._run(",Tower 1,1,101,,,,perhaps", ",Tower 1,1,102,,,,2")
        self.assertEqual(
            self._errors(report),
            [(2, "Corner", "corner_unknown"), (3, "Corner", "corner_unknown")],
        )

    def test_a_corner_of_a_file_is_priced_as_one(self):
        self._update(",Tower 1,1,101,,,,yes")
        facts = self.units[:2]._get_price_facts()
        self.assertEqual([fact.is_corner for fact in facts.values()], [True, False])
