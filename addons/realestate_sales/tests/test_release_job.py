from odoo.tests import freeze_time, tagged

from .test_release import ReleaseCommon


@tagged("post_install", "-at_install")
class TestReleaseJob(ReleaseCommon):
    """What was approved for a day happens on it, or as soon as it can."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Asia/Manila"

    def _approve(self, day, units=None, **values):
        release = self._release(units, date_planned=day, **values)
        release.action_approve()
        return release

    def _run_job(self, now):
        self.env.flush_all()
        with freeze_time(now), self.enter_registry_test_mode():
            self.env.ref(
                "realestate_sales.ir_cron_carry_out_releases"
            ).method_direct_trigger()
        self.env.invalidate_all()

    def test_on_its_day_by_the_clock_of_the_office(self):
        release = self._approve("2026-03-02")
        self._run_job("2026-03-01 15:59:00")
        self.assertEqual(release.state, "approved")
        self._run_job("2026-03-01 16:01:00")
        self.assertEqual(release.state, "done")
        self.assertEqual(set(self.new.mapped("state")), {"available"})

    def test_days_of_outage_are_caught_up_in_their_order(self):
        back = self._approve("2026-03-04")
        away = self._withdrawal(self.new, date_planned="2026-03-03")
        away.action_approve()
        first = self._approve("2026-03-02", self.new[:2])
        self._run_job("2026-03-09 12:00:00")
        self.assertEqual(
            [release.state for release in (first, away, back)], ["done"] * 3
        )
        self.assertEqual((first + away + back).mapped("unit_count"), [2, 2, 3])
        self.assertEqual(set(self.new.mapped("state")), {"available"})

    def test_one_that_cannot_be_done_keeps_no_other(self):
        self.new[0].write({"price_list": 0, "price_floor": 0})
        bad = self._approve("2026-03-01", self.new[:2])
        good = self._approve("2026-03-02", self.new[2])
        self._run_job("2026-03-02 12:00:00")
        self.assertEqual((bad.state, good.state), ("approved", "done"))
        self.assertEqual(self.new.mapped("is_released"), [False, False, True])
        self.assertIn("T1-201 has no list price", bad.failure)
        activity = bad.activity_ids
        self.assertEqual(activity.user_id, self.supervisor)
        self.assertIn("T1-201", activity.note)
        self._run_job("2026-03-02 13:00:00")
        self.assertEqual(bad.activity_ids, activity, "told once")
        self.new[0].price_list = 1
        self._run_job("2026-03-02 14:00:00")
        self.assertEqual(bad.state, "done")
        self.assertFalse(bad.failure)
        self.assertFalse(bad.activity_ids)

    def test_drafts_and_later_days_wait(self):
        draft = self._release(date_planned="2026-03-01")
        later = self._approve("2026-03-03")
        self._run_job("2026-03-02 12:00:00")
        self.assertEqual((draft.state, later.state), ("draft", "approved"))

    def test_a_held_unit_keeps_its_planned_withdrawal_waiting(self):
        withdrawal = self._withdrawal(date_planned="2026-03-02")
        withdrawal.action_approve()
        with freeze_time("2026-03-02 00:00:00"):
            self.unit.with_user(self.agent).action_hold("2026-03-02 08:00:00")
        self._run_job("2026-03-02 07:00:00")
        self.assertIn("T1-101 is Held", withdrawal.failure)
        self.assertTrue(self.unit.is_released)
        self._run_job("2026-03-02 09:00:00")
        self.assertEqual(withdrawal.state, "done")
