import io
from datetime import timedelta

from openpyxl import load_workbook

from odoo import fields
from odoo.tests import tagged

from .portal_common import CollectionPortalCase


@tagged("post_install", "-at_install")
class TestPortalBalance(CollectionPortalCase):
    def test_the_page_shows_what_is_open_and_overdue(self):
        self._login(self.buyer_user)
        page = self._get(self.url).text
        self.assertIn("200,000.00", page)
        self.assertIn("of it overdue", page)
        self.assertIn(f"{self.url}/pay", page)
        self.assertIn(f"{self.url}/statement", page)
        self.assertNotIn("Your credit", page)

    def test_what_is_to_pay_counts_every_due(self):
        project = self.contract.project_id
        fee = self.env.ref("realestate_sales.product_reservation_fee")
        today = fields.Date.today()
        line = project._prepare_charge_values(fee, "Copy of the keys", 4321)
        values = project._prepare_invoice_values(self.buyer, today, today, [line])
        move = self.env["account.move"].create(
            {**values, "realestate_contract_id": self.contract.id}
        )
        move.action_post()
        self.assertEqual(self.contract.amount_receivable, 204321)
        self._login(self.buyer_user)
        self.assertIn("204,321.00", self._get(self.url).text)

    def test_credit_is_shown_as_the_buyer_s(self):
        self.contract.register_payment(250000, None, None)
        self._login(self.buyer_user)
        page = self._get(self.url).text
        self.assertIn("Your credit", page)
        self.assertIn("50,000.00", page)

    def test_a_contract_that_is_paid_up_asks_for_nothing(self):
        self.contract.register_payment(1200000, None, None)
        self._login(self.buyer_user)
        self.assertNotIn(f"{self.url}/pay", self._get(self.url).text)


@tagged("post_install", "-at_install")
class TestPortalStatement(CollectionPortalCase):
    def setUp(self):
        super().setUp()
        self.contract.register_payment(30000, None, None, memo="Transfer 4711")
        self.path = f"{self.url}/statement"

    def test_it_lists_invoices_and_payments_with_the_balance(self):
        self._login(self.buyer_user)
        page = self._get(self.path).text
        for move in self.contract.installment_ids.move_id:
            self.assertIn(move.name, page)
        for amount in ("100,000.00", "200,000.00", "30,000.00", "170,000.00"):
            self.assertIn(amount, page)

    def test_a_period_begins_with_the_opening_balance(self):
        self._login(self.buyer_user)
        today = fields.Date.today()
        page = self._get(f"{self.path}?date_from={today}").text
        first = self.contract.installment_ids[0].move_id
        self.assertIn("Opening balance", page)
        self.assertNotIn(first.name, page)
        self.assertIn("170,000.00", page)
        before = today - timedelta(days=400)
        page = self._get(f"{self.path}?date_to={before}").text
        self.assertIn("No invoice and no payment in this period", page)

    def test_a_period_that_makes_no_sense_is_told_so(self):
        self._login(self.buyer_user)
        for query, message in (
            ("date_from=tomorrow", "Write dates as 2026-12-31"),
            ("date_from=0001-01-01&date_to=9999-12-31", "Write dates as 2026-12-31"),
            ("date_from=2026-02-31", "Write dates as 2026-12-31"),
            ("date_from=2026-03-01&date_to=2026-02-01", "ends before it begins"),
        ):
            response = self._get(f"{self.path}?{query}")
            self.assertEqual(response.status_code, 200)
            self.assertIn(message, response.text)
            self.assertIn("170,000.00", response.text)

    def test_the_spreadsheet_holds_the_same_figures(self):
        self._login(self.buyer_user)
        response = self._get(f"{self.path}.xlsx")
        self.assertIn("spreadsheetml", response.headers["Content-Type"])
        self.assertIn("attachment", response.headers["Content-Disposition"])
        sheet = load_workbook(io.BytesIO(response.content), data_only=True).active
        rows = [row for row in sheet.iter_rows(values_only=True) if any(row)]
        self.assertEqual(rows[-1][5:], (200000, 30000, 170000))
        self.assertIn(self.contract.name, rows[1][0])

    def test_the_pdf_is_one_of_the_papers(self):
        self._login(self.buyer_user)
        self.assertIn("/papers/statement", self._get(self.url).text)
        # Tests draw papers as web pages unless told otherwise.
        paper = self._get(f"{self.url}/papers/statement")
        self.assertEqual(paper.status_code, 200)
        self.assertIn("170,000.00", paper.text)

    def test_a_co_buyer_reads_the_shared_account(self):
        contract = self._create_shared(self.units[2])
        self._login(self.stranger)
        page = self._get(f"{contract.access_url}/statement")
        self.assertEqual(page.status_code, 200)
        self.assertIn("200,000.00", page.text)

    def test_strangers_and_wrong_tokens_are_sent_home(self):
        paths = (self.path, f"{self.path}.xlsx", f"{self.url}/papers/statement")
        for user in (self.stranger, None):
            if user:
                self._login(user)
            else:
                self.logout()
            for path in paths:
                self._assert_sent_home(path)
                self._assert_sent_home(f"{path}?access_token=wrong")

    def test_the_link_opens_the_account_and_is_kept(self):
        token = self.contract._portal_ensure_token()
        page = self._get(f"{self.path}?access_token={token}")
        self.assertEqual(page.status_code, 200)
        self.assertIn(f"{self.path}.xlsx?access_token={token}", page.text)
        sheet = self._get(f"{self.path}.xlsx?access_token={token}")
        self.assertEqual(sheet.status_code, 200)

    def test_the_link_of_a_cancelled_contract_opens_nothing(self):
        contract = self._create_bought(self.units[2], state="approved")
        token = contract._portal_ensure_token()
        contract.action_cancel("Loan refused")
        for page in ("statement", "statement.xlsx", "papers/statement", "pay"):
            path = f"{contract.access_url}/{page}?access_token={token}"
            self._assert_sent_home(path)
