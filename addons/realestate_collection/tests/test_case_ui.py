from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import RealestateCollectionCommon


@tagged("post_install", "-at_install")
class TestCaseUi(HttpCase, RealestateCollectionCommon):
    """An officer works on a case in the browser: two months are late."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        start = fields.Date.today() - timedelta(days=75)
        cls.contract = cls._create_billed(date_contract=start)
        cls.env["realestate.collection.case"]._refresh(cls.company)
        cls.case = cls.contract._get_case()
        cls.collector.password = cls.collector.login

    def _tour(self, name):
        self.start_tour(
            f"/odoo/{self.case._name}/{self.case.id}", name, login=self.collector.login
        )

    def test_an_officer_logs_a_call_with_a_promise(self):
        self._tour("realestate_case_call")
        event = self.case.event_ids
        self.assertEqual((event.outcome, event.note), ("promised", "After pay day"))
        self.assertEqual(event.user_id, self.collector)
        self.assertEqual(self.contract.promise_ids.amount, 200000)
        self.assertEqual(self.case.stage, "promised")

    def test_an_officer_reports_a_visit_from_the_street(self):
        self._tour("realestate_case_visit")
        event = self.case.event_ids
        self.assertEqual((event.kind, event.outcome), ("visit", "no_answer"))
        self.assertEqual((event.latitude, event.longitude), (14.5995, 120.9842))
