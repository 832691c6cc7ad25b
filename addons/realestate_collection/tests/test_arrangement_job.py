from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import TODAY
from .debt_common import DebtCommon

JOB = "odoo.addons.realestate_collection.models.realestate_arrangement_money"
TELLING = "odoo.addons.realestate_collection.models.realestate_contract_failure"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestArrangementJob(DebtCommon):
    """The job follows every arrangement, whatever happens to one of them. On 24 March
    both are broken."""

    def setUp(self):
        super().setUp()
        self.arrangement = self._run_arrangement()
        self.other = self._create_billed(self.units[4])
        self.second = self._run_arrangement(contract=self.other)
        self.model = type(self.arrangement)

    def _follow(self):
        with freeze_time("2026-03-24 04:00:00"), self._without_commit():
            return self.env["realestate.arrangement"]._cron_follow()

    def _fail(self, error, times=None):
        """The first arrangement fails, always or so often; the list of its tries."""
        real, tries = self.model._judge_one, []

        def fail(this, *args):
            if this != self.arrangement:
                return real(this, *args)
            tries.append(this)
            if times is None or len(tries) <= times:
                raise error
            return real(this, *args)

        self.patch(self.model, "_judge_one", fail)
        return tries

    def _get_told(self, contract=None):
        kind = self.env.ref(
            "realestate_collection.mail_activity_type_arrangement_failed"
        )
        activities = (contract or self.contract).activity_ids
        return activities.filtered(lambda one: one.activity_type_id == kind)

    def test_one_that_fails_does_not_stop_the_rest(self):
        self._fail(ValueError("broken record"))
        with self.assertLogs(JOB, "ERROR"):
            self.assertEqual(self._follow(), self.arrangement.ids)
        self.assertEqual(self.arrangement.state, "accepted")
        self.assertEqual(self.second.state, "broken")

    @mute_logger(JOB)
    def test_officer_hears_of_a_failure_with_its_reason(self):
        self._fail(ValueError("the <books> are closed"))
        self._follow()
        told = self._get_told()
        self.assertEqual(told.user_id, self.collector)
        self.assertIn("could not be followed", told.summary)
        self.assertIn(self.arrangement.name, told.summary)
        self.assertIn("the &lt;books&gt; are closed", told.note)
        self.assertFalse(self._get_told(self.other))

    @mute_logger(JOB)
    def test_officer_hears_of_it_once(self):
        for reason in ("first", "second"):
            self._fail(ValueError(reason))
            self._follow()
        told = self._get_told()
        self.assertEqual(len(told), 1)
        self.assertIn("second", told.note)

    @mute_logger(JOB)
    def test_where_nobody_can_be_told_the_others_go_on(self):
        self._fail(ValueError("broken record"))
        contracts = type(self.contract)
        real = contracts._schedule_once

        def schedule(contract, *args, **values):
            if contract == self.contract:
                raise ValueError("nobody there")
            return real(contract, *args, **values)

        self.patch(contracts, "_schedule_once", schedule)
        with self.assertLogs(TELLING, "ERROR"):
            self.assertEqual(self._follow(), self.arrangement.ids)
        self.assertEqual(self.second.state, "broken")

    def test_money_that_moves_at_the_same_time_is_looked_at_again(self):
        tries = self._fail(SerializationFailure("at the same time"), times=2)
        with (
            patch.object(self.env.cr, "rollback") as rollback,
            self.assertNoLogs("odoo.addons.realestate_collection", level="WARNING"),
        ):
            self.assertFalse(self._follow())
        self.assertEqual((len(tries), rollback.call_count), (3, 2))
        self.assertEqual(self.arrangement.state, "broken")
        self.assertEqual(self.second.state, "broken")

    def test_money_that_never_rests_costs_one_batch_its_turn_only(self):
        self._fail(SerializationFailure("at the same time"))
        self.patch(self.env.cr, "rollback", lambda: None)
        with patch(f"{JOB}.BATCH", 1), self.assertLogs(JOB, "ERROR"):
            self.assertEqual(self._follow(), self.arrangement.ids)
        self.assertEqual(self.arrangement.state, "accepted")
        self.assertEqual(self.second.state, "broken")
        self.assertFalse(self._get_told(), "nothing is wrong with it")
