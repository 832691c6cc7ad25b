from odoo.tests import freeze_time, tagged

from .mortgage_common import TODAY, MortgageCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestFeeLoan(MortgageCommon):
    """A fee on the loan, which is known later than the price."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kind = cls.env["realestate.fee.type"].create(
            {
                "name": "Registration of the Mortgage",
                "code": "MORTGAGE",
                "company_id": cls.company.id,
                "formula": "loan",
                "rate": 0.25,
            }
        )
        cls.contract.action_sync_fees()
        cls.record = cls.contract.fee_ids

    def test_the_fee_follows_the_loan_until_it_is_charged(self):
        self.assertEqual(self.record.amount, 0)
        self.assertIn("once it is known", self.record.explanation)
        self.contract.action_sign()
        self.assertFalse(self.record.move_id)
        self.assertFalse(self.record.problem, "it waits for the loan, nothing is wrong")
        self._create_mortgage()
        self.contract._charge_due_fees()
        # 0.25 % of 600,000.
        self.assertRecordValues(self.record, [{"amount": 1500, "state": "billed"}])
        self.contract.mortgage_ids.amount_commercial = 400000
        self.contract.action_sync_fees()
        self.assertEqual(self.record.amount, 1500)

    def test_without_a_loan_the_fee_is_not_invoiced_by_hand(self):
        self.contract.action_sign()
        with self.assertRaisesRegex(Exception, "comes to nothing"):
            self.record.with_user(self.officer).action_invoice()
