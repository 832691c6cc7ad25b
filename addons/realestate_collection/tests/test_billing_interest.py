from datetime import date

from odoo.tests import freeze_time, tagged

from .common import TODAY, RealestateCollectionCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestBillingInterest(RealestateCollectionCommon):
    """A plan that bears interest: price and interest on one invoice, booked apart."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.interest_plan = cls._create_plan(
            [
                {
                    "name": "Monthly",
                    "amount_type": "balance",
                    "offset_months": 1,
                    "count": 12,
                    "interest_rate": 12,
                    "interest_method": "principal",
                }
            ],
            name="Interest",
        )
        cls.contract = cls._create_active(
            plan_id=cls.interest_plan.id, date_contract=date(2026, 1, 5)
        )

    def test_interest_is_income_and_the_price_an_advance(self):
        self.installments.bill_due()
        first, second = self.contract.installment_ids[:2]
        self.assertEqual((first.amount, first.amount_interest), (100000, 12000))
        self.assertEqual((second.amount, second.amount_interest), (100000, 11000))
        move = first.move_id
        self.assertEqual(move.amount_total, 112000)
        self.assertEqual(first.amount_billed, 112000)
        lines = move.invoice_line_ids
        self.assertEqual(
            lines.mapped("account_id.account_type"), ["liability_current", "income"]
        )
        self.assertRegex(lines[1].name, "^Interest: Monthly 1/12")
        self.assertEqual(
            self._get_trial_balance(),
            {
                "asset_receivable": 223000,
                "liability_current": -200000,
                "income": -23000,
            },
        )
        self.assertBooksAgree(self.contract)

    def test_paying_it_leaves_the_books_even(self):
        self.installments.bill_due()
        self._pay(self.contract, 223000)
        self.assertEqual(self.contract.amount_residual, 0)
        self.assertEqual(
            set(self.contract.installment_ids[:2].mapped("state")), {"paid"}
        )
        balance = self._get_trial_balance()
        self.assertNotIn("asset_receivable", balance)
        self.assertBalanced()

    def test_contract_is_not_paid_up_before_the_interest_is(self):
        self.installments.bill_due(date(2027, 2, 1))
        interest = self.contract.amount_interest
        self.assertEqual(interest, 78000)
        self._pay(self.contract, 1200000)
        self.assertFalse(self.contract._is_paid_up())
        self._pay(self.contract, interest)
        self.assertTrue(self.contract._is_paid_up())
        self.contract.action_complete()

    def test_interest_only_part_has_no_line_of_zero(self):
        plan = self.interest_plan.copy({"name": "Grace"})
        plan.line_ids.write({"grace_parts": 1})
        contract = self._create_active(
            self.units[1], plan_id=plan.id, date_contract=date(2026, 1, 5)
        )
        self.installments.bill_due()
        move = contract.installment_ids[0].move_id
        self.assertEqual(len(move.invoice_line_ids), 1)
        self.assertEqual(move.invoice_line_ids.account_id.account_type, "income")
        self.assertEqual(move.amount_total, 12000)

    def test_billing_twice_changes_nothing(self):
        self.assertEqual(self.installments.bill_due(), 2)
        self.assertEqual(self.installments.bill_due(), 0)
