from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.queue_job.job import Job
from odoo.addons.realestate_collection.tests.common import TODAY

from ..models import realestate_installment
from .common import QueueCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestQueuedBilling(QueueCommon):
    def setUp(self):
        super().setUp()
        # Due: 5 February and 5 March.
        self.contract = self._create_active()
        self.startPatcher(patch.object(realestate_installment, "BILLED_A_JOB", 1))

    def _cron(self):
        self.installments._cron_bill()

    def test_the_cron_hands_out_and_bills_nothing_itself(self):
        trap = self._hand_out(self._cron)
        self.assertEqual(self._count_methods(trap), {"_bill_in_job": 2})
        self.assertFalse(self.contract.installment_ids.move_id)
        jobs = trap.enqueued_jobs
        self.assertEqual({job.channel for job in jobs}, {"root.realestate"})
        self.assertEqual(len({job.identity_key for job in jobs}), 2)

    def test_performed_in_any_order_everything_due_is_billed_once(self):
        trap = self._hand_out(self._cron)
        for job in reversed(trap.enqueued_jobs):
            self.assertEqual(job.perform(), "1 of 1 instalments invoiced.")
        billed = self.contract.installment_ids.filtered("move_id")
        self.assertEqual(
            billed.mapped("date_due"), [date(2026, 2, 5), date(2026, 3, 5)]
        )
        self.assertBooksAgree(self.contract)

    def test_a_job_that_comes_twice_bills_nothing_twice(self):
        trap = self._hand_out(self._cron)
        jobs = list(trap.enqueued_jobs)
        trap.perform_enqueued_jobs()
        before = self.contract.installment_ids.move_id
        self.assertEqual(len(before), 2)
        self.assertEqual(jobs[0].perform(), "0 of 1 instalments invoiced.")
        self.assertEqual(self.contract.installment_ids.move_id, before)

    def test_what_was_billed_by_hand_meanwhile_is_left_alone(self):
        trap = self._hand_out(self._cron)
        self.installments.bill_due()
        by_hand = self.contract.installment_ids.move_id
        trap.perform_enqueued_jobs()
        self.assertEqual(self.contract.installment_ids.move_id, by_hand)

    def test_invoices_are_those_of_the_cron(self):
        self._hand_out(self._cron).perform_enqueued_jobs()
        sibling = self._create_active(self.units[1])
        self.installments.bill_due()
        queued = self._get_invoices(self.contract)
        self.assertEqual(len(queued), 2)
        self.assertEqual(queued, self._get_invoices(sibling))

    def test_nothing_is_handed_out_while_jobs_are_under_way(self):
        with self._without_commit():
            self._cron()
            jobs = self.env["queue.job"].search([("method_name", "=", "_bill_in_job")])
            self.assertEqual(len(jobs), 2)
            self._cron()
        self.assertEqual(
            self.env["queue.job"].search([("method_name", "=", "_bill_in_job")]), jobs
        )

    def test_what_a_failed_job_left_is_handed_out_again(self):
        with self._without_commit():
            self._cron()
        jobs = self.env["queue.job"].search([("method_name", "=", "_bill_in_job")])
        for record in jobs:
            job = Job.load(self.env, record.uuid)
            job.set_failed()
            job.store()
        trap = self._hand_out(self._cron)
        self.assertEqual(self._count_methods(trap), {"_bill_in_job": 2})
