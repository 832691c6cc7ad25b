import base64

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .fee_common import FeeCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 08:00:00")
class TestFeePayout(FeeCommon):
    """Money held for an authority, and paid out to it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contracts = cls.env["realestate.contract"]
        for unit in cls.units[:2]:
            cls.contracts |= cls._create_signed(unit)
        cls.fees = cls.contracts.fee_ids
        for record in cls.fees:
            cls._pay(record.move_id)

    def test_one_payment_pays_many_fees_out(self):
        payout = self._create_payout(self.fees).with_user(self.accountant)
        self.assertEqual(payout.amount, 40000)
        self.assertEqual(payout.account_id, self.account)
        payout.action_pay()
        self.assertEqual(payout.state, "paid")
        self.assertEqual(set(self.fees.mapped("state")), {"paid_out"})
        self.assertEqual(sum(self.fees.mapped("amount_held")), 0)
        self.assertNotIn("fees", self._balance())
        self.assertEqual(sum(self._balance().values()), 0)
        self.assertEqual(payout.payment_id.partner_id, self.city)
        self.assertEqual(payout.payment_id.payment_type, "outbound")
        row = self.assertProven()
        self.assertEqual((row.amount_held, row.amount_books), (0, 0))

    def test_the_payment_is_matched_with_what_was_charged(self):
        self._create_payout(self.fees).action_pay()
        lines = self.env["account.move.line"].search(
            [("account_id", "=", self.account.id), ("parent_state", "=", "posted")]
        )
        self.assertEqual(len(lines), 3)
        self.assertEqual(set(lines.mapped("reconciled")), {True})

    def test_a_part_is_paid_out_and_the_rest_later(self):
        payout = self._create_payout(self.fees[0])
        payout.line_ids.amount = 5000
        payout.action_pay()
        self.assertRecordValues(
            self.fees[0],
            [{"amount_paid_out": 5000, "amount_held": 15000, "state": "collected"}],
        )
        self.assertProven()
        self._create_payout(self.fees[0]).action_pay()
        self.assertEqual(self.fees[0].state, "paid_out")

    def test_a_cancelled_payment_is_held_again(self):
        payout = self._create_payout(self.fees)
        payout.action_pay()
        payout.with_user(self.accountant).action_cancel()
        self.assertEqual(payout.state, "cancelled")
        self.assertEqual(self.fees.mapped("amount_held"), [20000, 20000])
        self.assertEqual(self._balance()["fees"], -40000)
        self.assertProven()
        self._create_payout(self.fees).action_pay()
        self.assertProven()

    def test_accounting_cancels_the_payment_itself(self):
        payout = self._create_payout(self.fees)
        payout.action_pay()
        payout.payment_id.action_cancel()
        self.assertEqual(payout.state, "cancelled")
        self.assertEqual(self.fees.mapped("state"), ["collected", "collected"])

    def test_no_more_is_paid_out_than_is_held(self):
        first, second = self._create_payout(self.fees), self._create_payout(self.fees)
        first.action_pay()
        with self.assertRaisesRegex(UserError, "no more is paid out"):
            second.action_pay()
        self.assertFalse(second.payment_id)

    def test_only_what_is_of_this_authority_is_paid_out(self):
        other = self._create_partner(name="Land Registry")
        for values, message in (
            ({"partner_id": other.id}, "of another company, authority"),
            ({"currency_id": self._activate_currency("USD").id}, "of another"),
            ({"line_ids": []}, "has no fees"),
        ):
            with self.subTest(values=values):
                payout = self._create_payout(self.fees, **values)
                with self.assertRaisesRegex(UserError, message):
                    payout.action_pay()
        payout = self._create_payout(self.fees)
        payout.line_ids[0].amount = 0
        with self.assertRaisesRegex(UserError, "the amount is zero"):
            payout.action_pay()

    def test_a_payout_takes_in_what_is_held(self):
        other = self._create_type(
            code="OTHER", partner_id=self._create_partner(name="Registry").id
        )
        contract = self._create_signed(self.units[2])
        unpaid = self._get_fee(contract)
        registry = self._get_fee(contract, other)
        self._pay(registry.move_id)
        payout = self._create_payout(self.fees[0]).with_user(self.accountant)
        payout.action_load()
        self.assertEqual(payout.line_ids.fee_id, self.fees)
        self.assertNotIn(unpaid, payout.line_ids.fee_id)

    def test_chosen_fees_become_a_payout_for_each_authority(self):
        registry = self._create_partner(name="Registry")
        other = self._create_type(code="OTHER", partner_id=registry.id)
        contract = self._create_signed(self.units[2])
        for record in contract.fee_ids:
            self._pay(record.move_id)
        fees = self.fees | contract.fee_ids
        action = fees.with_user(self.accountant).action_prepare_payout()
        payouts = self.env["realestate.fee.payout"].search(action["domain"])
        self.assertEqual(payouts.partner_id, self.city | registry)
        self.assertEqual(sorted(payouts.mapped("amount")), [20000, 60000])
        other.partner_id = False
        with self.assertRaisesRegex(UserError, "no authority is known"):
            fees.with_user(self.accountant).action_prepare_payout()

    def test_an_authority_named_late_is_that_of_what_is_held(self):
        self.deed.partner_id = False
        self.assertFalse(self.fees.authority_id)
        registry = self._create_partner(name="Registry")
        self.deed.partner_id = registry
        self.assertEqual(self.fees.authority_id, registry)
        self._create_payout(self.fees, partner_id=registry.id).action_pay()
        self.deed.partner_id = self.city
        self.assertEqual(self.fees.authority_id, registry)

    def test_a_made_payout_keeps_its_terms_and_takes_the_receipt(self):
        payout = self._create_payout(self.fees).with_user(self.accountant)
        payout.action_pay()
        for vals in (
            {"date": "2026-01-01"},
            {"partner_id": self.buyer.id},
            {"line_ids": [Command.clear()]},
        ):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "is made"):
                payout.write(vals)
        with self.assertRaisesRegex(UserError, "is made"):
            payout.line_ids[0].amount = 1
        with self.assertRaisesRegex(UserError, "is made"):
            payout.unlink()
        payout.write({"receipt_number": "OR-1", "receipt_date": "2026-03-02"})
        payout.line_ids[1].receipt_number = "OR-2"
        numbers = {one.receipt_number for one in payout.line_ids.fee_id}
        self.assertEqual(numbers, {"OR-1", "OR-2"})
        self.assertEqual(str(self.fees[0].date_paid_out), "2026-03-02")

    def test_cancelling_the_contract_leaves_what_is_paid_out(self):
        self._create_payout(self.fees[0]).action_pay()
        self.fees[0].contract_id.action_cancel("over")
        self.assertEqual(self.fees[0].state, "paid_out")
        self.assertEqual(self.fees[0].move_id.payment_state, "paid")
        self.assertProven()

    def test_fees_in_a_foreign_currency_are_paid_out_in_it(self):
        usd = self._activate_currency("USD")
        for name, rate in (("2026-01-01", 0.02), ("2026-03-03", 0.025)):
            self.env["res.currency.rate"].create(
                {
                    "name": name,
                    "rate": rate,
                    "currency_id": usd.id,
                    "company_id": self.company.id,
                }
            )
        project = self._create_project(code="USD", currency_id=usd.id)
        building = self._create_building(project, code="U")
        unit = self._create_units(1, building, price_list=1000)
        record = self._create_signed(unit).fee_ids
        self._pay(record.move_id)
        with freeze_time("2026-03-04 08:00:00"):
            self._create_payout(record).action_pay()
        self.assertEqual(record.state, "paid_out")
        rows = self.assertProven()
        self.assertEqual(rows.currency_id, self.currency | usd)
        # 20 USD were 1,000 and are 800: the difference is accounting's, not held.
        self.assertEqual(self._balance()["fees"], -40000)

    def test_the_proof_notices_a_difference(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE realestate_contract_fee SET amount_held = amount_held - 1"
            " WHERE id = %s",
            [self.fees[0].id],
        )
        row = self.env["realestate.fee.account"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(row.amount_difference, -1)

    # === RIGHTS === #

    def test_only_accounting_pays_out(self):
        payout = self._create_payout(self.fees)
        for user in (self.officer, self.manager, self.plain):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                payout.with_user(user).action_pay()
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.fees.with_user(user).action_prepare_payout()
        payout.action_pay()
        with self.assertRaises(AccessError):
            payout.with_user(self.manager).action_cancel()

    def test_facts_of_a_payout_are_not_forged(self):
        payout = self._create_payout(self.fees).with_user(self.accountant)
        for vals in (
            {"state": "paid"},
            {"amount": 1},
            {"name": "X"},
            {"payment_id": self.env["account.payment"].search([], limit=1).id},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                payout.with_context(force=True).write(vals)
        with self.assertRaises(UserError):
            payout.line_ids[0].fee_id = self.fees[1]

    def test_the_receipt_of_one_fee_alone_is_the_buyer_s(self):
        payout = self._create_payout(self.fees)
        payout.action_pay()
        payout.receipt_file = base64.b64encode(b"%PDF-1.4 many buyers")
        self.assertFalse(self.fees[0]._get_receipt_lines())
        payout.line_ids[0].receipt_file = base64.b64encode(b"%PDF-1.4 one")
        self.assertEqual(self.fees[0]._get_receipt_lines(), payout.line_ids[0])
        self.assertFalse(self.fees[1]._get_receipt_lines())
