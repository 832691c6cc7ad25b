from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .common import TODAY
from .mortgage_common import MortgageCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDunningExplain(MortgageCommon):
    """“Why was this buyer (not) dunned?” has an answer for every day."""

    def setUp(self):
        super().setUp()
        # The loan of the contract at hand is another matter here.
        self.mortgage.action_cancel("Paid by own means")
        self.contract._write_facts(date_active=date(2026, 1, 5))
        with freeze_time("2026-02-05 04:00:00"):
            self.installments.bill_due()
        with freeze_time("2026-03-05 04:00:00"):
            self.installments.bill_due()

    def _explain(self, day=None, contract=None):
        contract = contract or self.contract
        return contract.with_user(self.collector).explain_dunning(day)

    def _reason(self, day=None):
        told = self._explain(day)
        return told["source"], told["action"], told["reason_code"]

    # === A RUN HAS DECIDED === #

    def test_the_run_of_the_day_is_believed(self):
        run = self._run()
        self._send()
        self._pay(self.contract, 200000)
        told = self._explain("2026-03-10")
        self.assertEqual((told["source"], told["action"]), ("run", "send"))
        self.assertEqual(told["run_id"], run.id)
        self.assertEqual(told["notice_id"], run.notice_ids.id)
        self.assertEqual(told["notice_state"], "sent")
        self.assertEqual((told["amount"], told["days"]), (200000, 33))
        self.assertEqual(told["level"], self.levels[5].name)

    def test_of_several_runs_the_one_that_sent(self):
        first = self._run()
        self._run()
        self.assertEqual(self._explain()["run_id"], first.id)

    def test_a_preview_is_no_run_of_the_day(self):
        with freeze_time("2026-03-09 04:00:00"):
            self._run("2026-03-10")
        self.assertEqual(self._explain()["source"], "now")

    def test_a_simulation_that_was_not_released_is_said_so(self):
        self.env["realestate.dunning.ladder"].simulate()
        told = self._explain()
        self.assertEqual((told["source"], told["action"]), ("run", "send"))
        self.assertFalse(told["notice_id"])
        self.assertIn("not carried out: Simulated.", told["notes"][0])

    def test_what_release_dropped_is_said_with_its_reason(self):
        run = self.env["realestate.dunning.ladder"].simulate()
        self.contract.stop_dunning("Hospital")
        run.action_release()
        self.assertIn("Hospital", " ".join(self._explain()["notes"]))

    # === TODAY === #

    def test_today_is_told_as_things_stand(self):
        self.assertEqual(self._reason(), ("now", "send", "first"))
        self._pay(self.contract, 200000)
        self.assertEqual(self._reason(), ("now", "none", "ahead"))

    def test_it_agrees_with_the_run_of_today(self):
        told = self._explain()
        decision = self._decision(self._run(), self.contract)
        for name in ("action", "reason_code", "reason", "amount", "days"):
            self.assertEqual(told[name], decision[name], name)

    def test_what_follows_if_nothing_is_paid_is_said(self):
        self.assertEqual(
            self._explain()["next"],
            {"date": "2026-03-10", "level": self.levels[5].name, "amount": 200000},
        )
        self._run()
        self._send()
        following = self._explain()["next"]
        self.assertEqual(following["level"], self.levels[15].name)
        self.assertEqual(following["date"], "2026-03-20")
        self.contract.stop_dunning("Hospital")
        self.assertIsNone(self._explain()["next"])

    # === A DAY GONE BY === #

    def test_a_day_before_the_payment_is_rebuilt_as_late(self):
        self._pay(self.contract, 200000, date(2026, 3, 8))
        self.assertEqual(self._reason("2026-03-07"), ("rebuilt", "send", "first"))
        told = self._explain("2026-03-07")
        self.assertEqual((told["amount"], told["days"]), (200000, 30))
        self.assertEqual([row["residual"] for row in told["items"]][:2], [100000] * 2)
        self.assertEqual(self._reason("2026-03-08"), ("rebuilt", "none", "ahead"))
        self.assertIn("Rebuilt", told["notes"][0])

    def test_a_day_before_the_invoice_was_not_billed(self):
        self.assertEqual(self._reason("2026-02-04")[2], "reminder")
        self.assertEqual(self._reason("2026-02-07")[2], "too_early")
        self.assertEqual(self._explain("2026-02-10")["amount"], 100000)

    def test_notices_since_are_unknown_and_earlier_ones_count(self):
        self._live("2026-03-10", 1)
        self.env["realestate.dunning.decision"].search([]).unlink()
        with freeze_time("2026-03-30 04:00:00"):
            self.assertEqual(self._reason("2026-03-09")[2], "first")
            self.assertEqual(self._reason("2026-03-12")[2], "waiting")
            self.assertEqual(self._reason("2026-03-25")[2], "next")
            told = self._explain("2026-03-10")
        self.assertEqual((told["source"], told["action"]), ("rebuilt", "send"))
        self.assertEqual(told["notice_state"], "sent")
        self.assertIn("on record", " ".join(told["notes"]))

    def test_a_hold_of_then_is_the_reason_although_it_is_over(self):
        with freeze_time("2026-03-06 04:00:00"):
            hold = self.contract._hold_dunning("promise", "By Monday")
        with freeze_time("2026-03-09 04:00:00"):
            hold._end()
        self.assertEqual(self._reason("2026-03-05")[2], "first")
        told = self._explain("2026-03-08")
        self.assertEqual(told["reason_code"], "held")
        self.assertIn("By Monday", told["reason"])
        self.assertEqual(told["holds"][0]["why"], "By Monday")
        self.assertEqual(self._reason("2026-03-09")[2], "first")

    def test_a_hold_entered_later_was_not_known(self):
        self.contract._hold_dunning("dispute", "Kitchen", date_from=date(2026, 3, 1))
        self.assertEqual(self._reason("2026-03-08")[2], "first")
        self.assertEqual(self._reason("2026-03-10")[2], "held")

    def test_a_loan_that_was_waited_for_then_is_the_reason(self):
        contract = self._create_billed(self.units[1])
        contract._write_facts(date_active=date(2026, 1, 5))
        mortgage = self._create_mortgage(contract, amount_commercial=1200000)
        with freeze_time("2026-03-09 04:00:00"):
            mortgage.action_cancel("Another bank")
        told = self._explain("2026-03-08", contract)
        self.assertEqual(told["reason_code"], "bank")
        self.assertIn("Harbour Bank", told["reason"])
        self.assertEqual(self._explain("2026-03-09", contract)["reason_code"], "first")

    def test_credit_of_then_is_counted(self):
        self._pay(self.contract, 200000, date(2026, 3, 8))
        lines = self.contract.installment_ids[:1].move_id.line_ids
        lines.remove_move_reconcile()
        told = self._explain("2026-03-09")
        self.assertEqual(told["credit"], 100000)
        self.assertEqual(told["reason_code"], "credit")
        self.assertEqual(self._explain("2026-03-07")["credit"], 0)

    def test_a_contract_that_did_not_run_yet_is_said_so(self):
        self.contract._write_facts(date_active=date(2026, 3, 1))
        self.assertEqual(self._reason("2026-02-20")[2], "not_running")
        self.contract._update_state("completed")
        self.assertEqual(self._reason()[2], "inactive")
        self.assertEqual(self._reason("2026-04-01")[2], "inactive")

    # === A DAY TO COME === #

    def test_a_day_to_come_is_told_as_if_nothing_were_paid(self):
        told = self._explain("2026-03-20")
        self.assertEqual((told["source"], told["action"]), ("forecast", "send"))
        self.assertEqual(told["level"], self.levels[15].name)
        self.assertIn(self.levels[5].name, " ".join(told["notes"]))
        self.assertEqual(self._reason("2026-03-21")[2], "waiting")

    def test_the_far_future_is_refused(self):
        with self.assertSays(UserError, "730 days"):
            self._explain("2030-01-01")
        with self.assertSays(UserError, "is no date"):
            self._explain("someday")

    def test_without_a_ladder_that_is_the_answer(self):
        self.ladder.active = False
        self.assertEqual(self._reason(), ("now", "none", "no_ladder"))
        self.assertEqual(self._reason("2026-03-01")[2], "no_ladder")
        self.assertEqual(self._reason("2026-04-01")[2], "no_ladder")

    # === SCREEN AND RIGHTS === #

    def test_the_screen_tells_it_for_the_day_chosen(self):
        action = self.contract.with_user(self.collector).action_explain_dunning()
        wizards = self.env[action["res_model"]].with_user(self.collector)
        form = Form(wizards.with_context(**action["context"]))
        self.assertIn("To be sent", form.explanation)
        self.assertIn("First notice", form.explanation)
        self.assertIn("200,000.00", form.explanation)
        self._run()
        form.date = "2026-03-09"
        form.date = "2026-03-10"
        self.assertIn("Waits to be sent", form.explanation)
        self.contract.notice_ids.action_cancel()
        form.date = "2026-03-09"
        form.date = "2026-03-10"
        self.assertIn("Called off", form.explanation)
        form.date = "2026-02-01"
        self.assertIn("Due on", form.explanation)
        form.date = "2026-04-04"
        self.assertIn("Would be sent", form.explanation)

    def test_only_collection_officers_are_told(self):
        for user in (self.plain, self.agent, self.manager, self.accountant):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.contract.with_user(user).explain_dunning()
