from datetime import date, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RealestateSalesCommon


class ApprovalCase(RealestateSalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lawyer = cls._create_user("lawyer", "realestate_sales.group_officer")
        cls.director = cls._create_user("director", "realestate_sales.group_officer")
        cls.first = cls._create_tier("Lawyer", cls.lawyer, sequence=10)
        cls.second = cls._create_tier(
            "Director", cls.director, sequence=20, amount_from=900000
        )

    @classmethod
    def _create_tier(cls, name, users, **values):
        return cls.env["realestate.approval.tier"].create(
            {
                "name": name,
                "kind": "contract",
                "company_id": cls.company.id,
                "user_ids": [Command.set(users.ids)],
                **values,
            }
        )

    def _submit(self, **values):
        """A contract handed in by the officer: who asks is who pressed the button."""
        contract = self._create_contract(**values)
        contract.with_user(self.officer).action_submit()
        return contract

    def _approve(self, contract, *users):
        for user in users:
            contract.with_user(user).action_approve()


@tagged("post_install", "-at_install")
class TestApproval(ApprovalCase):
    def test_tiers_are_asked_by_amount_and_decide_in_turn(self):
        contract = self._submit()
        self.assertEqual(contract.approval_ids.tier_id, self.first | self.second)
        with self.assertRaisesRegex(UserError, "“Lawyer” decides first"):
            contract.approval_ids.filtered(
                lambda a: a.tier_id == self.second
            ).with_user(self.director).action_approve()
        self._approve(contract, self.lawyer)
        self.assertEqual(contract.state, "review")
        self._approve(contract, self.director)
        self.assertEqual(contract.state, "approved")
        self.assertEqual(contract.user_approved_id, self.director)
        self.assertEqual(set(contract.approval_ids.mapped("state")), {"approved"})

    def test_small_contracts_need_fewer_tiers(self):
        self.second.amount_from = 1000000.01
        contract = self._submit()
        self.assertEqual(contract.approval_ids.tier_id, self.first)
        self._approve(contract, self.lawyer)
        self.assertEqual(contract.state, "approved")

    def test_a_discount_asks_its_tier(self):
        self.second.write({"amount_from": 0, "percent_from": 5})
        whole = self._submit()
        self.assertEqual(whole.approval_ids.tier_id, self.first)
        unit = self.units[1]
        lower = self._submit(
            unit=unit,
            line_ids=[Command.create({"unit_id": unit.id, "price": 950000})],
        )
        self.assertEqual(lower.approval_ids.tier_id, self.first | self.second)
        self.assertEqual(set(lower.approval_ids.mapped("percent")), {5})

    def test_tiers_of_other_projects_and_companies_are_not_asked(self):
        other = self._create_project(name="West", code="WEST")
        self.first.project_ids = other
        company = self._create_company("Other Developer", self.currency)
        self.second.company_id = company
        contract = self._submit()
        self.assertFalse(contract.approval_ids)
        self._approve(contract, self.supervisor)
        self.assertEqual(contract.state, "approved")

    def test_amounts_are_compared_in_the_company_s_currency(self):
        dollar = self._activate_currency("USD")
        self.env["res.currency.rate"].create(
            {
                "currency_id": dollar.id,
                "company_id": self.company.id,
                "name": "2020-01-01",
                "rate": 0.02,
            }
        )
        self.second.amount_from = 50000
        project = self._create_project(name="W", code="W", currency_id=dollar.id)
        building = self._create_building(project, code="W")
        for price, asked in ((999.99, self.first), (1000, self.first | self.second)):
            unit = self._create_units(
                1, building=building, first=900 + int(price), price_list=price
            )
            contract = self._submit(unit=unit)
            with self.subTest(price=price):
                self.assertEqual(contract.approval_ids.tier_id, asked)

    def test_a_supervisor_does_not_pass_the_tiers_by(self):
        contract = self._submit()
        with self.assertRaises(AccessError):
            self._approve(contract, self.supervisor)
        with self.assertRaises(AccessError):
            self._approve(contract, self.manager)
        self.assertEqual(contract.state, "review")

    def test_who_asks_does_not_approve(self):
        self.first.user_ids = self.officer | self.lawyer
        contract = self._submit()
        with self.assertRaisesRegex(AccessError, "who asks"):
            self._approve(contract, self.officer)
        self._approve(contract, self.lawyer)
        self.assertEqual(contract.approval_ids.mapped("state"), ["approved", "pending"])

    def test_a_refusal_sends_the_contract_back_with_its_reason(self):
        contract = self._submit()
        approval = contract.approval_ids[0].with_user(self.lawyer)
        for reason in (None, "", "  ", 7):
            with self.assertRaisesRegex(UserError, "the reason is kept"):
                approval.action_refuse(reason)
        wizard = self.env["realestate.approval.refuse"].with_user(self.lawyer)
        wizard.create(
            {"approval_id": approval.id, "reason": "The share is missing"}
        ).action_refuse()
        self.assertEqual(contract.state, "draft")
        self.assertEqual(contract.approval_ids.mapped("state"), ["refused", "void"])
        self.assertEqual(contract.approval_ids[0].reason, "The share is missing")
        self.assertIn("The share is missing", contract.message_ids[0].body)
        self.assertFalse(contract.activity_ids)

    def test_after_a_refusal_everybody_is_asked_again(self):
        contract = self._submit()
        self._approve(contract, self.lawyer)
        contract.approval_ids[1].with_user(self.director).action_refuse("Too cheap")
        contract.with_user(self.officer).action_submit()
        pending = contract.approval_ids.filtered(lambda a: a.state == "pending")
        self.assertEqual(pending.tier_id, self.first | self.second)
        self._approve(contract, self.lawyer, self.director)
        self.assertEqual(contract.state, "approved")

    def test_what_has_changed_is_not_approved(self):
        contract = self._submit()
        self._approve(contract, self.lawyer)
        # As an import or a repair would, past the contract's own rules.
        contract.line_ids._write({"price": 990000})
        contract.line_ids.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "has changed since"):
            self._approve(contract, self.director)
        self.assertFalse(contract._is_approved("contract"))
        self.assertEqual(contract.state, "review")

    def test_sending_back_voids_what_was_asked(self):
        contract = self._submit()
        self._approve(contract, self.lawyer)
        contract.with_user(self.officer).action_draft()
        self.assertEqual(set(contract.approval_ids.mapped("state")), {"void"})
        with self.assertRaisesRegex(UserError, "not to be decided any more"):
            contract.approval_ids[1].with_user(self.director).action_approve()

    def test_a_cancelled_contract_waits_for_nobody(self):
        contract = self._submit()
        contract.with_user(self.supervisor).action_cancel("The loan was refused")
        self.assertEqual(set(contract.approval_ids.mapped("state")), {"void"})
        self.assertFalse(contract.activity_ids)

    def test_pressing_twice_changes_nothing(self):
        contract = self._submit()
        approval = contract.approval_ids[0].with_user(self.lawyer)
        approval.action_approve("Fine")
        decided = approval.date_decided
        approval.action_approve("Again")
        self.assertEqual((approval.reason, approval.date_decided), ("Fine", decided))

    def test_the_next_approver_is_told_when_the_turn_comes(self):
        contract = self._submit()
        self.assertEqual(contract.activity_ids.user_id, self.lawyer)
        self.assertEqual(
            contract.activity_ids.date_deadline,
            fields.Date.context_today(contract) + timedelta(days=3),
        )
        self._approve(contract, self.lawyer)
        self.assertEqual(contract.activity_ids.user_id, self.director)
        messages = self.env["mail.message"].search(
            [("model", "=", contract._name), ("res_id", "=", contract.id)]
        )
        notified = messages.notified_partner_ids
        self.assertLessEqual((self.lawyer | self.director).partner_id, notified)

    def test_my_approvals_are_those_whose_turn_is_mine(self):
        contract = self._submit()
        approvals = self.env["realestate.approval"]
        mine = [("is_mine", "=", True)]
        seen = {
            user: approvals.with_user(user).search(mine).tier_id.ids
            for user in (self.lawyer, self.director, self.officer, self.manager)
        }
        self.assertEqual(list(seen.values()), [self.first.ids, [], [], []])
        self._approve(contract, self.lawyer)
        director = approvals.with_user(self.director)
        self.assertEqual(director.search(mine).tier_id.ids, self.second.ids)
        others = director.search([("is_mine", "=", False)])
        self.assertNotIn(contract.approval_ids[1].id, others.ids)

    def test_overdue_is_from_the_day_after_the_deadline(self):
        with freeze_time("2028-02-26 04:00:00"):
            contract = self._submit()
        approval = contract.approval_ids[0]
        self.assertEqual(approval.date_deadline, date(2028, 2, 29))
        for day, overdue in (("2028-02-29", False), ("2028-03-01", True)):
            with freeze_time(f"{day} 04:00:00"):
                approval.invalidate_recordset(["is_overdue"])
                self.assertEqual(approval.is_overdue, overdue)

    def test_a_tier_needs_approvers_of_the_staff(self):
        with self.assertRaisesRegex(ValidationError, "name a group or users"):
            self._create_tier("Nobody", self.env["res.users"])
        portal = self._create_user("portal", "base.group_portal")
        with self.assertRaisesRegex(ValidationError, "in the portal do not approve"):
            self._create_tier("Buyers", portal)

    def test_members_of_a_group_approve_those_of_the_company_only(self):
        group = self.env.ref("realestate_sales.group_supervisor")
        self.first.write({"user_ids": [Command.clear()], "group_id": group.id})
        other = self._create_company("Other Developer", self.currency)
        stranger = self._create_user(
            "stranger", "realestate_sales.group_supervisor", other
        )
        contract = self._submit()
        self.assertNotIn(stranger, self.first._get_approvers())
        with self.assertRaises(AccessError):
            self._approve(contract, stranger)
        self._approve(contract, self.supervisor)
        self.assertEqual(contract.approval_ids[0].user_decided_id, self.supervisor)


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
