from odoo.tests import HttpCase, tagged

from .mortgage_common import MortgageCommon


@tagged("post_install", "-at_install")
class TestMortgageUi(MortgageCommon, HttpCase):
    def test_loan_officer_carries_a_mortgage_to_another_bank(self):
        self.env["realestate.document.type"].search([]).active = False
        self._create_programme(name="Second Chance")
        mortgage = self._create_mortgage()
        self.start_tour(
            f"/odoo/action-realestate_sales.realestate_mortgage_action/{mortgage.id}",
            "realestate_mortgage",
            login=self.loan_officer.login,
        )
        self.assertEqual(mortgage.stage, "refused")
        self.assertTrue(mortgage.date_visited)
        second = self.contract.mortgage_id
        self.assertEqual(second.origin_id, mortgage)
        self.assertEqual(second.programme_id.name, "Second Chance")
        self.assertEqual(second.amount, 600000)
