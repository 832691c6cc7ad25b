from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..models.unit_pattern_messages import PATTERN_MESSAGES
from ..tools import unit_pattern
from .common import RealestateSalesCommon


@tagged("post_install", "-at_install")
class TestUnitGenerate(RealestateSalesCommon):
    """A building by pattern: seen first, then made whole or not at all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tower = cls._create_building(code="T2", name="Tower 2")
        cls.studio = cls.env["realestate.unit.type"].create({"name": "Studio"})
        cls.space = cls.env["realestate.unit.type"].create(
            {"name": "Parking Space", "kind": "parking"}
        )

    def _wizard(self, lines=(), user=None, **values):
        values = {"building_id": self.tower.id, **values}
        if lines:
            values["line_ids"] = [Command.create(line) for line in lines]
        return (
            self.env["realestate.unit.generate"]
            .with_user(user or self.manager)
            .create(values)
        )

    def _generate(self, lines, **values):
        wizard = self._wizard(lines, **values)
        wizard.action_generate()
        return wizard.building_id.unit_ids

    def test_every_unit_is_as_its_line_says(self):
        lines = [
            {
                "units": "01",
                "unit_type_id": self.studio.id,
                "area": 31.5,
                "view": "Sea",
                "is_corner": True,
            },
            {"units": "02-03", "area": 42},
            {"units": "1-2", "floors": "B1", "unit_type_id": self.space.id},
        ]
        units = self._generate(lines, floors="G, 2-5, 12A", floors_without="4")
        self.assertEqual(len(units), 5 * 3 + 2)
        unit = units.filtered(lambda u: u.number == "12A01")
        self.assertRecordValues(
            unit,
            [
                {
                    "name": "T2-12A01",
                    "floor": "12A",
                    "floor_sequence": 121,
                    "unit_type_id": self.studio.id,
                    "kind": "home",
                    "area_predicted": 31.5,
                    "area_measured": 0,
                    "view": "Sea",
                    "is_corner": True,
                    "is_released": False,
                    "state": "unreleased",
                    "price_list": 0,
                }
            ],
        )
        parking = units.filtered(lambda u: u.floor == "B1")
        self.assertEqual(set(parking.mapped("kind")), {"parking"})
        self.assertEqual(parking.mapped("number"), ["B101", "B102"])
        self.assertNotIn("4", units.mapped("floor"))

    def test_plots_stand_on_no_floor(self):
        plot = {"units": "1-3", "kind": "plot", "area": 200}
        wizard = self._wizard([plot])
        self.assertEqual(wizard.unit_count, 3)
        self.assertIn("3 units on no floor, 600.00 m²", wizard.preview)
        self.assertIn("no floor</span>", wizard.preview)
        wizard.action_generate()
        plots = self.tower.unit_ids
        self.assertEqual(plots.mapped("number"), ["01", "02", "03"])
        self.assertEqual(set(plots.mapped("floor")), {False})
        again = self._wizard([plot])
        self.assertFalse(again.floors_there)
        self.assertIn("01, 02, 03", again.preview)

    def test_a_dash_is_no_floor_beside_a_tower(self):
        lines = [{"units": "1-2"}, {"units": "1-2", "kind": "plot", "floors": "-"}]
        wizard = self._wizard(lines, floors="1-3")
        self.assertIn("8 units on 3 floors", wizard.preview)
        units = self._generate(lines, floors="1-3")
        self.assertEqual(
            units.filtered(lambda unit: unit.kind == "plot").mapped("name"),
            ["T2-01", "T2-02"],
        )
        self.assertEqual(len(units.filtered("floor")), 6)
        self.assertEqual(self._wizard().floors_there, "1, 2, 3")

    def test_the_preview_shows_what_will_be_made(self):
        lines = [
            {"units": "01-02", "unit_type_id": self.studio.id, "area": 30},
            {"units": "01", "floors": "1-2", "unit_type_id": self.space.id},
        ]
        wizard = self._wizard(lines, floors="2-4")
        self.assertEqual(wizard.unit_count, 7)
        self.assertFalse(self.tower.unit_ids)
        rows = [row.split("</tr>")[0] for row in str(wizard.preview).split("<tr")[2:]]
        self.assertEqual(len(rows), 4, "four floors, the top one first")
        self.assertIn("401", rows[0])
        self.assertIn("402", rows[0])
        self.assertIn("101", rows[3])
        self.assertIn("o_re_plan_none", rows[3], "no unit 02 on the first floor")
        for words in ("Studio", "Parking Space", "150.00"):
            self.assertIn(words, wizard.preview)

    def test_the_preview_escapes_what_people_write(self):
        self.studio.name = "<script>alert(1)</script>"
        lines = [{"units": "1", "unit_type_id": self.studio.id, "view": "<b>Sea</b>"}]
        wizard = self._wizard(lines, floors="1", pattern="<i>{unit}</i>")
        self.assertEqual(wizard.unit_count, 1)
        for tag in ("<script", "<b>Sea", "<i>1"):
            self.assertNotIn(tag, wizard.preview)
        self.assertIn("&lt;script&gt;", wizard.preview)

    def test_the_preview_speaks_the_user_s_language(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        self.studio.with_context(lang="vi_VN").name = "Căn studio"
        line = {"units": "1", "unit_type_id": self.studio.id, "area": 1000}
        wizard = self._wizard([line], floors="1").with_context(lang="vi_VN")
        wizard.invalidate_recordset(["preview"])
        self.assertIn("Căn studio", wizard.preview)
        self.assertIn("1.000,00", wizard.preview)

    def test_taken_numbers_are_named_before_anything_is_made(self):
        self._create_units(1, self.tower, first=202)
        archived = self._create_units(1, self.tower, first=303)
        archived.action_archive()
        wizard = self._wizard([{"units": "01-03"}], floors="1-3")
        self.assertEqual(wizard.unit_count, 0)
        self.assertEqual(str(wizard.preview).count("o_re_plan_taken"), 2)
        with self.assertRaisesRegex(UserError, "already.*: 202, 303. Leave"):
            wizard.action_generate()
        self.assertEqual(len(self.tower.unit_ids), 1)

    def test_many_taken_numbers_are_counted(self):
        self._generate([{"units": "01-13"}], floors="1")
        wizard = self._wizard([{"units": "01-13"}], floors="1")
        with self.assertRaisesRegex(UserError, "101, 102, .*110 and 3 more"):
            wizard.action_generate()

    def test_twice_makes_nothing_the_second_time(self):
        wizard = self._wizard([{"units": "01-02"}], floors="1-2")
        wizard.action_generate()
        with self.assertRaisesRegex(UserError, "already"):
            wizard.action_generate()
        self.assertEqual(len(self.tower.unit_ids), 4)

    def test_all_or_nothing(self):
        """The last unit is refused by the unit itself: the others are not there."""
        wizard = self._wizard([{"units": "01"}], floors="1-3")
        create = type(self.env["realestate.unit"]).create

        def refuse(units, vals_list):
            made = create(units, vals_list)
            if "301" in made.mapped("number"):
                raise ValueError("No third floor")
            return made

        self.patch(type(self.env["realestate.unit"]), "create", refuse)
        with self.assertRaises(ValueError), self.env.cr.savepoint():
            wizard.action_generate()
        self.assertFalse(self.tower.unit_ids)

    def test_what_cannot_be_read_is_said_in_the_preview(self):
        wizard = self._wizard([{"units": "01"}], floors="2-5, Heaven")
        self.assertEqual(wizard.unit_count, 0)
        self.assertIn("Heaven is no floor we can read", wizard.preview)
        with self.assertRaisesRegex(UserError, "Heaven"):
            wizard.action_generate()
        with self.assertRaisesRegex(UserError, "Add a line"):
            self._wizard(floors="1").action_generate()

    def test_every_message_of_the_tool_is_translated(self):
        self.assertEqual(
            {code: message._source for code, message in PATTERN_MESSAGES.items()},
            unit_pattern.MESSAGES,
        )

    def test_lines_are_copied_from_a_floor(self):
        lines = [
            {"units": "01", "area": 30, "view": "Sea", "is_corner": True},
            {"units": "02", "unit_type_id": self.space.id},
        ]
        self._generate(lines, floors="7", pattern="{floor:02}-{unit:02}")
        with Form(
            self.env["realestate.unit.generate"]
            .with_user(self.manager)
            .with_context(default_building_id=self.tower.id)
        ) as form:
            self.assertEqual(form.pattern, "{floor:02}-{unit:02}")
            self.assertEqual(form.floors_there, "7")
            form.floor_source = "7F"
            form.floors = "8-9"
            self.assertEqual(form.unit_count, 4)
        form.record.action_generate()
        units = self.tower.unit_ids.filtered(lambda unit: unit.floor == "9")
        self.assertRecordValues(
            units,
            [
                {"number": "09-01", "area": 30, "view": "Sea", "is_corner": True},
                {"number": "09-02", "area": 0, "view": False, "is_corner": False},
            ],
        )
        self.assertEqual(units.mapped("kind"), ["home", "parking"])

    def test_a_floor_that_is_not_there_or_not_read_is_said(self):
        self._create_units(2, self.tower, first=71)
        wizard = self._wizard(floor_source="9")
        self.assertIn("no unit on floor 9 to copy. Choose one of 1", wizard.preview)
        wizard = self._wizard(floor_source="1", pattern="{floor}/{unit}")
        self.assertIn("do not follow the pattern", wizard.preview)

    def test_only_managers_generate(self):
        for user in (self.agent, self.supervisor):
            with self.assertRaises(AccessError):
                self._wizard([{"units": "1"}], user=user, floors="1")
        wizard = self._wizard([{"units": "1"}], floors="1")
        other = self._create_user("manager_2", "realestate_sales.group_manager")
        with self.assertRaises(AccessError):
            wizard.with_user(other).action_generate()

    def test_another_company_s_building_is_not_generated_in(self):
        rival = self.env["res.company"].create({"name": "Rival"})
        stranger = self._create_user(
            "stranger", "realestate_sales.group_manager", company=rival
        )
        with self.assertRaises(AccessError):
            self._wizard([{"units": "1"}], user=stranger, floors="1").action_generate()
        self.assertFalse(self.tower.unit_ids)

    def test_a_note_on_the_project_and_none_on_each_unit(self):
        wizard = self._wizard([{"units": "01-10"}], floors="1-2")
        wizard = wizard.with_context(tracking_disable=False)
        few = self.env["mail.message"].search_count([])
        action = wizard.action_generate()
        self.assertEqual(self.env["mail.message"].search_count([]), few + 1)
        self.assertIn("20 units made", self.project.message_ids[0].body)
        shown = self.env["realestate.unit"].search(action["domain"])
        self.assertEqual(shown, self.tower.unit_ids)

    def test_queries_do_not_grow_with_the_floors(self):
        def count(floors):
            wizard = self._wizard([{"units": "01-10"}], floors=floors)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            wizard.action_generate()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count("1")
        few, many = count("2"), count("3-33")
        self.assertLess(many - few, 10, "310 units cost what 10 cost")
