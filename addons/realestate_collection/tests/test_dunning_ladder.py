from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import TODAY, RealestateCollectionCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDunningLadder(RealestateCollectionCommon):
    def test_a_company_that_is_set_up_has_the_standard_ladder(self):
        self.assertEqual(self.ladder.company_id, self.company)
        self.assertTrue(self.ladder.is_default)
        self.assertEqual(
            [(level.kind, level.days) for level in self.ladder.level_ids],
            [
                ("reminder", -5),
                ("notice", 5),
                ("notice", 15),
                ("notice", 30),
                ("final", 60),
            ],
        )
        self.assertTrue(all(self.ladder.level_ids.mapped("mail_template_id")))
        self.assertTrue(all(self.ladder.level_ids.mapped("report_id")))

    def test_setting_up_again_makes_no_second_ladder(self):
        self.company.action_realestate_setup()
        self.assertEqual(self.company.realestate_dunning_ladder_id, self.ladder)
        ladders = self.env["realestate.dunning.ladder"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(ladders, self.ladder)

    def test_companies_that_were_there_before_got_one(self):
        main = self.env.ref("base.main_company")
        standard = self.env.ref("realestate_collection.dunning_ladder_default")
        self.assertEqual(main.realestate_dunning_ladder_id, standard)

    def test_levels_are_numbered_by_their_days(self):
        self.assertEqual(self.ladder.level_ids.mapped("sequence"), [1, 2, 3, 4, 5])
        self.ladder.level_ids[1].days = 20
        ordered = self.ladder.level_ids.sorted("days")
        self.assertEqual(ordered.mapped("sequence"), [1, 2, 3, 4, 5])

    def _create_level(self, **values):
        template = self.env.ref("realestate_collection.mail_template_notice")
        return self.env["realestate.dunning.level"].create(
            {
                "ladder_id": self.ladder.id,
                "name": "Extra",
                "days": 45,
                "mail_template_id": template.id,
                **values,
            }
        )

    def test_a_reminder_stands_before_and_a_notice_after_the_due_day(self):
        for values in ({"days": -3}, {"days": 0}, {"kind": "reminder"}):
            with self.assertSays(ValidationError, "a reminder stands at 0"):
                self._create_level(**values)

    def test_a_level_does_something(self):
        for values in (
            {"mail_template_id": False},
            {"send_email": False},
            {"send_email": False, "create_activity": True},
        ):
            with self.assertSays(ValidationError, "sends nothing"):
                self._create_level(**values)

    @mute_logger("odoo.sql_db")
    def test_figures_that_make_no_sense_are_refused(self):
        for values in (
            {"days": 60},
            {"days": 5000},
            {"repeat_days": -1},
            {"min_amount": -1},
        ):
            with self.subTest(values=values), self.assertRaises(IntegrityError):
                with self.env.cr.savepoint():
                    self._create_level(**values)

    def test_a_project_has_one_ladder(self):
        values = {"project_ids": [Command.link(self.project.id)]}
        first = self.ladder.copy({"name": "First", **values})
        with self.assertSays(ValidationError, "has the ladder First already"):
            self.ladder.copy({"name": "Second", **values})
        first.active = False
        self.ladder.copy({"name": "Second", **values})

    def test_the_levels_become_values_of_the_pure_decision(self):
        levels = self.ladder._get_levels(self.currency, "2026-03-10")
        self.assertEqual([level.days for level in levels], [-5, 5, 15, 30, 60])
        self.assertEqual(levels[1].code, self.ladder.level_ids[1].id)
        none = self.env["realestate.dunning.ladder"]
        self.assertIsNone(none._get_levels(self.currency, "2026-03-10"))

    def test_every_reason_of_the_decision_can_be_said(self):
        from ..models.dunning_messages import DUNNING_REASONS, LADDER_MESSAGES
        from ..tools.ladder import REASONS, LadderError

        self.assertLessEqual(set(REASONS), set(DUNNING_REASONS))
        self.assertEqual(set(LadderError.MESSAGES), set(LADDER_MESSAGES))
        for code, text in REASONS.items():
            self.assertEqual(str(DUNNING_REASONS[code]), text)
