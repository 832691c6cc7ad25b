from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.tests import freeze_time, tagged

from .case_common import CaseCommon
from .common import TODAY


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestCaseJob(CaseCommon):
    """The job refreshes each company, whatever happens to the others meanwhile."""

    def test_job_looks_after_every_company_and_survives_a_failure(self):
        other = self._create_company("Other Developer", self.currency)
        self._create_project(company_id=other.id, code="WEST")
        refresh = type(self.cases)._refresh
        failed = []

        def fail_first(cases, company, *args, **kwargs):
            if not failed:
                failed.append(company)
                raise ValueError("bad luck")
            return refresh(cases, company, *args, **kwargs)

        self.patch(type(self.cases), "_refresh", fail_first)
        with self._without_commit(), self.assertLogs(level="ERROR"):
            self.cases._cron_refresh()
        with self._without_commit():
            self.cases._cron_refresh()
        self.assertTrue(self.contract._get_case())

    def test_the_job_looks_again_where_officers_were_at_the_same_cases(self):
        original = type(self.cases)._refresh
        calls = []

        def collide_first(cases, *args, **kwargs):
            calls.append(args)
            if len(calls) < 3:
                raise SerializationFailure("at the same time")
            return original(cases, *args, **kwargs)

        self.patch(type(self.cases), "_refresh", collide_first)
        with (
            self._without_commit(),
            patch.object(self.env.cr, "rollback") as rollback,
            self.assertNoLogs("odoo.addons.realestate_collection", level="WARNING"),
        ):
            self.cases._cron_refresh()
        self.assertEqual(rollback.call_count, 2)
        self.assertTrue(self.contract._get_case())
