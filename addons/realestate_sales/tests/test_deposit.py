from datetime import date, datetime

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .deposit_common import DepositCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 08:00:00")
class TestDeposit(DepositCommon):
    """What a deposit agreement asks for and what it keeps for the buyer."""

    def test_a_deposit_takes_its_facts_from_the_reservation(self):
        deposit = self._create_deposit()
        self.assertRecordValues(
            deposit,
            [
                {
                    "state": "draft",
                    "partner_id": self.buyer.id,
                    "unit_id": self.unit.id,
                    "project_id": self.project.id,
                    "currency_id": self.currency.id,
                    "price": 1000000,
                    "fee": 20000,
                    "amount_rest": 30000,
                    "date_sign_by": date(2026, 3, 16),
                    "is_eligible": True,
                }
            ],
        )
        self.assertRegex(deposit.name, r"^DEP/2026/\d{5}$")

    def test_the_officer_signs_it_on_the_screen(self):
        reservation = self._create_reservation()
        self._pay(reservation.move_id)
        action = reservation.with_user(self.officer).action_open_deposit()
        self.assertFalse(action["res_id"])
        form = Form(
            self.env["realestate.deposit"]
            .with_user(self.officer)
            .with_context(**action["context"])
        )
        form.amount = 40000
        deposit = form.save()
        self.assertEqual(deposit.user_id, self.officer)
        self.assertEqual(reservation.action_open_deposit()["res_id"], deposit.id)
        deposit.action_sign()
        self.assertEqual(deposit.state, "signed")
        self.assertEqual(deposit.date_signed, date(2026, 3, 2))
        self.assertEqual(deposit.sudo().move_id.amount_total, 20000)

    def test_everything_missing_is_shown_and_said(self):
        reservation = self._create_reservation(confirmed=False)
        self.buyer.write({"street": False, "phone": False, "email": False})
        self.buyer.country_id = False
        deposit = self.env["realestate.deposit"].create(
            {
                "reservation_id": reservation.id,
                "amount": 2000000,
                "date_sign_by": "2026-03-01",
            }
        )
        self.assertFalse(deposit.is_eligible)
        with self.assertRaises(UserError) as refused:
            deposit.action_sign()
        for part in (
            "only a confirmed one",
            "is open",
            "more than the price",
            "2026" if "2026" in deposit.reasons else "03/01",
            "address, country, phone or e-mail",
        ):
            with self.subTest(part=part):
                self.assertIn(part, deposit.reasons)
                self.assertIn(part, str(refused.exception))
        self.assertEqual(deposit.state, "draft")

    def test_an_unpaid_fee_a_cooling_off_and_a_lost_unit_keep_it_back(self):
        self.company.realestate_cooling_off_days = 3
        reservation = self._create_reservation(date_expiry="2026-03-04 08:00:00")
        deposit = self.env["realestate.deposit"].create(
            {"reservation_id": reservation.id, "amount": 50000}
        )
        self.assertIn("fee is not paid", deposit.reasons)
        self.assertIn("leave freely", deposit.reasons)
        self._pay(reservation.move_id, 19999.99)
        deposit.invalidate_recordset()
        self.assertIn("0.01", deposit.reasons)
        with freeze_time("2026-03-04 09:00:00"):
            deposit.invalidate_recordset()
            self.assertIn("time is up", deposit.reasons)

    def test_a_deposit_is_at_least_the_fee_and_never_negative(self):
        with self.assertRaisesRegex(ValidationError, "less than the reservation fee"):
            self._create_deposit(amount=19999.99)
        none = self._create_deposit(amount=0, fee=0, unit=self.units[1])
        with self.assertRaisesRegex(UserError, "deposit is empty"):
            none.action_sign()

    def test_a_reservation_has_one_standing_deposit(self):
        deposit = self._create_signed()
        values = {"reservation_id": deposit.reservation_id.id, "amount": 60000}
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.cr.savepoint(),
        ):
            deposit.create(values)
        deposit.action_cancel("Another amount was agreed")
        self.assertEqual(deposit.create(values).state, "draft")

    # === TERM === #

    def test_the_unit_is_kept_to_the_end_of_the_term(self):
        self.company.partner_id.tz = "Asia/Manila"
        deposit = self._create_signed(date_sign_by="2026-03-31")
        reservation = deposit.reservation_id
        self.assertEqual(reservation.date_expiry, datetime(2026, 3, 31, 16))
        self.assertEqual(
            reservation._get_claims().expires_at, datetime(2026, 3, 31, 16)
        )

    def test_a_longer_reservation_is_not_shortened(self):
        deposit = self._create_deposit(date_sign_by="2026-03-05")
        before = deposit.reservation_id.date_expiry
        deposit.action_sign()
        self.assertEqual(deposit.reservation_id.date_expiry, before)

    def test_the_term_is_extended_with_a_reason(self):
        deposit = self._create_signed()
        deposit.with_user(self.officer).action_extend("2026-04-30", "Loan takes long")
        self.assertEqual(deposit.date_sign_by, date(2026, 4, 30))
        self.assertEqual(deposit.reservation_id.date_expiry.date(), date(2026, 5, 1))
        self.assertIn("Loan takes long", deposit.message_ids[0].body)
        with self.assertRaisesRegex(UserError, "to a later day"):
            deposit.action_extend("2026-04-30", "Again")
        with self.assertRaisesRegex(UserError, "no date"):
            deposit.action_extend("soon", "Again")
        with self.assertRaisesRegex(UserError, "Say why"):
            deposit.action_extend("2026-05-30", " ")

    def test_the_wizard_proposes_as_long_again(self):
        deposit = self._create_signed()
        wizard = Form(
            self.env["realestate.deposit.extend"].with_context(
                default_deposit_id=deposit.id
            )
        )
        self.assertEqual(wizard.date_sign_by, date(2026, 3, 30))
        wizard.reason = "Loan takes long"
        wizard.save().action_extend()
        self.assertEqual(deposit.date_sign_by, date(2026, 3, 30))

    def test_terms_stay_once_signed(self):
        deposit = self._create_signed()
        for vals in (
            {"amount": 60000},
            {"date_sign_by": "2027-01-01"},
            {"date_deposit": "2026-01-01"},
            {"note": "x"},
        ):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "stay"):
                deposit.with_user(self.manager).write(vals)
        with self.assertRaisesRegex(UserError, "was signed"):
            deposit.unlink()

    def test_the_unit_does_not_change_under_a_signed_deposit(self):
        deposit = self._create_signed()
        reservation = deposit.reservation_id
        with self.assertRaisesRegex(UserError, "is of unit T1-101"):
            reservation.action_change_unit(self.units[1], "Higher floor")
        deposit.action_cancel("Other unit")
        reservation.action_change_unit(self.units[1], "Higher floor")
        self.assertEqual(reservation.unit_id, self.units[1])

    def test_signing_twice_changes_nothing(self):
        deposit = self._create_signed()
        move = deposit.move_id
        deposit.action_sign()
        self.assertEqual(deposit.move_id, move)

    def test_a_signature_is_not_dated_ahead(self):
        deposit = self._create_deposit()
        with self.assertRaisesRegex(UserError, "in the future"):
            deposit.action_sign("2026-03-03")
        for wrong in ("tomorrow", 5.5, ["x"], {}):
            if wrong:
                with self.subTest(wrong=wrong), self.assertRaises(UserError):
                    deposit.action_sign(wrong)
        deposit.action_sign("2026-03-01")
        self.assertEqual(deposit.move_id.invoice_date, date(2026, 3, 1))

    # === RIGHTS === #

    def test_nobody_forges_a_deposit(self):
        deposit = self._create_deposit()
        for user in (self.plain, self.agent):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                deposit.with_user(user).action_sign()
        for vals in (
            {"state": "signed"},
            {"date_signed": "2026-03-01"},
            {"move_id": deposit.reservation_id.move_id.id},
            {"contract_id": self._create_contract(self.units[1]).id},
            {"name": "DEP/1"},
            {"forfeit_reason": "x"},
            {"company_id": self.env.company.id},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                deposit.with_user(self.manager).with_context(install_mode=True).write(
                    vals
                )
        with self.assertRaises(UserError):
            deposit.with_user(self.manager).create(
                {
                    "reservation_id": deposit.reservation_id.id,
                    "amount": 50000,
                    "state": "signed",
                }
            )

    def test_an_agent_sees_own_buyers_deposits_and_the_desk_its_projects(self):
        deposit = self._create_signed()
        other = self._create_user("other_agent", "realestate_sales.group_agent")

        def seen(user):
            return deposit.with_user(user).search([("id", "=", deposit.id)])

        for user in (self.agent, self.officer, self.lawyer, self.accountant):
            self.assertEqual(seen(user), deposit, user.login)
        self.assertFalse(seen(other))
        self.project.member_ids = self.supervisor
        self.assertFalse(seen(self.officer))
        self.assertTrue(seen(self.manager))
        self.assertEqual(
            deposit.with_user(self.agent).read(["amount", "reasons"])[0]["amount"],
            50000,
        )

    def test_a_supervisor_cancels_what_is_signed(self):
        draft = self._create_deposit(unit=self.units[1])
        draft.with_user(self.officer).action_cancel("Typed twice")
        deposit = self._create_signed()
        with self.assertRaises(AccessError):
            deposit.with_user(self.officer).action_cancel("Mine")
        with self.assertRaisesRegex(UserError, "Say why"):
            deposit.with_user(self.supervisor).action_cancel()
        deposit.with_user(self.supervisor).action_cancel("The buyer left")
        self.assertEqual(deposit.cancel_reason, "The buyer left")
        self.assertEqual(deposit.reservation_id.state, "confirmed")
