from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .common import RealestateSalesCommon


class ReleaseCommon(RealestateSalesCommon):
    """Three priced units that are not on the market, beside five that are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.new = cls.env["realestate.unit"].create(
            [
                {
                    "building_id": cls.building.id,
                    "number": str(number),
                    "area_predicted": 40,
                    "price_list": 2000000,
                    "price_floor": 1900000,
                }
                for number in (201, 202, 203)
            ]
        )
        cls.releases = cls.env["realestate.release"]

    def _release(self, units=None, user=None, **values):
        return self.releases.with_user(user or self.supervisor).create(
            {
                "project_id": self.project.id,
                "unit_ids": [Command.set((self.new if units is None else units).ids)],
                **values,
            }
        )

    def _withdrawal(self, units=None, **values):
        values = {"kind": "withdrawal", "reason": "Show flats", **values}
        return self._release(self.units if units is None else units, **values)


@tagged("post_install", "-at_install")
class TestRelease(ReleaseCommon):
    """Units go on the market and leave it together, and that is kept."""

    def test_units_go_on_the_market_together(self):
        release = self._release(reason="Opening season")
        self.assertEqual(set(self.new.mapped("state")), {"unreleased"})
        release.action_done()
        self.assertEqual(set(self.new.mapped("state")), {"available"})
        self.assertRecordValues(
            release,
            [
                {
                    "state": "done",
                    "user_done_id": self.supervisor.id,
                    "unit_count": 3,
                    "area_total": 120,
                    "amount_total": 6000000,
                    "problem": False,
                }
            ],
        )
        self.assertLess(fields.Datetime.now() - release.date_done, timedelta(minutes=1))

    def test_units_leave_the_market_together(self):
        withdrawal = self._withdrawal()
        withdrawal.action_done()
        self.assertEqual(set(self.units.mapped("state")), {"unreleased"})
        self.assertEqual(withdrawal.unit_count, 5)

    def test_what_it_came_to_stays_when_prices_change(self):
        release = self._release()
        release.action_done()
        self.new.write({"price_list": 3000000})
        release.invalidate_recordset()
        self.assertEqual(release.amount_total, 6000000)

    def test_units_without_a_price_are_named_and_nothing_is_released(self):
        self.new[1:].write({"price_list": 0, "price_floor": 0})
        release = self._release()
        for words in ("2 units have no list price", "T1-202, T1-203"):
            self.assertIn(words, release.problem)
        with self.assertRaisesRegex(UserError, "T1-202, T1-203"):
            release.action_done()
        self.assertEqual(set(self.new.mapped("state")), {"unreleased"})
        self.assertEqual(release.state, "draft")

    def test_a_floor_price_above_the_list_price_is_named(self):
        self.env.cr.execute(
            "UPDATE realestate_unit SET price_floor = 2000001 WHERE id = %s",
            [self.new[0].id],
        )
        self.new.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "above the list price: T1-201"):
            self._release().action_done()

    def test_archived_units_are_named(self):
        release = self._release()
        self.new[2].action_archive()
        with self.assertRaisesRegex(UserError, "T1-203: archived"):
            release.action_done()

    def test_very_many_units_are_named_in_part(self):
        units = self.env["realestate.unit"].create(
            [
                {"building_id": self.building.id, "number": f"9{number:02}"}
                for number in range(13)
            ]
        )
        with self.assertRaisesRegex(UserError, "T1-900, .*T1-909 and 3 more"):
            self._release(units).action_done()

    def test_claimed_units_are_not_withdrawn(self):
        """Held between the preparation and the withdrawal."""
        withdrawal = self._withdrawal()
        self.assertFalse(withdrawal.problem)
        self.units[1].with_user(self.agent).action_hold()
        with self.assertRaisesRegex(UserError, "T1-102 is Held and cannot be"):
            withdrawal.action_done()
        self.units[3].with_user(self.agent).action_hold()
        with self.assertRaisesRegex(UserError, "2 units are claimed.*T1-102, T1-104"):
            withdrawal.action_done()
        self.assertTrue(all(self.units.mapped("is_released")))
        self.units[1:4:2].with_user(self.agent).action_release()
        withdrawal.action_done()
        self.assertFalse(any(self.units.mapped("is_released")))

    def test_a_withdrawal_needs_a_reason(self):
        withdrawal = self._withdrawal(reason=" ")
        with self.assertRaisesRegex(UserError, "say why"):
            withdrawal.action_done()
        with self.assertRaisesRegex(UserError, "say why"):
            self.unit.action_withdraw()
        self.assertTrue(self.unit.is_released)

    def test_a_release_needs_units_and_a_day_to_be_approved(self):
        with self.assertRaisesRegex(UserError, "has no unit"):
            self._release(self.unit.browse()).action_done()
        with self.assertRaisesRegex(UserError, "no planned day"):
            self._release().action_approve()

    def test_twice_is_once(self):
        release = self._release()
        release.action_done()
        done = release.date_done
        with freeze_time(done + timedelta(hours=1)):
            release.action_done()
        self.assertEqual(release.date_done, done)
        self.new.action_release_to_market()
        self.assertEqual(self.new.release_ids, release)

    def test_units_that_are_there_already_do_not_count(self):
        self.new[0].action_release_to_market()
        release = self._release()
        self.assertEqual(release.unit_count, 2)
        release.action_done()
        self.assertEqual((release.unit_count, release.amount_total), (2, 4000000))

    def test_the_buttons_of_units_leave_a_record(self):
        other = self._create_building(
            self._create_project(name="West", code="WEST"), code="W1"
        )
        west = self.env["realestate.unit"].create(
            {"building_id": other.id, "number": "1", "price_list": 1}
        )
        (self.new + west).with_user(self.supervisor).action_release_to_market()
        record = self.new.release_ids
        self.assertRecordValues(
            record, [{"kind": "release", "state": "done", "unit_count": 3}]
        )
        self.assertEqual(record.user_done_id, self.supervisor)
        self.assertEqual(west.release_ids.project_id, other.project_id)
        self.new[0].with_user(self.supervisor).action_withdraw("Show flat")
        self.assertEqual(
            self.new[0].release_ids.sorted("id").mapped("kind"),
            ["release", "withdrawal"],
        )
        self.assertEqual(self.new[0].release_ids.sorted("id")[-1].reason, "Show flat")

    def test_a_refused_button_leaves_no_record(self):
        self.new[0].price_list = 0
        before = self.releases.search_count([])
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.new.action_release_to_market()
        self.assertEqual(self.releases.search_count([]), before)
        self.assertFalse(any(self.new.mapped("is_released")))

    def test_the_form_of_a_withdrawal_asks_why(self):
        action = self.units[:2].with_user(self.supervisor).action_withdraw_form()
        wizard = self.env[action["res_model"]].with_user(self.supervisor)
        with Form(wizard.with_context(**action["context"])) as form:
            form.reason = "Repairs"
        form.record.action_withdraw()
        self.assertEqual(
            set(self.units[:2].release_ids.mapped("reason")), {False, "Repairs"}
        )
        self.assertEqual(set(self.units[:2].mapped("state")), {"unreleased"})

    def test_a_release_is_planned_from_a_list_of_units(self):
        action = self.new.with_user(self.supervisor).action_plan_release()
        releases = self.releases.with_user(self.supervisor)
        with Form(releases.with_context(**action["context"])) as form:
            form.date_planned = "2030-01-01"
        self.assertEqual(form.record.unit_ids, self.new)
        self.assertEqual(form.record.kind, "release")
        action = self.units.action_plan_release()
        self.assertEqual(action["context"]["default_kind"], "withdrawal")

    def test_what_is_approved_stays_as_it_is(self):
        release = self._release(date_planned="2030-01-01")
        release.action_approve()
        for vals in (
            {"unit_ids": [Command.clear()]},
            {"kind": "withdrawal"},
            {"date_planned": "2029-01-01"},
        ):
            with self.assertRaisesRegex(UserError, "stays as it is"):
                release.write(vals)
        release.action_draft()
        release.unit_ids = self.new[:2]
        self.assertFalse(release.user_approved_id)
        release.action_done()
        with self.assertRaisesRegex(UserError, "stays as the record"):
            release.unlink()

    def test_units_are_of_the_project(self):
        other = self._create_building(
            self._create_project(name="West", code="WEST"), code="W1"
        )
        foreign = self._create_units(1, other)
        with self.assertRaisesRegex(ValidationError, "W1-101"):
            self._release(self.new + foreign)

    def test_the_summary_counts_by_type(self):
        studio = self.env["realestate.unit.type"].create({"name": "<Studio>"})
        self.new[0].unit_type_id = studio
        summary = str(self._release().summary)
        self.assertIn("&lt;Studio&gt;", summary)
        self.assertIn("6,000,000.00", summary)
        self.assertIn("50,000", summary, "the price of a square metre")

    def test_an_empty_form_has_nothing_to_sum_up(self):
        with Form(self.releases.with_user(self.supervisor)) as form:
            self.assertIn("Add units", form.summary)
            self.assertFalse(form.problem)
            form.project_id = self.project
            form.kind = "withdrawal"
            form.unit_ids.add(self.unit)
            self.assertIn("This release: say why", form.problem)
            form.unit_ids.remove(self.unit.id)
            form.kind = "release"
            form.unit_ids.add(self.new[0])
            self.assertEqual(form.unit_count, 1)
        self.assertTrue(form.record.name)

    def test_due_prices_come_before_the_release(self):
        """The price list of the day counts, whether or not its job has run."""
        with freeze_time("2026-03-01"):
            pricelist = self.env["realestate.pricelist"].create(
                {
                    "project_id": self.project.id,
                    "date_effective": "2026-03-02",
                    "line_ids": [
                        Command.create({"unit_id": unit.id, "price_list": 5000000})
                        for unit in self.new
                    ],
                }
            )
            pricelist.with_user(self.manager).action_approve()
        release = self._release()
        with freeze_time("2026-03-02 12:00:00"):
            release.action_done()
        self.assertEqual(pricelist.state, "effective")
        self.assertEqual(release.amount_total, 15000000)


@tagged("post_install", "-at_install")
class TestReleaseRights(ReleaseCommon):
    def test_agents_and_officers_look_on(self):
        release = self._release(date_planned="2030-01-01")
        for user in (self.agent, self.officer):
            self.assertEqual(release.with_user(user).unit_count, 3)
            for action in ("action_done", "action_approve", "action_draft"):
                with self.subTest(user=user.login, action=action):
                    with self.assertRaises(AccessError):
                        getattr(release.with_user(user), action)()
            with self.assertRaises(AccessError):
                self._release(user=user)
            with self.assertRaises(AccessError):
                self.new.with_user(user).action_release_to_market()
            with self.assertRaises(AccessError):
                self.unit.with_user(user).action_withdraw("Because")

    def test_nobody_writes_by_hand_what_a_release_writes(self):
        release = self._release()
        done = self.unit.release_ids
        for record, vals in (
            (self.new[0], {"is_released": True}),
            (self.new[0], {"release_ids": [Command.link(done.id)]}),
            (release, {"state": "done"}),
            (release, {"date_done": "2026-01-01 00:00:00"}),
            (release, {"user_done_id": self.manager.id}),
            (release, {"amount_done": 1}),
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                record.with_user(self.manager).write(vals)
        with self.assertRaises(UserError):
            self.new[0].with_user(self.manager).copy(
                {"number": "204", "is_released": True}
            )

    def test_another_company_sees_and_releases_nothing(self):
        release = self._release()
        rival = self.env["res.company"].create({"name": "Rival"})
        stranger = self._create_user(
            "stranger", "realestate_sales.group_manager", company=rival
        )
        own = self.releases.with_user(stranger).with_context(
            allowed_company_ids=rival.ids
        )
        self.assertFalse(own.search([]))
        with self.assertRaises(AccessError):
            own.browse(release.id).action_done()
        with self.assertRaises(AccessError):
            release.with_user(stranger).action_done()
        with self.assertRaises(AccessError):
            self._release(user=stranger)
        self.assertFalse(any(self.new.mapped("is_released")))
