import base64
import io
from datetime import date
from unittest.mock import patch

import openpyxl
import psycopg2
from psycopg2.errors import SerializationFailure

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from ..tools.report_table import lay_out
from .common import TODAY
from .report_common import ReportCommon

JOB = "odoo.addons.realestate_collection.models.realestate_collection_report_schedule"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestReportSchedule(ReportCommon):
    """Reports go out on their day, every period once, whatever happened meanwhile."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Asia/Manila"
        cls.boss = cls._create_partner(name="Boss", email="boss@example.com")
        # PDFs are drawn in one test only.
        cls.weekly = cls._create_schedule()

    @classmethod
    def _create_schedule(cls, **values):
        return cls.schedules.create(
            {
                "name": "Board",
                "period": "week",
                "weekday": "2",
                "hour": 7,
                "partner_ids": [Command.set(cls.boss.ids)],
                "with_pdf": False,
                **values,
            }
        )

    def _run_job(self, moment):
        """The job, at a moment in UTC; return what was sent so far, oldest first."""
        with freeze_time(moment), self._without_commit():
            self.schedules._cron_send()
        sendings = self.env["realestate.collection.report.sending"].search([])
        return sendings.sorted("id")

    # === WHEN === #

    def test_the_report_goes_out_at_its_hour_where_the_company_is(self):
        # Wednesday 11 March, seven in Manila, is 23 o'clock of Tuesday in UTC.
        self.assertEqual(
            self.weekly.next_send, fields.Datetime.to_datetime("2026-03-10 23:00:00")
        )
        self.assertFalse(self._run_job("2026-03-10 22:59:00"))
        sending = self._run_job("2026-03-10 23:00:00")
        self.assertEqual(sending.report_id.date_to, date(2026, 3, 8))
        self.assertEqual(self.weekly.date_last, date(2026, 3, 8))
        self.assertIn("boss@example.com", sending.email_to)

    def test_a_second_run_sends_nothing(self):
        first = self._run_job("2026-03-11 01:00:00")
        self.assertEqual(self._run_job("2026-03-11 01:00:00"), first)
        self.assertEqual(self._run_job("2026-03-17 22:00:00"), first)
        self.assertEqual(len(self._run_job("2026-03-17 23:00:00")), 2)

    def test_missed_weeks_are_caught_up_oldest_first(self):
        sendings = self._run_job("2026-04-01 12:00:00")
        self.assertEqual(
            sendings.report_id.mapped("date_to"),
            [date(2026, 3, 8), date(2026, 3, 15), date(2026, 3, 22), date(2026, 3, 29)],
        )
        self.assertTrue(all(sendings.report_id.mapped("is_final")))

    def test_a_new_schedule_does_not_send_the_past(self):
        self.assertFalse(self._run_job("2026-03-10 05:00:00"))
        daily = self._create_schedule(period="day", hour=6)
        self.assertEqual(daily.date_last, date(2026, 3, 9))
        self.assertFalse(self._run_job("2026-03-10 21:59:00"))
        sending = self._run_job("2026-03-10 22:00:00")
        self.assertEqual(sending.report_id.date_to, date(2026, 3, 10))

    def test_another_period_begins_anew(self):
        self._run_job("2026-03-11 01:00:00")
        with freeze_time("2026-03-12 04:00:00"):
            self.weekly.period = "month"
        self.assertEqual(self.weekly.date_last, date(2026, 2, 28))

    def test_an_archived_schedule_rests_and_starts_anew(self):
        self.weekly.active = False
        self.assertFalse(self._run_job("2026-03-31 12:00:00"))
        self.assertFalse(self.weekly.next_send)
        with freeze_time("2026-04-01 12:00:00"):
            self.weekly.active = True
        self.assertEqual(self.weekly.date_last, date(2026, 3, 29))

    # === ONCE === #

    def test_a_job_killed_while_sending_goes_on_where_it_stopped(self):
        sendings = type(self.env["realestate.collection.report.sending"])
        real = sendings._send

        def send(this, schedule, report):
            if report.date_to == date(2026, 3, 15):
                raise OSError("killed")
            return real(this, schedule, report)

        with patch.object(sendings, "_send", send), mute_logger(JOB):
            self.assertEqual(len(self._run_job("2026-04-01 12:00:00")), 1)
        self.assertIn("killed", self.weekly.failure)
        self.assertEqual(self.weekly.date_last, date(2026, 3, 8))
        self.assertEqual(len(self._run_job("2026-04-01 12:15:00")), 4)
        self.assertFalse(self.weekly.failure)

    def test_one_schedule_that_fails_leaves_the_others(self):
        self._create_schedule(name="Other")
        self.weekly.partner_ids = self._create_partner(name="No mail", email=False)
        sending = self._run_job("2026-03-11 01:00:00")
        self.assertEqual(sending.schedule_id.name, "Other")
        self.assertIn("no recipient has an e-mail", self.weekly.failure)

    def _collide(self, times):
        """Somebody changes what the schedule of the week reads, so often."""
        sendings = type(self.env["realestate.collection.report.sending"])
        real, tries = sendings._send, []

        def send(this, schedule, report):
            if schedule == self.weekly:
                tries.append(report)
                if len(tries) <= times:
                    raise SerializationFailure("at the same time")
            return real(this, schedule, report)

        self.patch(sendings, "_send", send)
        self.patch(self.env.cr, "rollback", lambda: None)
        return tries

    def test_what_others_change_at_the_same_time_is_reported_again(self):
        tries = self._collide(2)
        self.assertEqual(len(self._run_job("2026-03-11 01:00:00")), 1)
        self.assertEqual(len(tries), 3)
        self.assertFalse(self.weekly.failure)

    def test_schedule_that_finds_no_rest_leaves_the_others(self):
        self._create_schedule(name="Other")
        self._collide(99)
        with self.assertLogs(JOB, "ERROR"):
            sending = self._run_job("2026-03-11 01:00:00")
        self.assertEqual(sending.schedule_id.name, "Other")

    @mute_logger("odoo.sql_db")
    def test_the_database_keeps_a_second_sending_out(self):
        sending = self._run_job("2026-03-11 01:00:00")
        with self.assertRaises(psycopg2.errors.UniqueViolation):
            sending.copy()

    def test_send_now_sends_what_the_job_will_not_send_again(self):
        weekly = self.weekly.with_user(self.collection_manager)
        self.weekly._write_facts(date_last=date(2026, 3, 1))
        self.assertTrue(weekly.action_send_now())
        self.assertEqual(len(self._run_job("2026-03-11 01:00:00")), 1)
        with self.assertSays(UserError, "has been sent already"):
            weekly.action_send_now()

    def test_two_schedules_send_the_same_report(self):
        self._create_schedule(name="Other")
        sendings = self._run_job("2026-03-11 01:00:00")
        self.assertEqual(len(sendings), 2)
        self.assertEqual(len(sendings.report_id), 1)

    # === WHAT === #

    def test_the_mail_carries_figures_paper_and_spreadsheet(self):
        self.weekly.with_pdf = True
        mail = self._run_job("2026-03-11 01:00:00").mail_ids
        self.assertEqual(mail.recipient_ids, self.boss)
        self.assertIn("Weekly collection report", mail.subject)
        self.assertIn("200,000", mail.body_html)
        names = sorted(mail.attachment_ids.mapped("name"))
        self.assertTrue(names[0].endswith(".pdf") and names[1].endswith(".xlsx"))

    def test_each_reader_gets_it_in_his_language(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        other = self._create_partner(name="Sếp", email="sep@example.com", lang="vi_VN")
        self.weekly.partner_ids += other
        sending = self._run_job("2026-03-11 01:00:00")
        self.assertEqual(len(sending.mail_ids), 2)
        self.assertEqual(sending.mail_ids.recipient_ids, self.boss | other)

    def test_a_mail_that_fails_shows(self):
        sending = self._run_job("2026-03-11 01:00:00")
        self.assertFalse(sending.is_failed)
        sending.mail_ids.state = "exception"
        self.env.invalidate_all()
        self.assertTrue(sending.with_user(self.collection_manager).is_failed)

    # === RIGHTS === #

    def test_managers_set_schedules_up_and_forge_nothing(self):
        form = Form(self.schedules.with_user(self.collection_manager))
        form.name = "Mine"
        form.partner_ids.add(self.boss)
        schedule = form.save()
        self.assertTrue(schedule.date_last)
        with self.assertRaises(UserError):
            schedule.date_last = date(2020, 1, 1)
        with self.assertRaises(AccessError):
            self.schedules.with_user(self.collector).search([])
        with self.assertRaises(AccessError):
            self.weekly.with_user(self.accountant).action_send_now()


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestReportFiles(ReportCommon):
    """Screen, paper and spreadsheet say the same."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._pay(cls.late, 150000.55, date(2026, 3, 3))
        cls._pay(cls.west, 40000, date(2026, 3, 4))
        cls.report = cls._make("week", "2026-03-04")

    def test_the_spreadsheet_sums_what_the_lines_say(self):
        content = io.BytesIO(base64.b64decode(self.report.xlsx))
        book = openpyxl.load_workbook(content, data_only=True)
        self.assertIn("Due and collected", book.sheetnames[0])
        rows = list(book.worksheets[0].iter_rows(values_only=True))
        [head] = [row for row in rows if row[0] == "Project"]
        [total] = [row for row in rows if row[0] == "Total"]
        place = head.index("Collected in all")
        self.assertAlmostEqual(total[place], 190000.55, 2)
        overdue = sum(self.report.line_ids.mapped("amount_overdue"))
        self.assertAlmostEqual(total[head.index("Overdue at the end")], overdue, 2)
        content.seek(0)
        sheet = openpyxl.load_workbook(content).worksheets[0]
        formulas = [
            cell.value
            for cells in sheet.iter_rows()
            for cell in cells
            if isinstance(cell.value, str) and cell.value.startswith("=")
        ]
        self.assertTrue([text for text in formulas if text.startswith("=SUBTOTAL(9,")])

    def test_screen_and_paper_have_the_same_figures(self):
        action = "realestate_collection.action_report_collection_report"
        paper = self.env["ir.actions.report"]._render_qweb_html(action, self.report.ids)
        screen = str(self.report.tables)
        for sheet in self.report._get_sheets():
            for row in sheet["rows"]:
                for cell in row["cells"]:
                    self.assertIn(cell, screen)
                    self.assertIn(cell, paper[0].decode())

    def test_the_paper_is_drawn(self):
        report = self.report.with_context(force_report_rendering=True)
        self.assertTrue(report._get_pdf().startswith(b"%PDF"))

    def test_buttons_lead_to_the_files(self):
        self.assertIn("/xlsx?", self.report.action_download()["url"])
        action = self.report.action_print()
        self.assertEqual(action["report_type"], "qweb-pdf")

    def test_aging_columns_add_up(self):
        for row in self._get_rows("Aging at the end"):
            late = ("days_30", "days_60", "days_90", "days_180", "older")
            overdue = sum(row[f"amount_{name}"] for name in late)
            self.assertEqual(row["late"], overdue)
            self.assertEqual(row["open"], overdue + row["amount_not_due"])

    def test_recovered_is_what_no_longer_is_overdue(self):
        # 350,000 lay behind on 1 March; 150,000.55 of the late one's was paid.
        rows = self._get_rows("Due and collected")
        found = {(row["project"], row["officer"]): row["recovered"] for row in rows}
        officer = self.collection_manager.name
        key = (self.project.display_name, officer)
        self.assertEqual(str(found[key]), "150000.55")

    def _get_rows(self, title):
        tables = self.report._get_tables()
        [table] = [one for one in tables if one.title.startswith(title)]
        return [row.values for row in lay_out(table) if row.kind == "row"]
