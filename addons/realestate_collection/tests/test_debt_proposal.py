from datetime import date

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import TODAY
from .debt_common import DebtCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDebtProposal(DebtCommon):
    """200,000 are open: what to do with them is compared, approved, carried out."""

    def _propose(self, kind="write_off", **values):
        proposals = self.env["realestate.debt.proposal"].with_user(self.collector)
        return proposals.create(
            {
                "contract_id": self.contract.id,
                "kind": kind,
                "reason": "Insolvent since January",
                **values,
            }
        )

    def _approved(self, kind="write_off", **values):
        return self._approve(self._propose(kind, **values))

    def _option(self, proposal, kind):
        return proposal.option_ids.filtered(lambda one: one.kind == kind)

    # === COMPARING === #

    def test_every_way_is_valued_today(self):
        proposal = self._propose(rate=10)
        self.assertEqual(proposal.amount, 200000)
        self.assertEqual(proposal.amount_overdue, 200000)
        self.assertEqual(proposal.days_late, 33)
        self.assertEqual(len(proposal.option_ids), 5)
        legal = self._option(proposal, "legal")
        legal.write({"recovery": 80, "months": 12, "cost": 12000})
        self.assertEqual(legal.amount_recovered, 160000)
        self.assertEqual(legal.amount_present, 133454.55)
        self.assertEqual(proposal.best_kind, "restructure")
        self._option(proposal, "cancel").recovery = 150
        self.assertEqual(proposal.best_kind, "cancel")
        self.assertTrue(self._option(proposal, "cancel").is_best)
        self.assertFalse(legal.is_best)

    def test_the_company_sets_the_rate(self):
        self.company.realestate_discount_rate = 0
        proposal = self._propose()
        self.assertEqual(proposal.rate, 0)
        way = self._option(proposal, "restructure")
        self.assertEqual(way.amount_present, way.amount_recovered)

    def test_the_form_compares_as_one_types(self):
        form = Form(self.env["realestate.debt.proposal"].with_user(self.collector))
        form.contract_id = self.contract
        self.assertEqual(form.amount, 200000)
        form.kind = "write_off"
        self.assertEqual(form.amount_given_up, 200000)
        form.reason = "Gone"
        proposal = form.save()
        self.assertEqual(len(proposal.option_ids), 5)
        self.assertEqual(proposal.loss_percent, 100)

    def test_a_way_is_chosen_from_its_line(self):
        proposal = self._propose()
        self._option(proposal, "agency").action_choose()
        self.assertEqual(proposal.kind, "agency")
        self.assertEqual(proposal.loss_percent, 50)
        self.assertEqual(proposal.amount_given_up, 0)

    # === APPROVAL === #

    def test_what_is_missing_is_said_together(self):
        proposal = self._propose(kind=False, reason=" ")
        with self.assertRaises(UserError) as caught:
            proposal.action_submit()
        for text in ("Choose one", "Say why"):
            self.assertIn(text, str(caught.exception))
        proposal = self._propose(amount_given_up=300000)
        with self.assertSays(UserError, "within the debt"):
            proposal.action_submit()

    def test_money_that_came_meanwhile_is_taken_over_first(self):
        proposal = self._propose()
        self._pay(self.contract, 50000)
        with self.assertSays(UserError, "changed since"):
            proposal.action_submit()
        proposal.action_refresh()
        self.assertEqual(proposal.amount_given_up, 150000)
        proposal.action_submit()
        self.assertEqual(proposal.state, "submitted")

    def test_tiers_are_asked_by_debt_and_by_loss(self):
        chief = self._create_user("chief", "realestate_sales.group_leader")
        self.env["realestate.approval.tier"].create(
            {
                "name": "Chief",
                "kind": "bad_debt",
                "company_id": self.company.id,
                "percent_from": 60,
                "user_ids": chief.ids,
            }
        )
        mild = self._propose("restructure")
        mild.action_submit()
        self.assertEqual(mild.sudo().approval_ids.step, "Collection Manager")
        mild.action_cancel()
        hard = self._propose()
        hard.action_submit()
        self.assertEqual(hard.sudo().approval_ids.step, "Chief")
        self.assertEqual(hard.sudo().approval_ids.percent, 100)

    def test_what_is_approved_stays(self):
        proposal = self._approved()
        for values in ({"kind": "legal"}, {"amount_given_up": 5}, {"rate": 1}):
            with self.subTest(values=values), self.assertSays(UserError, "terms stay"):
                proposal.write(values)
        with self.assertSays(UserError, "terms stay"):
            proposal.option_ids[0].recovery = 1
        with self.assertSays(UserError, "terms stay"):
            proposal.option_ids[0].unlink()
        for values in ({"state": "executed"}, {"move_id": 1}, {"amount": 1}):
            with self.subTest(values=values), self.assertRaises(UserError):
                proposal.write(values)

    def test_only_one_is_under_way(self):
        first, second = self._propose(), self._propose()
        first.action_submit()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            second.action_submit()
            self.env.flush_all()

    # === CARRIED OUT === #

    def test_an_approved_write_off_is_booked_once(self):
        proposal = self._approved(amount_given_up=150000)
        with self.assertRaises(AccessError):
            proposal.with_user(self.collector).action_execute()
        manager = proposal.with_user(self.collection_manager)
        action = manager.action_execute()
        move = proposal.move_id
        self.assertEqual((action["res_model"], action["res_id"]), (move._name, move.id))
        self.assertEqual(move.realestate_write_off_amount, 150000)
        self.assertIn(proposal.name, move.realestate_write_off_reason)
        self.assertEqual(self.contract.amount_residual, 50000)
        self.assertEqual(proposal.state, "executed")
        self.assertEqual(proposal.user_executed_id, self.collection_manager)
        manager.action_execute()
        self.assertEqual(self.contract.amount_residual, 50000, "twice is once")
        self.assertBooksAgree(self.contract)

    def test_nothing_is_carried_out_without_approval(self):
        proposal = self._propose()
        with self.assertSays(UserError, "possible only from"):
            proposal.with_user(self.collection_manager).action_execute()
        self.assertEqual(self.contract.amount_residual, 200000)

    def test_a_write_off_of_more_than_is_left_is_refused(self):
        proposal = self._approved()
        self._pay(self.contract, 50000)
        with self.assertSays(UserError, "only .* is open"):
            proposal.with_user(self.collection_manager).action_execute()
        self.assertEqual(proposal.state, "approved")

    def test_new_dates_are_drafted_on_the_day_of_the_contract_s_company(self):
        self.company.partner_id.tz = "Asia/Manila"
        other = self._create_company("Western Developer", self.currency)
        other.partner_id.tz = "America/New_York"
        companies = (other | self.company).ids
        with freeze_time("2026-03-10 16:00:00"):
            contract = self.contract.with_context(allowed_company_ids=companies)
            number = contract.propose_arrangement(2, "2026-04-01")
        arrangement = self.env["realestate.arrangement"].browse(number)
        self.assertEqual(arrangement.date, date(2026, 3, 11))

    def test_restructuring_drafts_new_dates(self):
        proposal = self._approved("restructure")
        proposal.with_user(self.collector).action_execute()
        arrangement = proposal.arrangement_id
        self.assertEqual(arrangement.state, "draft")
        self.assertEqual(arrangement.part_count, 12)
        self.assertEqual(arrangement.amount, 200000)
        self.assertEqual(arrangement.user_id, self.collector)

    def test_cancelling_begins_a_package(self):
        proposal = self._approved("cancel")
        proposal.with_user(self.collector).action_execute()
        self.assertEqual(proposal.package_id.contract_id, self.contract)
        self.assertEqual(proposal.package_id.state, "draft")

    def test_others_who_go_on_stop_our_notices(self):
        for kind in ("legal", "agency"):
            with self.subTest(kind=kind):
                proposal = self._approved(kind)
                proposal.with_user(self.collector).action_execute()
                self.assertEqual(proposal.state, "executed")
                hold = self.contract.dunning_hold_ids[:1]
                self.assertEqual(hold.kind, "legal")
                self.assertIn(proposal.name, hold.reason)
                self.assertTrue(proposal.activity_ids)
        self.assertFalse(self._run().notice_ids)

    def test_who_does_not_collect_does_nothing(self):
        proposal = self._approved("restructure")
        for user in (self.plain, self.agent, self.officer):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                proposal.with_user(user).action_execute()
        with self.assertRaises(AccessError):
            proposal.with_user(self.accountant).action_execute()
        self.assertEqual(proposal.state, "approved")
