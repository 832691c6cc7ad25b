from datetime import date

from odoo.tests import freeze_time, tagged

from .common import TODAY, RealestateCollectionCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestBooks(RealestateCollectionCommon):
    """The trial balance after each row of the accounting map, in two charts."""

    def _story(self, contract, company):
        """Yield the trial balance after each event of a contract's first months."""
        installments = self.installments.with_company(company)
        yield "start", self._get_trial_balance(company)
        installments.bill_due()
        yield "billed", self._get_trial_balance(company)
        payment = self._pay(contract, 250000)
        yield "paid", self._get_trial_balance(company)
        installments.bill_due("2026-04-05")
        yield "next", self._get_trial_balance(company)
        payment.action_cancel()
        yield "cancelled", self._get_trial_balance(company)
        invoice = contract.installment_ids[0].move_id
        invoice._reverse_moves([{"ref": "test"}], cancel=True)
        yield "credited", self._get_trial_balance(company)

    def assertStory(self, contract, company):
        due, advance = "asset_receivable", "liability_current"
        seen = dict(self._story(contract, company))
        self.assertEqual(seen["start"], {})
        self.assertEqual(seen["billed"], {due: 200000, advance: -200000})
        bank = seen["paid"].copy()
        self.assertEqual(bank.pop(advance), -200000)
        self.assertEqual(bank.pop(due), -50000)
        self.assertEqual(list(bank.values()), [250000], "the money on its way")
        self.assertEqual(seen["next"][advance], -300000)
        self.assertEqual(seen["next"][due], 50000)
        self.assertEqual(seen["cancelled"], {due: 300000, advance: -300000})
        self.assertEqual(seen["credited"], {due: 200000, advance: -200000})
        for balance in seen.values():
            self.assertAlmostEqual(sum(balance.values()), 0, places=4)
        self.assertBooksAgree(contract)

    def test_in_the_generic_chart(self):
        self.assertStory(self._create_active(), self.company)

    def test_in_a_national_chart(self):
        company = self._create_vietnamese_company()
        project = self._create_project(
            company_id=company.id, currency_id=company.currency_id.id, code="NAT"
        )
        unit = self._create_units(1, self._create_building(project), price_list=1200000)
        contract = self._create_active(unit, date_contract=date(2026, 1, 5))
        contract = contract.with_context(allowed_company_ids=company.ids)
        self.installments = self.installments.with_context(
            allowed_company_ids=company.ids
        )
        self.assertEqual(contract.currency_id.name, "VND")
        self.assertStory(contract, company)
