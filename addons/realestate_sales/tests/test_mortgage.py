from datetime import date

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .mortgage_common import TODAY, MortgageCommon

STEPS = {
    "documents": "action_complete_documents",
    "appointment": "action_visit",
    "notary": "action_notarize",
    "submission": "action_submit",
    "bank": "action_approve",
    "contract": "action_seal",
    "registration": "action_register",
    "papers": "action_return_papers",
}


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestMortgage(MortgageCommon):
    # === WAY === #

    def test_buttons_lead_from_the_papers_to_the_release(self):
        mortgage = self._create_mortgage()
        self.assertEqual(mortgage.date_stage, date(2026, 2, 1))
        self._settle_papers(mortgage)
        mortgage = mortgage.with_user(self.loan_officer)
        seen = []
        for button in list(STEPS.values())[:7]:
            seen.append(mortgage.stage)
            getattr(mortgage, button)()
        self.assertEqual(seen, list(STEPS)[:7])
        self.assertEqual(mortgage.stage, "release")
        self.assertEqual(mortgage.amount_approved, 600000)
        self.assertEqual(mortgage.date_stage, date(2026, 3, 10))

    def test_loan_officer_takes_a_mortgage_up_from_the_contract(self):
        contract = self.contract.with_user(self.loan_officer)
        action = contract.action_open_mortgages()
        mortgages = self.env["realestate.mortgage"].with_user(self.loan_officer)
        form = Form(mortgages.with_context(**action["context"]))
        self.assertEqual(form.partner_id, self.buyer)
        form.programme_id = self.programme
        form.amount_commercial = 500000
        form.income = 10000
        self.assertEqual(form.stage, "documents")
        mortgage = form.save()
        self.assertEqual(mortgage.user_id, self.loan_officer)
        self.assertEqual(contract.action_open_mortgages()["res_id"], mortgage.id)

    def test_no_stage_is_passed_over(self):
        mortgage = self._create_mortgage()
        for stage, button in list(STEPS.items())[1:]:
            with (
                self.subTest(stage=stage),
                self.assertRaisesRegex(UserError, "waits for “Documents”"),
            ):
                getattr(mortgage, button)()

    def test_step_taken_twice_keeps_its_first_day(self):
        mortgage = self._create_mortgage(stage="submission")
        mortgage.action_submit("2026-03-10")
        mortgage.action_submit("2026-03-10")
        self.assertEqual(mortgage.stage, "bank")
        mortgage.action_approve(amount=500000)
        mortgage.action_approve(amount=1)
        self.assertEqual(mortgage.amount_approved, 500000)

    def test_bank_that_asks_for_less_has_fewer_stages(self):
        self.programme.write(
            {"has_appointment": False, "has_notary": False, "has_registration": False}
        )
        mortgage = self._create_mortgage()
        self._settle_papers(mortgage)
        mortgage.action_complete_documents()
        self.assertEqual(mortgage.stage, "submission")
        mortgage.action_submit()
        mortgage.action_approve()
        mortgage.action_seal()
        self.assertEqual(mortgage.stage, "release")

    def test_days_of_steps_are_in_order_and_not_to_come(self):
        mortgage = self._create_mortgage(stage="bank")
        for day in ("2026-03-11", "2026-03-09", "tomorrow", 7):
            with self.subTest(day=day), self.assertRaises(UserError):
                mortgage.action_approve(day)
        self.assertFalse(mortgage.date_approved)

    def test_bank_lends_a_sound_amount(self):
        mortgage = self._create_mortgage(stage="bank")
        for amount in (0, -1, 1000000.01, float("nan"), float("inf"), "5", True):
            with self.subTest(amount=amount), self.assertRaises(UserError):
                mortgage.action_approve(amount=amount)
        mortgage.action_approve(amount=450000.004, reference="HB-7")
        self.assertEqual(mortgage.amount_approved, 450000)
        self.assertEqual(mortgage.amount_due, 450000)
        self.assertEqual(mortgage.reference, "HB-7")

    def test_bank_changes_its_mind_about_the_amount(self):
        mortgage = self._create_mortgage(stage="contract")
        with self.assertRaisesRegex(UserError, "Say why"):
            mortgage.action_change_amount(400000, " ")
        mortgage.action_change_amount(400000, "Valued lower")
        self.assertEqual(mortgage.amount_outstanding, 400000)
        early = self._create_mortgage(self._create_contract(self.units[1]))
        with self.assertRaises(UserError):
            early.action_change_amount(1, "Too early")

    def test_last_step_is_taken_back(self):
        mortgage = self._create_mortgage(stage="contract")
        mortgage.action_step_back()
        self.assertEqual((mortgage.stage, mortgage.amount_approved), ("bank", 0))
        mortgage.action_refuse("No income", "bank")
        mortgage.action_step_back()
        self.assertEqual((mortgage.stage, mortgage.way_out), ("bank", False))
        self.assertIn("was taken back", mortgage.message_ids[0].body)
        new = self._create_mortgage(self._create_contract(self.units[1]))
        with self.assertRaises(UserError):
            new.action_step_back()

    def test_nothing_is_released_without_money(self):
        mortgage = self._create_mortgage(stage="release")
        self.assertFalse(mortgage.is_released)
        with self.assertRaises(UserError):
            mortgage.action_return_papers()
        for values in (
            {"amount_released": 600000},
            {"is_released": True},
            {"date_released": "2026-03-10"},
            {"stage": "done"},
            {"date_returned": "2026-03-10"},
            {"amount_approved": 1},
            {"date_refused": False},
        ):
            for user in (self.loan_officer, self.manager):
                with self.subTest(values=values), self.assertRaises(UserError):
                    mortgage.with_user(user).with_context(install_mode=True).write(
                        values
                    )
        with self.assertRaises(UserError):
            self._create_mortgage(
                self._create_contract(self.units[1]), date_approved="2026-03-01"
            )

    # === REFUSED, CANCELLED === #

    def test_refusal_names_its_reason_and_its_way_out(self):
        mortgage = self._create_mortgage(stage="bank")
        for reason, way in ((None, "bank"), ("No", None), ("No", "luck"), (7, "plan")):
            with self.subTest(reason=reason, way=way), self.assertRaises(UserError):
                mortgage.action_refuse(reason, way)
        mortgage.action_refuse("Income too low", "bank", "2026-03-10")
        self.assertEqual(mortgage.stage, "refused")
        self.assertEqual(mortgage.amount_outstanding, 0)
        self.assertFalse(self.contract.mortgage_id)

    def test_another_bank_follows_a_refusal(self):
        mortgage = self._create_mortgage(stage="bank", income=9000, months=120)
        other = self._create_programme(name="Second Chance")
        restarts = self.env["realestate.mortgage.restart"].with_context(
            default_mortgage_id=mortgage.id
        )
        with self.assertRaises(UserError):
            restarts.create({"programme_id": other.id}).action_restart()
        mortgage.action_refuse("Income too low", "bank")
        form = Form(restarts.with_user(self.loan_officer))
        form.programme_id = other
        form.amount_commercial = 500000
        action = form.save().action_restart()
        second = self.env["realestate.mortgage"].browse(action["res_id"])
        self.assertEqual(second.origin_id, mortgage)
        self.assertEqual((second.amount, second.months), (500000, 120))
        self.assertEqual(second.income, 9000)
        self.assertEqual(self.contract.mortgage_id, second)

    def test_law_of_the_project_is_shown_with_a_refusal(self):
        malaysia = self.env.ref("realestate_sales.jurisdiction_my")
        self.project.jurisdiction_id = malaysia
        self.assertIn("1 % of the price", self._create_mortgage().law)

    def test_cancelled_contract_ends_its_mortgage(self):
        mortgage = self._create_mortgage(stage="bank")
        self.contract.with_user(self.supervisor).action_cancel("Changed his mind")
        self.assertEqual(mortgage.stage, "cancelled")
        self.assertIn(self.contract.name, mortgage.cancel_reason)

    def test_what_has_ended_stays(self):
        mortgage = self._create_mortgage()
        mortgage.action_cancel("Pays from own money")
        for button in ("complete_documents", "submit", "step_back"):
            with self.subTest(button=button), self.assertRaises(UserError):
                getattr(mortgage, f"action_{button}")()
        with self.assertRaises(UserError):
            mortgage.note = "x"
        with self.assertRaises(UserError):
            mortgage.unlink()

    # === TERMS === #

    def test_terms_stay_once_the_bank_has_them(self):
        mortgage = self._create_mortgage(stage="bank")
        for values in ({"amount_commercial": 1}, {"months": 12}):
            with self.subTest(values=values), self.assertRaises(UserError):
                mortgage.write(values)
        mortgage.date_appointment = "2026-03-12 02:00:00"

    def test_contract_of_a_mortgage_stays(self):
        mortgage = self._create_mortgage()
        other = self._create_contract(self.units[1])
        with self.assertRaisesRegex(UserError, "its contract"):
            mortgage.contract_id = other

    def test_impossible_loans_are_refused(self):
        stranger = self._create_partner(name="Stranger")
        elsewhere = self._create_programme(
            name="Elsewhere", project_ids=self._create_project(code="WEST").ids
        )
        fund = self._create_programme(name="Fund", kind="fund")
        both = self._create_programme(name="Both", kind="combined")
        refused = [
            ({"amount_commercial": 1000001}, "more than the price"),
            ({"partner_id": stranger.id}, "does not buy"),
            ({"programme_id": elsewhere.id}, "not offered in project"),
            ({"programme_id": fund.id}, "Housing Fund Loan"),
            ({"programme_id": both.id}, "Combined Loan"),
            ({"amount_fund": 5}, "Commercial Loan"),
        ]
        for values, text in refused:
            with self.subTest(values=values):
                with self.assertRaises(ValidationError) as caught:
                    self._create_mortgage(**values)
                self.assertIn(text, str(caught.exception))
        combined = self._create_mortgage(programme_id=both.id, amount_fund=100000)
        self.assertEqual(combined.amount, 700000)

    @mute_logger("odoo.sql_db")
    def test_loan_of_nothing_and_endless_terms_are_refused(self):
        for values in ({"amount_commercial": 0}, {"months": 0}, {"months": 601}):
            with self.subTest(values=values), self.assertRaises(CheckViolation):
                with self.env.cr.savepoint():
                    self._create_mortgage(**values)

    @mute_logger("odoo.sql_db")
    def test_contract_has_one_live_mortgage(self):
        self._create_mortgage()
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            self._create_mortgage()

    def test_contract_tells_what_its_bank_lends(self):
        self.assertEqual(self.contract.amount_loan, 0)
        mortgage = self._create_mortgage(stage="bank")
        contract = self.contract.with_user(self.officer)
        self.assertEqual(contract.amount_loan, 600000)
        mortgage.action_approve(amount=550000)
        self.assertEqual(contract.amount_loan, 550000)
        self.assertEqual(contract.mortgage_id, mortgage)

    # === AFFORDABILITY === #

    def test_affordability_by_the_rules_of_the_programme(self):
        # 600,000 at 6 % over 240 months: 4,298.59; twice that is 8,597.18.
        mortgage = self._create_mortgage(income=8597.18)
        self.assertEqual(mortgage.amount_instalment, 4298.59)
        self.assertTrue(mortgage.is_affordable)
        self.assertEqual(mortgage.ltv, 60)
        mortgage.income = 8597.17
        self.assertRegex(mortgage.affordability, "earn 2 times .*8,597.18")
        mortgage.write({"income": 100000, "amount_commercial": 700001})
        self.assertRegex(mortgage.affordability, "70 % of the price.*700,000.00")
        self.assertEqual(mortgage.amount_max, 700000)

    def test_income_is_for_the_loan_desk(self):
        mortgage = self._create_mortgage(income=8597.18)
        for user in (self.officer, self.accountant, self.leader):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                mortgage.with_user(user).read(["income"])
            self.assertTrue(mortgage.with_user(user).is_affordable)
        self.assertEqual(mortgage.with_user(self.loan_officer).income, 8597.18)

    def test_programme_with_nonsense_is_refused(self):
        for values in ({"rate": -1}, {"ltv_max": 101}, {"days_bank": -1}):
            with mute_logger("odoo.sql_db"), self.subTest(values=values):
                with self.assertRaises(CheckViolation), self.env.cr.savepoint():
                    self._create_programme(**values)
