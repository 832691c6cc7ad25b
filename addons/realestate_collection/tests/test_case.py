from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .case_common import CaseCommon
from .common import TODAY


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestCase(CaseCommon):
    """Cases are opened by rule, closed by money, and owned."""

    def test_late_contract_gets_a_case_with_its_figures(self):
        case = self._open()
        self.assertEqual(case.amount_overdue, 200000)
        self.assertEqual(case.amount_open, 200000)
        self.assertEqual(case.item_count, 2)
        self.assertEqual((case.date_oldest, case.days_late), (date(2026, 2, 5), 33))
        self.assertEqual((case.state, case.stage), ("open", "new"))
        self.assertEqual(
            (case.date_next, case.next_action), (date(2026, 3, 10), "call")
        )
        self.assertEqual(case.user_id, self.collector)
        self.assertEqual(case.partner_id, self.buyer)
        self.assertEqual(case.currency_id, self.currency)

    def test_a_second_look_opens_no_second_case(self):
        first = self._open()
        self.assertEqual(self._open(), first)
        self._refresh("2026-03-11")
        self.assertEqual(self.contract.case_ids, first)
        self.assertEqual(first.days_late, 34)

    def test_contract_that_does_not_run_gets_none(self):
        self.contract._update_state("completed")
        self.assertFalse(self._open())

    def test_contract_on_time_gets_none(self):
        self._pay(self.contract, 200000)
        self.assertFalse(self._open())

    def test_money_closes_the_case_at_once(self):
        case = self._open()
        self._pay(self.contract, 199999)
        self.assertEqual((case.state, case.amount_overdue), ("open", 1))
        self._pay(self.contract, 1)
        self.assertEqual((case.state, case.amount_overdue), ("closed", 0))
        self.assertEqual(case.date_closed, date(2026, 3, 10))
        self.assertEqual(case.close_reason, "Nothing is overdue any more")
        self.assertFalse(case.date_next)

    def test_credit_of_the_buyer_counts_before_it_is_matched(self):
        case = self._open()
        self._pay(self.contract, 150000).move_id.line_ids.remove_move_reconcile()
        self.assertEqual(case.amount_overdue, 50000)

    def test_money_taken_back_opens_a_new_case_at_once(self):
        case = self._open()
        payment = self._pay(self.contract, 200000)
        payment.action_cancel()
        self.assertEqual(case.state, "closed")
        again = self.contract._get_case()
        self.assertTrue(again)
        self.assertEqual(again.amount_overdue, 200000)

    def test_reversed_money_opens_a_new_case_at_once(self):
        self._open()
        payment = self._pay(self.contract, 200000)
        payment.move_id._reverse_moves(cancel=True)
        self.assertEqual(self.contract._get_case().amount_overdue, 200000)

    def test_payment_of_one_contract_leaves_other_cases_alone(self):
        other = self._create_many(1)
        self.installments.bill_due()
        theirs = self._open(other)
        self._pay(self.contract, 200000)
        self.assertEqual((theirs.state, theirs.amount_overdue), ("open", 200000))

    def test_case_ends_with_its_contract(self):
        case = self._open()
        self.contract._update_state("cancelled")
        self._refresh()
        self.assertEqual(case.state, "closed")
        self.assertEqual(case.close_reason, "The contract has ended")

    def test_case_opened_by_hand_waits_for_its_officer(self):
        self._pay(self.contract, 200000)
        case = self.contract._open_case("The cheque came back")
        self.assertEqual(case.open_reason, "The cheque came back")
        self._refresh()
        self.assertEqual(case.state, "open")
        self.assertEqual(self.contract._open_case("Again"), case)
        with self.assertSays(UserError, "why"):
            case.action_close(" ")
        case.with_user(self.collector).action_close("Settled")
        self.assertEqual((case.state, case.close_reason), ("closed", "Settled"))

    def test_case_with_arrears_is_not_closed_by_hand(self):
        case = self._open()
        with self.assertSays(UserError, "200,000"):
            case.action_close("I am tired")

    def test_team_is_that_of_the_project_else_the_one_of_all(self):
        everybody = self._create_team(name="Everybody")
        self.assertEqual(self._open().team_id, everybody)
        ours = self._create_team(project_ids=[Command.set(self.project.ids)])
        self.assertEqual(self._open().team_id, ours)

    def test_officer_sees_the_cases_of_the_own_team(self):
        case = self._open()
        theirs = case.with_user(self.colleague)
        self.assertTrue(theirs.has_access("read"), "without teams all see all")
        team = self._create_team(member_ids=[Command.set(self.collector.ids)])
        self._refresh()
        self.assertEqual(case.team_id, team)
        self.assertTrue(case.with_user(self.collector).has_access("write"))
        self.assertFalse(theirs.has_access("read"))
        self.assertTrue(case.with_user(self.collection_manager).has_access("read"))
        self.assertTrue(case.with_user(self.accountant).has_access("read"))
        team.user_id = self.colleague
        self.assertTrue(theirs.has_access("read"), "the leader does")

    def test_manager_hands_a_case_to_a_colleague(self):
        case = self._open()
        with self.assertRaises(AccessError):
            case.with_user(self.collector).action_assign(self.colleague.id)
        case.with_user(self.collection_manager).action_assign(self.colleague.id)
        self.assertEqual(case.user_id, self.colleague)
        self.assertEqual(self.contract._get_collector(), self.colleague)
        self.assertEqual(case.event_ids.note, f"Handed to {self.colleague.name}")
        self._refresh()
        self.assertEqual(case.user_id, self.colleague, "and it stays")

    def test_leader_of_the_team_hands_its_cases_on(self):
        team = self._create_team(user_id=self.collector.id)
        case = self._open()
        self.assertEqual(case.team_id, team)
        case.with_user(self.collector).action_assign(self.colleague)
        self.assertEqual(case.user_id, self.colleague)

    def test_case_is_handed_to_nobody_who_does_not_collect(self):
        case = self._open()
        for user in (self.agent, self.env["res.users"]):
            with self.assertSays(UserError, "no collection officer"):
                case.action_assign(user)

    def test_officer_writes_the_next_step_and_no_fact(self):
        case = self._open().with_user(self.collector)
        case.write({"next_action": "visit", "date_next": "2026-03-12"})
        self.assertEqual(case.next_action, "visit")
        for values in (
            {"amount_overdue": 0},
            {"state": "closed"},
            {"user_id": self.colleague.id},
            {"risk": 0},
            {"stage": "legal"},
            {"contract_id": False},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                case.write(values)

    def test_hold_of_the_dunning_is_the_stage_of_the_case(self):
        case = self._open()
        for kind, stage in (
            ("arrangement", "arranged"),
            ("dispute", "disputed"),
            ("legal", "legal"),
        ):
            self.contract._hold_dunning(kind, "Why not")
            self.assertEqual(case.stage, stage)
        self.contract.dunning_hold_ids._end()
        self.assertEqual(case.stage, "new")

    def test_risk_says_what_it_is_made_of(self):
        case = self._open()
        self.assertGreater(case.risk, 0)
        self.assertIn("33 days late", case.risk_explanation)
        self.assertIn("16 % of the price", case.risk_explanation)
        points = [
            int(line[1:].split()[0]) for line in case.risk_explanation.split("\n")
        ]
        self.assertEqual(sum(points), case.risk)

    def test_ten_contracts_take_as_many_queries_as_one(self):
        contracts = self._create_many(6)
        self.installments.bill_due()
        self.env.flush_all()

        def count(contracts):
            before = self.env.cr.sql_log_count
            self._refresh(contracts=contracts)
            return self.env.cr.sql_log_count - before

        self._refresh(contracts=self.contract)
        few = count(contracts[:2])
        self.assertLessEqual(count(contracts[2:]), few)
        self.assertEqual(len(contracts._get_case()), 6)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestCaseMortgage(CaseCommon):
    """What a bank is still to pay is no case of the buyer's."""

    def test_part_that_a_bank_pays_is_left_out(self):
        lender = self._create_partner(name="Harbour Bank", is_company=True)
        programme = self.env["realestate.bank.programme"].create(
            {
                "name": "First Home",
                "partner_id": lender.id,
                "company_id": self.company.id,
                "currency_id": self.currency.id,
            }
        )
        mortgage = self.env["realestate.mortgage"].create(
            {
                "contract_id": self.contract.id,
                "programme_id": programme.id,
                "amount_commercial": 1150000,
                "user_id": self.loan_officer.id,
                "date_start": date(2026, 3, 1),
            }
        )
        papers = mortgage.document_ids
        papers.filtered(lambda one: one.state == "missing").action_waive("Seen")
        for button in ("complete_documents", "visit", "notarize", "submit"):
            if mortgage.stage != "bank":
                getattr(mortgage, f"action_{button}")()
        self.assertEqual(self._open().amount_overdue, 50000)
        mortgage.action_refuse("Income too low", "plan")
        self._refresh()
        self.assertEqual(self.contract._get_case().amount_overdue, 200000)
