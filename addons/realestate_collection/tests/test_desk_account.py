from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import TODAY
from .test_desk import DeskCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDeskAccount(DeskCommon):
    """One buyer on the desk: everything without leaving."""

    def _account(self, contract=None):
        return self.desk.get_account((contract or self.contract).id)

    def _panel(self, name):
        return self.desk.get_panel(self.contract.id, name)

    def test_head_tells_the_buyers_and_how_to_reach_them(self):
        self.buyer.phone = "+63 917 555 0199"
        draft = self._create_contract(self.units[4])
        wife = self._create_partner(name="Ana", phone="+63 2 8555 0100")
        self.env["realestate.contract.buyer"].create(
            {"contract_id": draft.id, "partner_id": wife.id, "share": 50}
        )
        account = self._account(draft)
        names = [buyer["name"] for buyer in account["buyers"]]
        self.assertEqual(names, [self.buyer.name, "Ana"])
        self.assertEqual(account["buyers"][0]["phone"], "+63 917 555 0199")
        self.assertEqual(account["buyers"][0]["email"], "maria@example.com")
        self.assertEqual(account["contract"]["units"], draft.unit_names)
        self.assertEqual(account["contract"]["collector"], self.collector.name)

    def test_head_tells_the_amounts_of_accounting(self):
        self._pay(self.contract, 50000)
        amounts = self._account()["amounts"]
        self.assertEqual(amounts["overdue"], 150000)
        self.assertEqual(amounts["receivable"], 150000)
        self.assertEqual(amounts["paid"], 50000)
        self.assertEqual(amounts["total"], 1200000)
        self.assertEqual(amounts["unbilled"], 1000000)
        self.assertEqual(amounts["oldest"], date(2026, 2, 5))
        self.assertEqual(amounts["days"], 33)

    def test_head_tells_risk_and_why(self):
        told = self._account()["case"]
        case = self._case(self.contract)
        self.assertEqual((told["id"], told["risk"]), (case.id, case.risk))
        self.assertIn("33 days late", told["why"])
        self.assertEqual(told["owner"], self.collector.name)

    def test_account_without_a_case_opens_too(self):
        self._pay(self.contract, 200000)
        account = self._account()
        self.assertFalse(account["case"])
        self.assertEqual(account["amounts"]["overdue"], 0)
        self.assertEqual(account["amounts"]["days"], 0)

    def test_hold_is_told_with_its_reason(self):
        self.assertEqual(self._account()["holds"], [])
        self._promise(100000, "2026-03-20")
        [hold] = self._account()["holds"]
        self.assertEqual(hold["kind"], "promise")
        self.assertIn("100,000", hold["reason"])

    def test_head_warns_of_what_should_not_be_done_now(self):
        self.buyer.tz = "Asia/Manila"
        rules = self.env["realestate.contact.rule"]
        rules.search([]).active = False
        self.assertEqual(self._account()["warnings"], {})
        rules.create(
            {"name": "Circular 1", "channel": "call", "hour_from": 14, "hour_to": 19}
        )
        told = self._account()["warnings"]
        self.assertEqual(list(told), ["call"])
        self.assertIn("14:00 to 19:00 where the buyer lives (Circular 1)", told["call"])
        self.assertIn("Allowed again from", told["call"])
        self.assertEqual(self.desk.get_contact_warnings(self.contract.id), told)
        with freeze_time("2026-03-10 06:00:00"):
            self.assertEqual(self.desk.get_contact_warnings(self.contract.id), {})

    # === PANELS === #

    def test_schedule_tells_what_is_late(self):
        rows = self._panel("schedule")
        self.assertEqual(len(rows), 12)
        self.assertEqual([row["days"] for row in rows[:3]], [33, 5, 0])
        self.assertEqual([row["open"] for row in rows[:3]], [100000, 100000, 0])
        self.assertEqual(rows[2]["state"], "planned")
        self.assertEqual(sum(row["amount"] for row in rows), 1200000)

    def test_ledger_is_the_statement_newest_first(self):
        self._pay(self.contract, 50000)
        rows = self._panel("ledger")
        self.assertEqual(rows[0]["balance"], self.contract.amount_receivable)
        self.assertEqual(rows[0]["credit"], 50000)
        self.assertEqual(rows[-1]["debit"], 100000)
        self.assertEqual(sum(r["debit"] - r["credit"] for r in rows), 150000)

    def test_notices_tell_their_delivery(self):
        self.buyer.email = False
        self._run()
        self._send()
        [notice] = self._panel("notices")
        [delivery] = notice["deliveries"]
        self.assertEqual((delivery["channel"], delivery["state"]), ("email", "failed"))
        self.assertTrue(delivery["reason"])

    def test_agreements_tell_promises_and_what_came_in(self):
        self._promise(150000, "2026-03-20")
        self._pay(self.contract, 50000)
        [promise] = self._panel("agreements")
        self.assertEqual(promise["kind"], "promise")
        self.assertEqual((promise["amount"], promise["received"]), (150000, 50000))
        self.assertEqual(promise["state"], "open")

    def test_timeline_tells_the_newest_first(self):
        contract = self.contract.with_user(self.collector)
        contract.log_contact("call", "no_answer")
        with self._on("2026-03-11"):
            contract.log_contact("visit", "reached", "Met at home.")
            titles = [row["title"] for row in self._panel("timeline")]
        visit, call = (
            next(place for place, title in enumerate(titles) if word in title)
            for word in ("Visit", "Call")
        )
        self.assertLess(visit, call)

    # === DOING === #

    def test_call_is_logged_from_the_desk(self):
        self.desk.log_contact(
            self.contract.id,
            "call",
            "call_back",
            note="In a meeting",
            next_action="call",
            date_next="2026-03-12",
        )
        case = self._case(self.contract)
        self.assertEqual(
            (case.next_action, str(case.date_next)), ("call", "2026-03-12")
        )
        self.assertNotIn(self.contract, self._contracts("my_day"))

    def test_promise_is_logged_from_the_desk(self):
        self.desk.log_contact(
            self.contract.id,
            "call",
            "promised",
            promise_amount=200000,
            promise_date="2026-03-13",
        )
        promise = self.contract.promise_ids
        self.assertEqual((promise.amount, promise.state), (200000, "open"))
        self.assertEqual(self._case(self.contract).stage, "promised")

    def test_buttons_open_with_the_contract_filled_in(self):
        for kind in [*self.desk._get_action_names(), "contract"]:
            with self.subTest(kind=kind):
                action = self.desk.get_action(self.contract.id, kind)
                model = self.env[action["res_model"]].with_user(self.collector)
                context = action.get("context") or {}
                self.assertEqual(
                    action.get("res_id") or context["default_contract_id"],
                    self.contract.id,
                )
                model.with_context(**context).default_get(["contract_id"])

    def test_payment_link_lets_the_buyer_pay(self):
        link = self.desk.get_payment_link(self.contract.id)
        self.assertIn(f"/my/contracts/{self.contract.id}/pay", link)
        self.assertIn(self.contract.access_token, link)

    def test_nothing_to_pay_has_no_link(self):
        self._pay(self.contract, 1200000)
        self.assertFalse(self.contract._get_online_choices())
        with self.assertSays(UserError, "nothing to pay"):
            self.desk.get_payment_link(self.contract.id)

    # === TEAM === #

    def _team(self, user=None, period="week"):
        desk = self.desk.with_user(user or self.collection_manager)
        return {one["id"]: one for one in desk.get_team(period)["officers"]}

    def test_team_view_is_for_leaders(self):
        with self.assertSays(AccessError, "team leaders"):
            self.desk.get_team()
        self._create_team(user_id=self.collector.id)
        self.assertIn(self.collector.id, self._team(self.collector))

    def test_team_view_tells_load(self):
        self._case(self.contracts[0]).action_assign(self.colleague)
        self._plan(self.contracts[0], "2026-03-09")
        self._plan(self.contracts[1], False, False)
        self._plan(self.contracts[2], "2026-03-10")
        team = self._team()
        own, other = team[self.collector.id], team[self.colleague.id]
        currency = self.contract.currency_id.id
        self.assertEqual((own["cases"], own["behind"], own["unplanned"]), (2, 0, 1))
        self.assertEqual((other["cases"], other["behind"]), (1, 1))
        self.assertEqual(other["overdue"], [[currency, 200000]])
        self.assertEqual(own["overdue"], [[currency, 400000]])

    def test_team_view_tells_results_of_the_period(self):
        contract = self.contract.with_user(self.collector)
        contract.log_contact("call", "reached")
        contract.log_contact("call", "no_answer")
        contract.log_contact("note", note="Nothing")
        self._promise(100000, "2026-03-11")
        with self._on("2026-03-11"):
            self._pay(self.contract, 120000)
            contract.log_contact("call", "reached")
            day = self._team(period="day")[self.collector.id]
            week = self._team(period="week")[self.collector.id]
        self.assertEqual((day["contacts"], week["contacts"]), (1, 4))
        self.assertEqual(week["contacts_today"], 1)
        self.assertEqual(week["reached"], 3)
        self.assertEqual((week["kept"], week["broken"]), (1, 0))
        self.assertEqual(week["collected"][0][1], 120000)
        with self._on("2026-03-30"):
            later = self._team(period="week").get(self.collector.id, {})
            self.assertFalse(later.get("contacts"))
            self.assertFalse(later.get("collected"))

    def test_manager_hands_cases_over(self):
        cases = self.cases.search([("contract_id", "in", self.contracts[:2].ids)])
        desk = self.desk.with_user(self.collection_manager)
        self.assertEqual(desk.reassign(cases.ids, self.colleague.id), 2)
        self.assertEqual(cases.user_id, self.colleague)
        self.assertEqual(self._count("all", officer=self.colleague.id), 2)

    def test_officer_hands_no_case_over(self):
        case = self._case(self.contract)
        with self.assertRaises(AccessError):
            self.desk.reassign(case.ids, self.colleague.id)
        self.assertEqual(case.user_id, self.collector)

    def test_case_goes_to_an_officer_only(self):
        case = self._case(self.contract)
        desk = self.desk.with_user(self.collection_manager)
        for user in (self.agent.id, 0, None, "x"):
            with self.subTest(user=user), self.assertSays(UserError, "officer"):
                desk.reassign(case.ids, user)
