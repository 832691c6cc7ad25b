from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_approval import ApprovalCase


@tagged("post_install", "-at_install")
class TestApprovalSubstitute(ApprovalCase):
    def _away(self, user, substitute, start="2026-03-02", end="2026-03-06"):
        return (
            self.env["realestate.approval.substitute"]
            .with_user(user)
            .create(
                {
                    "user_id": user.id,
                    "substitute_id": substitute.id,
                    "date_from": start,
                    "date_to": end,
                }
            )
        )

    def test_a_substitute_decides_while_the_approver_is_away(self):
        deputy = self._create_user("deputy", "realestate_sales.group_officer")
        self._away(self.lawyer, deputy)
        for day, may in (
            ("2026-03-01", False),
            ("2026-03-02", True),
            ("2026-03-06", True),
            ("2026-03-07", False),
        ):
            with self.subTest(day=day), freeze_time(f"{day} 04:00:00"):
                self.assertEqual(deputy in self.first._get_approvers(), may)
        contract = self._submit()
        with freeze_time("2026-03-03 04:00:00"):
            self._approve(contract, deputy)
        approval = contract.approval_ids[0]
        self.assertTrue(approval.is_substitute)
        self.assertEqual(approval.user_decided_id, deputy)

    def test_a_substitute_s_substitute_does_not(self):
        deputy = self._create_user("deputy", "realestate_sales.group_officer")
        third = self._create_user("third", "realestate_sales.group_officer")
        self._away(self.lawyer, deputy)
        self._away(deputy, third)
        with freeze_time("2026-03-03 04:00:00"):
            self.assertNotIn(third, self.first._get_approvers())

    def test_nobody_names_themselves_for_another(self):
        with self.assertRaises(AccessError):
            self.env["realestate.approval.substitute"].with_user(self.agent).create(
                {
                    "user_id": self.lawyer.id,
                    "substitute_id": self.agent.id,
                    "date_to": "2099-12-31",
                }
            )
        own = self._away(self.agent, self.officer)
        with self.assertRaisesRegex(UserError, "in a new line"):
            own.write({"user_id": self.lawyer.id, "substitute_id": self.agent.id})

    def test_a_manager_names_one_for_who_fell_ill(self):
        substitution = (
            self.env["realestate.approval.substitute"]
            .with_user(self.manager)
            .create(
                {
                    "user_id": self.lawyer.id,
                    "substitute_id": self.director.id,
                    "date_to": "2099-12-31",
                }
            )
        )
        self.assertIn(self.director, self.first._get_approvers())
        self.assertTrue(substitution)


@tagged("post_install", "-at_install")
class TestApprovalAttacks(ApprovalCase):
    """Nothing that RPC reaches makes an approval."""

    def setUp(self):
        super().setUp()
        self.contract = self._submit()
        self.approval = self.contract.approval_ids[0]
        self.portal = self._create_user(
            "portal", "base.group_portal", partner_id=self.buyer.id
        )

    def _all_but_approvers(self):
        return (self.plain, self.agent, self.officer, self.manager, self.portal)

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_nobody_writes_creates_or_deletes_an_approval(self):
        values = {
            "res_model": self.contract._name,
            "res_id": self.contract.id,
            "tier_id": self.first.id,
            "state": "approved",
        }
        forged = {"default_state": "approved", "tracking_disable": True}
        for user in (*self._all_but_approvers(), self.lawyer):
            approval = self.approval.with_user(user).with_context(**forged)
            with self.subTest(user=user.login):
                for attack in (
                    lambda a=approval: a.write({"state": "approved"}),
                    lambda a=approval: a.write({"fingerprint": "0"}),
                    lambda a=approval: a.write({"user_requested_id": False}),
                    lambda a=approval: a.create(values),
                    lambda a=approval: a.unlink(),
                    lambda a=approval: a.copy({"state": "approved"}),
                ):
                    with self.assertRaises(UserError):
                        attack()
        self.assertEqual(self.approval.state, "pending")

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_only_the_approver_decides(self):
        for user in self._all_but_approvers():
            for method, arguments in (
                ("action_approve", ()),
                ("action_refuse", ("no",)),
            ):
                with (
                    self.subTest(user=user.login, method=method),
                    self.assertRaises(UserError),
                ):
                    getattr(self.approval.with_user(user), method)(*arguments)
        self.assertEqual(self.approval.state, "pending")
        self.assertEqual(self.contract.state, "review")

    def test_context_and_forged_fields_do_not_move_the_contract(self):
        officer = self.contract.with_user(self.officer).with_context(
            default_state="approved", approved=True, skip_validation=True
        )
        for values in (
            {"state": "approved"},
            {"user_approved_id": self.officer.id},
            {"approval_ids": [Command.clear()]},
            {"approval_ids": [Command.update(self.approval.id, {"state": "approved"})]},
            {"approval_ids": [Command.delete(self.approval.id)]},
        ):
            with (
                self.subTest(values=values),
                self.assertRaises(UserError),
                mute_logger("odoo.addons.base.models.ir_model"),
            ):
                officer.write(values)
        self.assertEqual(self.approval.exists().state, "pending")

    def test_the_system_itself_does_not_set_the_state(self):
        with self.assertRaisesRegex(UserError, "cannot be set to"):
            self.approval.sudo().write({"state": "approved"})
        with self.assertRaisesRegex(UserError, "cannot be set by hand"):
            self.approval.sudo().write({"user_decided_id": self.lawyer.id})

    def test_an_approval_is_seen_by_those_it_concerns(self):
        def sees(user):
            approvals = self.env["realestate.approval"].with_user(user)
            approvals = approvals.with_context(allowed_company_ids=user.company_id.ids)
            return bool(approvals.search([("id", "=", self.approval.id)]))

        self.assertTrue(sees(self.lawyer))
        self.assertTrue(sees(self.officer))
        self.assertFalse(sees(self.agent))
        with self.assertRaises(AccessError):
            sees(self.plain)
        other = self._create_company("Other Developer", self.currency)
        stranger = self._create_user(
            "stranger", "realestate_sales.group_manager", other
        )
        self.assertFalse(sees(stranger))
