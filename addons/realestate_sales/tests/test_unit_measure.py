from datetime import date

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .common import RealestateSalesCommon


@tagged("post_install", "-at_install")
class TestUnitMeasure(RealestateSalesCommon):
    def _open_survey(self, units, user=None):
        action = units.with_user(user or self.supervisor).action_survey()
        survey = self.env[action["res_model"]].with_user(user or self.supervisor)
        return survey.browse(action["res_id"])

    def test_measuring_keeps_what_was_why_and_by_whom(self):
        unit = self.unit.with_user(self.supervisor)
        unit.action_measure(51.256, " Survey 12 ", "2026-02-03")
        unit.action_measure(50.9, "Measured again", "2026-03-03")
        self.assertEqual((unit.area_measured, unit.area), (50.9, 50.9))
        self.assertEqual(unit.area_predicted, 50)
        last, first = unit.measure_ids
        self.assertEqual(first.reason, "Survey 12")
        self.assertEqual((first.area_before, first.area), (50, 51.26))
        self.assertEqual(first.area_difference, 1.26)
        self.assertEqual(first.date, date(2026, 2, 3))
        self.assertEqual(first.user_id, self.supervisor)
        self.assertEqual((last.area_before, last.area), (51.26, 50.9))
        self.assertEqual(last.area_difference, -0.36)

    def test_plans_change_the_predicted_area(self):
        self.unit.action_measure(52, "Plans of May", kind="predicted")
        self.assertEqual((self.unit.area_predicted, self.unit.area), (52, 52))
        entry = self.unit.measure_ids
        self.assertEqual((entry.kind, entry.area_difference), ("predicted", 2))

    def test_predicted_area_changed_at_the_unit_is_kept_too(self):
        self.units[:2].with_user(self.manager).area_predicted = 55
        self.units[0].area_predicted = 55
        self.units[1].view = "Sea"
        for unit in self.units[:2]:
            entry = unit.measure_ids
            self.assertEqual(len(entry), 1)
            self.assertEqual((entry.area_before, entry.area), (50, 55))
            self.assertEqual(entry.reason, "Changed at the unit")
            self.assertEqual(entry.user_id, self.manager)

    def test_measured_area_is_not_written_by_hand(self):
        with self.assertRaisesRegex(UserError, "T1-101: the measured area is not wr"):
            self.unit.with_user(self.manager).area_measured = 51
        with self.assertRaisesRegex(UserError, "keeps the reason"):
            self.unit.with_context(realestate_area_reason="x").area_measured = 51
        self.unit.action_measure(51, "Survey")
        self.unit.area_measured = 51
        self.assertEqual(len(self.unit.measure_ids), 1)

    def test_unit_entered_with_its_measured_area_has_a_history(self):
        unit = self._create_units(1, first=901, area_measured=49.5)
        self.assertEqual(unit.measure_ids.area, 49.5)
        self.assertEqual(unit.measure_ids.reason, "Entered with the unit")
        self.assertFalse(self.unit.measure_ids)

    @freeze_time("2026-03-01 12:00:00")
    def test_what_is_no_area_reason_day_or_kind_is_refused(self):
        for arguments, message in (
            ((0, "x"), "is no area"),
            ((-1, "x"), "is no area"),
            ((0.001, "x"), "is no area"),
            (("50", "x"), "is no area"),
            ((True, "x"), "is no area"),
            ((float("nan"), "x"), "is no area"),
            ((1e12, "x"), "is no area"),
            ((50, " "), "Say why the area changes"),
            ((50, None), "Say why the area changes"),
            ((50, "x", "2026-03-02"), "is no day of a survey"),
            ((50, "x", "soon"), "is no day of a survey"),
            ((50, "x", 5), "is no day of a survey"),
            ((50, "x", None, "guessed"), "is no kind of area"),
            ((50, "x", None, ["measured"]), "is no kind of area"),
        ):
            with (
                self.subTest(arguments=arguments),
                self.assertRaisesRegex(UserError, message),
            ):
                self.unit.action_measure(*arguments)
        self.assertFalse(self.unit.measure_ids)
        self.unit.action_measure(50, "x", "2026-03-01")
        self.assertEqual(self.unit.measure_ids.date, date(2026, 3, 1))

    def test_sold_unit_is_measured_and_its_price_stays(self):
        contract = self._create_contract(state="active")
        self.unit.action_measure(51, "Survey")
        self.assertEqual(self.unit.area, 51)
        self.assertEqual(contract.amount_total, 1000000)

    def test_only_a_supervisor_measures(self):
        for user in (self.agent, self.officer):
            with self.assertRaises(AccessError):
                self.unit.with_user(user).action_measure(51, "Survey")
            with self.assertRaises(AccessError):
                self.unit.with_user(user).action_survey()
        self.unit.with_user(self.supervisor).action_measure(51, "Survey")
        self.assertEqual(self.unit.with_user(self.agent).measure_ids.area, 51)

    def test_history_is_nobody_s_to_write(self):
        self.unit.action_measure(51, "Survey")
        entry = self.unit.measure_ids.with_user(self.manager)
        with self.assertRaises(AccessError):
            entry.area = 40
        with self.assertRaises(AccessError):
            entry.unlink()
        with self.assertRaises(AccessError):
            entry.create({"unit_id": self.unit.id, "kind": "measured", "area": 1})

    def test_form_takes_several_units_and_skips_the_empty_ones(self):
        survey = self._open_survey(self.units)
        with Form(survey) as form:
            form.reason = "Survey 7"
            form.date = "2026-02-01"
            for index, area in ((0, 51), (2, 48.5)):
                with form.line_ids.edit(index) as line:
                    line.area = area
        self.assertEqual(survey.line_ids[2].difference_percent, -3)
        survey.action_apply()
        self.assertEqual(self.units.mapped("area_measured"), [51, 0, 48.5, 0, 0])
        self.assertEqual(self.units.measure_ids.mapped("reason"), ["Survey 7"] * 2)
        self.assertEqual(set(self.units.measure_ids.mapped("date")), {date(2026, 2, 1)})

    def test_form_without_an_area_or_a_reason_is_refused(self):
        survey = self._open_survey(self.units)
        survey.reason = "Survey 7"
        with self.assertRaisesRegex(UserError, "area of at least one unit"):
            survey.action_apply()
        survey.line_ids[0].area = 40
        survey.reason = False
        with self.assertRaisesRegex(UserError, "Say why the area changes"):
            survey.action_apply()
        self.assertFalse(self.units.measure_ids)

    def test_form_of_another_is_not_read(self):
        survey = self._open_survey(self.units)
        with self.assertRaises(AccessError):
            survey.with_user(self.manager).read(["reason"])

    def test_many_units_cost_no_more_queries_each(self):
        self.env.flush_all()
        queries = []
        for units in (self.units[:1], self._create_units(20, first=700)):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            units.action_measure(60, "Survey")
            self.env.flush_all()
            queries.append(self.env.cr.sql_log_count - start)
        self.assertLessEqual(queries[1], queries[0] + 5)

    def test_today_is_the_user_s(self):
        self.unit.action_measure(51, "Survey")
        today = fields.Date.context_today(self.unit)
        self.assertEqual(self.unit.measure_ids.date, today)

    def test_another_company_reads_no_history(self):
        self.unit.action_measure(51, "Survey")
        other = self._create_company("Other Developer", self.currency)
        foreign = self._create_user(
            "foreign", "realestate_sales.group_manager", company=other
        )
        entries = self.unit.measure_ids.with_user(foreign).with_context(
            allowed_company_ids=other.ids
        )
        self.assertFalse(entries.search([("id", "in", entries.ids)]))
        with self.assertRaises(AccessError):
            entries.read(["area"])
