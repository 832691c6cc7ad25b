from datetime import date, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import RealestateSalesCommon


@tagged("post_install", "-at_install")
class TestContract(RealestateSalesCommon):
    def test_number_comes_from_the_project(self):
        year = fields.Date.today().year
        self.assertRegex(self._create_contract().name, rf"^EAST/{year}/\d{{5}}$")
        other = self._create_project(code="WEST")
        unit = self._create_units(1, self._create_building(other))
        self.assertEqual(self._create_contract(unit).name, f"WEST/{year}/00001")

    def test_schedule_sums_to_the_price_at_every_state(self):
        self.unit.price_list = 999999.97
        contract = self._create_contract()
        for action in ("submit", "approve", "sign", "seal", "activate"):
            getattr(contract, f"action_{action}")()
            total = sum(contract.installment_ids.mapped("amount"))
            self.assertEqual(self.currency.compare_amounts(total, 999999.97), 0, action)

    def test_draft_schedule_follows_price_plan_and_dates(self):
        contract = self._create_contract()
        self.assertEqual(len(contract.installment_ids), 16)
        contract.line_ids.price = 500000
        self.assertAlmostEqual(sum(contract.installment_ids.mapped("amount")), 500000)
        contract.date_start = date(2026, 5, 15)
        self.assertEqual(contract.installment_ids[0].date_due, date(2026, 6, 15))
        contract.plan_id = self._create_plan([{"name": "All", "value": 100}])
        self.assertEqual(len(contract.installment_ids), 1)

    def test_instalments_are_named_in_the_buyers_language(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        self.plan.line_ids[0].with_context(lang="vi_VN").name = "Trả trước"
        self.buyer.lang = "vi_VN"
        names = self._create_contract().installment_ids.mapped("name")
        self.assertEqual(names[0], "Trả trước 1/4")

    def test_every_unit_of_the_contract_is_claimed(self):
        contract = self._create_contract(
            line_ids=[Command.create({"unit_id": unit.id}) for unit in self.units[:3]]
        )
        self.assertEqual(set(self.units[:3].mapped("state")), {"contracted"})
        self.assertEqual(contract.amount_total, 3000000)
        contract.line_ids[2].unlink()
        self.assertEqual(self.units[2].state, "available")
        contract.line_ids[1].unit_id = self.units[4]
        self.assertEqual(self.units[1].state, "available")
        self.assertEqual(self.units[4].state, "contracted")

    def test_claimed_unit_is_not_sold_again(self):
        self._create_contract()
        with self.assertRaisesRegex(UserError, "T1-101 is claimed"):
            self._create_contract()

    def test_unit_of_another_project_is_refused(self):
        other = self._create_project(code="WEST")
        unit = self._create_units(1, self._create_building(other))
        with self.assertRaisesRegex(UserError, "belongs to project"):
            self._create_contract(line_ids=[Command.create({"unit_id": unit.id})])

    def test_shares_come_to_hundred(self):
        second = self._create_partner(name="Second")
        contract = self._create_contract(
            buyer_ids=[
                Command.create(
                    {"partner_id": self.buyer.id, "share": 60, "is_main": True}
                ),
                Command.create({"partner_id": second.id, "share": 30}),
            ]
        )
        with self.assertRaisesRegex(UserError, "come to 90.00 %"):
            contract.action_submit()
        contract.buyer_ids[1].share = 40
        contract.action_submit()
        self.assertEqual(contract.state, "review")

    def test_main_buyer_is_the_invoiced_one(self):
        contract = self._create_contract()
        contract.partner_id = self._create_partner(name="Other")
        with self.assertRaisesRegex(UserError, "exactly one buyer as the main buyer"):
            contract.action_submit()

    def test_everything_missing_is_said_at_once(self):
        contract = self._create_contract(line_ids=[], plan_id=False)
        with self.assertRaisesRegex(UserError, r"sells no unit(.|\n)*no payment plan"):
            contract.action_submit()

    def test_missing_milestone_is_named(self):
        contract = self._create_contract(plan_id=self._milestone_plan().id)
        with self.assertRaisesRegex(
            UserError, "milestone that project East Residences"
        ):
            contract.action_submit()

    def test_milestone_dates_its_instalments(self):
        milestone = self.env["realestate.milestone"].create(
            {"name": "Roof", "code": "ROOF", "project_id": self.project.id}
        )
        contract = self._create_contract(
            plan_id=self._milestone_plan().id, state="active"
        )
        waiting = contract.installment_ids.filtered("milestone_id")
        self.assertEqual(waiting.milestone_id, milestone)
        self.assertFalse(waiting.date_due)
        milestone.action_reach("2028-02-29")
        self.assertEqual(waiting.date_due, date(2028, 3, 14))
        milestone.action_reach("2028-05-01")
        self.assertEqual(waiting.date_due, date(2028, 3, 14))

    def test_building_milestone_wins_over_the_projects(self):
        milestones = self.env["realestate.milestone"].create(
            [
                {"name": "Roof", "code": "ROOF", "project_id": self.project.id},
                {
                    "name": "Roof T1",
                    "code": "ROOF",
                    "project_id": self.project.id,
                    "building_id": self.building.id,
                },
            ]
        )
        contract = self._create_contract(plan_id=self._milestone_plan().id)
        self.assertEqual(contract.installment_ids.milestone_id, milestones[1])

    def _milestone_plan(self):
        return self._create_plan(
            [
                {"name": "Start", "value": 50},
                {
                    "name": "On roof",
                    "amount_type": "balance",
                    "trigger": "milestone",
                    "milestone_code": "ROOF",
                    "offset_days": 14,
                },
            ]
        )

    def test_only_legal_moves(self):
        contract = self._create_contract()
        for action in ("approve", "sign", "seal", "activate", "complete"):
            with self.assertRaises(UserError):
                getattr(contract, f"action_{action}")()
            self.assertEqual(contract.state, "draft")

    def test_replayed_moves_change_nothing(self):
        contract = self._create_contract(state="approved")
        approved_by = contract.user_approved_id
        contract.with_user(self.supervisor).action_approve()
        self.assertEqual(contract.user_approved_id, approved_by)
        contract.action_sign("2026-02-01")
        contract.action_sign("2026-02-05")
        self.assertEqual(contract.date_signed, date(2026, 2, 1))

    def test_missing_things_keep_a_contract_from_its_next_step(self):
        contract = self._create_contract(state="approved")
        problems = {"sign": ["Passport."], "seal": [], "activate": []}
        model = type(contract)
        with patch.object(model, "_get_step_problems", lambda _, step: problems[step]):
            with self.assertRaisesRegex(UserError, "Passport"):
                contract.action_sign()
            self.assertEqual(contract.state, "approved")
            problems["sign"] = []
            contract.action_sign()
            problems["sign"] = ["Too late to say."]
            contract.action_sign()
        self.assertEqual(contract.state, "signed")

    def test_state_is_not_written_by_hand(self):
        contract = self._create_contract()
        with self.assertRaisesRegex(UserError, "cannot be set"):
            contract.state = "active"
        with self.assertRaisesRegex(UserError, "cannot be set"):
            contract.with_context(force=True, install_mode=True).write(
                {"state": "approved"}
            )
        with self.assertRaisesRegex(UserError, "cannot be set"):
            contract.create({"project_id": self.project.id, "state": "active"})

    def test_future_signature_is_refused(self):
        contract = self._create_contract(state="approved")
        tomorrow = fields.Date.today() + timedelta(days=2)
        with self.assertRaisesRegex(UserError, "is in the future"):
            contract.action_sign(tomorrow)
        with self.assertRaisesRegex(UserError, "is no date"):
            contract.action_sign("soon")

    def test_agreed_terms_stay(self):
        contract = self._create_contract(state="review")
        for vals in (
            {"partner_id": self._create_partner(name="Other").id},
            {"plan_id": False},
            {"line_ids": [Command.clear()]},
            {"buyer_ids": [Command.clear()]},
            {"date_start": "2026-05-05"},
        ):
            with self.assertRaisesRegex(UserError, "stay"):
                contract.write(vals)
        with self.assertRaisesRegex(UserError, "stay"):
            contract.line_ids.price = 1
        with self.assertRaisesRegex(UserError, "stay"):
            contract.buyer_ids.share = 50
        with self.assertRaisesRegex(UserError, "stay"):
            contract.line_ids.unlink()
        contract.action_draft()
        contract.line_ids.price = 900000
        self.assertEqual(contract.amount_total, 900000)

    def test_contract_date_moves_no_agreed_instalment(self):
        contract = self._create_contract(state="approved")
        due = contract.installment_ids.mapped("date_due")
        contract.date_contract = date(2026, 3, 3)
        self.assertEqual(contract.installment_ids.mapped("date_due"), due)

    def test_officer_prepares_and_supervisor_approves(self):
        contract = self._create_contract().with_user(self.officer)
        contract.action_submit()
        with self.assertRaises(AccessError):
            contract.action_approve()
        contract.with_user(self.supervisor).action_approve()
        self.assertEqual(contract.user_approved_id, self.supervisor)
        contract.action_sign()
        contract.action_seal()
        contract.action_activate()
        self.assertEqual(contract.state, "active")

    def test_cancelling_frees_units_voids_schedule_and_credits_the_fee(self):
        reservation = self._create_reservation()
        contract = reservation.action_convert()
        self._walk(contract, "signed")
        with self.assertRaisesRegex(UserError, "Say why"):
            contract.action_cancel()
        with self.assertRaises(AccessError):
            contract.with_user(self.officer).action_cancel("Because")
        contract.with_user(self.supervisor).action_cancel("Because")
        self.assertEqual(contract.state, "cancelled")
        self.assertEqual(set(contract.installment_ids.mapped("state")), {"void"})
        self.assertEqual(self.unit.state, "available")
        self.assertEqual(reservation.move_id.payment_state, "reversed")

    def test_active_contract_is_not_cancelled_by_a_button(self):
        contract = self._create_contract(state="active")
        with self.assertRaisesRegex(UserError, "ends by an amendment"):
            contract.action_cancel("Because")

    def test_unpaid_contract_is_not_completed(self):
        contract = self._create_contract(state="active")
        with self.assertRaisesRegex(UserError, "is not paid up"):
            contract.action_complete()

    def test_deleting_is_for_drafts(self):
        contract = self._create_contract()
        contract.unlink()
        self.assertEqual(self.unit.state, "available")
        contract = self._create_contract(state="review")
        with self.assertRaisesRegex(UserError, "cancel it"):
            contract.unlink()

    def test_archived_buyer_is_refused(self):
        self.buyer.active = False
        with self.assertRaisesRegex(ValidationError, "Maria Buyer is archived"):
            self._create_contract()

    def test_instalment_follows_its_invoice(self):
        reservation = self._create_reservation(fee=20000)
        contract = reservation.action_convert()
        first = contract.installment_ids[0]
        register = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=first.move_id.ids
        )
        register.create({"amount": 5000})._create_payments()
        self.assertEqual(
            (first.state, first.amount_paid, first.amount_residual),
            ("partial", 5000, 15000),
        )
        payment = register.create({"amount": 15000})._create_payments()
        self.assertEqual((first.state, first.amount_residual), ("paid", 0))
        self.assertEqual(contract.amount_paid, 20000)
        payment.action_cancel()
        self.assertEqual((first.state, first.amount_residual), ("partial", 15000))

    def test_form_makes_a_contract_with_schedule(self):
        contracts = self.env["realestate.contract"].with_user(self.officer)
        with Form(contracts.with_context(default_project_id=self.project.id)) as form:
            form.partner_id = self.buyer
            form.plan_id = self.plan
            with form.line_ids.new() as line:
                line.unit_id = self.unit
                self.assertEqual(line.price, 1000000)
        self.assertEqual(len(form.record.installment_ids), 16)
        self.assertEqual(form.record.buyer_ids.partner_id, self.buyer)
