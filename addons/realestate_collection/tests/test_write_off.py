from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import TODAY, RealestateCollectionCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestWriteOff(RealestateCollectionCommon):
    """Two instalments of 100,000 are billed and open; giving them up is no payment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_billed()
        cls.first, cls.second = cls.contract.installment_ids[:2]
        cls.loss = cls.company.realestate_write_off_account_id

    def _write_off(self, amount=150000, day=None, reason="Bankrupt"):
        return self.contract._write_off(amount, day, reason)

    # === LEDGER === #

    def test_what_is_written_off_is_settled_and_not_paid(self):
        move = self._write_off()
        self.assertEqual(move.state, "posted")
        self.assertEqual(self.first.state, "written_off")
        self.assertEqual((self.first.amount_paid, self.first.amount_residual), (0, 0))
        self.assertEqual(self.first.amount_written_off, 100000)
        self.assertEqual(self.second.state, "billed", "nothing was paid of it")
        self.assertEqual(self.second.amount_residual, 50000)
        self.assertEqual(self.second.amount_written_off, 50000)
        self.assertEqual(self.contract.amount_paid, 0)
        self.assertEqual(self.contract.amount_residual, 50000)
        self.assertEqual(self.contract.amount_written_off, 150000)
        self.assertBooksAgree(self.contract)
        self.assertBalanced()

    def test_a_part_paid_and_the_rest_written_off_says_both(self):
        self._pay(self.contract, 40000)
        self._write_off({self.first: 60000})
        self.assertEqual(self.first.state, "written_off")
        self.assertEqual(self.first.amount_paid, 40000)
        self.assertEqual(self.first.amount_written_off, 60000)
        self.assertEqual(self.contract.amount_paid, 40000)
        self.assertBooksAgree(self.contract)

    def test_certain_instalments_are_written_off_and_no_others(self):
        self._write_off({self.second: 70000})
        self.assertEqual(self.first.state, "billed")
        self.assertEqual(self.second.amount_residual, 30000)
        self.assertEqual(self.first.amount_residual, 100000)

    def test_the_trial_balance_shows_the_loss_and_its_return(self):
        before = self._get_trial_balance()
        self.assertEqual(
            before, {"asset_receivable": 200000, "liability_current": -200000}
        )
        move = self._write_off()
        self.assertEqual(
            self._get_trial_balance(),
            {
                "asset_receivable": 50000,
                "liability_current": -200000,
                "expense": 150000,
            },
        )
        self.contract._take_back_write_off(move, "Paid after all")
        self.assertEqual(self._get_trial_balance(), before)

    def test_the_price_is_written_off_against_advances_where_chosen(self):
        self.company.realestate_write_off_against = "advance"
        self._write_off()
        self.assertEqual(
            self._get_trial_balance(),
            {"asset_receivable": 50000, "liability_current": -50000},
        )
        self.assertBooksAgree(self.contract)

    def test_interest_is_a_loss_even_against_advances(self):
        self.company.realestate_write_off_against = "advance"
        items = self.contract.installment_ids[2:3]
        items.sudo().write({"amount_interest": 900})
        self.installments.bill_due("2026-04-05")
        self._write_off({items: 100900})
        balance = self._get_trial_balance()
        self.assertEqual(balance["expense"], 900)
        self.assertEqual(balance["liability_current"], -200000)

    def test_taxes_are_taken_back_where_chosen(self):
        product = self.env.ref("realestate_sales.product_installment")
        tax = self.env["account.tax"].create(
            {
                "name": "VAT 10 in",
                "amount": 10,
                "price_include_override": "tax_included",
                "company_id": self.company.id,
            }
        )
        product.taxes_id = tax
        self.installments.bill_due("2026-04-05")
        item = self.contract.installment_ids[2]
        self.assertEqual(item.move_id.amount_tax, 9090.91)
        gross = self._write_off({item: 50000})
        loss = gross.line_ids.filtered(lambda line: line.account_id == self.loss)
        self.assertEqual(sum(loss.mapped("balance")), 50000)
        self.company.realestate_write_off_taxes = "net"
        net = self._write_off({item: 50000})
        lines = net.line_ids.filtered("tax_repartition_line_id")
        self.assertEqual(lines.balance, 4545.46)
        refund = tax.refund_repartition_line_ids
        self.assertIn(lines.tax_repartition_line_id, refund)
        loss = net.line_ids.filtered(lambda line: line.account_id == self.loss)
        self.assertEqual(loss.balance, 45454.54)
        self.assertEqual(item.state, "written_off")
        self.assertBooksAgree(self.contract)

    def test_a_partly_credited_invoice_written_off_is_not_billed_again(self):
        move = self.first.move_id
        wizard = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=move.ids
        )
        wizard.create({"journal_id": move.journal_id.id}).refund_moves()
        refund = move.reversal_move_ids
        refund.invoice_line_ids.price_unit = 30000
        refund.action_post()
        lines = (move + refund).line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        lines.reconcile()
        self.assertEqual(self.first.amount_residual, 70000)
        self._write_off({self.first: 70000})
        self.assertEqual(move.payment_state, "paid")
        self.assertEqual(self.first.state, "written_off")
        self.assertEqual(self.installments.bill_due(), 0)
        self.assertBooksAgree(self.contract)

    def test_a_fee_of_the_company_is_written_off_and_not_collected(self):
        fee = self._charge_fee("own")
        self.contract._write_off({fee.move_id: fee.amount}, None, "Bankrupt")
        self.assertEqual(fee.state, "written_off")
        self.assertEqual((fee.amount_collected, fee.amount_residual), (0, 0))
        self.assertBooksAgree(self.contract)

    def test_money_of_an_authority_is_not_given_up(self):
        fee = self._charge_fee("behalf")
        with self.assertSays(UserError, "collected for others.*Make the fee void"):
            self._write_off({fee.move_id: fee.amount})

    def _charge_fee(self, ownership):
        """A fee of the contract that is charged today."""
        fee_type = self.env["realestate.fee.type"].create(
            {
                "name": "Deed Work",
                "code": "WORK",
                "company_id": self.company.id,
                "partner_id": self._create_partner(name="Registry").id,
                "ownership": ownership,
                "rate": 1,
            }
        )
        fee = self.env["realestate.contract.fee"].create(
            {"contract_id": self.contract.id, "type_id": fee_type.id}
        )
        fee.action_invoice()
        self.assertEqual(fee.amount_residual, 12000)
        return fee

    # === STATEMENT === #

    def test_the_statement_says_written_off(self):
        self._write_off(100000)
        lines = self.contract._get_statement()["lines"]
        self.assertEqual(
            [(line["kind"], line["credit"]) for line in lines if line["credit"]],
            [("write_off", 100000)],
        )
        self.assertEqual(lines[-1]["kind_label"], "Written Off")
        self.assertEqual(lines[-1]["balance"], 100000)

    # === TAKEN BACK === #

    def test_taken_back_it_is_owed_again_and_money_settles_it(self):
        move = self._write_off()
        reversal = self.contract._take_back_write_off(move, "Pays after all")
        self.assertTrue(move.realestate_is_taken_back)
        self.assertEqual(self.contract.amount_written_off, 0)
        self.assertEqual(self.first.state, "billed")
        self.assertEqual(self.contract.amount_residual, 200000)
        self.assertBooksAgree(self.contract)
        kinds = [line["kind"] for line in self.contract._get_statement()["lines"]]
        self.assertEqual(kinds.count("write_off_back"), 2, "one an invoice")
        again = self.contract._take_back_write_off(move, "Pays after all")
        self.assertEqual(again, reversal, "twice changes nothing")
        self._pay(self.contract, 200000)
        self.assertEqual(self.first.state, "paid")
        self.assertBooksAgree(self.contract)

    def test_only_managers_and_accountants_take_back(self):
        move = self._write_off()
        for user in (self.collector, self.officer, self.plain):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                move.with_user(user).action_realestate_take_back("Because")
        with self.assertSays(UserError, "say why"):
            move.with_user(self.collection_manager).action_realestate_take_back(" ")
        move.with_user(self.collection_manager).action_realestate_take_back("Paid")
        self.assertTrue(move.realestate_is_taken_back)

    def test_the_buttons_dialogue_takes_back(self):
        move = self._write_off()
        wizard = self.env["realestate.write.off.take.back"]
        wizard = wizard.with_user(self.collection_manager)
        wizard.create({"move_id": move.id, "reason": "Paid"}).action_take_back()
        self.assertTrue(move.realestate_is_taken_back)
        self.assertIn("Paid", move.reversal_move_ids.ref)

    def test_a_written_off_invoice_is_not_credited_over_it(self):
        self._write_off()
        with self.assertSays(UserError, "Take the write-off back first"):
            self.first.move_id._reverse_moves([{}], cancel=True)

    def test_only_write_offs_are_taken_back(self):
        with self.assertSays(UserError, "no posted write-off"):
            self.contract._take_back_write_off(self.first.move_id, "Because")

    # === REFUSALS === #

    def test_more_than_is_open_is_refused(self):
        with self.assertSays(UserError, "only 200,000.00.* is open"):
            self._write_off(200000.01)
        with self.assertSays(UserError, "only 100,000.00.* is open"):
            self._write_off({self.first: 100001})

    def test_wrong_amounts_reasons_and_days_are_refused(self):
        for amount in (0, -5, "much", None, True, float("nan")):
            with self.subTest(amount=amount), self.assertRaises(UserError):
                self._write_off(amount)
        for reason in ("", "  ", None, 5):
            with self.subTest(reason=reason), self.assertSays(UserError, "say why"):
                self._write_off(reason=reason)
        for day in ("2026-03-11", "soon", 5):
            with self.subTest(day=day), self.assertSays(UserError, "no day to"):
                self._write_off(day=day)
        self.assertEqual(self.contract.amount_residual, 200000)

    def test_a_closed_period_is_refused_by_name(self):
        self.company.fiscalyear_lock_date = "2026-02-28"
        with self.assertSays(UserError, "closed period of .*Lock Dates"):
            self._write_off(day="2026-02-28")
        move = self._write_off(day="2026-03-01")
        self.assertEqual(str(move.date), "2026-03-01")

    def test_missing_settings_are_named(self):
        self.company.realestate_write_off_account_id = False
        with self.assertSays(UserError, "Doubtful Debts"):
            self._write_off()

    def test_nobody_forges_a_write_off(self):
        accountant = self._create_user("advisor", "account.group_account_manager")
        entry = self.env["account.move"].with_user(accountant)
        with self.assertRaises(UserError):
            entry.create({"move_type": "entry", "realestate_write_off": True})
        with self.assertRaises(UserError):
            self.first.move_id.with_user(accountant).write(
                {"realestate_write_off_amount": 5}
            )

    # === ELSEWHERE === #

    def test_nobody_is_dunned_for_what_is_given_up(self):
        self._write_off(200000)
        run = self.env["realestate.dunning.ladder"].run()
        self.assertFalse(run.notice_ids)

    def test_a_foreign_currency_settles_to_its_last_unit(self):
        for name, decimals, amount in (("VND", 0, 999999), ("KWD", 3, 999.999)):
            with self.subTest(currency=name):
                currency = self._activate_currency(name)
                project = self._create_project(
                    currency_id=currency.id, code=f"P{decimals}"
                )
                unit = self._create_units(
                    1, self._create_building(project), price_list=amount
                )
                contract = self._create_billed(unit, date_contract=date(2026, 1, 5))
                open_ = contract.amount_residual
                move = contract._write_off(open_, None, "Gone")
                self.assertEqual(contract.amount_residual, 0)
                self.assertEqual(move.realestate_write_off_amount, open_)
                self.assertBooksAgree(contract)
        self.assertBalanced()

    def test_a_cancelled_contract_takes_its_write_offs_back_first(self):
        move = self._write_off()
        self.contract._take_back_write_offs("cancelled")
        self.assertTrue(move.realestate_is_taken_back)
        self.contract.sudo().installment_ids.is_void = True
        self.contract.sudo().installment_ids.move_id._realestate_credit("cancelled")
        self.assertEqual(self.contract.amount_receivable, 0)
        self.assertBooksAgree(self.contract)
