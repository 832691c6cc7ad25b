import random
from datetime import date

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import TODAY, RealestateCollectionCommon

STEPS = 120
OPERATIONS = (
    "bill",
    "charge",
    "pay",
    "pay",
    "over",
    "payout",
    "undo",
    "credit",
    "void",
)


class FeeBooksCase(RealestateCollectionCommon):
    """Contracts whose buyers pay a deed tax of 2 % and a fund of 1 % with the keys."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.city = cls._create_partner(name="City Treasury", is_company=True)
        cls._create_fee_types(cls.company)

    @classmethod
    def _create_fee_types(cls, company):
        shared = {"company_id": company.id, "partner_id": cls.city.id}
        return cls.env["realestate.fee.type"].create(
            [
                {**shared, "name": "Deed Tax", "code": "DEED", "rate": 2},
                {
                    **shared,
                    "name": "Fund",
                    "code": "FUND",
                    "rate": 1,
                    "due_rule": "handover",
                },
                {
                    **shared,
                    "name": "Stamp",
                    "code": "STAMP",
                    "rate": 1,
                    "in_price": True,
                },
            ]
        )

    @classmethod
    def _pay_out(cls, fees):
        """Pay the authority what is held of ``fees``; nothing when nothing is."""
        held = fees.filtered(lambda one: one.amount_held > 0)
        payout = cls.env["realestate.fee.payout"]
        if held:
            payout = payout.create(
                {
                    "company_id": held.company_id.id,
                    "currency_id": held.currency_id.id,
                    "partner_id": cls.city.id,
                    "account_id": held.account_id.id,
                    "line_ids": [Command.create({"fee_id": one.id}) for one in held],
                }
            )
            payout.action_pay()
        return payout

    def assertFeesProven(self):
        self.env.flush_all()
        proof = self.env["realestate.fee.account"]
        proof.invalidate_model()
        for row in proof.search([]):
            self.assertFalse(row.amount_difference, row.account_id.display_name)

    def assertFeeLedger(self, contract):
        """Balance = open instalments and fees less credit = accounting = statement."""
        self.assertBooksAgree(contract)
        opened = contract.amount_residual + sum(
            contract.fee_ids.mapped("amount_residual")
        )
        balance = contract.amount_receivable
        compare = contract.currency_id.compare_amounts
        self.assertFalse(compare(balance, opened - contract.amount_credit))
        closing = contract._get_statement(date_to=date(2027, 12, 31))["closing"]
        self.assertFalse(compare(closing, balance))


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestFeeBooks(FeeBooksCase):
    """The trial balance after each event of a fee, in two charts."""

    def _walk_fee(self, contract, company):
        """Yield the balance by account type after each event."""
        deed, _fund, stamp = contract.fee_ids.sorted("id")
        # 2 % of 1,200,000 at signing; the home is billed apart.
        yield self._get_trial_balance(company)
        self._pay(contract, 24000)
        yield self._get_trial_balance(company)
        payout = self._pay_out(deed)
        yield self._get_trial_balance(company)
        payout.action_cancel()
        yield self._get_trial_balance(company)
        self._pay_out(deed)
        # 100,000 of the price: 12,000 of them are the stamp inside it.
        self.installments.with_company(company).bill_due("2026-02-05")
        self._pay(contract, 100000)
        stamp.action_invoice()
        yield self._get_trial_balance(company)

    def assertFeeStory(self, contract, company):
        due, held = "asset_receivable", "liability_current"
        story = list(self._walk_fee(contract, company))
        for balance in story:
            self.assertAlmostEqual(sum(balance.values()), 0, places=4)
        charged, paid, out, cancelled, aside = story
        self.assertEqual(charged, {due: 24000, held: -24000})
        self.assertEqual(paid[held], -24000)
        self.assertNotIn(due, paid)
        self.assertNotIn(held, out)
        self.assertEqual(cancelled[held], -24000)
        # 100,000 are the buyer's money still, of which 12,000 wait for the city.
        self.assertEqual(aside[held], -100000)
        account = company.realestate_fee_account_id
        lines = self.env["account.move.line"].search(
            [("account_id", "=", account.id), ("parent_state", "=", "posted")]
        )
        self.assertEqual(sum(lines.mapped("balance")), -12000)
        self.assertFeesProven()
        self.assertFeeLedger(contract)

    def test_in_the_generic_chart(self):
        self.assertFeeStory(self._create_active(), self.company)

    def test_in_a_national_chart(self):
        company = self._create_vietnamese_company()
        self._create_fee_types(company)
        project = self._create_project(
            company_id=company.id, currency_id=company.currency_id.id, code="NAT"
        )
        unit = self._create_units(1, self._create_building(project), price_list=1200000)
        contract = self._create_active(unit)
        contract = contract.with_context(allowed_company_ids=company.ids)
        self.installments = self.installments.with_context(
            allowed_company_ids=company.ids
        )
        self.assertFeeStory(contract, company)

    def test_a_fee_is_paid_by_its_day_among_the_instalments(self):
        contract = self._create_active()
        self.installments.bill_due("2026-02-05")
        # Signed in March: the instalment of February is older than the deed tax.
        self._pay(contract, 110000)
        deed = contract.fee_ids.sorted("id")[0]
        self.assertEqual(contract.installment_ids[0].state, "paid")
        self.assertEqual(deed.amount_collected, 10000)
        self.assertEqual(deed.amount_residual, 14000)
        self.assertFeeLedger(contract)

    def test_collection_and_accounting_see_the_fees_of_a_contract(self):
        contract = self._create_active()
        self.project.member_ids = self.manager
        shown = {"type_id": {"fields": {"display_name": {}}}, "explanation": {}}
        for user in (self.collector, self.accountant):
            with self.subTest(user=user.login):
                seen = contract.with_user(user)
                rows = seen.web_read({"fee_ids": {"fields": shown}})[0]["fee_ids"]
                names = [row["type_id"]["display_name"] for row in rows]
                self.assertEqual(sorted(names), ["Deed Tax", "Fund", "Stamp"])
                # What else the form of a contract lists.
                for field in ("clause_ids", "signing_ids", "deposit_ids"):
                    seen.web_read({field: {"fields": {"display_name": {}}}})
        with self.assertRaises(AccessError):
            contract.fee_ids[0].with_user(self.collector).action_invoice()

    def test_a_receipt_of_the_authority_is_no_payment_of_the_buyer(self):
        contract = self._create_active()
        self._pay(contract, 24000)
        payout = self._pay_out(contract.fee_ids)
        self.assertFalse(payout.payment_id.realestate_contract_id)
        self.assertEqual(contract.payment_count, 1)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestFeeLedger(FeeBooksCase):
    """Whatever happens to fees and payments, the three ledgers agree."""

    def bill(self, contract):
        self.installments.bill_due(limit=2)

    def charge(self, contract):
        ready = contract.fee_ids.filtered(lambda one: not one._get_billing_problem())
        ready[:1].action_invoice()

    def pay(self, contract):
        amount = contract.currency_id.round(self.random.uniform(1, 60000))
        self._pay(contract, amount)

    def over(self, contract):
        self._pay(contract, max(contract.amount_receivable, 0) + 5000)

    def payout(self, contract):
        self._pay_out(contract.fee_ids)

    def undo(self, contract):
        payments = contract.payment_ids.filtered(lambda one: one.state != "canceled")
        if payments:
            self.random.choice(payments).action_cancel()

    def credit(self, contract):
        billed = contract.fee_ids.filtered(
            lambda one: (
                one._has_standing_move()
                and not one.in_price
                and not one.amount_paid_out
            )
        )
        if billed:
            self.random.choice(billed)._take_back("walk")

    def void(self, contract):
        paid = contract.fee_ids.payout_line_ids.payout_id.filtered(
            lambda one: one.state == "paid"
        )
        if paid:
            self.random.choice(paid).action_cancel()

    def test_after_many_operations(self):
        self.random = random.Random(5)
        contracts = self._create_active() | self._create_active(self.units[1])
        done = set()
        for step in range(STEPS):
            contract = self.random.choice(contracts)
            name = self.random.choice(OPERATIONS)
            getattr(self, name)(contract)
            done.add(name)
            with self.subTest(step=step, operation=name):
                self.assertFeeLedger(contract)
        self.assertEqual(done, set(OPERATIONS))
        self.assertFeesProven()
        self.assertBalanced()
