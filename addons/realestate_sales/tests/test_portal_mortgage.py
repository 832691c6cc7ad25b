from datetime import datetime

from odoo.tests import HttpCase, new_test_user, tagged

from .mortgage_common import MortgageCommon


@tagged("post_install", "-at_install")
class TestPortalMortgage(MortgageCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["realestate.document.type"].search([]).active = False
        cls._create_type("STATEMENT", is_mortgage_commercial=True)
        cls.cobuyer = cls._create_partner(name="Second Buyer")
        cls.stranger = cls._create_partner(name="Stranger")
        cls.shared = cls._create_contract(
            cls.units[1], buyer_ids=cls._share(cls.cobuyer), state="approved"
        )
        cls.mortgage = cls._create_mortgage(cls.shared)
        for partner, login in (
            (cls.buyer, "loan_buyer"),
            (cls.cobuyer, "loan_cobuyer"),
            (cls.stranger, "loan_stranger"),
        ):
            new_test_user(
                cls.env,
                login=login,
                password=login,
                groups="base.group_portal",
                partner_id=partner.id,
            )
        cls.address = f"/my/contracts/{cls.shared.id}/loan"

    def _open(self, login=None, address=None):
        self.authenticate(login, login)
        return self.url_open(address or self.address)

    def test_borrower_sees_stages_and_missing_papers(self):
        page = self._open("loan_buyer").text
        for text in ("Harbour Bank", "What the bank still needs", "Statement"):
            self.assertIn(text, page)
        self.assertIn("600,000", page)
        self.assertIn("Bank Appointment", page)
        self.assertNotIn("Return of Papers", page)

    def test_borrower_sees_the_appointment_by_the_officers_clock(self):
        self.loan_officer.tz = "Asia/Manila"
        self.mortgage.write(
            {
                "date_appointment": datetime(2026, 3, 12, 2, 0),
                "appointment_place": "Ayala Branch",
            }
        )
        self._walk_mortgage(self.mortgage, "appointment")
        for address in (self.address, self.shared.access_url):
            page = self._open("loan_buyer", address).text
            self.assertRegex(page, "Thursday, 12 March 2026, 10:00")
        self.assertIn("Ayala Branch", self._open("loan_buyer").text)

    def test_cobuyer_sees_how_far_it_is_and_neither_papers_nor_amount(self):
        page = self._open("loan_cobuyer").text
        self.assertIn("Harbour Bank", page)
        self.assertIn("papers of the borrower", page)
        for text in ("Statement", "600,000"):
            self.assertNotIn(text, page)

    def test_link_shows_what_a_cobuyer_sees(self):
        token = self.shared._portal_ensure_token()
        page = self.url_open(f"{self.address}?access_token={token}").text
        self.assertIn("Harbour Bank", page)
        self.assertNotIn("600,000", page)

    def test_strangers_see_nothing(self):
        for login in ("loan_stranger", None):
            with self.subTest(login=login):
                self.assertNotIn("Harbour Bank", self._open(login).text)
        self.assertNotIn(
            "Harbour Bank", self.url_open(f"{self.address}?access_token=x").text
        )

    def test_portal_users_read_no_mortgage(self):
        user = self.env["res.users"].search([("login", "=", "loan_buyer")])
        for model in ("realestate.mortgage", "realestate.bank.programme"):
            self.assertFalse(self.env[model].with_user(user).has_access("read"))

    def test_refused_loan_says_so_and_a_contract_without_one_has_no_page(self):
        self.mortgage.action_refuse("Income too low", "bank")
        page = self._open("loan_buyer").text
        self.assertIn("has refused the loan", page)
        self.assertNotIn("Income too low", page)
        without = self._open("loan_buyer", f"/my/contracts/{self.contract.id}/loan")
        self.assertNotIn("Your loan", without.text)
