from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RealestateSalesCommon

#: What the database says by itself.
OWN = {"id", "create_date", "write_date", "sequence", "display_name"}


@tagged("post_install", "-at_install")
class TestInstallmentInsert(RealestateSalesCommon):
    """Instalments stored by one statement are those the ORM would make."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_contract(date_contract="2026-01-31")
        cls.installments = cls.env["realestate.installment"].sudo()

    def _values(self, **values):
        item = self.contract._prepare_installment_values()[0]
        return {**item, "sequence": 99, **values}

    def _stored(self, installment):
        self.env.flush_all()
        self.env.invalidate_all()
        return {
            name: value
            for name, value in installment.read()[0].items()
            if name not in OWN
        }

    def test_they_are_what_the_orm_would_make(self):
        for values in (
            {},
            {"amount_interest": 12.34},
            {"date_due": False, "trigger": "milestone", "offset_days": 14},
        ):
            with self.subTest(**values):
                by_orm = self.installments.create(self._values(**values))
                by_sql = self.installments._insert_planned(
                    [self._values(**values, sequence=98)]
                )
                self.assertEqual(self._stored(by_sql), self._stored(by_orm))
                (by_orm | by_sql).is_void = True
                self.env.flush_all()

    def test_the_contract_sees_them_at_once(self):
        before = self.contract.installment_ids
        unbilled = self.contract.amount_unbilled
        new = self.installments._insert_planned([self._values(amount=1.5)])
        self.assertEqual(self.contract.installment_ids - before, new)
        self.assertEqual(self.contract.amount_unbilled, unbilled + 1.5)

    def test_nothing_is_stored_of_nothing(self):
        self.assertFalse(self.installments._insert_planned([]))

    def test_an_instalment_with_an_invoice_goes_the_orms_way(self):
        reservation = self._create_reservation(self.units[1])
        contract = reservation.action_convert()
        fee, first = contract.installment_ids[:2]
        self.assertEqual(fee.move_id, reservation.move_id)
        self.assertEqual((fee.state, first.state), ("billed", "planned"))
        self.assertEqual(fee.move_id.realestate_installment_id, fee)

    def test_later_facts_are_computed_as_ever(self):
        first = self.contract.installment_ids[0]
        first.is_void = True
        self.env.flush_all()
        self.assertEqual(first.state, "void")
        self.contract.partner_id = self._create_partner(name="Other")
        self.assertEqual(
            self.contract.installment_ids.partner_id, self.contract.partner_id
        )

    def test_those_of_a_batch_belong_to_their_contracts(self):
        contracts = self.contract | self._create_contract(self.units[1])
        contracts.plan_id = False
        self.assertFalse(contracts.installment_ids)
        contracts.plan_id = self.plan
        for contract in contracts:
            parts = contract.installment_ids
            self.assertEqual(parts.mapped("sequence"), list(range(1, 17)))
            self.assertTrue(contract._is_schedule_exact())

    def test_a_number_taken_twice_is_refused(self):
        taken = self._values(sequence=1)
        with self.assertRaisesRegex(Exception, "sequence_unique"):
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                self.installments._insert_planned([taken])

    def test_they_are_nobodys_to_make(self):
        for user in (self.officer, self.manager):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                self.installments.with_user(user).create(self._values())

    def test_a_schedule_that_is_right_is_left_alone(self):
        before = self.contract.installment_ids
        self.contract.with_user(self.officer).action_submit()
        self.assertEqual(self.contract.installment_ids, before)
        self.contract.action_draft()
        before[3].name = "Typed by somebody"
        self.contract.with_user(self.officer).action_submit()
        self.assertFalse(before.exists())
        self.assertEqual(len(self.contract.installment_ids), 16)
