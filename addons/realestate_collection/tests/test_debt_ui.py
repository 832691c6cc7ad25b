from datetime import timedelta

from odoo.tests import HttpCase, tagged

from .common import RealestateCollectionCommon
from .portal_common import CollectionPortalCase


@tagged("post_install", "-at_install")
class TestArrangementUi(CollectionPortalCase):
    """New dates for 200,000, from the officer's draft to the buyer's yes."""

    def _tour(self, name, user, path):
        self.start_tour(path, f"realestate_arrangement_{name}", login=user.login)

    def test_new_dates_are_asked_for_approved_offered_and_accepted(self):
        start = self.company._realestate_today() - timedelta(days=75)
        contract = self._create_bought(self.units[2], date_contract=start)
        form = f"/odoo/realestate.contract/{contract.id}"
        self._tour("ask", self.collector, form)
        arrangement = contract.arrangement_ids
        self.assertEqual((arrangement.state, arrangement.part_count), ("submitted", 4))
        form = f"/odoo/realestate.arrangement/{arrangement.id}"
        self._tour("approve", self.collection_manager, form)
        approval = arrangement.approval_ids
        self.assertEqual(approval.user_decided_id, self.collection_manager)
        self._tour("offer", self.collector, form)
        self.assertTrue(contract.is_dunning_held)
        self._tour("accept", self.buyer_user, contract.access_url)
        self.assertEqual(arrangement.state, "accepted")
        self.assertEqual(arrangement.accepted_by_id, self.buyer_user)
        self.assertEqual(arrangement.accepted_how, "portal")
        self.assertEqual(set(arrangement.line_ids.mapped("amount")), {50000})


@tagged("post_install", "-at_install")
class TestDebtUi(HttpCase, RealestateCollectionCommon):
    """200,000 are given up, by three people."""

    def test_a_debt_is_proposed_approved_and_written_off(self):
        today = self.company._realestate_today()
        contract = self._create_billed(date_contract=today - timedelta(days=75))
        bookkeeper = self._create_user("bookkeeper", "account.group_account_user")
        self.start_tour(
            f"/odoo/realestate.contract/{contract.id}",
            "realestate_debt_propose",
            login=self.collector.login,
        )
        proposal = self.env["realestate.debt.proposal"].search(
            [("contract_id", "=", contract.id)]
        )
        self.assertEqual((proposal.kind, proposal.state), ("write_off", "submitted"))
        for name, user in (
            ("approve", self.collection_manager),
            ("write_off", bookkeeper),
        ):
            self.start_tour(
                f"/odoo/realestate.debt.proposal/{proposal.id}",
                f"realestate_debt_{name}",
                login=user.login,
            )
        self.assertEqual(proposal.user_executed_id, bookkeeper)
        self.assertEqual(proposal.move_id.realestate_write_off_amount, 200000)
        self.assertEqual(contract.amount_residual, 0)
        self.assertBooksAgree(contract)
