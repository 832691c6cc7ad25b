from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import TODAY, RealestateCollectionCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestPaymentLabels(RealestateCollectionCommon):
    """Accountants work as they are used to; contracts follow by themselves."""

    def _register_in_wizard(self, moves, **values):
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=moves.ids
        )
        return wizard.with_user(self.accountant).create(values)._create_payments()

    def test_a_payment_in_accounting_s_wizard_settles_the_instalment(self):
        contract = self._create_billed()
        item = contract.installment_ids[0]
        payment = self._register_in_wizard(item.move_id)
        self.assertEqual(item.state, "paid")
        self.assertEqual(payment.realestate_contract_id, contract)
        self.assertEqual(payment.move_id.line_ids.realestate_contract_id, contract)
        self.assertBooksAgree(contract)

    def test_one_payment_for_two_contracts_belongs_to_neither(self):
        first = self._create_billed()
        second = self._create_billed(self.units[1])
        moves = first.installment_ids[0].move_id | second.installment_ids[0].move_id
        payment = self._register_in_wizard(moves, group_payment=True)
        self.assertEqual(len(payment), 1)
        self.assertFalse(payment.realestate_contract_id)
        for contract in first, second:
            self.assertEqual(contract.installment_ids[0].state, "paid")
            self.assertEqual(contract.amount_receivable, 100000)
        self.assertBooksAgree(first, second)

    def test_a_bank_statement_line_settles_the_instalment(self):
        contract = self._create_billed()
        invoice = contract.installment_ids[0].move_id
        receivable = invoice.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.bank.id,
                "date": "2026-03-09",
                "payment_ref": "Maria, February",
                "amount": 100000,
                "partner_id": self.buyer.id,
            }
        )
        _liquidity, suspense, _other = line._seek_for_lines()
        suspense.account_id = receivable.account_id
        (suspense | receivable).reconcile()
        self.assertEqual(contract.installment_ids[0].state, "paid")
        self.assertEqual(line.move_id.realestate_contract_id, contract)
        self.assertBooksAgree(contract)

    def test_undoing_the_match_reopens_the_instalment_and_leaves_credit(self):
        contract = self._create_billed()
        item = contract.installment_ids[0]
        self._register_in_wizard(item.move_id)
        item.move_id.line_ids.remove_move_reconcile()
        self.assertEqual(item.state, "billed")
        self.assertEqual(contract.amount_credit, 100000)
        self.assertEqual(contract.amount_receivable, 100000)
        self.assertBooksAgree(contract)

    def test_cancelling_a_payment_reopens_what_it_settled(self):
        contract = self._create_billed()
        payment = self._pay(contract, 150000)
        payment.action_cancel()
        self.assertEqual(
            contract.installment_ids[:2].mapped("state"), ["billed", "billed"]
        )
        self.assertEqual(contract.amount_receivable, 200000)
        self.assertBooksAgree(contract)

    def test_a_credit_note_belongs_to_the_contract_of_its_invoice(self):
        contract = self._create_billed()
        invoice = contract.installment_ids[0].move_id
        wizard = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        wizard = wizard.with_user(self.accountant).create(
            {"journal_id": invoice.journal_id.id, "reason": "Goodwill"}
        )
        wizard.reverse_moves()
        refund = invoice.reversal_move_ids
        self.assertEqual(refund.realestate_contract_id, contract)
        refund.invoice_line_ids.price_unit = 40000
        refund.action_post()
        (refund.line_ids | invoice.line_ids).filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        ).reconcile()
        self.assertEqual(contract.installment_ids[0].amount_residual, 60000)
        self.assertBooksAgree(contract)

    def test_a_refund_of_the_credit_belongs_to_the_contract(self):
        contract = self._create_billed()
        paid = self._pay(contract, 250000)
        refund = self.env["account.payment"].create(
            {
                "payment_type": "outbound",
                "partner_type": "customer",
                "partner_id": self.buyer.id,
                "amount": 50000,
                "currency_id": self.currency.id,
                "journal_id": self.bank.id,
            }
        )
        refund.action_post()
        (paid.move_id.line_ids | refund.move_id.line_ids).filtered(
            lambda line: (
                line.account_id.account_type == "asset_receivable"
                and not line.reconciled
            )
        ).reconcile()
        self.assertEqual(refund.realestate_contract_id, contract)
        self.assertEqual(contract.amount_credit, 0)
        self.assertEqual(contract.amount_receivable, 0)
        self.assertBooksAgree(contract)

    def test_money_in_another_currency_is_not_called_the_contract_s(self):
        usd = self._activate_currency("USD")
        self.env["res.currency.rate"].create(
            {
                "name": "2026-01-01",
                "currency_id": usd.id,
                "rate": 0.02,
                "company_id": self.company.id,
            }
        )
        contract = self._create_billed()
        item = contract.installment_ids[0]
        payment = self._register_in_wizard(
            item.move_id, currency_id=usd.id, amount=1000
        )
        self.assertEqual(payment.currency_id, usd)
        self.assertFalse(payment.realestate_contract_id)
        self.assertBooksAgree(contract)

    def test_an_entry_of_an_accountant_is_never_taken_for_an_invoice(self):
        contract = self._create_billed()
        invoice = contract.installment_ids[0].move_id
        receivable = invoice.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        entry = self.env["account.move"].create(
            {
                "journal_id": self.env["account.journal"]
                .search(
                    [("type", "=", "general"), ("company_id", "=", self.company.id)],
                    limit=1,
                )
                .id,
                "line_ids": [
                    Command.create(
                        {
                            "account_id": receivable.account_id.id,
                            "partner_id": self.buyer.id,
                            "credit": 100000,
                        }
                    ),
                    Command.create(
                        {
                            "account_id": self.company.realestate_advance_account_id.id,
                            "debit": 100000,
                        }
                    ),
                ],
            }
        )
        entry.action_post()
        theirs = entry.line_ids.filtered(lambda line: line.credit)
        (theirs | receivable).reconcile()
        self.assertEqual(entry.realestate_contract_id, contract)
        self.assertEqual(contract.installment_ids[0].state, "paid")
        self.assertBooksAgree(contract)
