from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.realestate_collection.tests.common import TODAY
from odoo.addons.realestate_collection.tests.dunning_common import DunningCommon

from ..models import realestate_dunning_notice
from .common import QueueCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestQueuedSending(QueueCommon, DunningCommon):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(realestate_dunning_notice, "SENT_A_JOB", 2))
        self.contracts = self._create_many(3)
        self.installments.bill_due()
        self.notices = self._run().notice_ids
        self.assertEqual(self.notices.contract_id, self.contracts)

    def _hand_out_notices(self):
        return self._hand_out(self.env["realestate.dunning.notice"]._cron_send)

    def _perform(self, job):
        # A job that may commit has a connection of its own, which sees no test's data.
        with self._without_commit():
            job.func(*job.args, **job.kwargs)

    def test_the_cron_hands_out_and_sends_nothing_itself(self):
        trap = self._hand_out_notices()
        self.assertEqual(self._count_methods(trap), {"_send_in_job": 2})
        self.assertEqual(set(self.notices.mapped("state")), {"queued"})
        self.assertFalse(self.notices.delivery_ids)

    def test_performed_each_buyer_has_one_mail(self):
        trap = self._hand_out_notices()
        with self.mock_mail_gateway():
            for job in trap.enqueued_jobs:
                self._perform(job)
            for job in trap.enqueued_jobs:
                self._perform(job)
        self.assertEqual(set(self.notices.mapped("state")), {"sent"})
        self.assertEqual(len(self._new_mails), 3)
        self.assertEqual(self._new_mails.recipient_ids, self.contracts.partner_id)

    def test_paid_between_hand_out_and_job_is_sent_nothing(self):
        trap = self._hand_out_notices()
        payer = self.contracts[0]
        self._pay(payer, payer.amount_overdue)
        with self.mock_mail_gateway():
            for job in trap.enqueued_jobs:
                self._perform(job)
        called_off = self.notices.filtered(lambda one: one.state == "cancelled")
        self.assertEqual(called_off.contract_id, payer)
        self.assertNotIn(payer.partner_id, self._new_mails.recipient_ids)

    def test_notices_of_a_buyer_stay_in_one_job(self):
        first = self.contracts[0].partner_id
        [unit] = self._create_units(1, first=7001, price_list=1200000)
        self._create_billed(unit, partner_id=first.id)
        self.notices |= self._run().notice_ids
        parts = list(self.notices._split_by_buyer(1))
        self.assertEqual(sorted(len(part) for part in parts), [1, 1, 2])
        [both] = [part for part in parts if len(part) == 2]
        self.assertEqual(both.partner_id, first)

    def test_nothing_is_handed_out_while_jobs_are_under_way(self):
        for _time in range(2):
            with self._without_commit():
                self.env["realestate.dunning.notice"]._cron_send()
        jobs = self.env["queue.job"].search([("method_name", "=", "_send_in_job")])
        self.assertEqual(len(jobs), 2)
