import base64
from contextlib import suppress
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.exceptions import AccessError, UserError
from odoo.tests import RecordCapturer, new_test_user, tagged
from odoo.tools import mute_logger

from ..models import paper_batch
from .common import PaperCase, pdf_pages

LINE = "odoo.addons.report_weasyprint.models.paper_batch_line"


@tagged("post_install", "-at_install")
class TestPaperBatch(PaperCase):
    """Many papers drawn in the background, once each and in their order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.report = cls._create_report("<p>Dear <t t-out='o.name'/>!</p>")
        cls.user = new_test_user(cls.env, "printer", "base.group_user")
        cls.other = new_test_user(cls.env, "other", "base.group_user")
        cls.partners = cls.env["res.partner"].union(
            *(cls._create_partner(f"Buyer {number}") for number in range(1, 8))
        )

    def setUp(self):
        super().setUp()
        self.patch(paper_batch, "PAPERS_A_STEP", 2)

    def _ask(self, partners=None, name=None):
        report = self.report.with_user(self.user)
        partners = (partners or self.partners).with_user(self.user)
        action = report._print_as_job(partners, name)
        return self.env["paper.batch"].browse(action["res_id"])

    def _run_cron(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            cron = self.env.ref("report_weasyprint.ir_cron_print_papers")
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def _names(self, batch):
        files = [base64.b64decode(file.pdf) for file in batch.file_ids]
        pages = [page for file in files for page in pdf_pages(file)]
        return [
            next(line for line in page.splitlines() if line.startswith("Dear"))
            for page in pages
        ]

    def test_papers_come_in_one_file_in_the_order_asked_for(self):
        partners = self.partners[::-1]
        batch = self._ask(partners, "Letters")
        self.assertEqual((batch.state, batch.progress), ("waiting", 0))
        self._run_cron()
        self.assertEqual((batch.state, batch.progress), ("done", 100))
        self.assertEqual(batch.file_ids.mapped("name"), ["Letters.pdf"])
        expected = [f"Dear {partner.name}!" for partner in partners]
        self.assertEqual(self._names(batch), expected)
        self.assertEqual((batch.drawn_count, batch.failed_count), (7, 0))
        self.assertFalse(any(batch.line_ids.mapped("pdf")), "thrown away once joined")

    def test_asking_starts_the_job(self):
        with RecordCapturer(self.env["ir.cron.trigger"]) as triggers:
            self._ask()
        cron = self.env.ref("report_weasyprint.ir_cron_print_papers")
        self.assertEqual(triggers.records.cron_id, cron)

    def test_long_jobs_come_in_several_files(self):
        batch = self._ask(name="Letters")
        with patch(f"{LINE}.PAGES_A_FILE", 3):
            self._run_cron()
        self.assertEqual(
            batch.file_ids.mapped("name"),
            ["Letters 1-3.pdf", "Letters 2-3.pdf", "Letters 3-3.pdf"],
        )
        self.assertEqual(len(self._names(batch)), 7)

    def test_killed_job_goes_on_where_it_was(self):
        batch = self._ask()
        line_class = self.env.registry["paper.batch.line"]
        keep = line_class._keep
        drawn = []

        def keep_until_killed(line, pdf):
            if len(drawn) == 6:
                raise KeyboardInterrupt
            drawn.append(line.name)
            keep(line, pdf)

        def keep_on(line, pdf):
            drawn.append(line.name)
            keep(line, pdf)

        crons = self.env.registry["ir.cron"]
        with (
            patch.object(line_class, "_keep", keep_until_killed),
            patch.object(crons, "_commit_progress", lambda *args, **kwargs: 60),
            # assertRaises would take back what was done.
            suppress(KeyboardInterrupt),
        ):
            batch.sudo()._run()
        self.assertEqual((batch.state, batch.drawn_count), ("running", 6))
        with patch.object(line_class, "_keep", keep_on):
            self._run_cron()
        self.assertEqual(drawn, self.partners.mapped("name"), "each of them once")
        self.assertEqual(len(self._names(batch)), 7)

    def test_paper_that_others_change_meanwhile_is_drawn_again(self):
        batch = self._ask()
        reports = self.env.registry["ir.actions.report"]
        render = reports._render_qweb_pdf
        collided = []

        def collide_once(report, ref, res_ids=None, data=None):
            if res_ids == self.partners[3].ids and not collided:
                collided.append(res_ids)
                raise SerializationFailure
            return render(report, ref, res_ids, data)

        with patch.object(reports, "_render_qweb_pdf", collide_once):
            self._run_cron()
        self.assertTrue(collided)
        self.assertEqual((batch.state, batch.failed_count), ("done", 0))
        self.assertEqual(len(self._names(batch)), 7)

    def test_every_step_is_committed(self):
        batch = self._ask()
        crons = self.env.registry["ir.cron"]
        seen = []

        def commit(*args, **kwargs):
            seen.append(batch.drawn_count)
            return 60

        with patch.object(crons, "_commit_progress", commit):
            batch.sudo()._run()
        self.assertEqual(seen, [0, 2, 4, 6, 7])

    def test_step_of_slow_papers_ends_before_its_last(self):
        # Its papers are written by nobody's hand.
        batch = self._ask().sudo()
        self.assertEqual(batch.line_ids._draw(seconds=1e-9), batch.line_ids[:1])
        self.assertEqual(batch.drawn_count, 1)
        self.assertEqual(batch.line_ids[1:]._draw(seconds=600), batch.line_ids[1:])
        self.assertEqual(batch.drawn_count, 7)

    def test_papers_of_a_step_are_read_at_once(self):
        self._ask()
        fetch = self.env.registry["res.partner"]._fetch_query
        fetched = []

        def count(records, *args):
            found = fetch(records, *args)
            fetched.append(len(found & self.partners))
            return found

        self.patch(self.env.registry["res.partner"], "_fetch_query", count)
        self.patch(paper_batch, "PAPERS_A_STEP", 7)
        self._run_cron()
        self.assertEqual(max(fetched), 7)

    def test_stopped_job_stops_and_goes_on_when_told(self):
        batch = self._ask()
        line_class = self.env.registry["paper.batch.line"]
        keep = line_class._keep

        def stop_at_the_third(line, pdf):
            keep(line, pdf)
            if line.sequence == 3:
                line.batch_id.with_user(self.user.id).action_stop()

        with patch.object(line_class, "_keep", stop_at_the_third):
            self._run_cron()
        self.assertEqual(batch.state, "stopped")
        self.assertEqual(batch.drawn_count, 4, "the step in hand is finished")
        self._run_cron()
        self.assertEqual(batch.drawn_count, 4, "stopped is stopped")
        batch.with_user(self.user).action_resume()
        self._run_cron()
        self.assertEqual((batch.state, len(self._names(batch))), ("done", 7))

    def test_job_out_of_time_goes_on_in_the_next_run(self):
        batch = self._ask()
        crons = self.env.registry["ir.cron"]
        with patch.object(crons, "_commit_progress", lambda *args, **kwargs: 0):
            self._run_cron()
        self.assertEqual((batch.state, batch.drawn_count), ("running", 2))
        self._run_cron()
        self.assertEqual((batch.state, len(self._names(batch))), ("done", 7))

    def test_paper_that_fails_is_named_and_tried_again(self):
        batch = self._ask()
        missing = self.partners[2]
        reports = self.env.registry["ir.actions.report"]
        render = reports._render_qweb_pdf

        def refuse_one(report, ref, res_ids=None, data=None):
            if res_ids == missing.ids:
                # pylint: disable=translation-required
                raise UserError(f"{missing.name} has no address.")
            return render(report, ref, res_ids, data)

        with patch.object(reports, "_render_qweb_pdf", refuse_one):
            self._run_cron()
        self.assertEqual((batch.state, batch.failed_count), ("done", 1))
        self.assertEqual(batch.failed_line_ids.message, "Buyer 3 has no address.")
        self.assertEqual(len(self._names(batch)), 6)
        batch.with_user(self.user).action_resume()
        self._run_cron()
        self.assertEqual((batch.state, batch.failed_count), ("done", 0))
        self.assertEqual(len(batch.file_ids), 2)
        self.assertEqual(self._names(batch)[-1], "Dear Buyer 3!")

    @mute_logger(LINE)
    def test_deleted_record_holds_up_no_other(self):
        batch = self._ask()
        self.partners[0].unlink()
        self._run_cron()
        self.assertEqual((batch.state, batch.failed_count), ("done", 1))
        self.assertTrue(batch.failed_line_ids.message)

    def test_papers_are_drawn_with_the_rights_of_who_asked(self):
        batch = self._ask()
        private = self.partners[0]
        self.env["ir.rule"].create(
            {
                "name": "hidden",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', {private.id})]",
            }
        )
        self._run_cron()
        self.assertEqual(batch.failed_line_ids.name, private.name)
        with self.assertRaises(AccessError):
            self._ask(private)

    def test_nothing_marked_is_said(self):
        nobody = self.env["res.partner"].with_user(self.user)
        with self.assertRaisesRegex(UserError, "nothing is marked"):
            self.report.with_user(self.user)._print_as_job(nobody)

    def test_others_see_and_stop_nothing(self):
        batch = self._ask()
        self._run_cron()
        foreign = batch.with_user(self.other)
        self.assertFalse(foreign.search([]))
        for call in (foreign.action_stop, foreign.action_resume):
            with self.assertRaises(AccessError):
                call()
        for records in (batch, batch.line_ids, batch.file_ids):
            with self.assertRaises(AccessError):
                records.with_user(self.other).read(["name"])
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", "paper.batch.file"), ("res_field", "=", "pdf")]
        )
        self.assertTrue(attachment.with_user(self.user).read(["raw"]))
        with self.assertRaises(AccessError):
            attachment.with_user(self.other).read(["raw"])

    def test_owner_writes_nothing_by_hand(self):
        batch = self._ask().with_user(self.user)
        with self.assertRaises(AccessError):
            batch.state = "done"
        with self.assertRaises(AccessError):
            batch.line_ids[:1].res_id = self.partners[1].id
        with self.assertRaises(AccessError):
            batch.create(
                {"name": "x", "report_id": self.report.id, "user_id": self.user.id}
            )
        self._run_cron()
        self.assertTrue(batch.file_ids.read(["pdf"])[0]["pdf"])

    def test_old_jobs_go_with_their_files(self):
        batch = self._ask()
        self._run_cron()
        attachments = self.env["ir.attachment"].search(
            [("res_model", "=", "paper.batch.file"), ("res_field", "=", "pdf")]
        )
        self.assertTrue(attachments)
        self.env.cr.execute(
            "UPDATE paper_batch SET create_date = now() - interval '8 days' "
            "WHERE id = %s",
            [batch.id],
        )
        batch.invalidate_recordset()
        self.env["paper.batch"]._gc_batches()
        self.assertFalse(batch.exists())
        self.assertFalse(attachments.exists())
