from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .common import RealestateSalesCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 08:00:00")
class TestReservationFee(RealestateSalesCommon):
    """The fee of a reservation that came to nothing is kept or given back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._create_user("books", "account.group_account_invoice")

    def _paid(self, part=1):
        reservation = self._create_reservation(date_expiry="2026-03-10 08:00:00")
        register = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=reservation.move_id.ids
        )
        register.create({"amount": 20000 * part})._create_payments()
        return reservation

    def _balance(self):
        """Balance by account type, without the bank's accounts."""
        groups = self.env["account.move.line"]._read_group(
            [
                ("company_id", "=", self.company.id),
                ("parent_state", "=", "posted"),
                (
                    "account_id.account_type",
                    "in",
                    ("asset_receivable", "liability_current", "income"),
                ),
            ],
            ["account_id"],
            ["balance:sum"],
        )
        return {
            account.account_type: self.currency.round(balance)
            for account, balance in groups
            if not self.currency.is_zero(balance)
        }

    # === KEPT === #

    def test_the_project_says_what_the_fee_is(self):
        self.project.reservation_fee = 15000
        values = {"partner_id": self.buyer.id, "unit_id": self.units[1].id}
        reservation = self.env["realestate.reservation"].create(values)
        self.assertEqual(reservation.fee, 15000)
        values["unit_id"] = self.units[2].id
        free = self.env["realestate.reservation"].create({**values, "fee": 0})
        self.assertEqual(free.fee, 0)

    def test_a_cancelled_one_s_fee_is_kept_as_income(self):
        reservation = self._paid()
        reservation.action_cancel("The buyer left")
        self.assertEqual(reservation.fee_credit, 20000)
        reservation.with_user(self.supervisor).action_forfeit("As agreed in clause 4")
        reservation.invalidate_recordset()
        self.assertEqual(reservation.fee_credit, 0)
        self.assertEqual(self._balance(), {"income": -20000})
        self.assertEqual(reservation.sudo().forfeit_move_id.payment_state, "paid")
        self.assertEqual(reservation.forfeit_reason, "As agreed in clause 4")

    def test_an_expired_one_s_fee_is_kept_as_income(self):
        reservation = self._paid()
        reservation._update_state("expired")
        self.assertEqual(reservation.fee_credit, 20000)
        reservation.action_forfeit("Nobody came")
        self.assertEqual(self._balance(), {"income": -20000})

    def test_only_what_was_paid_is_kept(self):
        reservation = self._paid(0.25)
        reservation.action_cancel("The buyer left")
        self.assertEqual(reservation.fee_credit, 5000)
        reservation.action_forfeit("As agreed")
        self.assertEqual(self._balance(), {"income": -5000})

    def test_within_the_cooling_off_period_nothing_is_kept(self):
        self.company.realestate_cooling_off_days = 3
        reservation = self._paid()
        self.assertEqual(
            reservation.date_cooling_off, fields.Date.to_date("2026-03-05")
        )
        with freeze_time("2026-03-05 08:00:00"):
            reservation.action_cancel("Changed their mind")
        with freeze_time("2026-03-20 08:00:00"):
            with self.assertRaisesRegex(UserError, "gets the whole fee back"):
                reservation.action_forfeit("too late anyway")
            reservation.with_user(self.accountant).action_refund()
        self.assertEqual(self._balance(), {})

    def test_after_the_cooling_off_period_it_is(self):
        self.company.realestate_cooling_off_days = 3
        reservation = self._paid()
        with freeze_time("2026-03-06 08:00:00"):
            reservation.action_cancel("Changed their mind")
            reservation.action_forfeit("after the period")
        self.assertEqual(self._balance(), {"income": -20000})

    def test_the_wizard_keeps_it(self):
        reservation = self._paid()
        reservation.action_cancel("The buyer left")
        wizard = Form(
            self.env["realestate.reservation.forfeit"].with_context(
                default_reservation_id=reservation.id
            )
        )
        self.assertEqual(wizard.fee_credit, 20000)
        wizard.reason = "Clause 4"
        wizard.save().action_forfeit()
        self.assertEqual(reservation.forfeit_reason, "Clause 4")

    # === GIVEN BACK === #

    def test_a_refund_settles_the_credit(self):
        for end in ("cancelled", "expired"):
            with self.subTest(end=end):
                reservation = self._paid()
                if end == "expired":
                    reservation._update_state(end)
                    reservation._release_unit()
                else:
                    reservation.action_cancel("The buyer left")
                payment = reservation.with_user(self.accountant).action_refund()
                self.assertEqual(payment.amount, 20000)
                self.assertEqual(payment.payment_type, "outbound")
                self.assertEqual(payment.partner_id, self.buyer)
                reservation.invalidate_recordset()
                self.assertEqual(reservation.fee_credit, 0)
                self.assertEqual(self._balance(), {})

    def test_nothing_is_settled_twice(self):
        reservation = self._paid()
        reservation.action_cancel("The buyer left")
        reservation.action_refund()
        reservation.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "no fee is left"):
            reservation.action_refund()
        with self.assertRaisesRegex(UserError, "no fee is left"):
            reservation.action_forfeit("x")

    def test_what_was_not_paid_or_still_stands_is_not_settled(self):
        unpaid = self._create_reservation()
        with self.assertRaisesRegex(UserError, "still stands"):
            unpaid.action_refund()
        unpaid.action_cancel("The buyer left")
        with self.assertRaisesRegex(UserError, "no fee is left"):
            unpaid.action_forfeit("x")
        self.assertEqual(self._balance(), {})

    def test_each_decides_what_is_theirs(self):
        reservation = self._paid()
        reservation.action_cancel("The buyer left")
        with self.assertRaises(AccessError):
            reservation.with_user(self.officer).action_forfeit("x")
        with self.assertRaises(AccessError):
            reservation.with_user(self.supervisor).action_refund()
        with self.assertRaises(AccessError):
            reservation.with_user(self.plain).action_refund()
        for field in ("date_cooling_off", "date_left", "forfeit_reason"):
            with self.assertRaises(UserError):
                reservation.with_user(self.manager).write({field: False})
