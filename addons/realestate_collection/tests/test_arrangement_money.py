from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import TODAY
from .debt_common import DebtCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestArrangementMoney(DebtCommon):
    """Kept or broken: money alone says so. Parts of 50,000 from 20 March, instalments
    of 100,000 on the 5th besides."""

    def setUp(self):
        super().setUp()
        self.arrangement = self._run_arrangement()

    def _follow(self, day):
        """What the nightly jobs do on a day: bill, then look at arrangements."""
        with freeze_time(f"{day} 04:00:00"), self._without_commit():
            self.installments.bill_due()
            self.env["realestate.arrangement"]._cron_follow()

    def _pay_on(self, day, amount):
        with freeze_time(f"{day} 04:00:00"):
            return self._pay(self.contract, amount, date.fromisoformat(day))

    def assertStands(self, state, received=None):
        self.assertEqual(self.arrangement.state, state)
        if received is not None:
            self.assertEqual(self.arrangement.amount_received, received)

    def test_accepting_keeps_the_facts_and_holds_without_end(self):
        self.assertEqual(self.arrangement.accepted_how, "paper")
        self.assertTrue(self.arrangement.date_accepted)
        hold = self.contract.dunning_hold_ids
        self.assertEqual((hold.kind, hold.date_to), ("arrangement", False))
        self.arrangement.action_accept_on_paper()
        self.assertEqual(len(self.contract.dunning_hold_ids), 1, "twice is once")

    def test_a_part_in_time_keeps_it_running(self):
        self._pay_on("2026-03-20", 50000)
        self.assertStands("accepted", 50000)
        lines = self.arrangement.line_ids
        self.assertEqual(lines.mapped("state"), ["paid", "open", "open", "open"])
        self._follow("2026-03-31")
        self.assertStands("accepted")

    def test_the_grace_passes_and_it_is_broken(self):
        self._follow("2026-03-23")
        self.assertStands("accepted")
        self._follow("2026-03-24")
        self.assertStands("broken")
        self.assertEqual(self.arrangement.amount_missing, 50000)
        kinds = self.contract.activity_ids.activity_type_id
        self.assertIn(
            self.env.ref("realestate_collection.mail_activity_type_arrangement_broken"),
            kinds,
        )
        with freeze_time("2026-03-24 04:00:00"):
            self.env.invalidate_all()
            self.assertFalse(self._is_held())
            self.assertTrue(self._run().notice_ids, "dunning goes on by its history")

    def test_days_that_no_job_ran_change_nothing(self):
        self._follow("2026-05-30")
        self.assertStands("broken")
        self._follow("2026-05-30")
        self.assertStands("broken")

    def test_paying_everything_in_time_keeps_it_though_old_dues_are_paid_first(self):
        for day, amount in (
            ("2026-03-20", 50000),
            ("2026-04-05", 100000),
            ("2026-04-20", 50000),
            ("2026-05-05", 100000),
            ("2026-05-20", 50000),
            ("2026-06-05", 100000),
        ):
            self._follow(day)
            self._pay_on(day, amount)
            self.assertStands("accepted")
        self._follow("2026-06-20")
        self._pay_on("2026-06-20", 50000)
        self.assertStands("kept", 200000)
        self.assertEqual(self.contract.amount_residual, 0)
        with freeze_time("2026-06-21 04:00:00"):
            self.env.invalidate_all()
            self.assertFalse(self._is_held())

    def test_what_falls_due_besides_has_to_be_paid_too(self):
        self._pay_on("2026-03-20", 50000)
        self._follow("2026-04-08")
        self.assertStands("accepted")
        self._follow("2026-04-09")
        self.assertStands("broken")
        self.assertEqual(self.arrangement.amount_missing, 50000)

    def test_paid_ahead_it_runs_until_its_last_day(self):
        self._pay(self.contract, 200000)
        self.assertStands("accepted", 200000)
        self.assertEqual(set(self.arrangement.line_ids.mapped("state")), {"paid"})
        self._follow("2026-04-30")
        self.assertStands("accepted", 100000)
        self._pay_on("2026-05-02", 300000)
        self.assertStands("kept", 200000)

    def test_money_taken_back_runs_it_again_and_breaks_it_in_time(self):
        self.arrangement.action_cancel()
        self.arrangement = self._run_arrangement(part_count=1)
        payment = self._pay(self.contract, 200000)
        self.assertStands("kept", 200000)
        self.assertTrue(self.arrangement.date_ended)
        self.assertFalse(self._is_held())
        payment.action_cancel()
        self.assertStands("accepted", 0)
        self.assertFalse(self.arrangement.date_ended)
        self.assertTrue(self._is_held())
        self._follow("2026-03-24")
        self.assertStands("broken")

    def test_matching_money_anew_breaks_nothing(self):
        payment = self._pay_on("2026-03-20", 50000)
        with freeze_time("2026-04-01 04:00:00"):
            payment.move_id.line_ids.remove_move_reconcile()
            self.assertStands("accepted", 50000)

    def test_a_write_off_of_the_arrears_counts_as_settled(self):
        self.contract._write_off(200000, None, "Settlement")
        self.assertStands("accepted", 200000)

    def test_called_off_it_holds_nothing(self):
        self.arrangement.with_user(self.collector).action_cancel()
        self.assertStands("cancelled")
        self.assertFalse(self._is_held())

    def test_the_statement_of_what_is_held_says_the_arrangement(self):
        run = self._run()
        decision = self._decision(run, self.contract)
        self.assertEqual(decision.reason_code, "held")
        self.assertIn(self.arrangement.name, decision.reason)

    def test_who_does_not_collect_touches_nothing(self):
        for user in (self.plain, self.agent, self.officer, self.accountant):
            theirs = self.arrangement.with_user(user)
            for button in ("action_cancel", "action_draft", "action_offer"):
                with self.subTest(user=user.login, button=button):
                    with self.assertRaises(AccessError):
                        getattr(theirs, button)()
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.contract.with_user(user).propose_arrangement(2, "2026-04-01")
