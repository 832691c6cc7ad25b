import random
from datetime import date, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .common import TODAY
from .debt_common import DebtCommon

STEPS = 60
OPERATIONS = (
    "bill",
    "pay",
    "pay",
    "over",
    "undo",
    "credit",
    "write_off",
    "write_off",
    "take_back",
    "arrange",
)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDebtWalk(DebtCommon):
    """People bill, pay, give up, take back and arrange in any order; the books agree
    after each step, and nothing that is given up is called paid."""

    def _step_bill(self):
        day = fields.Date.to_date("2026-03-10") + timedelta(self.random.randrange(200))
        self.installments.bill_due(day, limit=2)

    def _step_pay(self):
        amount = self.random.randrange(1, 15000000) / 100
        self._pay(self.contract, amount)

    def _step_over(self):
        self._pay(self.contract, self.contract.amount_residual + 100)

    def _step_undo(self):
        payments = self.contract.payment_ids.filtered(lambda p: p.state != "canceled")
        if payments:
            self.random.choice(payments).action_cancel()

    def _step_credit(self):
        items = self.contract.installment_ids.filtered(
            lambda item: item.state != "planned"
        )
        if items:
            try:
                self.random.choice(items).move_id._reverse_moves([{}], cancel=True)
            except UserError as error:
                self.assertIn("Take the write-off back", str(error))

    def _step_write_off(self):
        opened = self.contract._get_open_lines().filtered(
            lambda line: line.amount_residual_currency > 0
        )
        total = sum(opened.mapped("amount_residual_currency"))
        if total:
            part = round(total * self.random.choice([0.1, 0.5, 1]), 2)
            self.contract._write_off(part, None, "Gone")

    def _step_take_back(self):
        moves = self._get_write_offs().filtered(
            lambda move: not move.realestate_is_taken_back
        )
        if moves:
            self.contract._take_back_write_off(self.random.choice(moves), "Paid")

    def _step_arrange(self):
        live = self.contract.arrangement_ids.filtered(
            lambda one: one.state == "accepted"
        )
        if live:
            live.action_cancel()
        elif self.contract._get_debt()[1] > 1:
            self._run_arrangement(part_count=self.random.randrange(1, 6))

    def _get_write_offs(self):
        return self.env["account.move"].search(
            [
                ("realestate_contract_id", "=", self.contract.id),
                ("realestate_write_off", "=", True),
            ]
        )

    def assertHolds(self, step):
        contract = self.contract
        self.assertBooksAgree(contract)
        self.env.flush_all()
        contract.invalidate_recordset()
        round_ = contract.currency_id.round
        for item in contract.installment_ids.filtered("amount_billed"):
            parts = item.amount_paid + item.amount_residual + item.amount_written_off
            self.assertEqual(round_(parts), item.amount_billed, step)
            if item.state == "paid":
                self.assertEqual(item.amount_written_off, 0, step)
            if item.state == "written_off":
                self.assertGreater(item.amount_written_off, 0, step)
        closing = contract._get_statement(date_to="2027-12-31")["closing"]
        self.assertEqual(round_(closing), round_(contract.amount_receivable), step)
        running = contract.arrangement_ids.filtered(lambda a: a.state == "accepted")
        self.assertEqual(bool(running), bool(contract.is_dunning_held), step)

    def test_sixty_steps_in_any_order_keep_the_books(self):
        for seed in (1, 2):
            self.random = random.Random(seed)
            for number in range(STEPS // 2):
                name = self.random.choice(OPERATIONS)
                getattr(self, f"_step_{name}")()
                self.assertHolds(f"seed {seed}, step {number}: {name}")
        self.assertBalanced()
        self.assertTrue(self._get_write_offs(), "something was given up")


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDebtForms(DebtCommon):
    """Whoever may read a decision about a debt opens its form; others do not."""

    def test_every_reader_opens_the_forms(self):
        package = self.contract.with_user(self.collector).prepare_cancellation()
        proposal = self.env["realestate.debt.proposal"].create(
            {"contract_id": self.contract.id}
        )
        records = (
            self._approve(self._draft()),
            proposal,
            self.env["realestate.cancellation.package"].browse(package),
        )
        readers = (self.collector, self.collection_manager, self.accountant)
        for record in records:
            for user in readers:
                with self.subTest(model=record._name, user=user.login):
                    Form(record.with_user(user))
            for user in (self.agent, self.manager, self.officer):
                with self.subTest(model=record._name, user=user.login):
                    with self.assertRaises(AccessError):
                        record.with_user(user).read(["name"])

    def test_another_company_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Other"})
        stranger = self._create_user(
            "other_collector", "realestate_collection.group_manager"
        )
        stranger.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        arrangement = self._draft(date_first=date(2026, 4, 1))
        # As the web client asks: for the companies the user works in.
        arrangement = arrangement.with_context(allowed_company_ids=company.ids)
        mine = arrangement.with_user(stranger)
        self.assertFalse(mine.search([("id", "=", arrangement.id)]))
        self.assertFalse(
            arrangement.line_ids.with_user(stranger).search(
                [("arrangement_id", "=", arrangement.id)]
            )
        )
        with self.assertRaises(AccessError):
            arrangement.with_user(stranger).action_submit()
