from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestDemoChecks(TransactionCase):
    """Second looks of the demo: something of each kind waits."""

    def test_approvals_of_each_own_kind_wait(self):
        pending = self.env["realestate.approval"].search([("state", "=", "pending")])
        self.assertLessEqual(
            {"contract", "discount", "floor", "pricelist"}, set(pending.mapped("kind"))
        )
        for approval in pending:
            with self.subTest(approval=approval.name, kind=approval.kind):
                self.assertFalse(approval.has_changed)
                self.assertTrue(approval._get_approvers())

    def test_reviews_stand_in_every_state(self):
        reviews = self.env["realestate.contract.review"].search([])
        self.assertEqual(set(reviews.mapped("state")), {"open", "ok", "wrong"})
        self.assertEqual(set(reviews.contract_id.mapped("state")), {"review"})

    def test_discounts_have_their_reason(self):
        lines = self.env["realestate.contract.line"].search(
            [("discount_amount", ">", 0)]
        )
        self.assertGreater(len(lines), 2)
        self.assertEqual(len(lines), len(lines.filtered("discount_reason_id")))
        for line in lines:
            self.assertAlmostEqual(line.price_list - line.discount_amount, line.price)

    def test_a_proxy_and_a_guardian_act_for_buyers(self):
        represented = self.env["realestate.contract.buyer"].search(
            [("proxy_id", "!=", False)]
        )
        self.assertEqual(set(represented.mapped("proxy_kind")), {"proxy", "guardian"})
        minors = represented.filtered("is_minor")
        self.assertEqual(set(minors.mapped("proxy_kind")), {"guardian"})
