from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_approval import ApprovalCase


@tagged("post_install", "-at_install")
class TestPricelistApproval(ApprovalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.director.group_ids += cls.env.ref("realestate_sales.group_manager")
        (cls.first | cls.second).write({"kind": "pricelist", "amount_from": 0})
        cls.first.user_ids = cls.supervisor
        cls.first.percent_from = 3
        cls.second.percent_from = 10

    def _create_pricelist(self, price):
        pricelist = (
            self.env["realestate.pricelist"]
            .with_user(self.manager)
            .create({"project_id": self.project.id})
        )
        pricelist.action_load_units()
        pricelist.line_ids[0].price_list = price
        return pricelist

    def test_the_biggest_deviation_says_who_decides(self):
        for price, tiers in (
            (1030000, self.first),
            (970000, self.first),
            (900000, self.first | self.second),
            (1100000, self.first | self.second),
        ):
            pricelist = self._create_pricelist(price)
            with self.subTest(price=price):
                pricelist.action_request_approval()
                approvals = pricelist.sudo().approval_ids
                self.assertEqual(approvals.tier_id, tiers)
                self.assertEqual(approvals[0].amount, 4000000 + price)

    def test_the_last_tier_makes_the_list_effective(self):
        pricelist = self._create_pricelist(1100000)
        with self.assertRaisesRegex(UserError, "is approved by “Lawyer”, “Director”"):
            pricelist.action_approve()
        pricelist.action_request_approval()
        with self.assertRaises(AccessError):
            pricelist.action_approve()
        pricelist.with_user(self.supervisor).action_approve()
        self.assertEqual(pricelist.state, "draft")
        pricelist.with_user(self.director).action_approve()
        self.assertEqual(pricelist.state, "effective")
        self.assertEqual(pricelist.user_approved_id, self.director)
        self.assertEqual(self.unit.price_list, 1100000)

    def test_the_list_in_force_is_compared_with(self):
        first = self._create_pricelist(1100000)
        first.action_request_approval()
        self._approve(first, self.supervisor, self.director)
        # Reserved at what it costs: the next list is compared with the list in force.
        self._create_reservation(confirmed=False)
        second = self._create_pricelist(1000000)
        second.action_request_approval()
        self.assertEqual(second.sudo().approval_ids[0].percent, 9.09)

    def test_small_changes_are_a_manager_s_own(self):
        pricelist = self._create_pricelist(1029999)
        with self.assertRaisesRegex(UserError, "needs no approval by others"):
            pricelist.action_request_approval()
        pricelist.action_approve()
        self.assertEqual(pricelist.state, "effective")

    def test_a_change_makes_what_was_asked_void(self):
        for change in (
            lambda p: p.line_ids[0].write({"price_list": 1099999}),
            lambda p: p.line_ids[0].unlink(),
            lambda p: p.write({"date_effective": "2099-01-01"}),
        ):
            pricelist = self._create_pricelist(1100000)
            pricelist.action_request_approval()
            pricelist.with_user(self.supervisor).action_approve()
            change(pricelist)
            self.assertEqual(
                set(pricelist.sudo().approval_ids.mapped("state")), {"void"}
            )
            self.assertFalse(pricelist.sudo().activity_ids)

    def test_a_refusal_leaves_the_draft(self):
        pricelist = self._create_pricelist(1100000)
        pricelist.action_request_approval()
        pricelist.sudo().approval_ids[0].with_user(self.supervisor).action_refuse("No")
        self.assertEqual(pricelist.state, "draft")
        self.assertIn("No", pricelist.message_ids[0].body)
        pricelist.action_request_approval()
        self.assertTrue(pricelist.is_approval_pending)

    def test_approval_that_is_taken_back_is_void(self):
        pricelist = self._create_pricelist(1100000)
        pricelist.date_effective = "2099-01-01"
        pricelist.action_request_approval()
        self._approve(pricelist, self.supervisor, self.director)
        self.assertEqual(pricelist.state, "approved")
        pricelist.action_draft()
        self.assertEqual(set(pricelist.sudo().approval_ids.mapped("state")), {"void"})
        with self.assertRaisesRegex(UserError, "ask for their approval first"):
            pricelist.action_approve()

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_it_is_not_forged(self):
        pricelist = self._create_pricelist(1100000)
        pricelist.action_request_approval()
        approval = pricelist.sudo().approval_ids[0]
        forged = {"default_state": "approved", "su": True, "install_mode": True}
        for user in (self.plain, self.agent, self.officer, self.manager):
            own = pricelist.with_user(user).with_context(**forged)
            for attack in (
                lambda o=own: o.write({"state": "approved"}),
                lambda o=own: o.write({"user_approved_id": self.manager.id}),
                lambda o=own: o.create(
                    {"project_id": self.project.id, "state": "approved"}
                ),
                lambda o=own: o.write(
                    {
                        "approval_ids": [
                            Command.update(approval.id, {"state": "approved"})
                        ]
                    }
                ),
                lambda o=own: o.action_approve(),
                lambda u=user: approval.with_user(u).action_approve(),
            ):
                with self.subTest(user=user.login), self.assertRaises(UserError):
                    attack()
        self.assertEqual((pricelist.state, approval.state), ("draft", "pending"))
