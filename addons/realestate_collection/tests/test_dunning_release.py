from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .common import TODAY
from .dunning_common import DunningCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDunningRelease(DunningCommon):
    """A run shows what it would send and waits until it is released."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_manager = cls._create_user(
            "other_collection_manager", "realestate_collection.group_manager"
        )

    def setUp(self):
        super().setUp()
        self.late = self._create_billed()
        self.later = self._create_billed(self.units[1], date_contract=date(2026, 2, 1))
        self.ladders = self.env["realestate.dunning.ladder"]

    def _simulate(self, user=None):
        return self.ladders.with_user(user or self.collector).simulate()

    def _ask(self):
        """A run of a company that releases by approval, asked for."""
        self.company.realestate_dunning_release = True
        run = self.ladders.with_user(self.collector).run()
        run.action_ask_release("The week's run")
        return run

    def _release_of(self, run, contract):
        return self._decision(run.sudo(), contract)

    # === SIMULATION === #

    def test_a_simulation_decides_and_queues_nothing(self):
        run = self._simulate()
        self.assertEqual((run.state, run.send_count), ("simulated", 2))
        self.assertFalse(run.notice_ids)
        self.assertEqual(self._send(), [])
        self.assertEqual(self._decision(run, self.late).action, "send")

    def test_it_is_summed_up_by_level_and_currency(self):
        self._pay(self.later, 40000)
        totals = self._simulate().total_ids
        self.assertEqual(len(totals), 1)
        self.assertEqual(totals.level_id, self.levels[5])
        self.assertEqual((totals.contract_count, totals.amount), (2, 260000))
        self.assertEqual(totals.days_most, 33)
        self.assertEqual(totals.decision_id.contract_id, self.late, "the biggest")
        self.assertIn("E-mail", totals.channels)
        with freeze_time("2026-03-10 05:00:00"):
            opened = totals.action_open_decisions()
        found = self.env["realestate.dunning.decision"].search(opened["domain"])
        self.assertEqual(found.contract_id, self.late | self.later)

    def test_what_is_sent_at_once_is_summed_up_too(self):
        run = self._run()
        self.assertEqual(run.total_ids.contract_count, 2)
        self.assertFalse(run.release)
        self.assertEqual(run.state, "queued")

    def test_a_sample_letter_makes_no_notice(self):
        total = self._simulate().total_ids
        before = self.notices.search_count([])
        total = total.with_context(force_report_rendering=True)
        action = total.action_open_sample()
        attachment = total.sudo().attachment_id
        self.assertIn(str(attachment.id), action["url"])
        self.assertTrue(attachment.raw.startswith(b"%PDF"))
        self.assertEqual(attachment.res_id, total.run_id.id)
        self.assertEqual(self.notices.search_count([]), before)
        self.assertFalse(total.run_id.notice_ids)
        total.action_open_sample()
        self.assertEqual(total.sudo().attachment_id, attachment, "drawn once")

    def test_a_preview_of_a_day_to_come_stays_a_preview(self):
        self.company.realestate_dunning_release = True
        run = self._run("2026-03-20")
        self.assertEqual((run.state, run.release), ("preview", False))
        with self.assertSays(UserError, "“Preview”"):
            run.action_release()

    # === RELEASE WITHOUT APPROVAL === #

    def test_a_released_simulation_sends_what_it_showed(self):
        run = self._simulate()
        run.action_release()
        self.assertEqual(run.state, "queued")
        self.assertEqual(run.user_released_id, self.collector)
        self.assertEqual(run.notice_ids.contract_id, self.late | self.later)
        decision = self._decision(run, self.late)
        self.assertEqual(decision.notice_id.contract_id, self.late)
        self.assertEqual(len(self._send()), 2)
        run.invalidate_recordset()
        self.assertEqual(run.state, "done")

    def test_releasing_twice_queues_nothing_twice(self):
        run = self._simulate()
        run.action_release()
        run.action_release()
        self.assertEqual(len(run.notice_ids), 2)

    def test_who_has_paid_since_gets_none_and_it_is_said_why(self):
        run = self._simulate()
        self._pay(self.late, 200000)
        run.action_release()
        self.assertEqual(run.notice_ids.contract_id, self.later)
        dropped = self._decision(run, self.late)
        self.assertEqual(dropped.action, "send", "what was decided stays")
        self.assertFalse(dropped.notice_id)
        self.assertEqual(dropped.dropped_code, "paid_up")
        self.assertTrue(dropped.dropped_reason)
        self.assertEqual(run.dropped_count, 1)
        found = dropped.search(run.action_open_dropped()["domain"])
        self.assertEqual(found, dropped)

    def test_a_part_payment_since_is_what_the_notice_asks_less(self):
        run = self._simulate()
        self._pay(self.late, 30000)
        run.action_release()
        notice = run.notice_ids.filtered(lambda n: n.contract_id == self.late)
        self.assertEqual(notice.amount, 170000)

    def test_who_is_held_since_gets_none(self):
        run = self._simulate()
        self.late.stop_dunning("Hospital")
        run.action_release()
        self.assertEqual(run.notice_ids.contract_id, self.later)
        dropped = self._decision(run, self.late)
        self.assertIn("Hospital", dropped.dropped_reason)

    def test_what_a_second_run_has_sent_is_not_sent_again(self):
        run = self._simulate()
        self._run()
        run.action_release()
        self.assertFalse(run.notice_ids)
        codes = run.decision_ids.mapped("dropped_code")
        self.assertEqual(set(codes), {"in_queue"})
        self.assertEqual(run.state, "done")

    def test_a_cancelled_contract_gets_none(self):
        run = self._simulate()
        self.late.sudo()._update_state("completed")
        run.action_release()
        self.assertEqual(self._decision(run, self.late).dropped_code, "inactive")

    def test_another_day_is_decided_anew(self):
        run = self._simulate()
        self._create_notice_sent(self.later, 5, "2026-03-10")
        with freeze_time("2026-03-25 04:00:00"):
            run.action_release()
        notice = run.notice_ids
        self.assertEqual(notice.contract_id, self.late)
        self.assertEqual(notice.date, date(2026, 3, 25), "of the day it is sent")
        dropped = self._decision(run, self.later)
        self.assertEqual(dropped.dropped_code, "changed")
        self.assertIn(self.levels[15].name, dropped.dropped_reason)

    def _create_notice_sent(self, contract, days, day):
        notice = self.notices.create(
            {
                "contract_id": contract.id,
                "level_id": self.levels[days].id,
                "level_days": days,
                "date": day,
            }
        )
        notice._update_state("sent")

    def test_a_discarded_simulation_sends_nothing(self):
        run = self._simulate()
        run.action_discard()
        self.assertEqual(run.state, "rejected")
        with self.assertSays(UserError, "“Rejected”"):
            run.action_release()
        self.assertFalse(run.notice_ids)

    def test_a_run_of_a_later_day_replaces_what_waits(self):
        run = self._simulate()
        same_day = self._simulate()
        self.assertEqual((run.state, same_day.state), ("simulated", "simulated"))
        with freeze_time("2026-03-11 04:00:00"):
            self._run()
        self.assertEqual((run.state, same_day.state), ("replaced", "replaced"))
        with self.assertSays(UserError, "“Replaced”"):
            run.action_release()

    # === RELEASE BY APPROVAL === #

    def test_a_company_that_wants_it_has_its_runs_wait(self):
        self.company.realestate_dunning_release = True
        run = self.ladders.with_user(self.collector).run()
        self.assertEqual(run.state, "simulated")
        self.assertFalse(run.notice_ids)
        with self.assertSays(UserError, "by approval"):
            run.action_release()

    def test_a_manager_approves_and_it_is_released(self):
        run = self._ask()
        self.assertEqual(run.state, "asked")
        theirs = run.with_user(self.collection_manager)
        self.assertTrue(theirs.is_approval_mine)
        theirs.action_approve()
        self.assertEqual(run.state, "queued")
        self.assertEqual(len(run.notice_ids), 2)
        self.assertEqual(run.user_released_id, self.collection_manager)

    def test_who_asks_does_not_approve(self):
        self.company.realestate_dunning_release = True
        run = self.ladders.with_user(self.collection_manager).run()
        run.action_ask_release()
        with self.assertRaises(AccessError):
            run.action_approve()
        with self.assertRaises(AccessError):
            run.with_user(self.collector).action_approve()
        self.assertFalse(run.notice_ids)
        run.with_user(self.other_manager).action_approve()
        self.assertTrue(run.notice_ids)

    def test_tiers_decide_where_the_company_has_them(self):
        self.env["realestate.approval.tier"].create(
            {
                "name": "Finance",
                "kind": "dunning_run",
                "company_id": self.company.id,
                "user_ids": [(6, 0, self.other_manager.ids)],
                "amount_from": 1000,
            }
        )
        run = self._ask()
        self.assertEqual(run.sudo().approval_ids.step, "Finance")
        self.assertEqual(run.sudo().approval_ids.amount, 300000)
        with self.assertRaises(AccessError):
            run.with_user(self.collection_manager).action_approve()
        run.with_user(self.other_manager).action_approve()
        self.assertTrue(run.notice_ids)

    def test_a_refused_run_sends_nothing_and_keeps_the_reason(self):
        run = self._ask()
        approval = run.sudo().approval_ids.with_user(self.collection_manager)
        approval.action_refuse("Wait for the bank statement")
        self.assertEqual(run.state, "rejected")
        self.assertEqual(run.reason_rejected, "Wait for the bank statement")
        self.assertFalse(run.notice_ids)

    def test_the_approver_is_shown_what_goes_out(self):
        run = self._ask()
        approval = run.sudo().approval_ids
        self.assertEqual(approval.reason_requested, "The week's run")
        for text in ("First notice", "300,000.00", "2"):
            self.assertIn(text, approval.with_user(self.collection_manager).summary)

    def test_an_approval_is_of_these_decisions(self):
        run = self._ask()
        decision = self._decision(run.sudo(), self.late)
        self.env.cr.execute(
            "UPDATE realestate_dunning_decision SET amount = 5 WHERE id = %s",
            [decision.id],
        )
        with self.assertSays(UserError, "has changed"):
            run.with_user(self.collection_manager).action_approve()

    def test_nothing_to_send_needs_no_release(self):
        self.company.realestate_dunning_release = True
        self._pay(self.late, 200000)
        self._pay(self.later, 100000)
        run = self.ladders.with_user(self.collector).run()
        with self.assertSays(UserError, "would send nothing"):
            run.action_ask_release()

    # === THE NIGHTLY JOB === #

    def _nightly(self):
        runs = self.env["realestate.dunning.run"]
        before = runs.search([])
        with self._without_commit():
            runs._cron_run()
        return runs.search([]) - before

    def test_the_nightly_run_asks_for_its_release(self):
        self.company.realestate_dunning_release = True
        run = self._nightly().filtered(lambda r: r.company_id == self.company)
        self.assertEqual(run.state, "asked")
        self.assertFalse(self._nightly(), "once a day")
        run.with_user(self.collection_manager).action_approve()
        self.assertEqual(len(run.notice_ids), 2)

    def test_a_simulation_or_preview_does_not_stand_in_for_the_nightly_run(self):
        with freeze_time("2026-03-09 04:00:00"):
            self._run("2026-03-10")
        self._simulate()
        run = self._nightly().filtered(lambda r: r.company_id == self.company)
        self.assertEqual(len(run.notice_ids), 2)

    # === RIGHTS === #

    def test_only_officers_simulate_release_and_discard(self):
        run = self._simulate()
        for user in (self.plain, self.agent, self.manager, self.accountant):
            theirs = run.with_user(user)
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self._simulate(user)
                for button in ("release", "discard", "ask_release"):
                    with self.assertRaises(AccessError):
                        getattr(theirs, f"action_{button}")()
                with self.assertRaises(AccessError):
                    run.total_ids.with_user(user).action_open_sample()

    def test_nobody_writes_a_release(self):
        run = self._simulate()
        for user in (self.collector, self.collection_manager):
            with self.assertRaises(UserError):
                run.with_user(user).write({"release": "released"})
        with self.assertRaises(UserError):
            run.sudo().write({"release": "released"})

    def test_officer_and_manager_open_the_form(self):
        run = self._ask()
        for user in (self.collector, self.collection_manager):
            Form(run.with_user(user))
