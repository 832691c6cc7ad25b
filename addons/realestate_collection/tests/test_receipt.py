from odoo.tests import freeze_time, tagged

from .common import TODAY, RealestateCollectionCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestReceipt(RealestateCollectionCommon):
    def _get_sheet(self, payment):
        return self.env["report.realestate_sales.report_receipt"]._get_sheet(payment)

    def test_money_booked_on_a_contract_names_it(self):
        contract = self._create_billed()
        payment = self._pay(contract, 150000, journal=self.bank)
        facts = dict(self._get_sheet(payment)["facts"])
        self.assertEqual(facts["Contract"], contract.name)
        rows = self._get_sheet(payment)["tables"][0]["rows"]
        self.assertEqual([row[2] for row in rows], ["100,000.00", "50,000.00"])

    def test_money_that_pays_nothing_yet_names_the_contract_too(self):
        contract = self._create_contract(state="active")
        payment = contract.register_payment(500, self.bank, "2026-03-09")
        sheet = self._get_sheet(payment)
        self.assertEqual(dict(sheet["facts"])["Contract"], contract.name)
        self.assertEqual(sheet["tables"], [])
