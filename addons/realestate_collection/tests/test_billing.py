from datetime import date
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import TODAY, RealestateCollectionCommon

BILLING_LOGGER = "odoo.addons.realestate_collection.models.realestate_installment"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestBilling(RealestateCollectionCommon):
    def _bill(self, day=None, **options):
        return self.installments.bill_due(day, **options)

    def test_everything_due_is_billed_and_nothing_else(self):
        contract = self._create_active()
        self.assertEqual(self._bill(), 2)
        states = contract.installment_ids.mapped("state")
        self.assertEqual(states, ["billed"] * 2 + ["planned"] * 10)
        self.assertEqual(contract.amount_residual, 200000)

    def test_billing_twice_bills_once(self):
        contract = self._create_active()
        self.assertEqual(self._bill(), 2)
        self.assertEqual(self._bill(), 0)
        moves = self.env["account.move"].search(
            [("realestate_contract_id", "=", contract.id)]
        )
        self.assertEqual(len(moves), 2)
        self.assertEqual(moves.realestate_installment_id, contract.installment_ids[:2])

    def test_days_missed_are_caught_up_with_the_dates_of_then(self):
        contract = self._create_active()
        self.assertEqual(self._bill("2026-06-20"), 5)
        invoices = contract.installment_ids[:5].move_id
        self.assertEqual(
            invoices.mapped("invoice_date"),
            [date(2026, month, 5) for month in range(2, 7)],
        )
        self.assertEqual(
            invoices.mapped("invoice_date_due"), invoices.mapped("invoice_date")
        )

    def test_an_invoice_names_contract_instalment_and_unit(self):
        contract = self._create_active()
        self._bill()
        item = contract.installment_ids[0]
        move = item.move_id
        self.assertEqual(move.state, "posted")
        self.assertEqual(move.realestate_contract_id, contract)
        self.assertEqual(move.realestate_installment_id, item)
        self.assertEqual(move.line_ids.realestate_contract_id, contract)
        self.assertEqual(move.partner_id, self.buyer)
        self.assertEqual(move.ref, contract.name)
        label = move.invoice_line_ids.name
        for part in (item.name, contract.name, contract.unit_names):
            self.assertIn(part, label)

    def test_a_limit_bills_the_oldest(self):
        contract = self._create_active()
        self.assertEqual(self._bill("2026-06-20", limit=2), 2)
        self.assertEqual(
            contract.installment_ids.mapped("state")[1:3], ["billed", "planned"]
        )
        self.assertEqual(self._bill("2026-06-20", limit=50), 3)

    def test_due_on_the_29th_of_february_is_billed_that_day(self):
        plan = self._create_monthly_plan(count=3)
        contract = self._create_active(date_contract=date(2024, 1, 29), plan_id=plan.id)
        self.assertEqual(self._bill("2024-02-28"), 0)
        self.assertEqual(self._bill("2024-02-29"), 1)
        self.assertEqual(
            contract.installment_ids[0].move_id.invoice_date, date(2024, 2, 29)
        )

    def test_invoices_come_early_where_the_company_says_so(self):
        contract = self._create_active()
        self.company.realestate_billing_lead_days = 30
        self.assertEqual(self._bill(), 3)
        early = contract.installment_ids[2].move_id
        self.assertEqual(early.invoice_date, date(2026, 3, 10))
        self.assertEqual(early.invoice_date_due, date(2026, 4, 5))

    def test_only_active_contracts_are_billed(self):
        for number, state in enumerate(("draft", "approved", "sealed")):
            self._create_contract(
                self.units[number], state=state, date_contract=date(2026, 1, 5)
            )
        self.assertEqual(self._bill(), 0)

    def test_void_instalments_are_not_billed(self):
        contract = self._create_active()
        contract.sudo().installment_ids[0].is_void = True
        self.assertEqual(self._bill(), 1)
        self.assertFalse(contract.installment_ids[0].move_id)

    def test_an_undated_milestone_is_not_due(self):
        milestone = self.env["realestate.milestone"].create(
            {"name": "Topping out", "code": "TOP", "project_id": self.project.id}
        )
        plan = self._create_plan(
            lines=[
                {
                    "name": "Topping out",
                    "amount_type": "balance",
                    "trigger": "milestone",
                    "milestone_code": "TOP",
                }
            ]
        )
        contract = self._create_active(plan_id=plan.id)
        self.assertEqual(self._bill("2030-01-01"), 0)
        milestone.action_reach("2026-03-01")
        self.assertEqual(self._bill(), 1)
        self.assertEqual(contract.installment_ids.state, "billed")

    def test_only_the_companies_at_hand_are_billed(self):
        self._create_active()
        other = self._create_company("Other Developer", self.currency)
        self.assertEqual(
            self.installments.with_company(other)
            .with_context(allowed_company_ids=other.ids)
            .bill_due(),
            0,
        )
        self.assertEqual(self._bill(), 2)

    # === UNDONE === #

    def test_a_credited_invoice_makes_its_instalment_due_again(self):
        contract = self._create_active()
        self._bill()
        first = contract.installment_ids[0].move_id
        first._reverse_moves([{"ref": "wrong"}], cancel=True)
        self.assertEqual(contract.installment_ids[0].state, "planned")
        self.assertEqual(self._bill(), 1)
        second = contract.installment_ids[0].move_id
        self.assertNotEqual(second, first)
        self.assertEqual(contract.installment_ids[0].state, "billed")
        self.assertIn(first.name, contract.message_ids[:1].body)
        self.assertBooksAgree(contract)

    def test_a_cancelled_draft_makes_its_instalment_due_again(self):
        contract = self._create_active()
        self._bill()
        move = contract.installment_ids[0].move_id
        move.button_draft()
        self.assertEqual(self._bill(), 0, "a draft is being corrected, not undone")
        move.button_cancel()
        self.assertEqual(self._bill(), 1)
        self.assertNotEqual(contract.installment_ids[0].move_id, move)

    # === FAILURES === #

    def test_one_that_fails_does_not_stop_the_others(self):
        bad = self._create_active()
        good = self._create_active(self.units[1])
        prepare = type(self.installments)._prepare_invoice_values

        reason = "No account today."

        def fail(item, day):
            if item.contract_id == bad:
                raise UserError(reason)
            return prepare(item, day)

        with patch.object(type(self.installments), "_prepare_invoice_values", fail):
            self.assertEqual(self._bill(), 2)
            self.assertEqual(self._bill(), 0)
        self.assertEqual(good.installment_ids[:2].mapped("state"), ["billed"] * 2)
        activity = bad.activity_ids
        self.assertEqual(len(activity), 1, "told once, however often it is tried")
        self.assertEqual(activity.user_id, self.collector)
        self.assertIn("No account today.", activity.note)
        self.assertIn(bad.name, activity.note)
        self.assertEqual(self._bill(), 2, "tried again when it is put right")

    def test_an_unexpected_error_is_reported_too(self):
        contract = self._create_active()
        with (
            patch.object(
                type(self.installments),
                "_prepare_invoice_values",
                side_effect=ZeroDivisionError("division by zero"),
            ),
            mute_logger(BILLING_LOGGER),
        ):
            self.assertEqual(self._bill(), 0)
        self.assertIn("division by zero", contract.activity_ids.note)

    def test_a_limit_is_not_used_up_by_those_that_fail(self):
        bad = self._create_active(date_contract=date(2025, 12, 1))
        self._create_active(self.units[1])
        prepare = type(self.installments)._prepare_invoice_values

        reason = "No."

        def fail(item, day):
            if item.contract_id == bad:
                raise UserError(reason)
            return prepare(item, day)

        with patch.object(type(self.installments), "_prepare_invoice_values", fail):
            self.assertEqual(self._bill(limit=2), 2)

    # === CLOSED PERIODS === #

    def test_what_fell_due_in_a_closed_period_is_invoiced_on_the_first_open_day(self):
        contract = self._create_active()
        self.company.fiscalyear_lock_date = date(2026, 2, 28)
        self.assertEqual(self._bill(), 2)
        move = contract.installment_ids[0].move_id
        self.assertEqual(move.invoice_date, date(2026, 3, 1))
        self.assertEqual(move.date, date(2026, 3, 1))
        self.assertEqual(move.invoice_date_due, date(2026, 2, 5), "due as agreed")

    def test_books_closed_past_today_are_reported_with_the_way_out(self):
        contract = self._create_active()
        self.company.sale_lock_date = date(2026, 4, 30)
        self.assertEqual(self._bill(), 0)
        self.assertIn("2026-04-30", contract.activity_ids.note)
        self.assertIn("Lock Dates", contract.activity_ids.note)
        self.company.sale_lock_date = False
        self.assertEqual(self._bill(), 2)

    # === INPUT === #

    def test_bad_input_is_refused(self):
        for day in ("yesterday", "2026-02-30", 20260201, ["2026-02-01"]):
            with self.assertRaisesRegex(UserError, "is no date"):
                self._bill(day)
        for limit in (0, -1, 1.5, "10", True):
            with self.assertRaisesRegex(UserError, "no number of invoices"):
                self._bill(limit=limit)

    def test_the_button_of_the_list_bills_and_says_how_many(self):
        self._create_active()
        items = self.installments.with_user(self.collector)
        action = call_kw(items, "action_bill_due", [[]], {})
        self.assertIn("2", action["params"]["message"])
