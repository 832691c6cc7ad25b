import base64
import io
from datetime import date

import openpyxl
from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .filing_common import FilingCase

#: A Monday.
START = date(2026, 1, 12)


@tagged("post_install", "-at_install")
class TestProgressPlan(FilingCase):
    def _plan(self, **values):
        return self.env["realestate.progress.plan"].create(
            {
                "project_id": self.project.id,
                "date_start": START,
                "weeks": 4,
                **values,
            }
        )

    def _add(self, plan, day, kind, count):
        plan.line_ids = [
            Command.create({"date": day, "kind": kind, "planned_count": count})
        ]

    def _play(self):
        """Two contracts signed in the first week, one filing accepted in the third."""
        self._file(self._sign(self.units[0], date(2026, 1, 12)))
        self._file(self._sign(self.units[1], date(2026, 1, 18)), "accepted")

    def _report(self, **values):
        self.env.flush_all()
        rows = self.env["realestate.progress"].search_read(
            [("project_id", "=", self.project.id)],
            ["date", "kind", "planned_count", "done_count", "gap", "done_amount"],
        )
        return {
            (row["kind"], row["date"]): (
                row["planned_count"],
                row["done_count"],
                row["gap"],
                row["done_amount"],
            )
            for row in rows
        }

    def test_what_was_done_is_counted_from_the_facts_by_week(self):
        plan = self._plan()
        self._add(plan, START, "sign", 3)
        self._add(plan, date(2026, 1, 26), "file", 1)
        self._add(plan, date(2026, 2, 2), "file", 5)
        self._play()
        # 12 and 18 January are one week; 28 January is in that of the 26th.
        self.assertEqual(
            self._report(),
            {
                ("sign", START): (3, 2, -1, 2000000),
                ("file", date(2026, 1, 26)): (1, 1, 0, 1000000),
                ("file", date(2026, 2, 2)): (5, 0, -5, 0),
            },
        )
        plan.line_ids.invalidate_recordset()
        lines = plan.line_ids.sorted(lambda line: (line.date, line.kind))
        self.assertEqual(lines.mapped("done_count"), [2, 1, 0])
        self.assertEqual(lines.mapped("gap"), [-1, 0, -5])

    def test_nobody_is_behind_with_a_week_to_come(self):
        plan = self._plan(date_start=date(2098, 1, 6))
        self._add(plan, date(2098, 1, 6), "sign", 3)
        self.assertEqual(plan.line_ids.gap, 0)
        self.assertEqual(self._report()["sign", date(2098, 1, 6)], (3, 0, 0, 0))

    def test_a_termination_is_no_filing_done(self):
        filed = self._file(state="accepted")
        filed.contract_id.action_cancel("The loan was refused")
        end = filed.change_ids
        end.action_prepare()
        end.action_submit()
        end.action_accept(number="END")
        files = [key for key in self._report() if key[0] == "file"]
        self.assertEqual(files, [("file", date(2026, 1, 26))])

    def test_a_released_loan_counts_in_its_week(self):
        bank = self._create_partner(name="Bank")
        programme = self.env["realestate.bank.programme"].create(
            {"name": "Home loan", "partner_id": bank.id, "company_id": self.company.id}
        )
        mortgage = self.env["realestate.mortgage"].create(
            {
                "contract_id": self._sign().id,
                "programme_id": programme.id,
                "amount_commercial": 600000,
            }
        )
        self.env.flush_all()
        # Money is received by the addon that collects it.
        self.env.cr.execute(
            "UPDATE realestate_mortgage SET date_released = '2026-02-04', "
            "amount_released = 600000 WHERE id = %s",
            [mortgage.id],
        )
        self.assertEqual(self._report()["loan", date(2026, 2, 2)], (0, 1, 1, 600000))
        self.assertEqual(self._plan().loan_share, 100)

    def test_a_proposal_goes_by_who_waits_and_the_deadlines(self):
        for unit in self.units[:2]:
            self._create_contract(unit, state="approved")
        self._file(self._sign(self.units[2], date(2026, 1, 5)))
        self.env["realestate.milestone"].create(
            {
                "project_id": self.project.id,
                "name": "Top",
                "code": "TOP",
                "percent": 60,
                "date_planned": "2026-01-20",
            }
        )
        with freeze_time("2026-01-12"):
            plan = self._plan(filing_lag=2)
            plan.action_propose()
        by_kind = plan.line_ids.grouped("kind")
        # Two wait and are signed in the first four weeks; one was signed in the last
        # eight, which makes 1/8 a week: none yet. The filing of 5 January is due on
        # 4 February, in the fourth week; the one signed in the second is filed then.
        counts = {
            kind: lines.sorted("date").mapped("planned_count")
            for kind, lines in by_kind.items()
        }
        self.assertEqual(
            counts, {"sign": [0, 1, 0, 1], "file": [0, 0, 0, 2], "loan": [0] * 4}
        )
        self.assertEqual(
            by_kind["sign"].sorted("date").mapped("planned_amount"),
            [0, 1000000, 0, 1000000],
        )
        self.assertEqual(
            by_kind["sign"].sorted("date").mapped("construction"), [0, 60, 60, 60]
        )

    def test_a_later_plan_counts_nobody_twice(self):
        for unit in self.units[:3]:
            self._create_contract(unit, state="approved")
        self._file(self._sign(self.units[3], date(2026, 1, 5)))
        with freeze_time("2026-01-12"):
            first = self._plan()
            self._add(first, START, "sign", 2)
            second = self._plan(date_start=date(2026, 2, 9))
            second.action_propose()
        sign = second.line_ids.filtered(lambda line: line.kind == "sign")
        # Of three who wait two are planned before; the filing is due before, too.
        self.assertEqual(sum(sign.mapped("planned_count")), 1)
        file = second.line_ids.filtered(lambda line: line.kind == "file")
        self.assertEqual(sum(file.mapped("planned_count")), 0)

    def test_proposing_again_writes_over_what_was_typed(self):
        plan = self._plan()
        plan.action_propose()
        plan.line_ids[0].planned_count = 77
        plan.action_propose()
        self.assertEqual(len(plan.line_ids), 12)
        self.assertNotIn(77, plan.line_ids.mapped("planned_count"))

    def test_a_fixed_plan_stays_until_it_is_opened_with_a_reason(self):
        plan = self._plan()
        with self.assertRaisesRegex(UserError, "has no figures"):
            plan.action_fix()
        plan.action_propose()
        plan.with_user(self.supervisor).action_fix()
        self.assertEqual(plan.user_fixed_id, self.supervisor)
        line = plan.line_ids[0]
        for attempt in (
            lambda: line.write({"planned_count": 1}),
            line.unlink,
            lambda: line.copy({"date": date(2026, 1, 19)}),
            lambda: plan.write({"weeks": 9}),
            plan.action_propose,
            plan.unlink,
        ):
            with self.assertRaisesRegex(UserError, "is fixed"):
                attempt()
        for reason in (None, "", 3):
            with self.assertRaisesRegex(UserError, "Say why"):
                plan.action_reopen(reason)
        plan.action_reopen("The launch was put off")
        line.planned_count = 1
        self.assertIn("put off", plan.message_ids[0].body)

    def test_weeks_begin_on_mondays_and_are_planned_once(self):
        plan = self._plan()
        with self.assertRaisesRegex(ValidationError, "is 2027-01-11"):
            self._plan(date_start=date(2027, 1, 14))
        with self.assertRaises(ValidationError) as error:
            self._plan(date_start=date(2026, 2, 2))
        self.assertIn("begin after 2026-02-08", str(error.exception))
        self.assertTrue(self._plan(date_start=date(2026, 2, 9)))
        for day in (date(2026, 1, 13), date(2026, 1, 5), date(2026, 2, 9)):
            with self.subTest(day=day), self.assertRaises(ValidationError):
                self._add(plan, day, "sign", 1)
            plan.invalidate_recordset()
        plan = self._plan(date_start=date(2026, 6, 1))
        for weeks in (0, 105):
            with (
                self.subTest(weeks=weeks),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
            ):
                plan.weeks = weeks
                plan.flush_recordset()

    def test_the_spreadsheet_sums_up_both(self):
        plan = self._plan()
        self._add(plan, START, "sign", 3)
        self._add(plan, date(2026, 1, 19), "sign", 2)
        self._play()
        plan.line_ids.invalidate_recordset()
        content = base64.b64decode(plan.spreadsheet)
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        self.assertEqual(len(book.worksheets), 3)
        rows = [row[:7] for row in book.worksheets[0].values][1:]
        self.assertEqual(
            rows,
            [
                ("2026-01-12", 3, 2, 3, 2, 0, 2000000),
                ("2026-01-19", 2, 0, 5, 2, 0, 0),
                (None, 5, 2, None, None, 0, 2000000),
            ],
        )

    def test_supervisors_plan_and_others_look(self):
        plan = self._plan()
        plan.with_user(self.supervisor).action_propose()
        for user in (self.officer, self.clerk, self.leader):
            with self.subTest(user=user.login):
                seen = plan.with_user(user)
                self.assertEqual(len(seen.line_ids.mapped("done_count")), 12)
                self.assertTrue(seen.spreadsheet)
                self.env["realestate.progress"].with_user(user).search([]).read()
                for method in ("action_propose", "action_fix"):
                    with self.assertRaises(AccessError):
                        getattr(seen, method)()
        for vals in ({"state": "fixed"}, {"date_fixed": "2026-01-01"}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                plan.with_user(self.manager).write(vals)

    def test_two_companies_never_mix(self):
        other = self._create_company("Other Developer", self.currency)
        foreign = self._create_user(
            "foreign", "realestate_sales.group_manager", company=other
        )
        plan = self._plan()
        plan.action_propose()
        self._play()
        for records in (plan, plan.line_ids, self.env["realestate.progress"]):
            seen = records.with_user(foreign).with_context(
                allowed_company_ids=other.ids
            )
            with self.subTest(model=records._name):
                own = [("project_id", "=", self.project.id)]
                self.assertFalse(seen.search(own))
                if records:
                    with self.assertRaises(AccessError):
                        seen.read(["display_name"])
