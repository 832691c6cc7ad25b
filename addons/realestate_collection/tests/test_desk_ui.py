from datetime import datetime, timedelta

from odoo.tests import HttpCase, tagged

from ..models.realestate_contact_rule import WEEKDAYS
from .case_common import CaseCommon


@tagged("post_install", "-at_install")
class TestDeskUi(HttpCase, CaseCommon):
    """The desk in a browser: dates are those of today, as the browser's are."""

    def setUp(self):
        super().setUp()
        self._pay(self.contract, 1200000)
        # Two instalments are late on whatever day this is run.
        begun = self.company._realestate_today() - timedelta(days=65)
        self.contracts = self._create_many(3, date_contract=begun)
        self.installments.bill_due()
        self.cases._refresh(self.company)
        self.people = {}
        for contract, name, risk in zip(
            self.contracts, ("Low", "High", "Middle"), (5, 95, 50), strict=True
        ):
            contract.partner_id.name = f"Buyer {name}"
            self.people[name] = contract
            contract._get_case()._write_facts(risk=risk, next_action=False)
            contract._get_case().date_next = False

    def test_the_modules_of_the_desk_compute_right(self):
        self.start_tour(
            "/odoo/collection-desk",
            "realestate_desk_modules",
            login=self.collector.login,
        )

    def test_the_morning_of_a_collector(self):
        # Today is a day without calls, whatever day this is run on.
        zone = self.project._get_contact_zone(self.buyer)
        weekday = datetime.now(zone).weekday()
        self.env["realestate.contact.rule"].create(
            {"name": "Night rule", "channel": "call", WEEKDAYS[weekday]: False}
        )
        self.start_tour(
            "/odoo/collection-desk",
            "realestate_desk_morning",
            login=self.collector.login,
        )
        call = self.people["High"].event_ids
        self.assertEqual((call.kind, call.outcome), ("call", "no_answer"))
        self.assertTrue(call.is_outside_rules)
        self.assertEqual(call.user_id, self.collector)
        today = self.company._realestate_today()
        self.assertEqual(self.people["High"]._get_case().date_next, today)
        promise = self.people["Middle"].promise_ids
        self.assertEqual(promise.amount, 200000)
        self.assertEqual((promise.date - today).days, 3)
        hold = self.people["Low"].dunning_hold_ids
        self.assertEqual((hold.kind, hold.reason), ("stop", "Bank asked for it"))

    def test_a_manager_hands_a_case_over(self):
        self.start_tour(
            "/odoo/collection-team",
            "realestate_desk_team",
            login=self.collection_manager.login,
        )
        self.assertEqual(self.people["High"]._get_case().user_id, self.colleague)
        self.assertEqual(self.people["Low"]._get_case().user_id, self.collector)
