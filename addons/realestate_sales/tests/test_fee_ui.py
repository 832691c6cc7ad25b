from odoo.tests import HttpCase, tagged

from .fee_common import FeeCommon


@tagged("post_install", "-at_install")
class TestFeeUi(HttpCase, FeeCommon):
    """A fee from the project's set-up to the authority's receipt, in the browser."""

    def _start(self, record, tour, user):
        path = record if isinstance(record, str) else f"{record._name}/{record.id}"
        self.start_tour(f"/odoo/{path}", tour, login=user.login)

    def test_the_manager_sets_the_fees_of_a_project_up(self):
        self.project.jurisdiction_id = self.env.ref("realestate_sales.jurisdiction_ph")
        self._start(self.project, "realestate_fees_set_up", self.manager)
        taken = self.env["realestate.fee.type"].search(
            [("company_id", "=", self.company.id), ("code", "=", "STAMP")]
        )
        self.assertEqual(taken.project_ids, self.project)

    def test_the_officer_charges_and_accounting_pays_out(self):
        self.deed.due_rule = "handover"
        contract = self._create_signed(user_id=self.officer.id)
        self._start(contract, "realestate_fees_charge", self.officer)
        self.assertEqual(contract.fee_ids.state, "billed")
        self._pay(contract.fee_ids.move_id)
        self._start(
            "action-realestate_sales.realestate_contract_fee_action_held",
            "realestate_fees_pay_out",
            self.accountant,
        )
        self.assertEqual(contract.fee_ids.state, "paid_out")
        self.assertEqual(contract.fee_ids.receipt_number, "OR-1")
        self.assertProven()
