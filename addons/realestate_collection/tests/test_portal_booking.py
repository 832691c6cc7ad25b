from odoo.exceptions import UserError
from odoo.tests import tagged

from .portal_common import PortalPaymentCase


@tagged("post_install", "-at_install")
class TestPayBooking(PortalPaymentCase):
    def setUp(self):
        super().setUp()
        self._login(self.buyer_user)

    def _get_states(self, contract=None):
        return (contract or self.contract).installment_ids.mapped("state")[:4]

    def test_paying_what_is_open_settles_it(self):
        transaction = self._pay_online(200000)
        payment = transaction.payment_id
        self.assertEqual(payment.realestate_contract_id, self.contract)
        self.assertEqual(payment.realestate_external_ref, transaction.reference)
        self.assertEqual(payment.amount, 200000)
        self.assertEqual(self._get_states(), ["paid", "paid", "planned", "planned"])
        self.assertEqual(self.contract.amount_receivable, 0)
        self.assertBooksAgree(self.contract)
        self.assertBalanced()

    def test_any_amount_settles_the_oldest_first(self):
        self._pay_online(123456.78)
        first, second = self.contract.installment_ids[:2]
        self.assertEqual(first.state, "paid")
        self.assertEqual(second.state, "partial")
        self.assertEqual(second.amount_residual, 76543.22)
        self.assertBooksAgree(self.contract)

    def test_paying_ahead_waits_as_credit_for_the_next_invoices(self):
        contract = self._create_bought(self.units[2], months=0)
        self._pay_online(150000, contract)
        self.assertEqual(contract.amount_credit, 150000)
        self.assertEqual(contract._get_online_maximum(), 1050000)
        due = contract.installment_ids[1].date_due
        self.installments.bill_due(due)
        self.assertEqual(
            self._get_states(contract), ["paid", "partial", "planned", "planned"]
        )
        self.assertBooksAgree(contract)

    def test_processing_twice_books_once(self):
        transaction = self._pay_online(200000)
        payment = transaction.payment_id
        transaction._post_process()
        payments = self.contract.payment_ids
        self.assertEqual(payments, payment)
        transaction.payment_id = False
        transaction._post_process()
        self.assertEqual(self.contract.payment_ids, payment)
        self.assertEqual(transaction.payment_id, payment)

    def test_the_reference_books_once_whoever_comes_first(self):
        transaction = self._pay_online(100000)
        again = self.contract.register_payment(
            100000, None, None, external_ref=transaction.reference
        )
        self.assertEqual(again, transaction.payment_id)
        second = self._request_transaction() - transaction
        by_hand = self.contract.register_payment(
            100000, None, None, external_ref=second.reference
        )
        second._set_done()
        second._post_process()
        self.assertEqual(second.payment_id, by_hand)
        self.assertEqual(len(self.contract.payment_ids), 2)

    def test_a_reference_of_other_money_is_a_conflict_for_people(self):
        transaction = self._request_transaction()
        self.contract.register_payment(
            5000, None, None, external_ref=transaction.reference
        )
        transaction._set_done()
        with self.assertRaisesRegex(UserError, "same external reference"):
            transaction._post_process()

    def test_a_failed_payment_books_nothing(self):
        transaction = self._request_transaction()
        transaction._set_canceled()
        transaction._post_process()
        self.assertFalse(transaction.payment_id)
        self.assertEqual(self.contract.amount_receivable, 200000)

    def test_money_on_its_way_is_not_asked_for_again(self):
        transaction = self._request_transaction(amount=1150000)
        self.assertEqual(self.contract._get_online_maximum(), 1200000)
        transaction._set_pending()
        self.assertEqual(self.contract._get_online_maximum(), 50000)
        transaction._set_done()
        self.assertEqual(self.contract._get_online_maximum(), 50000)
        transaction._post_process()
        self.assertEqual(self.contract._get_online_maximum(), 50000)

    def test_money_for_a_contract_cancelled_meanwhile_is_the_buyer_s_credit(self):
        contract = self._create_bought(self.units[2], state="sealed")
        transaction = self._request_transaction(contract)
        contract.action_cancel("Loan refused")
        transaction._set_done()
        transaction._post_process()
        self.assertEqual(transaction.payment_id.realestate_contract_id, contract)
        self.assertEqual(contract.amount_credit, 100000)

    def test_a_co_buyer_pays_on_the_main_buyer_s_account(self):
        contract = self._create_shared(self.units[2])
        self._login(self.stranger)
        payment = self._pay_online(100000, contract).payment_id
        self.assertEqual(payment.partner_id, self.buyer)
        self.assertEqual(payment.realestate_payer_id, self.stranger.partner_id)
        self.assertEqual(contract.installment_ids[0].state, "paid")
        self.assertBooksAgree(contract)

    def test_a_refund_stays_on_the_contract(self):
        transaction = self._pay_online(200000)
        refund = transaction._create_child_transaction(50000, is_refund=True)
        refund._set_done()
        refund._post_process()
        self.assertEqual(refund.payment_id.realestate_contract_id, self.contract)
        self.assertEqual(refund.payment_id.payment_type, "outbound")
        self.assertEqual(self.contract.amount_receivable, 50000)
        self.assertBooksAgree(self.contract)
        self.assertBalanced()

    def test_the_payment_is_told_on_the_contract(self):
        transaction = self._pay_online(100000)
        bodies = " ".join(self.contract.message_ids.mapped("body"))
        self.assertIn(transaction.reference, bodies)

    def test_the_buyer_comes_back_to_a_thank_you(self):
        self._pay_online(100000)
        self.assertIn("has been processed", self._get(f"{self.url}?paid=1").text)
        self.assertNotIn("has been processed", self._get(self.url).text)

    def test_other_transactions_are_left_alone(self):
        transaction = self.env["payment.transaction"].create(
            {
                "provider_id": self.provider.id,
                "payment_method_id": self.method.id,
                "amount": 10,
                "currency_id": self.currency.id,
                "partner_id": self.buyer.id,
                "operation": "online_redirect",
            }
        )
        transaction._set_done()
        transaction._post_process()
        self.assertTrue(transaction.payment_id)
        self.assertFalse(transaction.payment_id.realestate_contract_id)
        self.assertFalse(transaction.payment_id.realestate_external_ref)
