from datetime import date
from unittest.mock import patch

from odoo.exceptions import ConcurrencyError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import TODAY, RealestateCollectionCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestPayment(RealestateCollectionCommon):
    def test_a_payment_settles_the_oldest_first(self):
        contract = self._create_billed()
        payment = self._pay(contract, 130000)
        self.assertIn(payment.state, ("in_process", "paid"))
        self.assertEqual(
            contract.installment_ids[:2].mapped("amount_residual"), [0, 70000]
        )
        self.assertEqual(
            contract.installment_ids[:3].mapped("state"), ["paid", "partial", "planned"]
        )
        self.assertEqual(contract.amount_credit, 0)
        self.assertBooksAgree(contract)

    def test_the_whole_entry_belongs_to_the_contract(self):
        contract = self._create_billed()
        payment = self._pay(contract, 1000)
        self.assertEqual(payment.realestate_contract_id, contract)
        self.assertEqual(payment.move_id.realestate_contract_id, contract)
        self.assertEqual(payment.move_id.line_ids.realestate_contract_id, contract)
        self.assertEqual(payment.currency_id, contract.currency_id)
        self.assertEqual(payment.journal_id, self.bank)
        self.assertEqual(payment.memo, contract.name)

    def test_an_exact_payment_leaves_nothing(self):
        contract = self._create_billed()
        self._pay(contract, 200000)
        self.assertEqual(contract.amount_residual, 0)
        self.assertEqual(contract.amount_receivable, 0)
        self.assertEqual(contract.amount_credit, 0)

    def test_what_is_left_over_is_credit_and_settles_the_next_invoice(self):
        contract = self._create_billed()
        self._pay(contract, 250000)
        self.assertEqual(contract.amount_credit, 50000)
        self.assertEqual(contract.amount_receivable, -50000)
        self.installments.bill_due("2026-04-05")
        item = contract.installment_ids[2]
        self.assertEqual((item.state, item.amount_residual), ("partial", 50000))
        self.assertEqual(contract.amount_credit, 0)
        self.assertBooksAgree(contract)

    def test_money_before_any_invoice_is_credit(self):
        contract = self._create_contract(
            state="approved", date_contract=date(2026, 1, 5)
        )
        self._pay(contract, 100000)
        self.assertEqual(contract.amount_credit, 100000)
        for action in ("sign", "seal", "activate"):
            getattr(contract, f"action_{action}")()
        self.installments.bill_due()
        self.assertEqual(contract.installment_ids[0].state, "paid")
        self.assertEqual(contract.installment_ids[1].state, "billed")

    def test_credit_of_several_payments_settles_together(self):
        contract = self._create_active()
        for amount in (30000, 30000, 60000):
            self._pay(contract, amount)
        self.installments.bill_due()
        self.assertEqual(
            contract.installment_ids[:2].mapped("amount_residual"), [0, 80000]
        )
        self.assertBooksAgree(contract)

    def test_credit_of_one_contract_pays_no_other_of_the_same_buyer(self):
        paid = self._create_billed()
        other = self._create_billed(self.units[1])
        self._pay(paid, 500000)
        self.assertEqual(other.amount_residual, 200000)
        self.assertEqual(paid.amount_credit, 300000)
        self.assertBooksAgree(paid, other)

    def test_a_fee_comes_first_where_the_company_says_so(self):
        contract = self._create_billed()
        fee = self._invoice_fee(contract, 5000)
        self.company.realestate_payment_order = "fees_first"
        self._pay(contract, 6000)
        self.assertEqual(fee.amount_residual, 0)
        self.assertEqual(contract.installment_ids[0].amount_residual, 99000)
        self.assertBooksAgree(contract)

    def test_a_fee_comes_last_where_the_company_says_so(self):
        contract = self._create_billed()
        fee = self._invoice_fee(contract, 5000)
        self.company.realestate_payment_order = "principal_first"
        self._pay(contract, 200001)
        self.assertEqual(fee.amount_residual, 4999)
        self.assertEqual(contract.amount_residual, 0)

    def test_by_date_alone_a_fee_takes_its_turn(self):
        contract = self._create_billed()
        fee = self._invoice_fee(contract, 5000, date(2026, 2, 10))
        self._pay(contract, 102000)
        self.assertEqual(fee.amount_residual, 3000)
        self.assertEqual(contract.installment_ids[1].state, "billed")

    def _invoice_fee(self, contract, amount, day=date(2026, 3, 6)):
        product = self.env.ref("realestate_sales.product_reservation_fee")
        project = contract.project_id
        values = project._prepare_invoice_values(
            contract.partner_id,
            day,
            day,
            [project._prepare_charge_values(product, "Fee", amount)],
        )
        values["realestate_contract_id"] = contract.id
        move = self.env["account.move"].create(values)
        move.action_post()
        return move

    # === REFERENCES === #

    def test_the_same_reference_books_once(self):
        contract = self._create_billed()
        first = self._pay(contract, 50000, external_ref="BANK-1")
        self.assertEqual(self._pay(contract, 50000, external_ref="BANK-1"), first)
        self.assertEqual(self._pay(contract, 50000, external_ref=" BANK-1 "), first)
        self.assertEqual(contract.amount_residual, 150000)
        self.assertEqual(contract.payment_count, 1)

    def test_a_reference_for_other_money_is_refused(self):
        contract = self._create_billed()
        other = self._create_billed(self.units[1])
        self._pay(contract, 50000, external_ref="BANK-1")
        for target, amount in ((contract, 50001), (other, 50000)):
            with self.assertRaisesRegex(UserError, "BANK-1.*another reference"):
                self._pay(target, amount, external_ref="BANK-1")

    def test_a_reference_of_money_taken_back_is_refused(self):
        contract = self._create_billed()
        payment = self._pay(contract, 50000, external_ref="BANK-1")
        payment.action_cancel()
        with self.assertRaisesRegex(UserError, "BANK-1.*another reference"):
            self._pay(contract, 50000, external_ref="BANK-1")

    def test_two_companies_may_use_one_reference(self):
        ours = self._create_billed()
        self._pay(ours, 100, external_ref="1")
        other = self._create_company("Other Developer", self.currency)
        project = self._create_project(company_id=other.id, code="WEST")
        unit = self._create_units(1, self._create_building(project), price_list=1200000)
        theirs = self._create_active(unit)
        theirs = theirs.with_context(allowed_company_ids=other.ids)
        payment = self._pay(theirs, 100, external_ref="1")
        self.assertEqual(payment.company_id, other)

    @mute_logger("odoo.sql_db")
    def test_a_reference_being_booked_elsewhere_is_tried_again(self):
        contract = self._create_billed()
        self._pay(contract, 50000, external_ref="BANK-1")
        unseen = patch.object(
            type(contract), "_find_booked", lambda contracts, requests: {}
        )
        with unseen, self.assertRaises(ConcurrencyError):
            self._pay(contract, 50000, external_ref="BANK-1")
        self.assertEqual(contract.payment_count, 1)

    # === OTHER PAYERS, JOURNALS, CURRENCIES === #

    def test_whoever_pays_the_buyer_s_account_is_settled(self):
        contract = self._create_billed()
        bank = self._create_partner(name="Mortgage Bank")
        payment = self._pay(contract, 200000, payer=bank)
        self.assertEqual(payment.partner_id, self.buyer)
        self.assertEqual(payment.realestate_payer_id, bank)
        self.assertEqual(contract.amount_receivable, 0)
        self.assertFalse(self._pay(contract, 1, payer=self.buyer).realestate_payer_id)

    def test_records_may_be_given_by_id(self):
        contract = self._create_billed()
        payment = contract.register_payment(
            200000, self.bank.id, "2026-03-09", payer=self.buyer.id
        )
        self.assertEqual(payment.date, date(2026, 3, 9))
        self.assertEqual(contract.amount_residual, 0)

    def test_the_project_s_bank_takes_the_money(self):
        escrow = self.bank.copy({"name": "Escrow", "code": "ESC"})
        self.project.bank_journal_id = escrow
        contract = self._create_billed()
        self.assertEqual(self._pay(contract, 100).journal_id, escrow)

    def _create_foreign(self, name, rate, price):
        currency = self._activate_currency(name)
        self.env["res.currency.rate"].create(
            [
                {
                    "name": day,
                    "currency_id": currency.id,
                    "rate": value,
                    "company_id": self.company.id,
                }
                for day, value in (
                    (date(2026, 1, 1), rate),
                    (date(2026, 3, 1), rate * 2),
                )
            ]
        )
        project = self._create_project(currency_id=currency.id, code=name)
        building = self._create_building(project)
        unit = self._create_units(1, building, price_list=price)
        return self._create_billed(unit)

    def test_currencies_of_0_2_and_3_decimals_settle_to_the_last_unit(self):
        cases = [
            ("JPY", 2.6, 1000001, 83333),
            ("USD", 0.017, 100000.01, 8333.33),
            ("KWD", 0.0052, 10000.001, 833.333),
        ]
        for name, rate, price, part in cases:
            with self.subTest(currency=name):
                contract = self._create_foreign(name, rate, price)
                item = contract.installment_ids[0]
                self.assertAlmostEqual(item.amount, part, places=3)
                unit = contract.currency_id.rounding
                self._pay(contract, contract.currency_id.round(item.amount - unit))
                self.assertAlmostEqual(item.amount_residual, unit, places=4)
                self.assertEqual(item.state, "partial")
                self._pay(contract, unit)
                self.assertEqual(item.state, "paid")
                self.assertBooksAgree(contract)
                self.assertBalanced()

    def test_a_rate_that_moved_leaves_nothing_open(self):
        contract = self._create_foreign("USD", 0.017, 120000)
        self._pay(contract, 20000)
        self.assertEqual(contract.amount_receivable, 0)
        lines = self.env["account.move.line"].search(
            [
                ("partner_id", "=", self.buyer.id),
                ("account_id.account_type", "=", "asset_receivable"),
            ]
        )
        self.assertAlmostEqual(sum(lines.mapped("balance")), 0, places=2)
        self.assertBooksAgree(contract)
