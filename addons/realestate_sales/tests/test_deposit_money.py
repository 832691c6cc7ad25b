from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .deposit_common import DepositCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 08:00:00")
class TestDepositMoney(DepositCommon):
    """A deposit's money from the invoice to the contract, or back."""

    # === INVOICED === #

    def test_the_rest_is_an_advance_of_the_buyer(self):
        deposit = self._create_signed(paid=False)
        self.assertEqual(
            self._balance(), {"asset_receivable": 30000, "liability_current": -50000}
        )
        self.assertEqual(deposit.amount_open, 30000)
        self.assertEqual(
            deposit.move_id.realestate_reservation_id, deposit.reservation_id
        )
        self._pay(deposit.move_id)
        deposit.invalidate_recordset()
        self.assertEqual(self._balance(), {"liability_current": -50000})
        self.assertEqual(deposit.amount_open, 0)

    def test_a_deposit_that_is_the_fee_is_not_invoiced_again(self):
        deposit = self._create_signed(amount=20000)
        self.assertFalse(deposit.move_id)
        self.assertEqual(self._balance(), {"liability_current": -20000})

    def test_one_minor_unit_is_invoiced_in_each_currency(self):
        for name, price, unit in (("VND", 900000, 1), ("KWD", 900, 0.001)):
            with self.subTest(currency=name):
                home = self._in_currency(name, price)
                deposit = self._create_signed(unit, fee=0, unit=home)
                self.assertEqual(deposit.move_id.amount_total, unit)
                contract = deposit.reservation_id.action_convert()
                self.assertEqual(contract.reservation_fee, unit)
                self.assertTrue(contract._is_schedule_exact())
                self.assertEqual(contract.installment_ids[0].kind, "deposit")
                self.assertEqual(contract.installment_ids[0].amount, unit)

    def test_a_locked_period_moves_the_invoice_not_the_agreement(self):
        deposit = self._create_deposit(date_deposit="2026-02-27")
        self.company.sale_lock_date = "2026-02-28"
        deposit.action_sign("2026-02-27")
        self.assertEqual(str(deposit.date_signed), "2026-02-27")
        self.assertGreater(str(deposit.move_id.date), "2026-02-28")
        self.assertEqual(deposit.move_id.state, "posted")

    # === TAKEN INTO THE CONTRACT === #

    def test_the_contract_takes_the_whole_deposit_over(self):
        deposit = self._create_signed()
        contract = deposit.reservation_id.action_convert()
        self.assertEqual(contract.reservation_fee, 50000)
        self.assertRecordValues(
            contract.installment_ids[:3],
            [
                {"kind": "reservation", "amount": 20000, "state": "paid"},
                {"kind": "deposit", "amount": 30000, "state": "paid"},
                {"kind": "down_payment", "amount": 50000, "state": "planned"},
            ],
        )
        self.assertEqual(contract.installment_ids[1].move_id, deposit.move_id)
        self.assertTrue(contract._is_schedule_exact())
        self.assertEqual(deposit.state, "converted")
        self.assertEqual(deposit.contract_id, contract)
        self.assertEqual(contract.amount_paid, 50000)
        self.assertEqual(self._balance(), {"liability_current": -50000})

    def test_the_schedule_is_computed_again_with_its_invoices(self):
        deposit = self._create_signed(paid=False)
        contract = deposit.reservation_id.action_convert()
        contract.line_ids.price = 1200000
        contract.action_refresh_schedule()
        self.assertEqual(contract.installment_ids[1].move_id, deposit.move_id)
        self.assertEqual(contract.amount_residual, 30000)
        self.assertEqual(self._receivable(contract), 30000)
        self.assertTrue(contract._is_schedule_exact())
        self._walk(contract, "active")
        self._pay(deposit.move_id, 10000)
        self.assertEqual(contract.amount_residual, self._receivable(contract))
        self.assertEqual(contract.installment_ids[1].state, "partial")

    def test_a_draft_deposit_ends_with_the_contract(self):
        deposit = self._create_deposit()
        contract = deposit.reservation_id.action_convert()
        self.assertEqual(contract.reservation_fee, 20000)
        self.assertEqual(deposit.state, "cancelled")
        self.assertIn("without it", deposit.cancel_reason)

    def test_a_cancelled_contract_credits_the_deposit_too(self):
        deposit = self._create_signed(paid=False)
        contract = deposit.reservation_id.action_convert()
        contract.action_cancel("The loan was refused")
        self.assertEqual(deposit.move_id.payment_state, "reversed")
        self.assertEqual(self._balance(), {"asset_receivable": -20000})

    def test_a_deposit_above_the_plan_s_first_parts_eats_into_the_next(self):
        deposit = self._create_signed(amount=120000)
        contract = deposit.reservation_id.action_convert()
        kinds = contract.installment_ids.mapped("kind")
        self.assertEqual(kinds[:3], ["reservation", "deposit", "down_payment"])
        self.assertEqual(contract.installment_ids[2].amount, 30000)
        self.assertTrue(contract._is_schedule_exact())

    def test_parking_sold_with_the_home_counts_for_the_price(self):
        parking = self._create_units(1, first=901, kind="parking", price_list=50000)
        parking.main_unit_id = self.unit
        deposit = self._create_deposit(amount=1050000)
        self.assertEqual(deposit.price, 1050000)
        self.assertTrue(deposit.is_eligible)

    # === NO CONTRACT FOLLOWS === #

    def test_a_cancelled_reservation_ends_the_deposit_and_credits_it(self):
        deposit = self._create_signed()
        deposit.reservation_id.with_user(self.agent).action_cancel("The buyer left")
        self.assertEqual(deposit.state, "cancelled")
        self.assertEqual(deposit.cancel_reason, "The buyer left")
        self.assertEqual(deposit.amount_credit, 50000)
        self.assertEqual(self._balance(), {"asset_receivable": -50000})
        self.assertTrue(deposit.activity_ids)

    def test_the_deposit_is_kept_as_income(self):
        deposit = self._create_signed()
        deposit.reservation_id.action_cancel("The buyer left")
        deposit.with_user(self.supervisor).action_forfeit("As agreed in clause 4")
        deposit.invalidate_recordset()
        self.assertEqual(deposit.state, "forfeited")
        self.assertEqual(deposit.forfeit_reason, "As agreed in clause 4")
        self.assertEqual(deposit.amount_credit, 0)
        self.assertEqual(deposit.forfeit_move_id.payment_state, "paid")
        self.assertEqual(deposit.reservation_id.forfeit_move_id.amount_total, 20000)
        self.assertEqual(self._balance(), {"income": -50000})
        self.assertFalse(deposit.activity_ids)

    def test_an_expired_reservation_s_deposit_is_kept_too(self):
        deposit = self._create_signed()
        with freeze_time("2026-03-20 08:00:00"), self.enter_registry_test_mode():
            self.env.ref(
                "realestate_sales.ir_cron_expire_reservations"
            ).method_direct_trigger()
        self.assertEqual(deposit.state, "cancelled")
        deposit.action_forfeit("Nobody came")
        self.assertEqual(self._balance(), {"income": -50000})

    def test_only_what_was_paid_is_kept(self):
        deposit = self._create_signed(paid=False)
        self._pay(deposit.move_id, 12345.67)
        deposit.reservation_id.action_cancel("The buyer left")
        self.assertEqual(deposit.amount_credit, 32345.67)
        deposit.action_forfeit("As agreed")
        self.assertEqual(self._balance(), {"income": -32345.67})

    def test_the_deposit_is_given_back(self):
        deposit = self._create_signed()
        deposit.reservation_id.action_cancel("The buyer left")
        payments = deposit.with_user(self.accountant).action_refund()
        self.assertEqual(sorted(payments.mapped("amount")), [20000, 30000])
        self.assertEqual(set(payments.mapped("payment_type")), {"outbound"})
        deposit.invalidate_recordset()
        self.assertEqual(deposit.amount_credit, 0)
        self.assertEqual(self._balance(), {})

    def test_a_deposit_that_was_all_fee_is_settled_by_the_fee(self):
        deposit = self._create_signed(amount=20000)
        deposit.reservation_id.action_cancel("The buyer left")
        self.assertEqual(deposit.amount_credit, 20000)
        deposit.action_forfeit("As agreed")
        self.assertEqual(deposit.state, "forfeited")
        self.assertEqual(self._balance(), {"income": -20000})

    def test_nothing_is_settled_twice(self):
        deposit = self._create_signed()
        with self.assertRaisesRegex(UserError, "still stands"):
            deposit.action_refund()
        deposit.reservation_id.action_cancel("The buyer left")
        deposit.action_refund()
        deposit.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "nothing is left"):
            deposit.action_refund()
        with self.assertRaisesRegex(UserError, "nothing is left"):
            deposit.action_forfeit("x")
        self.assertEqual(self._balance(), {})

    def test_a_cancelled_agreement_leaves_the_fee_with_its_reservation(self):
        deposit = self._create_signed()
        deposit.action_cancel("Another amount was agreed")
        self.assertEqual(deposit.amount_credit, 30000)
        deposit.action_refund()
        self.assertEqual(self._balance(), {"liability_current": -20000})
        again = self.env["realestate.deposit"].create(
            {"reservation_id": deposit.reservation_id.id, "amount": 70000}
        )
        again.action_sign()
        self.assertEqual(again.move_id.amount_total, 50000)

    def test_each_decides_what_is_theirs(self):
        deposit = self._create_signed()
        deposit.reservation_id.action_cancel("The buyer left")
        with self.assertRaises(AccessError):
            deposit.with_user(self.officer).action_forfeit("x")
        with self.assertRaises(AccessError):
            deposit.with_user(self.supervisor).action_refund()
        with self.assertRaises(AccessError):
            deposit.with_user(self.plain).action_refund()

    def test_the_wizard_keeps_it(self):
        deposit = self._create_signed()
        deposit.reservation_id.action_cancel("The buyer left")
        wizard = Form(
            self.env["realestate.deposit.forfeit"].with_context(
                default_deposit_id=deposit.id
            )
        )
        self.assertEqual(wizard.amount_credit, 50000)
        wizard.reason = "Clause 4"
        wizard.save().action_forfeit()
        self.assertEqual(deposit.state, "forfeited")

    # === READY TO SIGN === #

    def test_a_contract_is_ready_once_approved_and_its_deposit_paid(self):
        deposit = self._create_signed(paid=False)
        contract = deposit.reservation_id.action_convert()
        ready = [("is_ready_to_sign", "=", True)]
        for state, part in (("draft", "submit it"), ("review", "waits for approval")):
            self._walk(contract, state)
            self.assertIn(part, " ".join(contract._get_signing_reasons()))
        contract.action_approve()
        self.assertIn("30,000.00", " ".join(contract._get_signing_reasons()))
        self.assertNotIn(contract, contract.search(ready))
        self._pay(deposit.move_id)
        self.assertEqual(contract._get_signing_reasons(), [])
        self.assertIn(contract, contract.search(ready))
        self.assertNotIn(contract, contract.search([("is_ready_to_sign", "=", False)]))
        contract.action_sign()
        self.assertNotIn(contract, contract.search(ready))

    def test_the_company_may_let_signing_wait_for_the_deposit(self):
        deposit = self._create_signed(paid=False)
        contract = deposit.reservation_id.action_convert()
        self._walk(contract, "approved")
        self.assertFalse(contract._get_step_problems("sign"))
        self.company.realestate_deposit_blocks = True
        self.assertEqual(contract.signing_reasons.count("30,000.00"), 1)
        with self.assertRaisesRegex(UserError, "30,000.00.*is open. Accounting"):
            contract.with_user(self.officer).action_sign()
        self.assertFalse(contract._get_step_problems("seal"))
        self._pay(deposit.move_id)
        contract.with_user(self.officer).action_sign()
        self.assertEqual(contract.state, "signed")

    def test_what_others_require_of_signing_is_a_reason(self):
        contract = self._create_contract(state="approved")
        self.patch(
            type(contract), "_get_step_problems", lambda self, step: [f"no {step}"]
        )
        contract.invalidate_recordset()
        self.assertEqual(contract.signing_reasons, "no sign")
        self.assertFalse(contract.search([("is_ready_to_sign", "=", True)]))

    def test_the_list_of_ready_ones_asks_the_database_first(self):
        contracts = self.env["realestate.contract"]
        for unit in self.units:
            contracts |= self._create_contract(unit, state="approved")
        # What others require of the step is theirs to ask for at once.
        self.patch(type(contracts), "_get_step_problems", lambda self, step: [])

        def count(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            records.mapped("signing_reasons")
            return self.cr.sql_log_count - before

        count(contracts[:2])
        self.assertEqual(count(contracts), count(contracts[:2]))

    def test_a_contract_without_a_deposit_is_signed_as_before(self):
        contract = self._create_contract(
            line_ids=[Command.create({"unit_id": self.unit.id})], state="approved"
        )
        self.assertTrue(contract.is_ready_to_sign)
        contract.action_sign()
        self.assertEqual(contract.state, "signed")
