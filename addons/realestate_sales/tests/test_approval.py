from datetime import date, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import RealestateSalesCommon


class ApprovalCase(RealestateSalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
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
        wizard = self.env["realestate.approval.reason"].with_user(self.lawyer)
        wizard.create(
            {"approval_id": approval.id, "reason": "The share is missing"}
        ).action_decide()
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
