from datetime import date
from decimal import Decimal

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.realestate_sales.tools import money

from .common import TODAY
from .debt_common import DebtCommon

#: Currencies of no, two and three decimals; no number of parts divides the prices.
PRICES = {"VND": 1200000001, "JPY": 119999, "PHP": 1200000.01, "INR": 100000.07}
PRICES["KWD"] = 1200.007


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDebtCurrencies(DebtCommon):
    """Promised, arranged, proposed, given up and asked for again: to the last unit of
    each currency, and the books agree after every step."""

    def _open_contract(self, name):
        """A contract in a currency of which two instalments are overdue."""
        currency = self._activate_currency(name)
        currency.rate_ids.unlink()
        if currency != self.company.currency_id:
            rate = {"name": "2026-01-01", "rate": 3.7, "currency_id": currency.id}
            self.env["res.currency.rate"].create(rate)
        project = self._create_project(currency_id=currency.id, code=name)
        building = self._create_building(project)
        unit = self._create_units(1, building, price_list=PRICES[name])
        contract = self._create_billed(unit, date_contract=date(2026, 1, 5))
        self.assertEqual(contract.currency_id, currency)
        return contract

    def _get_minor(self, contract):
        """The smallest amount of the contract's currency."""
        return float(money.quantum(contract.currency_id.decimal_places))

    def _try_each(self, story):
        for name in PRICES:
            with self.subTest(currency=name):
                contract = self._open_contract(name)
                story(contract, self._get_minor(contract))
                self.assertBooksAgree(contract)
                self.assertBalanced()

    def _promise(self, contract, amount):
        contract.with_user(self.collector).log_contact(
            "call", "promised", promise_amount=amount, promise_date="2026-03-20"
        )
        return contract.promise_ids.sorted("id")[-1:]

    def test_a_promise_is_kept_by_its_last_unit_and_not_before(self):
        def story(contract, minor):
            promise = self._promise(contract, 7 * minor)
            self._pay(contract, 6 * minor)
            self.assertEqual(promise.state, "open")
            self._pay(contract, minor)
            self.assertEqual(promise.state, "kept")
            self.assertEqual(promise.amount_received, promise.amount)
            with self.assertRaises(UserError):
                self._promise(contract, minor / 10)

        self._try_each(story)

    def test_parts_of_an_arrangement_come_to_the_arrears(self):
        def story(contract, minor):
            arrangement = self._run_arrangement(
                contract=contract,
                part_count=7,
                amount_down=minor,
                date_down="2026-03-12",
            )
            lines = arrangement.line_ids
            exact = [Decimal(str(amount)) for amount in lines.mapped("amount")]
            self.assertEqual(len(exact), 8)
            self.assertEqual(sum(exact), Decimal(str(arrangement.amount)))
            spread = max(exact[1:]) - min(exact[1:])
            self.assertLessEqual(spread, 7 * Decimal(str(minor)))
            self._pay(contract, minor)
            self.assertEqual(lines.mapped("state"), ["paid"] + ["open"] * 7)
            self._pay(contract, contract.amount_residual)
            self.assertEqual(set(lines.mapped("state")), {"paid"})
            self.assertEqual(arrangement.amount_received, arrangement.amount)

        self._try_each(story)

    def test_given_up_and_taken_back_nothing_is_left_over(self):
        def story(contract, minor):
            self._pay(contract, minor)
            open_ = contract.amount_residual
            proposal = self.env["realestate.debt.proposal"].create(
                {"contract_id": contract.id, "kind": "write_off", "reason": "Gone"}
            )
            proposal.amount_given_up = open_ - minor
            self._approve(proposal)
            proposal.with_user(self.collection_manager).action_execute()
            self.assertBooksAgree(contract)
            self.assertEqual(contract.amount_residual, minor)
            contract._write_off(minor, None, "Gone")
            self.assertEqual(contract.amount_residual, 0)
            self.assertEqual(contract.amount_written_off, open_)
            self.assertEqual(contract.amount_paid, minor)
            with self.assertRaises(UserError):
                contract._write_off(minor, None, "Gone")
            proposal.move_id.with_user(
                self.collection_manager
            ).action_realestate_take_back("Pays after all")
            given_up = contract.currency_id.round(open_ - minor)
            self.assertEqual(contract.amount_residual, given_up)
            self._pay(contract, given_up)
            self.assertEqual(contract.amount_residual, 0)

        self._try_each(story)
