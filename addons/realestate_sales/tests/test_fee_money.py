from datetime import date
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .fee_common import FeeCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 08:00:00")
class TestFeeMoney(FeeCommon):
    """A fee from its invoice to the account it is held on."""

    # === BESIDE THE PRICE === #

    def test_a_fee_due_at_signing_is_invoiced_with_it(self):
        contract = self._create_signed()
        record = contract.fee_ids
        self.assertRecordValues(
            record,
            [{"state": "billed", "amount_billed": 20000, "amount_residual": 20000}],
        )
        self.assertEqual(self._balance(), {"asset_receivable": 20000, "fees": -20000})
        move = record.move_id
        self.assertEqual(move.realestate_contract_id, contract)
        self.assertEqual(move.partner_id, self.buyer)
        self.assertEqual(move.invoice_date_due, date(2026, 3, 2))
        self.assertIn(contract.name, move.ref)
        self.assertFalse(move.invoice_line_ids.tax_ids)

    def test_what_the_buyer_pays_is_held(self):
        record = self._create_signed().fee_ids
        self._pay(record.move_id, 5000)
        self.assertRecordValues(
            record,
            [{"state": "partial", "amount_collected": 5000, "amount_held": 5000}],
        )
        self._pay(record.move_id)
        self.assertRecordValues(
            record,
            [{"state": "collected", "amount_collected": 20000, "amount_held": 20000}],
        )
        row = self.assertProven()
        self.assertEqual(row.amount_books, 20000)

    def test_a_fee_of_the_seller_is_income_with_its_tax(self):
        self.deed.active = False
        tax = self.env["account.tax"].search(
            [
                *self.env["account.tax"]._check_company_domain(self.company),
                ("type_tax_use", "=", "sale"),
                ("amount", ">", 0),
            ],
            limit=1,
        )
        product = self.env["product.product"].create(
            {"name": "Handling", "type": "service", "taxes_id": tax.ids}
        )
        self._create_type(code="OWN", ownership="own", product_id=product.id)
        record = self._create_signed().fee_ids
        self.assertEqual(record.move_id.invoice_line_ids.tax_ids, tax)
        self.assertEqual(
            record.move_id.invoice_line_ids.account_id.account_type, "income"
        )
        self.assertGreater(record.amount_billed, 20000)
        self._pay(record.move_id)
        self.assertRecordValues(
            record, [{"state": "collected", "amount_held": 0, "account_id": False}]
        )

    def test_what_the_seller_pays_is_never_charged(self):
        self.deed.payer = "seller"
        contract = self._create_signed()
        self.assertRecordValues(
            contract.fee_ids, [{"state": "seller", "move_id": False}]
        )
        self.assertEqual(contract.amount_cost, 1000000)
        with self.assertRaisesRegex(UserError, "not charged to the buyer"):
            contract.fee_ids.action_invoice()

    def test_an_invoice_is_made_once(self):
        contract = self._create_signed()
        with self.assertRaisesRegex(UserError, "invoiced already"):
            contract.fee_ids.action_invoice()
        contract.action_charge_fees()
        self.assertEqual(
            self.env["account.move"].search_count(
                [("realestate_contract_id", "=", contract.id)]
            ),
            1,
        )
        with self.assertRaisesRegex(UserError, "credits the invoice first"):
            contract.fee_ids.action_change_amount(1, "x")
        with self.assertRaisesRegex(UserError, "credits the invoice first"):
            contract.fee_ids.date_due = "2026-05-01"

    def test_a_credited_fee_waits_and_can_be_charged_again(self):
        record = self._create_signed().fee_ids
        record.move_id._realestate_credit("wrong amount")
        self.assertEqual(record.state, "planned")
        record.with_user(self.manager).action_change_amount(100, "right amount")
        record.with_user(self.officer).action_invoice()
        self.assertEqual(record.amount_billed, 100)
        self.assertProven()

    # === BY ITSELF === #

    def _run_cron(self):
        with patch.object(
            type(self.env["ir.cron"]), "_commit_progress", lambda self, *a, **k: 60.0
        ):
            self.env["realestate.contract.fee"]._cron_charge()

    def test_the_job_charges_what_fell_due(self):
        self.deed.write({"due_rule": "days", "due_days": 10})
        record = self._create_signed().fee_ids
        with freeze_time("2026-03-11 08:00:00"):
            self._run_cron()
            self.assertEqual(record.state, "planned")
        with freeze_time("2026-03-20 08:00:00"):
            self._run_cron()
            self.assertEqual(record.state, "billed")
            # Of the day it fell due, however late the job was.
            self.assertEqual(record.move_id.invoice_date, date(2026, 3, 12))
            self._run_cron()
        moves = record.move_id.search([("realestate_contract_id", "!=", False)])
        self.assertEqual(len(moves), 1)

    def test_signing_goes_on_without_an_account_and_the_fee_says_why(self):
        self.company.realestate_fee_account_id = False
        contract = self._create_signed()
        self.assertEqual(contract.state, "signed")
        self.assertIn("has no account", contract.fee_ids.problem)
        with self.assertRaisesRegex(UserError, "Fees Held for Authorities"):
            contract.fee_ids.action_invoice()
        self.company.action_realestate_setup()
        self._run_cron()
        self.assertRecordValues(
            contract.fee_ids, [{"state": "billed", "problem": False}]
        )

    def test_a_plain_company_signs_without_fees(self):
        self.deed.active = False
        contract = self._create_contract(state="active")
        self.assertFalse(contract.fee_ids)
        self.assertEqual(contract.amount_cost, contract.amount_total)

    # === INSIDE THE PRICE === #

    def test_a_fee_inside_the_price_is_set_aside_of_what_was_paid(self):
        self.deed.write({"in_price": True, "due_rule": "signing"})
        reservation = self._create_reservation(fee=15000)
        contract = reservation.action_convert()
        self._walk(contract, "signed")
        record = contract.fee_ids
        self.assertEqual(contract.amount_fees, 0)
        self.assertEqual(contract.amount_fees_included, 20000)
        self.assertRecordValues(record, [{"state": "included", "problem": False}])
        self._pay(reservation.move_id)
        # 15,000 are paid, 20,000 are wanted.
        with self.assertRaisesRegex(UserError, "not paid enough"):
            record.action_invoice()
        self.deed.rate = 1
        contract.action_sync_fees()
        self._run_cron()
        self.assertRecordValues(
            record,
            [{"state": "collected", "amount_held": 10000, "amount_residual": 0}],
        )
        self.assertEqual(record.move_id.move_type, "entry")
        # The advance of 15,000 less what is the authority's: nothing is charged twice.
        balance = self._balance()
        self.assertEqual(balance["fees"], -10000)
        self.assertEqual(balance["liability_current"], -5000)
        self.assertNotIn("asset_receivable", balance)
        self.assertProven()

    def test_a_tax_of_the_seller_inside_the_price_is_only_shown(self):
        self.deed.write({"in_price": True, "ownership": "own", "formula": "net"})
        contract = self._create_contract(state="active")
        self.assertRecordValues(
            contract.fee_ids, [{"state": "included", "amount": 19607.84}]
        )
        self.assertTrue(contract._is_schedule_exact())
        with self.assertRaisesRegex(UserError, "not charged"):
            contract.fee_ids.action_invoice()

    # === THE END === #

    def test_cancelling_credits_what_is_not_paid_out(self):
        contract = self._create_signed()
        record = contract.fee_ids
        contract.action_cancel("The loan was refused")
        self.assertRecordValues(record, [{"state": "void", "amount_held": 0}])
        self.assertEqual(record.move_id.payment_state, "reversed")
        self.assertEqual(self._balance(), {})
        held = (record.move_id | record.move_id.reversal_move_ids).line_ids
        held = held.filtered(lambda line: line.account_id == self.account)
        self.assertEqual(set(held.mapped("amount_residual")), {0})
        self.assertProven()

    def test_cancelling_a_paid_fee_leaves_the_buyer_s_credit(self):
        contract = self._create_signed()
        self._pay(contract.fee_ids.move_id)
        contract.action_cancel("The loan was refused")
        balance = self._balance()
        self.assertEqual(balance["asset_receivable"], -20000)
        self.assertNotIn("fees", balance)
        self.assertProven()

    def test_cancelling_reverses_what_was_set_aside(self):
        self.deed.write({"in_price": True, "rate": 1})
        reservation = self._create_reservation(fee=15000)
        contract = reservation.action_convert()
        self._pay(reservation.move_id)
        self._walk(contract, "signed")
        self.assertEqual(contract.fee_ids.amount_held, 10000)
        contract.action_cancel("The loan was refused")
        self.assertNotIn("fees", self._balance())
        self.assertEqual(contract.fee_ids.amount_held, 0)
        self.assertProven()
