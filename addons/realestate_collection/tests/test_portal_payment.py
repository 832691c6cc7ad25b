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
