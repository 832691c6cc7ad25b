from datetime import date
from decimal import Decimal

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import TODAY, RealestateCollectionCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestPaymentRefusals(RealestateCollectionCommon):
    """Every refusal names the contract and the way out, and books nothing."""

    def assertRefused(self, text, contract=None, **values):
        contract = contract or self._contract
        values = {"amount": 100, "journal": self.bank, "date": None, **values}
        before = self.env["account.payment"].search_count([])
        with self.assertRaisesRegex(UserError, text) as caught:
            contract.register_payment(**values)
        self.assertIn(contract.name, str(caught.exception))
        self.assertEqual(self.env["account.payment"].search_count([]), before)

    def setUp(self):
        super().setUp()
        self._contract = self._create_billed()

    def test_amounts_that_are_no_money(self):
        for amount in ("100", None, True, False, [], float("nan"), float("inf")):
            with self.subTest(amount=amount):
                self.assertRefused("is no number", amount=amount)
        for amount in (0, -1, -0.01, 1e16, Decimal("-5")):
            with self.subTest(amount=amount):
                self.assertRefused("above zero and at most", amount=amount)

    def test_amounts_finer_than_the_currency(self):
        for amount in (0.001, 100.005, Decimal("1.999")):
            with self.subTest(amount=amount):
                self.assertRefused("finer than the smallest unit of PHP", amount=amount)

    def test_every_kind_of_number_is_money(self):
        for amount in (100, 100.1, Decimal("100.01")):
            payment = self._contract.register_payment(amount, self.bank, None)
            self.assertEqual(payment.amount, float(amount))

    def test_journals_that_take_no_money_of_the_contract(self):
        sale = self.company.realestate_journal_id
        self.assertRefused("no bank or cash journal", journal=sale)
        other = self._create_company("Other Developer", self.currency)
        foreign = other.realestate_bank_journal_id
        self.assertRefused("another company's", journal=foreign)
        self.assertRefused("another company's", journal=foreign.id)
        archived = self.bank.copy({"name": "Old", "code": "OLD"})
        archived.active = False
        self.assertRefused("archived", journal=archived)
        usd = self._activate_currency("USD")
        dollars = self.bank.copy(
            {"name": "Dollars", "code": "USD", "currency_id": usd.id}
        )
        self.assertRefused("in USD, the contract in PHP", journal=dollars)
        for nonsense in (0.5, "BNK1", 999999999, True, self.buyer):
            with self.subTest(journal=nonsense):
                self.assertRefused("is no Journal", journal=nonsense)

    def test_a_set_up_without_a_bank(self):
        self.company.realestate_bank_journal_id = False
        with self.assertRaisesRegex(UserError, "Settings"):
            self._contract.register_payment(100, None, None)

    def test_dates_that_are_none(self):
        for day in ("yesterday", "2026-02-30", 20260101, "0001-01-01", object):
            with self.subTest(day=day):
                self.assertRefused("is no date", date=day)

    def test_money_that_has_not_come_yet(self):
        self.assertRefused("in the future", date="2026-03-11")
        self.assertRefused("in the future", date=date(2062, 3, 1))

    def test_closed_periods_instead_of_a_silent_move(self):
        self.company.fiscalyear_lock_date = date(2026, 2, 28)
        self.assertRefused("closed period.*Lock Dates", date="2026-02-28")
        payment = self._contract.register_payment(100, self.bank, "2026-03-01")
        self.assertEqual(payment.move_id.date, date(2026, 3, 1))

    def test_contracts_that_take_no_money(self):
        draft = self._create_contract(self.units[1])
        self.assertRefused("takes no money", draft)
        draft.action_submit()
        self.assertRefused("takes no money", draft)
        draft.action_cancel("Withdrawn")
        self.assertRefused("takes no money", draft)

    def test_payers_that_cannot_be(self):
        gone = self._create_partner(name="Gone", active=False)
        self.assertRefused("payer Gone is archived", payer=gone)
        other = self._create_company("Other Developer", self.currency)
        theirs = self._create_partner(name="Theirs", company_id=other.id)
        self.assertRefused("contact of another company", payer=theirs)
        for nonsense in ("Maria", 999999999, self.bank):
            with self.subTest(payer=nonsense):
                self.assertRefused("is no Contact", payer=nonsense)

    def test_texts_that_are_none(self):
        for field in ("memo", "external_ref"):
            for text in (5, ["x"], "x" * 1000):
                with self.subTest(field=field, text=text):
                    self.assertRefused("is text of at most", **{field: text})

    def test_a_payment_s_facts_are_not_written_by_hand(self):
        payment = self._pay(self._contract, 100, external_ref="A")
        payments = payment.with_user(self.accountant)
        for values in (
            {"realestate_external_ref": "B"},
            {"realestate_contract_id": False},
            {"realestate_payer_id": self.buyer.id},
        ):
            with self.assertRaisesRegex(UserError, "Register Payment"):
                payments.write(values)
        with self.assertRaisesRegex(UserError, "Register Payment"):
            payments.create({"amount": 5, "realestate_contract_id": self._contract.id})
