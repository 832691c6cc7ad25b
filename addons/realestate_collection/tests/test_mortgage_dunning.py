from odoo.tests import freeze_time, tagged

from .common import TODAY
from .mortgage_common import MortgageCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestMortgageDunning(MortgageCommon):
    """Two months, 200,000, are late by 33 and 5 days; the bank is to pay 700,000 of
    1,200,000, the last of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.installments.bill_due()

    def _decide(self, contract=None):
        decision = self._decision(self._run(), contract or self.contract)
        return decision.action, decision.reason_code, decision.amount

    def _lend(self, amount, stage="bank"):
        """Another mortgage of ``amount`` instead."""
        self.mortgage.action_cancel("Another amount")
        self.mortgage = self._create_mortgage(amount_commercial=amount, stage=stage)

    def test_own_share_of_the_buyer_is_dunned(self):
        self._walk_mortgage(self.mortgage, "bank")
        self.assertEqual(self._decide(), ("send", "first", 200000))

    def test_contract_that_waits_on_its_bank_is_held_with_its_reason(self):
        self._lend(1200000)
        run = self._run()
        decision = self._decision(run, self.contract)
        self.assertEqual(decision.action, "none")
        self.assertEqual(
            decision.reason.replace("\xa0", " "),
            "The loan of Harbour Bank is to pay it: 1,200,000.00 ₱ of it is still to "
            "come.",
        )
        self.assertEqual((decision.amount, decision.days), (200000, 33))
        self.assertFalse(run.notice_ids)

    def test_part_that_no_bank_pays_is_dunned(self):
        # 50,000 of 1,200,000 is the buyer's own: of the oldest month.
        self._lend(1150000)
        self.assertEqual(self._decide(), ("send", "first", 50000))

    def test_contract_is_dunned_again_when_the_bank_has_refused(self):
        self._lend(1200000)
        self.assertEqual(self._decide()[1], "bank")
        self.mortgage.action_refuse("Income too low", "plan")
        with freeze_time("2026-03-11 04:00:00"):
            self.assertEqual(self._decide(), ("send", "first", 200000))

    def test_cancelled_mortgage_holds_nothing(self):
        self._lend(1200000)
        self.mortgage.action_cancel("Pays from own money")
        self.assertEqual(self._decide(), ("send", "first", 200000))

    def test_buyer_who_is_late_with_the_papers_is_dunned(self):
        self._lend(1200000, stage="documents")
        self.mortgage.programme_id.days_documents = 10
        self.assertEqual(self._decide()[1], "bank")
        # Taken up on 1 March: ten days end on the 11th.
        with freeze_time("2026-03-11 04:00:00"):
            self.assertEqual(self._decide()[1], "bank")
        with freeze_time("2026-03-12 04:00:00"):
            self.assertEqual(self._decide()[1], "first")

    def test_bank_that_is_late_is_not_the_buyer(self):
        self._lend(1200000, stage="release")
        with freeze_time("2026-06-01 04:00:00"):
            self.assertTrue(self.mortgage.is_late)
            self.assertEqual(self._decide()[1], "bank")

    def test_own_share_stays_when_the_bank_has_paid_a_part(self):
        self._lend(1150000, stage="release")
        self._pay(self.contract, 150000, payer=self.lender)
        # Open are 50,000 of March; to come of the bank 1,000,000 of 1,050,000.
        self.assertEqual(self._decide(), ("send", "first", 50000))

    def test_released_loan_holds_nothing(self):
        self._lend(150000, stage="release")
        self._pay(self.contract, 150000, payer=self.lender)
        self.assertEqual(self._decide(), ("send", "first", 50000))

    def test_notice_is_called_off_when_a_loan_is_taken_up(self):
        self.mortgage.action_cancel("Later")
        notice = self._run().notice_ids
        self.assertEqual(notice.contract_id, self.contract)
        self._create_mortgage(amount_commercial=1200000, stage="bank")
        self.assertFalse(self._send())
        self.assertEqual((notice.state, notice.failure_code), ("cancelled", "bank"))
        self.assertIn("Harbour Bank", notice.failure_reason)

    def test_letter_says_what_the_bank_pays(self):
        self._lend(1150000)
        notice = self._run().notice_ids
        report = self.env["report.realestate_collection.report_dunning_letter"]
        rows = notice._get_open_items()
        self.assertEqual(
            report._prepare_amounts(notice, rows, notice.amount),
            [("Open items", 200000), ("To be paid by your bank", -150000)],
        )

    def test_others_are_dunned_as_ever(self):
        other = self._create_billed(self.units[1])
        self._lend(1200000)
        run = self._run()
        self.assertEqual(run.notice_ids.contract_id, other)
        self.assertEqual(run.contract_count, 2)
