from datetime import timedelta

from odoo.tests import HttpCase, tagged

from .dunning_common import DunningCommon

RUNS = "/odoo/action-realestate_collection.realestate_dunning_run_action"


@tagged("post_install", "-at_install")
class TestDunningUi(HttpCase, DunningCommon):
    """A run and a stop in the browser: one buyer is late with two parts, one with
    one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        today = cls.company._realestate_today()
        cls.contract = cls._create_billed(date_contract=today - timedelta(days=75))
        cls.second = cls._create_billed(
            cls.units[1],
            partner_id=cls._create_partner(name="Paul Second", email="p@b.com").id,
            date_contract=today - timedelta(days=45),
        )

    def test_a_run_is_simulated_by_a_collector_and_released_by_a_manager(self):
        self.company.realestate_dunning_release = True
        self.start_tour(RUNS, "realestate_dunning_simulate", login=self.collector.login)
        run = self.env["realestate.dunning.run"].search([])
        self.assertEqual((run.release, run.send_count), ("asked", 2))
        self.assertEqual(run.approval_ids.user_requested_id, self.collector)
        self.assertFalse(run.notice_ids)
        self._pay(self.second, 100000)
        self.start_tour(
            RUNS, "realestate_dunning_release", login=self.collection_manager.login
        )
        self.assertEqual(run.user_released_id, self.collection_manager)
        self.assertEqual(run.notice_ids.contract_id, self.contract)
        self.assertEqual(self._decision(run, self.second).dropped_code, "paid_up")

    def test_dunning_is_stopped_explained_and_resumed(self):
        self.contract._write_facts(date_active=self.contract.date_contract)
        self.start_tour(
            f"/odoo/realestate.contract/{self.contract.id}",
            "realestate_dunning_stop",
            login=self.collector.login,
        )
        hold = self.contract.dunning_hold_ids
        self.assertEqual((hold.kind, hold.reason), ("stop", "Waits for her bank"))
        self.assertEqual(hold.user_id, self.collector)
        self.assertEqual(hold.user_ended_id, self.collector)
        self.assertFalse(self.contract.is_dunning_held)
