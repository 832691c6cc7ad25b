from datetime import date

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RealestateSalesCommon


@tagged("post_install", "-at_install")
class TestPermit(RealestateSalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._create_user("clerk", "realestate_sales.group_filing_officer")
        cls.project.permit_required = True

    def _permit(self, **values):
        return self.env["realestate.project.permit"].create(
            {
                "name": "LS-1",
                "project_id": self.project.id,
                "date_start": "2026-01-01",
                "user_id": self.clerk.id,
                **values,
            }
        )

    def _permit_of_units(self, units, **values):
        return self._permit(scope="unit", unit_ids=[Command.set(units.ids)], **values)

    def test_a_unit_outside_a_permit_is_not_contracted(self):
        permit = self._permit_of_units(self.units[0])
        inside = self._create_contract(state="review")
        self.assertEqual(inside.state, "review")
        outside = self._create_contract(self.units[1])
        with self.assertRaisesRegex(
            UserError, "Unit T1-102 is outside every sale permit.*Filing → Permits"
        ):
            outside.action_submit()
        permit.unit_ids += self.units[1]
        outside.action_submit()
        self.assertEqual(outside.state, "review")

    def test_a_reservation_outside_a_permit_does_not_become_a_contract(self):
        reservation = self._create_reservation(self.units[1])
        permit = self._permit_of_units(self.units[0])
        with self.assertRaisesRegex(UserError, "T1-102 is outside"):
            reservation.action_convert()
        self.assertEqual(reservation.state, "confirmed")
        permit.scope = "project"
        self.assertTrue(reservation.action_convert())

    def test_a_permit_that_ended_before_signing_keeps_from_it(self):
        permit = self._permit()
        contract = self._create_contract(state="approved")
        permit.action_revoke("The bond has lapsed")
        with self.assertRaisesRegex(UserError, "T1-101 is outside"):
            contract.action_sign()
        self.assertIn("outside every sale permit", contract.signing_reasons)
        self._permit(name="LS-2")
        contract.action_sign()
        self.assertEqual(contract.state, "signed")

    def test_a_project_that_does_not_ask_sells_without(self):
        self.project.permit_required = False
        self.assertEqual(self._create_contract(state="active").state, "active")

    def test_what_a_permit_covers_follows_its_scope(self):
        phase = self.env["realestate.phase"].create(
            {"name": "One", "code": "P1", "project_id": self.project.id}
        )
        tower = self._create_building(code="T2", phase_id=phase.id)
        units = self._create_units(2, tower)
        scopes = {
            "project": ({}, self.units + units),
            "phase": ({"phase_ids": [Command.set(phase.ids)]}, units),
            "building": (
                {"building_ids": [Command.set(self.building.ids)]},
                self.units,
            ),
            "unit": ({"unit_ids": [Command.set(units[0].ids)]}, units[0]),
        }
        own = [("project_id", "=", self.project.id)]
        for scope, (values, covered) in scopes.items():
            with self.subTest(scope=scope):
                permit = self._permit(name=scope, scope=scope, **values)
                everything = self.project.unit_ids
                self.assertEqual(permit.unit_count, len(covered))
                self.assertEqual(everything.filtered("is_permitted"), covered)
                found = covered.search([*own, ("is_permitted", "=", True)])
                self.assertEqual(found, covered)
                rest = covered.search([*own, ("is_permitted", "=", False)])
                self.assertEqual(rest, everything - covered)
                permit.unlink()
                everything.invalidate_recordset(["is_permitted"])

    def test_a_permit_holds_from_its_first_day_to_its_last(self):
        permit = self._permit(date_end="2026-03-31", remind_days=30)
        permits = self.env["realestate.project.permit"]
        # 30 days before 31 March is 1 March.
        for day, valid, ending in (
            ("2025-12-31", False, False),
            ("2026-01-01", True, False),
            ("2026-02-28", True, False),
            ("2026-03-01", True, True),
            ("2026-03-31", True, True),
            ("2026-04-01", False, False),
        ):
            with self.subTest(day=day), freeze_time(day):
                self.env.invalidate_all()
                self.assertEqual((permit.is_valid, permit.is_ending), (valid, ending))
                self.assertEqual(self.unit.is_permitted, valid)
                for field, wanted in (("is_valid", valid), ("is_ending", ending)):
                    for value in (True, False):
                        found = permits.search(
                            [("id", "=", permit.id), (field, "=", value)]
                        )
                        self.assertEqual(bool(found), value == wanted)

    def test_other_permits_let_nothing_be_sold(self):
        self._permit(kind="construction")
        self.assertFalse(self.unit.is_permitted)

    def test_its_keeper_is_told_once_before_it_ends(self):
        permit = self._permit(date_end="2026-03-31", remind_days=30)
        job = self.env.ref("realestate_sales.ir_cron_remind_permits")
        for day, count in (("2026-02-28", 0), ("2026-03-01", 1), ("2026-03-02", 1)):
            self.env.flush_all()
            with freeze_time(day), self.enter_registry_test_mode():
                job.method_direct_trigger()
            self.env.invalidate_all()
            with self.subTest(day=day):
                self.assertEqual(len(permit.activity_ids), count)
        self.assertEqual(permit.activity_ids.user_id, self.clerk)
        self.assertEqual(permit.activity_ids.date_deadline, date(2026, 3, 31))

    def test_a_permit_covers_something_of_its_own_project(self):
        other = self._create_building(self._create_project(code="X"), code="X1")
        with self.assertRaisesRegex(ValidationError, "covers nothing"):
            self._permit(scope="building")
        with self.assertRaisesRegex(ValidationError, "only what belongs to it"):
            self._permit(
                name="LS-2", scope="building", building_ids=[Command.set(other.ids)]
            )
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._permit(name="LS-3", date_end="2025-12-31")

    def test_filing_officers_keep_permits_and_agents_read_them(self):
        permit = self._permit()
        permit.with_user(self.clerk).write({"note": "x"})
        self.assertTrue(permit.with_user(self.agent).name)
        for user in (self.agent, self.officer, self.supervisor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                permit.with_user(user).action_revoke("Mine")
        for vals in ({"state": "revoked"}, {"date_revoked": "2026-01-02"}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                permit.with_user(self.manager).write(vals)
        for reason in (None, " ", 3):
            with self.subTest(reason=reason), self.assertRaisesRegex(UserError, "why"):
                permit.with_user(self.clerk).action_revoke(reason)
        permit.with_user(self.clerk).action_revoke("The bond has lapsed", "2026-01-05")
        self.assertEqual(permit.date_revoked, date(2026, 1, 5))
        with self.assertRaisesRegex(UserError, "stays as a record"):
            permit.unlink()
        with self.assertRaisesRegex(UserError, "stays as a record"):
            permit.write({"date_end": "2026-12-31"})
        permit.write({"note": "Appealed"})

    def test_an_agent_of_another_company_does_not_read_it(self):
        other = self._create_company("Other Developer", self.currency)
        foreign = self._create_user(
            "foreign", "realestate_sales.group_filing_officer", company=other
        )
        permit = self._permit().with_user(foreign)
        permit = permit.with_context(allowed_company_ids=other.ids)
        self.assertFalse(permit.search([("id", "=", permit.id)]))
        with self.assertRaises(AccessError):
            permit.read(["name"])
