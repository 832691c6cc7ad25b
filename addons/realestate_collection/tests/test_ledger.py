import random
from datetime import date, timedelta

from odoo.tests import freeze_time, tagged

from .common import TODAY, RealestateCollectionCommon

STEPS = 200


class Walk:
    """A life of contracts: random operations, each through the public door."""

    def __init__(self, case, contracts, seed):
        self.case = case
        self.contracts = contracts
        self.random = random.Random(seed)
        self.day = date(2026, 1, 6)
        self.number = 0

    def step(self):
        """Do one thing and return its name and the contract it touched."""
        contract = self.random.choice(self.contracts)
        name = self.random.choice(
            ["bill", "bill", "pay", "pay", "pay", "overpay", "again", "cancel"]
            + ["credit", "unmatch", "wizard"]
        )
        getattr(self, name)(contract)
        return name, contract

    def bill(self, _contract):
        limit = self.random.choice([None, 1, 3])
        self.day = min(self.day + timedelta(days=self.random.randint(0, 9)), LAST)
        self.case.installments.bill_due(self.day, limit=limit)

    def pay(self, contract):
        currency = contract.currency_id
        amount = currency.round(self.random.uniform(1, 150000))
        self.number += 1
        self.case._pay(contract, amount, external_ref=f"P{self.number}")

    def overpay(self, contract):
        extra = max(contract.amount_receivable, 0) + self.random.randint(1, 120000)
        self.case._pay(contract, contract.currency_id.round(extra))

    def again(self, contract):
        """The bank reports the same money once more."""
        payment = self._one_payment(contract)
        if payment and payment.realestate_external_ref:
            self.case._pay(
                contract,
                payment.amount,
                external_ref=payment.realestate_external_ref,
            )

    def cancel(self, contract):
        payment = self._one_payment(contract)
        if payment:
            payment.action_cancel()

    def credit(self, contract):
        invoice = self._one_invoice(contract)
        if invoice:
            invoice._reverse_moves([{"ref": "walk"}], cancel=True)

    def unmatch(self, contract):
        invoice = self._one_invoice(contract)
        if invoice:
            invoice.line_ids.remove_move_reconcile()

    def wizard(self, contract):
        invoice = self._one_invoice(contract)
        if invoice.amount_residual:
            self.case.env["account.payment.register"].with_context(
                active_model="account.move", active_ids=invoice.ids
            ).create({"payment_date": date(2026, 3, 9)})._create_payments()

    def _one_payment(self, contract):
        payments = contract.payment_ids.filtered(
            lambda payment: payment.state in ("in_process", "paid")
        )
        return payments and self.random.choice(payments)

    def _one_invoice(self, contract):
        invoices = contract.installment_ids.move_id.filtered(
            lambda move: move.state == "posted" and move.payment_state != "reversed"
        )
        return invoices and self.random.choice(invoices)


LAST = date(2027, 1, 31)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestLedger(RealestateCollectionCommon):
    """Buyer ledger = accounting, whatever happens (invariant 5)."""

    def _random_walk(self, contracts, seed, steps):
        walk = Walk(self, contracts, seed)
        done = {}
        for number in range(steps):
            if number % 25 == 0:
                self._analyze()
            name, contract = walk.step()
            done[name] = done.get(name, 0) + 1
            with self.subTest(seed=seed, step=number, operation=name):
                self.assertBooksAgree(contract)
                self.assertLedgerRight(contract)
        self.assertEqual(len(done), 8, done)
        self.assertBooksAgree(*contracts)
        self.assertBalanced()
        self.assertBilledOnce(contracts)

    def _analyze(self):
        """Tell the database of rows that it has not seen committed: without figures it
        plans as for empty tables."""
        self.env.flush_all()
        self.env.cr.execute(
            "ANALYZE account_move, account_move_line, account_payment,"
            " account_partial_reconcile, account_full_reconcile"
        )

    def assertLedgerRight(self, contract):
        """The figures that people see agree with each other."""
        currency = contract.currency_id
        opened = contract.amount_residual - contract.amount_credit
        self.assertFalse(
            currency.compare_amounts(contract.amount_receivable, opened),
            "balance = open instalments less credit",
        )
        for item in contract.installment_ids:
            paid = item.amount_paid + item.amount_residual
            self.assertFalse(currency.compare_amounts(paid, item.amount_billed))
        closing = contract._get_statement(date_to=LAST)["closing"]
        self.assertFalse(currency.compare_amounts(closing, contract.amount_receivable))

    def assertBilledOnce(self, contracts):
        """No instalment has two invoices that stand (invariant 4)."""
        moves = self.env["account.move"].search(
            [
                ("realestate_installment_id.contract_id", "in", contracts.ids),
                ("state", "!=", "cancel"),
                ("move_type", "=", "out_invoice"),
            ]
        )
        items = moves.mapped("realestate_installment_id.id")
        self.assertEqual(len(items), len(set(items)))
        for move in moves:
            self.assertEqual(move.realestate_installment_id.move_id, move)

    def test_after_200_operations_in_the_company_s_currency(self):
        contracts = self._create_active() | self._create_active(self.units[1])
        self._random_walk(contracts, seed=2026, steps=STEPS)

    def test_after_operations_in_a_foreign_currency_of_three_decimals(self):
        kwd = self._activate_currency("KWD")
        self.env["res.currency.rate"].create(
            [
                {
                    "name": date(2026, month, 1),
                    "currency_id": kwd.id,
                    "rate": 0.0052 + month / 10000,
                    "company_id": self.company.id,
                }
                for month in (1, 2, 3)
            ]
        )
        project = self._create_project(currency_id=kwd.id, code="KWD")
        building = self._create_building(project)
        unit = self._create_units(1, building, price_list=1000000.007)[0]
        self._random_walk(self._create_active(unit), seed=7, steps=60)

    def test_the_proof_notices_a_difference(self):
        contract = self._create_billed()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE realestate_installment SET amount_residual = amount_residual + 1"
            " WHERE id = %s",
            [contract.installment_ids[0].id],
        )
        self.env.invalidate_all()
        self.assertEqual(contract._get_ledger_difference(), 1)

    def test_other_dues_are_part_of_the_ledger(self):
        contract = self._create_billed()
        product = self.env.ref("realestate_sales.product_reservation_fee")
        day = date(2026, 3, 1)
        values = self.project._prepare_invoice_values(
            self.buyer,
            day,
            day,
            [self.project._prepare_charge_values(product, "Transfer fee", 777)],
        )
        values["realestate_contract_id"] = contract.id
        self.env["account.move"].create(values).action_post()
        self.assertEqual(contract.amount_receivable, 200777)
        self.assertBooksAgree(contract)
