from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import RealestateSalesCommon


@tagged("post_install", "-at_install")
class TestReservation(RealestateSalesCommon):
    def test_fee_is_invoiced_to_customer_advances(self):
        reservation = self._create_reservation(fee=20000)
        move = reservation.move_id
        self.assertEqual(move.state, "posted")
        self.assertEqual(move.amount_total, 20000)
        self.assertEqual(move.currency_id, self.currency)
        self.assertRecordValues(
            move.line_ids.sorted("balance"),
            [
                {
                    "account_id": self.company.realestate_advance_account_id.id,
                    "balance": -20000,
                },
                {
                    "account_id": self.buyer.with_company(
                        self.company
                    ).property_account_receivable_id.id,
                    "balance": 20000,
                },
            ],
        )

    def test_agent_confirms_without_accounting_rights(self):
        reservation = self.unit.with_user(self.agent).action_reserve(
            self.buyer, self.plan, 20000
        )
        reservation.action_confirm()
        self.assertEqual(reservation.sudo().move_id.state, "posted")

    def test_confirming_twice_invoices_once(self):
        reservation = self._create_reservation()
        move = reservation.move_id
        reservation.action_confirm()
        self.assertEqual(reservation.move_id, move)
        invoices = self.env["account.move"].search(
            [("realestate_reservation_id", "=", reservation.id)]
        )
        self.assertEqual(invoices, move)

    def test_without_fee_there_is_no_invoice(self):
        self.assertFalse(self._create_reservation(fee=0).move_id)

    def test_price_is_the_list_price_and_stays(self):
        reservation = self._create_reservation()
        self.assertEqual(reservation.price, 1000000)
        with self.assertRaisesRegex(UserError, "is confirmed"):
            reservation.price = 1

    def test_fee_above_price_and_negative_fee_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "T1-101: the fee is above"):
            self.unit.action_reserve(self.buyer, self.plan, 1000001)

    def test_archived_buyer_is_refused(self):
        self.buyer.active = False
        with self.assertRaisesRegex(ValidationError, "Maria Buyer is archived"):
            self.unit.action_reserve(self.buyer, self.plan, 0)

    def test_cancelling_needs_a_reason_frees_the_unit_and_credits_the_fee(self):
        reservation = self._create_reservation()
        with self.assertRaisesRegex(UserError, "Say why"):
            reservation.action_cancel("  ")
        reservation.action_cancel("Bank refused")
        self.assertEqual(reservation.state, "cancelled")
        self.assertEqual(self.unit.state, "available")
        self.assertEqual(reservation.move_id.payment_state, "reversed")
        self.assertEqual(reservation.move_id.amount_residual, 0)
        reservation.action_cancel("Again")
        self.assertEqual(reservation.cancel_reason, "Bank refused")

    def test_cancelling_a_paid_reservation_leaves_the_money_as_credit(self):
        reservation = self._create_reservation()
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=reservation.move_id.ids
        ).create({})._create_payments()
        self.assertEqual(reservation.move_id.payment_state, "paid")
        reservation.action_cancel("Cooling-off")
        receivable = self.env["account.move.line"].search(
            [
                ("partner_id", "=", self.buyer.id),
                ("account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
            ]
        )
        self.assertEqual(sum(receivable.mapped("amount_residual")), -20000)

    def test_unit_of_a_reservation_stays(self):
        reservation = self._create_reservation()
        with self.assertRaisesRegex(UserError, "cancel it and reserve the other"):
            reservation.unit_id = self.units[1]

    def test_prolonging_prolongs_the_claim(self):
        with freeze_time("2026-03-01 10:00:00"):
            reservation = self._create_reservation()
            reservation.date_expiry = "2026-06-01 10:00:00"
        with freeze_time("2026-05-31 10:00:00"):
            self.unit.invalidate_recordset()
            self.assertEqual(self.unit.state, "reserved")

    def test_expiry_job_frees_units_and_asks_about_the_fee(self):
        with freeze_time("2026-03-01 10:00:00"):
            late = self._create_reservation(self.units[0])
            running = self._create_reservation(
                self.units[1], date_expiry="2026-12-01 10:00:00"
            )
        with freeze_time("2026-04-01 10:00:00"), self.enter_registry_test_mode():
            self.env.ref(
                "realestate_sales.ir_cron_expire_reservations"
            ).method_direct_trigger()
        self.assertEqual(late.state, "expired")
        self.assertEqual(running.state, "confirmed")
        self.assertEqual(self.units[0].state, "available")
        self.assertEqual(len(late.activity_ids), 1)

    def test_expired_reservation_cannot_be_converted(self):
        with freeze_time("2026-03-01 10:00:00"):
            reservation = self._create_reservation()
        with freeze_time("2026-04-01 10:00:00"):
            with self.assertRaisesRegex(UserError, "expired on 2026-03-15"):
                reservation.action_convert()

    def test_converting_carries_buyer_price_plan_and_fee(self):
        reservation = self._create_reservation(fee=20000)
        contract = reservation.action_convert()
        self.assertEqual(reservation.state, "converted")
        self.assertEqual(contract.partner_id, self.buyer)
        self.assertEqual(contract.buyer_ids.partner_id, self.buyer)
        self.assertEqual(contract.amount_total, 1000000)
        first = contract.installment_ids[0]
        self.assertEqual((first.kind, first.amount), ("reservation", 20000))
        self.assertEqual(first.move_id, reservation.move_id)
        self.assertEqual(first.state, "billed")
        self.assertEqual(reservation.move_id.realestate_contract_id, contract)
        self.assertEqual(reservation.action_convert(), contract)

    def test_without_plan_conversion_says_what_to_do(self):
        reservation = self._create_reservation(confirmed=False, plan_id=False)
        reservation.action_confirm()
        with self.assertRaisesRegex(UserError, "no payment plan: choose one"):
            reservation.action_convert()

    def test_form_proposes_price_and_expiry(self):
        with Form(
            self.env["realestate.reservation"]
            .with_user(self.agent)
            .with_context(default_unit_id=self.unit.id)
        ) as form:
            form.partner_id = self.buyer
            self.assertEqual(form.price, 1000000)
            self.assertGreater(form.date_expiry, fields.Datetime.now())
        self.assertEqual(self.unit.state, "reserved")
