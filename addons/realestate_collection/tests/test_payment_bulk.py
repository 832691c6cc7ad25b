from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, tagged

from .common import TODAY, RealestateCollectionCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestPaymentBulk(RealestateCollectionCommon):
    """Many payments at once, and one by hand."""

    def test_many_payments_are_booked_as_one_batch(self):
        contracts = self._create_many(4)
        self.installments.bill_due()
        payments = self.env["realestate.contract"]._register_payments(
            [
                {
                    "contract": contract,
                    "amount": 100000,
                    "journal": self.bank,
                    "date": None,
                    "external_ref": f"R{contract.id}",
                }
                for contract in contracts
                for _twice in range(2)
            ]
        )
        self.assertEqual(len(payments), 8, "one per dict, in order")
        self.assertEqual(len(payments & payments), 4, "each reference once")
        self.assertEqual(payments[::2].realestate_contract_id, contracts)
        self.assertEqual(set(contracts.mapped("amount_residual")), {100000})
        self.assertBooksAgree(*contracts)

    def test_one_bad_payment_books_none(self):
        contracts = self._create_many(2)
        with self.assertRaises(UserError):
            contracts._register_payments(
                [
                    {"contract": contracts[0], "amount": 100},
                    {"contract": contracts[1], "amount": -100},
                ]
            )
        self.assertFalse(contracts.payment_ids)

    def test_one_reference_for_two_payments_of_a_batch_is_refused(self):
        contracts = self._create_many(2)
        with self.assertRaisesRegex(UserError, "two different payments"):
            contracts._register_payments(
                [
                    {"contract": contract, "amount": 100, "external_ref": "X"}
                    for contract in contracts
                ]
            )

    def test_the_wizard_shows_what_a_payment_settles_and_books_it(self):
        contract = self._create_billed()
        wizard = self.env["realestate.contract.payment"].with_user(self.collector)
        form = Form(wizard.with_context(default_contract_id=contract.id))
        self.assertEqual(form.amount, 200000, "what is overdue")
        self.assertEqual(form.journal_id, self.bank)
        form.amount = 250000
        form.external_ref = "W1"
        record = form.save()
        self.assertEqual(record.part_ids.mapped("amount"), [100000, 100000])
        self.assertEqual(record.amount_left, 50000)
        record.action_register()
        self.assertEqual(contract.amount_credit, 50000)
        self.assertEqual(contract.payment_ids.realestate_external_ref, "W1")
