from datetime import date
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import TODAY
from .dunning_common import DunningCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDunningRun(DunningCommon):
    def test_every_active_contract_gets_a_decision_with_a_reason(self):
        late = self._create_billed()
        paid = self._create_billed(self.units[1])
        self._pay(paid, 200000)
        ahead = self._create_active(self.units[2], date_contract=date(2026, 3, 9))
        soon = self._create_active(self.units[3], date_contract=date(2026, 2, 13))
        self._create_contract(self.units[4], state="sealed")
        run = self._run()
        self.assertEqual(run.decision_ids.contract_id, late | paid | ahead | soon)
        self.assertEqual(
            [self._decision(run, c).action for c in (late, paid, ahead, soon)],
            ["send", "none", "none", "send"],
        )
        self.assertEqual(
            [self._decision(run, c).reason_code for c in (late, paid, ahead, soon)],
            ["first", "ahead", "ahead", "reminder"],
        )
        for decision in run.decision_ids:
            self.assertTrue(decision.reason)
            self.assertNotIn("%(", decision.reason)

    def test_the_run_counts_what_it_decided(self):
        self._create_billed()
        self._create_active(self.units[1], date_contract=date(2026, 3, 9))
        run = self._run()
        self.assertEqual(
            (run.contract_count, run.send_count, run.overdue_count, run.queued_count),
            (2, 1, 1, 1),
        )
        self.assertEqual(run.state, "queued")
        self._send()
        self.assertEqual((run.state, run.sent_count), ("done", 1))

    def test_a_notice_says_what_is_overdue_and_how_long(self):
        contract = self._create_billed()
        self._pay(contract, 30000)
        notice = self._run().notice_ids
        self.assertEqual(notice.contract_id, contract)
        self.assertEqual(notice.level_id, self.levels[5])
        self.assertEqual((notice.amount, notice.days), (170000, 33))
        self.assertEqual(notice.partner_id, self.buyer)
        self.assertEqual(notice.state, "queued")

    def test_what_is_due_and_not_invoiced_is_not_dunned(self):
        contract = self._create_active()
        decision = self._decision(self._run(), contract)
        self.assertEqual(decision.reason_code, "not_billed")
        self.assertIn("not invoiced", decision.reason)

    def test_credit_counts_before_anything_is_late(self):
        contract = self._create_billed()
        self._pay(contract, 200000)
        item = contract.installment_ids[0]
        item.move_id.line_ids.remove_move_reconcile()
        self.assertEqual(contract.amount_overdue, 100000)
        self.assertEqual(contract.amount_credit, 100000)
        decision = self._decision(self._run(), contract)
        self.assertEqual((decision.action, decision.reason_code), ("none", "credit"))

    # === THE SAME DAY, ANOTHER DAY === #

    def test_twice_on_a_day_queues_nothing_twice(self):
        contract = self._create_billed()
        first = self._run()
        second = self._run()
        self.assertEqual(len(first.notice_ids), 1)
        self.assertFalse(second.notice_ids)
        self.assertEqual(self._decision(second, contract).reason_code, "in_queue")
        self.assertEqual(len(self._send()), 1)
        third = self._run()
        self.assertFalse(third.notice_ids)
        self.assertEqual(self._decision(third, contract).reason_code, "today")
        self.assertEqual(self._send(), [])

    def test_the_database_keeps_a_second_notice_of_a_day_out(self):
        notice = self._create_billed() and self._run().notice_ids
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            notice.copy({"state": "queued", "date": notice.date})
            self.env.flush_all()

    def test_the_ladder_is_climbed_step_by_step(self):
        contract = self._create_active(date_contract=date(2026, 2, 10))
        sent = []
        for day, days in (("2026-03-01", 9), ("2026-03-10", 1)):
            sent += self._live(day, days)
        self.assertEqual(sent, [("2026-03-05", -5)], "reminded once, of the 10th")
        contract.sudo().installment_ids[1:].is_void = True
        self.installments.bill_due("2026-03-10")
        self.assertEqual(
            self._live("2026-03-11", 62),
            [
                ("2026-03-15", 5),
                ("2026-03-25", 15),
                ("2026-04-09", 30),
                ("2026-05-09", 60),
            ],
        )

    def test_three_days_without_a_run_lose_nothing_and_skip_nothing(self):
        contract = self._create_active(date_contract=date(2026, 2, 10))
        contract.sudo().installment_ids[1:].is_void = True
        self.installments.bill_due("2026-03-10")
        self.assertEqual(self._live("2026-03-14", 1), [])
        self.assertEqual(self._live("2026-03-18", 1), [("2026-03-18", 5)])
        self.assertEqual(self._live("2026-03-19", 9), [])
        self.assertEqual(self._live("2026-03-28", 1), [("2026-03-28", 15)])

    def test_who_pays_everything_starts_at_the_foot_again(self):
        contract = self._create_active(date_contract=date(2026, 2, 10))
        self.installments.bill_due("2026-03-10")
        self.assertEqual(len(self._live("2026-03-15", 12)), 2)
        with freeze_time("2026-03-27 04:00:00"):
            self._pay(contract, 100000)
        self.installments.bill_due("2026-04-10")
        self.assertEqual(self._live("2026-04-11", 5), [("2026-04-15", 5)])

    # === LADDERS === #

    def test_a_project_s_own_ladder_comes_first(self):
        own = self.ladder.copy({"name": "Own", "project_ids": [(4, self.project.id)]})
        own.level_ids.filtered(lambda level: level.days == 5).days = 12
        contract = self._create_billed()
        decision = self._decision(self._run("2026-02-15"), contract)
        self.assertEqual(decision.ladder_id, own)
        self.assertEqual(decision.reason_code, "too_early")
        self.assertIn("02/17/2026", decision.reason)

    def test_an_archived_ladder_sends_nothing(self):
        contract = self._create_billed()
        later = self._create_active(self.units[1], date_contract=date(2026, 3, 9))
        self.ladder.active = False
        run = self._run()
        for each in contract, later:
            self.assertEqual(self._decision(run, each).reason_code, "no_ladder")
        self.assertFalse(run.notice_ids)

    def test_a_least_amount_is_in_the_company_s_currency(self):
        usd = self._activate_currency("USD")
        self.env["res.currency.rate"].create(
            {
                "name": date(2026, 1, 1),
                "currency_id": usd.id,
                "rate": 0.02,
                "company_id": self.company.id,
            }
        )
        project = self._create_project(currency_id=usd.id, code="USD")
        unit = self._create_units(1, self._create_building(project), price_list=12000)
        contract = self._create_billed(unit)
        self.levels[5].min_amount = 100001
        decision = self._decision(self._run(), contract)
        self.assertEqual(decision.reason_code, "below_minimum")
        self.assertIn("2,000.02", decision.reason)
        self.levels[5].min_amount = 100000
        self.assertEqual(self._decision(self._run(), contract).action, "send")

    # === COMPANIES, DATES === #

    def test_each_company_has_its_run(self):
        ours = self._create_billed()
        other = self._create_company("Other Developer", self.currency)
        project = self._create_project(company_id=other.id, code="WEST")
        unit = self._create_units(1, self._create_building(project), price_list=1200000)
        theirs = self._create_active(unit)
        both = (self.company | other).ids
        env = self.env(context={**self.env.context, "allowed_company_ids": both})
        env["realestate.installment"].bill_due()
        runs = env["realestate.dunning.ladder"].run()
        self.assertEqual(runs.company_id, self.company | other)
        for run, contract in zip(runs, (ours, theirs), strict=True):
            self.assertEqual(run.decision_ids.contract_id, contract)
            self.assertEqual(run.notice_ids.company_id, run.company_id)

    def test_a_day_to_come_is_only_a_preview(self):
        contract = self._create_active()
        self.installments.bill_due("2026-04-05")
        self._pay(contract, 200000)
        run = self._run("2026-04-12")
        self.assertTrue(run.is_preview)
        self.assertEqual(run.state, "preview")
        self.assertEqual(self._decision(run, contract).action, "send")
        self.assertFalse(run.notice_ids)

    def test_a_run_needs_a_date(self):
        for day in ("soon", "2026-13-01", 5):
            with self.assertRaisesRegex(UserError, "is no date"):
                self._run(day)

    def test_the_job_runs_once_a_day(self):
        self._create_billed()
        runs = self.env["realestate.dunning.run"]
        mine = [("company_id", "=", self.company.id)]
        with self._without_commit():
            runs._cron_run()
            runs._cron_run()
        self.assertEqual(runs.search_count(mine), 1)
        with freeze_time("2026-03-14 04:00:00"), self._without_commit():
            runs._cron_run()
        self.assertEqual(runs.search_count(mine), 2)

    def test_a_company_that_cannot_be_dunned_stops_no_other(self):
        other = self._create_company("Broken Developer", self.currency)
        self._create_project(company_id=other.id, code="BROKEN")
        runs = self.env["realestate.dunning.run"]
        original = type(runs)._perform

        def fail_for_other(own, company, *args, **kwargs):
            if company != self.company:
                raise ValueError("bad ladder")
            return original(own, company, *args, **kwargs)

        self.patch(type(runs), "_perform", fail_for_other)
        with self._without_commit(), self.assertLogs(level="ERROR"):
            runs._cron_run()
        self.assertEqual(runs.search([]).company_id, self.company)

    def test_a_run_that_cannot_have_the_ladder_says_so(self):
        self._create_billed()
        ladders = type(self.ladder)
        nothing = patch.object(
            ladders, "try_lock_for_update", lambda ladder, **options: ladder.browse()
        )
        with nothing, self.assertRaisesRegex(UserError, "is running"):
            self._run()

    # === KEEPING === #

    def test_old_decisions_to_send_nothing_are_deleted(self):
        self._create_billed()
        self._create_active(self.units[1], date_contract=date(2026, 3, 9))
        run = self._run()
        self.company.realestate_decision_days = 30
        decisions = self.env["realestate.dunning.decision"]
        with freeze_time("2026-04-08 04:00:00"):
            decisions._gc_decisions()
        self.assertEqual(len(run.decision_ids), 2)
        with freeze_time("2026-04-10 04:00:00"):
            decisions._gc_decisions()
        run.invalidate_recordset()
        self.assertEqual(run.decision_ids.mapped("action"), ["send"])

    def test_buttons_open_what_belongs_to_the_run(self):
        contract = self._create_billed()
        run = self._run()
        for action, records in (
            (run.action_open_decisions(), run.decision_ids),
            (run.action_open_notices(), run.notice_ids),
            (contract.action_open_notices(), run.notice_ids),
        ):
            found = self.env[action["res_model"]].search(action["domain"])
            self.assertEqual(found, records)
        self.assertEqual(contract.notice_count, 1)

    def test_the_button_of_the_list_runs_and_shows_the_decisions(self):
        contract = self._create_billed()
        action = self.env["realestate.dunning.run"].action_run()
        decisions = self.env[action["res_model"]].search(action["domain"])
        self.assertIn(contract, decisions.contract_id)
        with self.assertRaises(AccessError):
            self.env["realestate.dunning.run"].with_user(self.plain).action_run()
