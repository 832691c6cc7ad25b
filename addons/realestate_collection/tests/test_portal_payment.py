from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .portal_common import PortalPaymentCase

EVIL = "https://evil.example/"


@tagged("post_install", "-at_install")
class TestPayPage(PortalPaymentCase):
    def setUp(self):
        super().setUp()
        self.path = f"{self.url}/pay"

    def test_it_offers_what_is_open_the_next_and_everything(self):
        self.assertEqual(
            [
                (choice["kind"], choice["amount"])
                for choice in self.contract._get_online_choices()
            ],
            [("open", 200000), ("next", 100000), ("all", 1200000)],
        )
        self._login(self.buyer_user)
        page = self._get(self.path).text
        for part in ("200,000.00", "1,200,000.00", "o_payment_form"):
            self.assertIn(part, page)
        self.assertIn('data-amount="200000.0"', page)

    def test_it_takes_another_amount(self):
        self._login(self.buyer_user)
        page = self._get(f"{self.path}?amount=123456.78").text
        self.assertIn('data-amount="123456.78"', page)

    def test_it_explains_an_amount_that_cannot_be_paid(self):
        self._login(self.buyer_user)
        for amount, message in (
            ("1200000.01", "at most"),
            ("-5", "must be above zero"),
            ("0", "must be above zero"),
            ("nan", "is no number"),
            ("lots", "is no number"),
            ("0.001", "smallest unit"),
        ):
            page = self._get(f"{self.path}?amount={amount}").text
            self.assertIn(message, page, amount)
            self.assertIn('data-amount="200000.0"', page, amount)

    def test_it_says_when_there_is_nothing_to_pay(self):
        self.contract.register_payment(1200000, None, None)
        self._login(self.buyer_user)
        page = self._get(self.path).text
        self.assertIn("nothing to pay", page)
        self.assertNotIn("o_payment_form", page)

    def test_strangers_and_wrong_tokens_are_sent_home(self):
        self._assert_sent_home(self.path)
        self._assert_sent_home(f"{self.path}?access_token=wrong")
        self._login(self.stranger)
        self._assert_sent_home(self.path)

    def test_a_visitor_with_the_link_sees_nobody_s_saved_methods(self):
        token = self._create_token(self.buyer)
        link = self.contract._portal_ensure_token()
        page = self._get(f"{self.path}?access_token={link}").text
        self.assertIn("o_payment_form", page)
        self.assertNotIn(f"o_payment_token_{token.id}", page)
        self._login(self.buyer_user)
        self.assertIn(f"o_payment_token_{token.id}", self._get(self.path).text)

    def test_pages_are_read_not_posted_to(self):
        self._login(self.buyer_user)
        for path in (self.url, self.path, f"{self.url}/statement"):
            response = self.url_open(path, data={"amount": 1}, allow_redirects=False)
            self.assertEqual(response.status_code, 405, path)


@tagged("post_install", "-at_install")
class TestPayRoute(PortalPaymentCase):
    def test_the_transaction_is_the_server_s(self):
        self._login(self.buyer_user)
        transaction = self._request_transaction(amount=100000)
        self.assertRecordValues(
            transaction,
            [
                {
                    "realestate_contract_id": self.contract.id,
                    "amount": 100000,
                    "currency_id": self.currency.id,
                    "partner_id": self.buyer.id,
                    "company_id": self.company.id,
                    "operation": "online_redirect",
                    "landing_route": f"{self.url}?paid=1",
                }
            ],
        )
        self.assertTrue(transaction.reference.startswith(self.contract.name))

    def test_a_forged_amount_is_refused(self):
        self._login(self.buyer_user)
        for amount in (0, -1, 1200000.01, 1e30, 0.001, "100", None, True, [], {}):
            self._assert_refused(amount=amount)

    def test_a_forged_landing_page_is_not_listened_to(self):
        self._login(self.buyer_user)
        transaction = self._request_transaction(landing_route=EVIL)
        self.assertEqual(transaction.landing_route, f"{self.url}?paid=1")

    def test_forged_fields_are_refused(self):
        self._login(self.buyer_user)
        for forged in (
            {"currency_id": self.env.ref("base.USD").id},
            {"partner_id": self.stranger.partner_id.id},
            {"custom_create_values": {"state": "done"}},
            {"reference_prefix": "INV"},
            {"invoice_ids": [1]},
            {"realestate_contract_id": 1},
        ):
            self._assert_refused(**forged)

    def test_it_is_never_a_validation(self):
        self._login(self.buyer_user)
        transaction = self._request_transaction(is_validation=True)
        self.assertEqual(transaction.operation, "online_redirect")
        self.assertEqual(transaction.amount, 100000)

    def test_strangers_and_wrong_tokens_are_refused(self):
        self._assert_refused()
        self._assert_refused(access_token="wrong")
        self._login(self.stranger)
        self._assert_refused()
        self._assert_refused(access_token="wrong")
        self._assert_refused(access_token=["wrong"])

    def test_the_link_lets_a_visitor_pay_for_the_buyer(self):
        token = self.contract._portal_ensure_token()
        transaction = self._request_transaction(access_token=token)
        self.assertEqual(transaction.partner_id, self.buyer)
        self.assertEqual(
            transaction.landing_route, f"{self.url}?access_token={token}&paid=1"
        )

    def test_it_is_not_reached_by_get(self):
        self._login(self.buyer_user)
        with mute_logger("odoo.http"):
            response = self._get(f"{self.url}/transaction?amount=100000")
        self.assertNotEqual(response.status_code, 200)
        self.assertFalse(self._get_new_transactions())

    def test_a_cancelled_contract_takes_no_money(self):
        contract = self._create_bought(self.units[2], state="approved")
        token = contract._portal_ensure_token()
        contract.action_cancel("Loan refused")
        self._assert_refused(contract, access_token=token)
        self._login(self.buyer_user)
        self._assert_refused(contract)
        self.assertEqual(contract._get_online_maximum(), 0)

    def test_a_draft_takes_no_money(self):
        contract = self._create_contract(self.units[2], partner_id=self.buyer.id)
        self._assert_refused(contract, access_token=contract._portal_ensure_token())

    def test_a_provider_that_was_not_offered_is_refused(self):
        other = self._create_company("Other Developer", self.currency)
        self._login(self.buyer_user)
        for provider in (
            self._create_provider(other),
            self._create_provider(state="disabled", is_published=False),
            self._create_provider(is_published=False),
            self._create_provider(maximum_amount=10),
        ):
            self._assert_refused(provider_id=provider.id)
        self._assert_refused(provider_id=None)
        self._assert_refused(payment_method_id=None)

    def test_somebody_else_s_saved_method_is_refused(self):
        theirs = self._create_token(self.stranger.partner_id)
        ours = self._create_token(self.buyer)
        saved = {"flow": "token", "payment_method_id": None}
        link = self.contract._portal_ensure_token()
        self._assert_refused(token_id=ours.id, access_token=link, **saved)
        self._login(self.buyer_user)
        self._assert_refused(token_id=theirs.id, **saved)
        self._assert_refused(token_id=None, **saved)
        charged = []
        self.patch(
            type(self.env["payment.transaction"]),
            "_charge_with_token",
            lambda transaction: charged.append(transaction.token_id),
        )
        self._request(token_id=ours.id, **saved)
        self.assertEqual(charged, [ours])


@tagged("post_install", "-at_install")
class TestPayBooking(PortalPaymentCase):
    def setUp(self):
        super().setUp()
        self._login(self.buyer_user)

    def _get_states(self, contract=None):
        return (contract or self.contract).installment_ids.mapped("state")[:4]

    def test_paying_what_is_open_settles_it(self):
        transaction = self._pay(200000)
        payment = transaction.payment_id
        self.assertEqual(payment.realestate_contract_id, self.contract)
        self.assertEqual(payment.realestate_external_ref, transaction.reference)
        self.assertEqual(payment.amount, 200000)
        self.assertEqual(self._get_states(), ["paid", "paid", "planned", "planned"])
        self.assertEqual(self.contract.amount_receivable, 0)
        self.assertBooksAgree(self.contract)
        self.assertBalanced()

    def test_any_amount_settles_the_oldest_first(self):
        self._pay(123456.78)
        first, second = self.contract.installment_ids[:2]
        self.assertEqual(first.state, "paid")
        self.assertEqual(second.state, "partial")
        self.assertEqual(second.amount_residual, 76543.22)
        self.assertBooksAgree(self.contract)

    def test_paying_ahead_waits_as_credit_for_the_next_invoices(self):
        contract = self._create_bought(self.units[2], months=0)
        self._pay(150000, contract)
        self.assertEqual(contract.amount_credit, 150000)
        self.assertEqual(contract._get_online_maximum(), 1050000)
        due = contract.installment_ids[1].date_due
        self.installments.bill_due(due)
        self.assertEqual(
            self._get_states(contract), ["paid", "partial", "planned", "planned"]
        )
        self.assertBooksAgree(contract)

    def test_processing_twice_books_once(self):
        transaction = self._pay(200000)
        payment = transaction.payment_id
        transaction._post_process()
        payments = self.contract.payment_ids
        self.assertEqual(payments, payment)
        transaction.payment_id = False
        transaction._post_process()
        self.assertEqual(self.contract.payment_ids, payment)
        self.assertEqual(transaction.payment_id, payment)

    def test_the_reference_books_once_whoever_comes_first(self):
        transaction = self._pay(100000)
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
        payment = self._pay(100000, contract).payment_id
        self.assertEqual(payment.partner_id, self.buyer)
        self.assertEqual(payment.realestate_payer_id, self.stranger.partner_id)
        self.assertEqual(contract.installment_ids[0].state, "paid")
        self.assertBooksAgree(contract)

    def test_a_refund_stays_on_the_contract(self):
        transaction = self._pay(200000)
        refund = transaction._create_child_transaction(50000, is_refund=True)
        refund._set_done()
        refund._post_process()
        self.assertEqual(refund.payment_id.realestate_contract_id, self.contract)
        self.assertEqual(refund.payment_id.payment_type, "outbound")
        self.assertEqual(self.contract.amount_receivable, 50000)
        self.assertBooksAgree(self.contract)
        self.assertBalanced()

    def test_the_payment_is_told_on_the_contract(self):
        transaction = self._pay(100000)
        bodies = " ".join(self.contract.message_ids.mapped("body"))
        self.assertIn(transaction.reference, bodies)

    def test_the_buyer_comes_back_to_a_thank_you(self):
        self._pay(100000)
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
