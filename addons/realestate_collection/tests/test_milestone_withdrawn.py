from datetime import date

from odoo.tests import freeze_time, tagged

from .common import TODAY, RealestateCollectionCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestMilestoneWithdrawn(RealestateCollectionCommon):
    """A milestone taken back after its instalments were billed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        plan = cls._create_plan(
            [
                {
                    "name": "Roof",
                    "amount_type": "balance",
                    "trigger": "milestone",
                    "milestone_code": "ROOF",
                }
            ],
            name="By construction",
        )
        cls.milestone = cls.env["realestate.milestone"].create(
            {"name": "Roof", "code": "ROOF", "project_id": cls.project.id}
        )
        cls.unpaid = cls._create_active(plan_id=plan.id)
        cls.paid = cls._create_active(cls.units[1], plan_id=plan.id)
        cls.milestone.action_reach(date(2026, 2, 1))
        cls.installments.bill_due()

    def test_unpaid_invoice_is_credited_and_what_was_paid_stays(self):
        self._pay(self.paid, 500000)
        self.milestone.action_withdraw("Certificate of another tower")
        item = self.unpaid.installment_ids
        self.assertEqual((item.state, item.date_due), ("planned", False))
        self.assertEqual(self.unpaid.amount_residual, 0)
        kept = self.paid.installment_ids
        self.assertEqual((kept.state, kept.amount_paid), ("partial", 500000))
        self.assertIn(self.paid.name, self.milestone.message_ids[0].body)
        self.assertNotIn(self.unpaid.name, self.milestone.message_ids[0].body)
        self.assertBooksAgree(self.unpaid, self.paid)
        self.assertBalanced()

    def test_it_is_billed_again_when_it_is_reached_again(self):
        self.milestone.action_withdraw("Too early")
        self.assertEqual(self.installments.bill_due(), 0)
        self.milestone.action_reach(date(2026, 2, 20))
        self.assertEqual(self.installments.bill_due(), 2)
        item = self.unpaid.installment_ids
        self.assertEqual((item.state, item.date_due), ("billed", date(2026, 2, 20)))
        self.assertBooksAgree(self.unpaid, self.paid)
