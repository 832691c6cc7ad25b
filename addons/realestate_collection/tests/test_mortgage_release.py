from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .common import TODAY
from .mortgage_common import MortgageCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestMortgageRelease(MortgageCommon):
    """Released is what accounting has received of the bank."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._walk_mortgage(cls.mortgage, "release")

    def _release(self, amount, **values):
        return self._pay(self.contract, amount, payer=self.lender, **values)

    def assertReleased(self, amount, is_released=False):
        self.assertEqual(self.mortgage.amount_released, amount)
        self.assertEqual(self.mortgage.is_released, is_released)
        # The register is the database's own.
        self.env.flush_all()
        self.env.invalidate_all()
        register = self.mortgage.release_ids
        self.assertEqual(sum(register.mapped("amount")), amount)
        self.assertBooksAgree(self.contract)
        self.assertBalanced()

    # === MONEY === #

    def test_payment_of_the_bank_is_a_release(self):
        payment = self._release(700000)
        self.assertEqual(payment.move_id.realestate_mortgage_id, self.mortgage)
        self.assertReleased(700000, is_released=True)
        self.assertEqual(self.mortgage.stage, "papers")
        self.assertEqual(str(self.mortgage.date_released), "2026-03-10")
        # Two months are due and settled, the rest is the buyer's credit.
        self.installments.bill_due()
        self.assertEqual(self.contract.amount_paid, 200000)
        self.assertEqual(self.contract.amount_credit, 500000)
        self.assertBooksAgree(self.contract)

    def test_trial_balance_of_a_release(self):
        self.installments.bill_due()
        self._release(700000)
        # Two invoices of 100,000 into advances; the bank brought 700,000.
        balance = self._get_trial_balance()
        self.assertEqual(balance["asset_receivable"], -500000)
        self.assertEqual(balance["liability_current"], -200000)
        self.assertEqual(sum(balance.values()), 0)

    def test_release_in_parts(self):
        self._release(300000)
        self.assertReleased(300000)
        self.assertEqual(self.mortgage.stage, "release")
        self.assertEqual(self.mortgage.amount_outstanding, 400000)
        self._release(399999.99)
        self.assertReleased(699999.99)
        self._release(0.01)
        self.assertReleased(700000, is_released=True)
        self.assertEqual(len(self.mortgage.release_ids), 3)

    def test_money_of_the_buyer_is_no_release(self):
        self._pay(self.contract, 700000)
        self._pay(self.contract, 100, payer=self._create_partner(name="Uncle"))
        self.assertReleased(0)

    def test_branch_of_the_bank_pays_for_the_bank(self):
        branch = self._create_partner(name="Harbour North", parent_id=self.lender.id)
        self._pay(self.contract, 700000, payer=branch)
        self.assertReleased(700000, is_released=True)

    def test_same_reference_twice_is_one_release(self):
        self._release(300000, external_ref="HB-1")
        self._release(300000, external_ref="HB-1")
        self.assertReleased(300000)

    def test_money_taken_back_is_no_longer_released(self):
        payment = self._release(700000)
        payment.action_draft()
        self.assertReleased(0)
        self.assertEqual(self.mortgage.stage, "release")
        payment.action_post()
        self.assertReleased(700000, is_released=True)
        payment.action_cancel()
        self.assertReleased(0)

    def test_reversed_release_is_no_longer_released(self):
        move = self._release(700000).move_id
        move._reverse_moves([{"date": move.date}], cancel=True)
        self.assertReleased(0)

    def test_money_before_the_registration_waits_for_it(self):
        self.mortgage.action_step_back()
        self._release(700000)
        self.assertEqual(self.mortgage.stage, "registration")
        self.mortgage.action_register()
        self.assertEqual(self.mortgage.stage, "papers")

    def test_bank_that_lends_less_after_all_is_released(self):
        self._release(690000)
        self.assertReleased(690000)
        with self.assertSays(UserError, "at least the"):
            self.mortgage.action_change_amount(689999, "Fee kept back")
        self.mortgage.action_change_amount(690000, "Fee kept back")
        self.assertReleased(690000, is_released=True)

    def test_papers_come_back_after_the_money_and_end_it(self):
        box = self.env["realestate.archive.box"].create(
            {"name": "B-1", "place": "Room 2", "company_id": self.company.id}
        )
        self._release(700000)
        self.mortgage.with_user(self.loan_officer).action_return_papers(box=box.id)
        self.assertEqual(self.mortgage.stage, "done")
        self.assertEqual(self.mortgage.box_id, box)

    def test_refusal_after_money_is_refused(self):
        self._release(1)
        with self.assertRaises(UserError):
            self.mortgage.action_refuse("No", "bank")

    def test_bank_that_refused_releases_nothing(self):
        self.mortgage.action_refuse("Fraud", "cancel")
        payment = self._release(700000)
        self.assertFalse(payment.move_id.realestate_mortgage_id)
        with self.assertSays(UserError, "no bank releases money"):
            self.mortgage.action_match_release(payment.move_id)
        with self.assertSays(UserError, "no bank releases money"):
            self.mortgage.action_register_release(5)

    # === BOOKING AND MATCHING === #

    def test_release_is_booked_from_the_mortgage(self):
        mortgage = self.mortgage.with_user(self.accountant)
        form = Form(
            mortgage.env["realestate.mortgage.receive"].with_context(
                default_mortgage_id=mortgage.id
            )
        )
        self.assertEqual(form.amount, 700000)
        form.amount = 400000
        form.external_ref = "HB-2"
        form.save().action_register()
        self.assertReleased(400000)
        payment = self.contract.payment_ids
        self.assertEqual(payment.realestate_payer_id, self.lender)
        mortgage.action_register_release()
        self.assertReleased(700000, is_released=True)

    def test_money_booked_for_the_buyer_is_matched_and_unmatched(self):
        move = self._pay(self.contract, 700000).move_id
        mortgage = self.mortgage.with_user(self.collector)
        receive = mortgage.env["realestate.mortgage.receive"].create(
            {
                "mortgage_id": mortgage.id,
                "is_match": True,
                "move_ids": [Command.set(move.ids)],
            }
        )
        self.assertEqual(receive.candidate_ids, move)
        receive.action_register()
        self.assertReleased(700000, is_released=True)
        mortgage.action_unmatch_release(move.ids)
        self.assertReleased(0)

    def test_what_is_no_money_of_the_contract_is_not_matched(self):
        self.installments.bill_due()
        invoice = self.contract.installment_ids[0].move_id
        other = self._create_active(self.units[1])
        foreign = self._pay(other, 5).move_id
        taken = self._release(5).move_id
        for moves in (invoice, foreign, taken, foreign.ids, [0], "x", [], None):
            with self.subTest(moves=moves), self.assertRaises(UserError):
                self.mortgage.action_match_release(moves)
        for moves in (foreign, [], None):
            with self.subTest(moves=moves), self.assertRaises(UserError):
                self.mortgage.action_unmatch_release(moves)
        self.assertReleased(5)

    def test_statement_line_of_the_bank_is_a_release(self):
        self.installments.bill_due()
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.bank.id,
                "date": "2026-03-10",
                "payment_ref": "Loan",
                "partner_id": self.lender.id,
                "amount": 200000,
            }
        )
        _liquidity, suspense, _other = line._seek_for_lines()
        suspense.account_id = self.contract._get_receivable_account()
        due = self.contract.installment_ids.move_id.line_ids.filtered(
            lambda one: one.account_id.account_type == "asset_receivable"
        )
        (suspense | due).reconcile()
        self.assertEqual(line.move_id.realestate_mortgage_id, self.mortgage)
        self.assertReleased(200000)

    # === TOLD === #

    def test_finance_is_told_no_more_once_all_is_there(self):
        kind = self.env.ref("realestate_sales.mail_activity_mortgage_release")

        def told():
            return self.mortgage.activity_ids.filtered(
                lambda one: one.activity_type_id == kind
            )

        self.assertTrue(told())
        self._release(300000)
        self.assertTrue(told())
        self._release(400000)
        self.assertFalse(told())
        self.assertIn("still to come: ", self.mortgage.message_ids[0].body)

    def test_short_release_is_chased(self):
        self._release(300000)
        with freeze_time("2026-03-21 04:00:00"):
            self.mortgage._cron_chase()
        texts = self.mortgage.activity_ids.mapped("summary")
        self.assertTrue([text for text in texts if "Short release" in text])

    # === RIGHTS === #

    def test_only_collection_and_accounting_release(self):
        payment = self._pay(self.contract, 5)
        for user in (self.loan_officer, self.officer, self.agent, self.plain):
            theirs = self.mortgage.with_user(user)
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    theirs.action_register_release(5)
                with self.assertRaises(AccessError):
                    theirs.action_match_release(payment.move_id.ids)
                with self.assertRaises(AccessError):
                    theirs.action_unmatch_release(payment.move_id.ids)
        self.assertReleased(0)

    def test_everybody_who_may_see_a_mortgage_opens_it(self):
        self._release(5)
        self.contract.user_id = self.agent
        users = (self.accountant, self.collector, self.loan_officer, self.officer)
        for user in (*users, self.agent, self.leader, self.supervisor, self.manager):
            with self.subTest(user=user.login):
                form = Form(self.mortgage.with_user(user))
                self.assertEqual(form.amount_released, 5)

    def test_nobody_writes_a_release(self):
        move = self._pay(self.contract, 5).move_id
        link = {"realestate_mortgage_id": self.mortgage.id}
        manager = self._create_user("books", "account.group_account_manager")
        for user in (self.accountant, manager, self.collector):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    move.with_user(user).write(link)
                with self.assertRaises(AccessError):
                    move.with_user(user).create({"move_type": "entry", **link})
                with self.assertRaises(AccessError):
                    self.mortgage.with_user(user).write(
                        {"release_move_ids": [Command.link(move.id)]}
                    )
        self.assertReleased(0)

    def test_register_is_of_the_own_company(self):
        self._release(5)
        other = self._create_company("Other Developer", self.currency)
        foreign = self._create_user(
            "foreign_books", "account.group_account_invoice", company=other
        )
        register = self.env["realestate.mortgage.release"]
        self.assertTrue(register.with_user(self.loan_officer).search([]))
        register = register.with_context(allowed_company_ids=other.ids)
        self.assertFalse(register.with_user(foreign).search([]))
