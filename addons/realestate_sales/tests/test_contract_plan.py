from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import RealestateSalesCommon


@tagged("post_install", "-at_install")
class TestContractPlan(RealestateSalesCommon):
    """A payment plan made for one contract, and its approval."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_contract(
            user_id=cls.officer.id, date_contract="2026-01-31"
        )
        cls.standard = cls.plan

    def _make_own(self, contract=None):
        contract = (contract or self.contract).with_user(self.officer)
        action = contract.action_own_plan()
        return self.env["realestate.payment.plan"].browse(action["res_id"])

    def _defer(self, plan):
        """10 % down in 4 months instead of 20 %, as the officer."""
        plan.with_user(self.officer).write(
            {"line_ids": [Command.update(plan.line_ids[0].id, {"value": 10})]}
        )

    def _submit_deferred(self):
        plan = self._make_own()
        self._defer(plan)
        self.contract.with_user(self.officer).action_submit()
        return plan

    def _approval(self, kind="plan"):
        return self.contract._get_approvals(kind)

    # === MAKING IT === #

    def test_the_officer_changes_a_copy_and_the_instalments_follow(self):
        plan = self._make_own()
        self.assertNotEqual(plan, self.standard)
        self.assertEqual(plan.standard_id, self.standard)
        self.assertEqual(plan.contract_id, self.contract)
        self.assertEqual(self.contract.plan_id, plan)
        # 1,000,000: 20 % in four parts.
        self.assertEqual(self.contract.installment_ids[0].amount, 50000)
        self._defer(plan)
        self.assertEqual(self.contract.installment_ids[0].amount, 25000)
        self.assertEqual(self.standard.line_ids[0].value, 20)
        self.assertEqual(sum(self.contract.installment_ids.mapped("amount")), 1000000)

    def test_the_form_saves_lines_that_come_to_the_price_only_together(self):
        plan = self._make_own()
        first, rest = plan.line_ids
        with Form(
            plan.with_user(self.officer),
            view="realestate_sales.realestate_payment_plan_view_form_own",
        ) as form:
            with form.line_ids.edit(1) as line:
                line.amount_type = "percent"
                line.value = 60
            with form.line_ids.new() as line:
                line.name = "On keys"
                line.kind = "balloon"
                line.amount_type = "percent"
                line.value = 20
                line.offset_months = 24
        self.assertEqual((first.value, rest.value), (20, 60))
        last = self.contract.installment_ids[-1]
        self.assertEqual((last.kind, last.amount), ("balloon", 200000))

    def test_lines_that_miss_the_price_are_refused(self):
        plan = self._make_own()
        with self.assertRaisesRegex(UserError, "is missing"):
            plan.with_user(self.officer).write(
                {
                    "line_ids": [
                        Command.update(
                            plan.line_ids[1].id, {"amount_type": "percent", "value": 70}
                        )
                    ]
                }
            )

    def test_back_to_the_standard_plan(self):
        plan = self._make_own()
        self._defer(plan)
        self.contract.with_user(self.officer).action_standard_plan()
        self.assertEqual(self.contract.plan_id, self.standard)
        self.assertFalse(plan.exists())
        self.assertEqual(self.contract.installment_ids[0].amount, 50000)

    def test_without_a_plan_there_is_nothing_to_change(self):
        self.contract.plan_id = False
        with self.assertRaisesRegex(UserError, "choose the standard plan"):
            self._make_own()

    def test_it_is_opened_again_and_not_made_twice(self):
        plan = self._make_own()
        self.assertEqual(self._make_own(), plan)

    def test_nobody_else_is_offered_it(self):
        plan = self._make_own()
        offered = self.env["realestate.payment.plan"]._get_offered(self.project)
        self.assertNotIn(plan, offered)
        other = self._create_contract(self.units[1], plan_id=plan.id)
        with self.assertRaisesRegex(UserError, "made for another contract"):
            other.action_submit()

    # === APPROVAL === #

    def test_a_manager_approves_it_before_the_contract(self):
        self._submit_deferred()
        self.assertTrue(self.contract.with_user(self.manager).is_plan_mine)
        self.assertFalse(self.contract.with_user(self.supervisor).is_plan_mine)
        with self.assertRaisesRegex(UserError, "has to approve the plan first"):
            self.contract.with_user(self.supervisor).action_approve()
        self.contract.with_user(self.manager).action_approve_plan()
        self.assertTrue(self.contract.is_plan_approved)
        self.contract.with_user(self.supervisor).action_approve()
        self.assertEqual(self.contract.state, "approved")

    def test_who_is_no_manager_does_not_approve_it(self):
        self._submit_deferred()
        for user in (self.officer, self.supervisor, self.plain):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.contract.with_user(user).action_approve_plan()

    def test_a_refusal_sends_the_contract_back(self):
        self._submit_deferred()
        self._approval().with_user(self.manager).action_refuse("Too late")
        self.assertEqual(self.contract.state, "draft")
        self.assertFalse(self._approval())

    def test_changed_after_the_approval_it_is_asked_for_again(self):
        plan = self._submit_deferred()
        self.contract.with_user(self.manager).action_approve_plan()
        self.contract.with_user(self.officer).action_draft()
        plan.with_user(self.officer).write(
            {"line_ids": [Command.update(plan.line_ids[0].id, {"value": 5})]}
        )
        self.contract.with_user(self.officer).action_submit()
        self.assertFalse(self.contract.is_plan_approved)
        self.assertEqual(self._approval().mapped("state"), ["pending"])

    def test_tiers_decide_by_how_much_is_paid_later(self):
        tiers = self.env["realestate.approval.tier"].create(
            [
                {
                    "name": name,
                    "kind": "plan",
                    "company_id": self.company.id,
                    "percent_from": percent,
                    "user_ids": [Command.set(user.ids)],
                }
                for name, percent, user in (
                    ("Supervisor", 0, self.supervisor),
                    ("Leader", 50, self.leader),
                )
            ]
        )
        self._submit_deferred()
        # 10 % of the price waits after the four months of the down payment.
        self.assertEqual(self.contract.plan_deferred, 10)
        self.assertEqual(self._approval().tier_id, tiers[0])
        self.contract.with_user(self.supervisor).action_approve_plan()
        self.assertTrue(self.contract.is_plan_approved)

    def test_the_approver_reads_what_departs_from_the_standard(self):
        self._submit_deferred()
        summary = str(self._approval().with_user(self.manager).summary)
        for text in ("20 % down", "10 % in 4 monthly parts", "10.00 % of the price"):
            with self.subTest(text=text):
                self.assertIn(text, summary)

    def test_a_standard_plan_asks_nobody(self):
        self.contract.with_user(self.officer).action_submit()
        self.assertFalse(self._approval())

    # === RIGHTS === #

    def test_after_the_draft_nobody_changes_it(self):
        plan = self._submit_deferred()
        for user in (self.officer, self.manager):
            with self.subTest(user=user.login):
                with self.assertRaisesRegex(UserError, "its parties, units, prices"):
                    plan.line_ids[0].with_user(user).value = 1
                with self.assertRaisesRegex(UserError, "its parties, units, prices"):
                    plan.with_user(user).write({"rounding_unit": 1000})
                with self.assertRaisesRegex(UserError, "its parties, units, prices"):
                    plan.line_ids[1].with_user(user).unlink()

    def test_officers_change_no_standard_plan(self):
        for record in (self.standard, self.standard.line_ids[0]):
            with self.subTest(model=record._name), self.assertRaises(AccessError):
                record.with_user(self.officer).write({"name": "Mine"})
        with self.assertRaises(AccessError):
            self.standard.line_ids[0].with_user(self.officer).unlink()

    def test_whose_plan_it_is_cannot_be_forged(self):
        plan = self._make_own()
        other = self._create_contract(self.units[1])
        for user in (self.officer, self.manager):
            for vals in ({"contract_id": other.id}, {"standard_id": plan.id}):
                with self.subTest(user=user.login, **vals):
                    with self.assertRaisesRegex(UserError, "cannot be set by hand"):
                        plan.with_user(user).write(vals)

    def test_the_plan_of_a_contract_of_another_desk_is_not_changed(self):
        plan = self._make_own()
        self.contract.user_id = self.supervisor
        self.project.member_ids = self.supervisor
        with self.assertRaises(AccessError):
            plan.line_ids[0].with_user(self.officer).value = 1

    def test_a_forged_context_leaves_no_stale_schedule(self):
        plan = self._make_own()
        line = plan.line_ids[0].with_user(self.officer)
        line.with_context(realestate_plan_whole=True).value = 10
        self.contract.with_user(self.officer).action_submit()
        self.assertEqual(self.contract.installment_ids[0].amount, 25000)

    def test_a_deleted_draft_takes_its_plan_along(self):
        plan = self._make_own()
        self.contract.unlink()
        self.assertFalse(plan.exists())
