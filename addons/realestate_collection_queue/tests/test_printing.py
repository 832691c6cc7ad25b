import base64
import io
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools.pdf import PdfFileReader

from odoo.addons.realestate_collection.tests.common import TODAY

from ..models import paper_batch
from .common import QueueCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestQueuedPrinting(QueueCommon):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(paper_batch, "PAPERS_A_JOB", 2))
        self.contracts = self._create_many(3)
        opened = self.contracts.action_print_job()
        self.batch = self.env["paper.batch"].browse(opened["res_id"])

    def _cron(self):
        self.env["paper.batch"]._cron_print()

    def _draws(self, trap):
        """The jobs that draw, the one with two papers first."""
        jobs = [job for job in trap.enqueued_jobs if job.method_name == "_draw_in_job"]
        return sorted(jobs, key=lambda job: -len(job.recordset))

    def _joins(self, trap):
        return [job for job in trap.enqueued_jobs if job.method_name == "_join_in_job"]

    def test_papers_are_drawn_by_jobs_and_joined_by_the_last(self):
        trap = self._hand_out(self._cron)
        asked = {"_draw_in_job": 2, "_join_in_job": 1}
        self.assertEqual(self._count_methods(trap), asked)
        [join] = self._joins(trap)
        self.assertEqual(join.depends_on, set(self._draws(trap)))
        self.assertEqual((self.batch.state, self.batch.drawn_count), ("running", 0))

    def test_performed_it_is_the_file_that_the_cron_makes(self):
        self._hand_out(self._cron).perform_enqueued_jobs()
        self.assertEqual((self.batch.state, self.batch.failed_count), ("done", 0))
        reader = PdfFileReader(io.BytesIO(base64.b64decode(self.batch.file_ids.pdf)))
        self.assertEqual(
            reader.getNumPages(), sum(self.batch.line_ids.mapped("page_count"))
        )
        text = "".join(page.extract_text() for page in reader.pages)
        places = [text.index(contract.name) for contract in self.contracts]
        self.assertEqual(places, sorted(places), "papers are not in their order")

    def test_stopped_it_draws_and_joins_nothing_more(self):
        trap = self._hand_out(self._cron)
        draw = self._draws(trap)[0]
        draw.perform()
        self.batch.action_stop()
        self._draws(trap)[1].perform()
        self._joins(trap)[0].perform()
        self.assertEqual((self.batch.state, self.batch.drawn_count), ("stopped", 2))
        self.assertFalse(self.batch.file_ids)

    def test_resumed_it_goes_on_where_it_was(self):
        trap = self._hand_out(self._cron)
        draw = self._draws(trap)[0]
        draw.perform()
        self.batch.action_stop()
        self.batch.action_resume()
        again = self._hand_out(self._cron)
        asked = {"_draw_in_job": 1, "_join_in_job": 1}
        self.assertEqual(self._count_methods(again), asked)
        again.perform_enqueued_jobs()
        self.assertEqual((self.batch.state, self.batch.drawn_count), ("done", 3))

    def test_a_job_under_way_is_handed_out_once(self):
        with self._without_commit():
            self._cron()
            self._cron()
        jobs = self.env["queue.job"].search([("method_name", "=", "_draw_in_job")])
        self.assertEqual(len(jobs), 2)
