from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tests import freeze_time, tagged

from .mortgage_common import TODAY, MortgageCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestMortgageDocuments(MortgageCommon):
    """The bank's papers are lines of the contract's own checklist."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        types = cls.env["realestate.document.type"].search([])
        types.active = False
        cls.contract.document_ids.unlink()
        cls.statement = cls._create_type("STATEMENT", is_mortgage_commercial=True)
        cls.fund = cls._create_type("FUND", is_mortgage_fund=True)
        cls.marriage = cls._create_type(
            "MARRIED",
            is_couple=True,
            is_mortgage_commercial=True,
            is_borrower_married=True,
        )
        cls.business = cls._create_type(
            "OWNFIRM", is_mortgage_commercial=True, is_borrower_self_employed=True
        )
        cls.special = cls._create_type("SPECIAL")

    def _asked(self):
        return self.contract.document_ids.type_id

    def test_papers_follow_the_kind_of_loan_and_the_bank(self):
        self.assertFalse(self._asked())
        self.programme.document_type_ids = self.special
        mortgage = self._create_mortgage()
        self.assertEqual(self._asked(), self.statement | self.special)
        self.assertEqual(mortgage.document_ids, self.contract.document_ids)
        self.assertEqual(mortgage.missing_count, 2)
        self.assertTrue(all(self.contract.document_ids.mapped("date_due")))

    def test_papers_follow_the_situation_of_the_borrower(self):
        mortgage = self._create_mortgage()
        mortgage.is_self_employed = True
        self.assertEqual(self._asked(), self.statement | self.business)
        mortgage.is_self_employed = False
        self.assertEqual(self._asked(), self.statement)

    def test_married_and_foreign_borrowers_are_known(self):
        self.buyer.realestate_spouse_id = self._create_partner(name="Husband")
        self.buyer.realestate_nationality_id = self.env.ref("base.sg")
        self.project.jurisdiction_id = self.env.ref("realestate_sales.jurisdiction_ph")
        mortgage = self._create_mortgage()
        self.assertTrue(mortgage.is_married)
        self.assertTrue(mortgage.is_foreigner)
        # The buyer file and the bank ask for it: once.
        married = self.contract.document_ids.filtered(
            lambda one: one.type_id == self.marriage
        )
        self.assertEqual(len(married), 1)

    def test_other_loan_asks_for_other_papers(self):
        mortgage = self._create_mortgage()
        fund = self._create_programme(name="Fund", kind="fund")
        mortgage.write(
            {"programme_id": fund.id, "amount_commercial": 0, "amount_fund": 100000}
        )
        self.assertEqual(self._asked(), self.fund)

    def test_papers_of_a_loan_that_is_over_are_no_longer_asked_for(self):
        mortgage = self._create_mortgage()
        mortgage.action_cancel("Pays from own money")
        self.assertFalse(self._asked())
        new = self._create_mortgage()
        self.assertEqual(self._asked(), self.statement)
        new.unlink()
        self.assertFalse(self._asked())

    def test_papers_that_are_handed_in_stay(self):
        mortgage = self._create_mortgage()
        document = self.contract.document_ids
        document.action_receive(b"%PDF-1.4\n%%EOF\n", "s.pdf")
        mortgage.action_refuse("No", "bank")
        self.contract.action_sync_documents()
        self.assertEqual(self.contract.document_ids, document)

    def test_bank_gets_nothing_before_its_papers_are_accepted(self):
        mortgage = self._create_mortgage().with_user(self.loan_officer)
        with self.assertRaisesRegex(UserError, "“Statement” of Maria Buyer"):
            mortgage.action_complete_documents()
        document = mortgage.document_ids.with_user(self.loan_officer)
        document.sudo().with_user(self.officer).action_receive(
            b"%PDF-1.4\n%%EOF\n", "s.pdf"
        )
        document.action_accept()
        self.assertEqual(mortgage.missing_count, 0)
        mortgage.action_complete_documents()
        self.assertEqual(mortgage.stage, "appointment")

    def test_expired_paper_is_missing_again(self):
        mortgage = self._create_mortgage()
        self.statement.months_valid = 1
        mortgage.document_ids.action_receive(b"%PDF-1.4\n%%EOF\n", "s.pdf")
        mortgage.document_ids.with_user(self.supervisor).action_accept()
        self.assertFalse(mortgage._get_missing_types())
        with freeze_time("2026-05-01 04:00:00"):
            mortgage.document_ids.invalidate_recordset()
            self.assertEqual(mortgage._get_missing_types(), self.statement)

    def test_loan_officer_decides_on_papers_of_loans_only(self):
        self.special.is_person = True
        self._create_mortgage()
        for document in self.contract.document_ids.with_user(self.loan_officer):
            if document.type_id == self.statement:
                document.action_receive(b"%PDF-1.4\n%%EOF\n", "s.pdf")
                document.with_user(self.officer).action_refuse("Too old")
                continue
            with self.assertRaises(AccessError):
                document.action_receive(b"%PDF-1.4\n%%EOF\n", "s.pdf")
            with self.assertRaises(AccessError):
                document.action_refuse("No")
            with self.assertRaises(AccessError):
                document.date_due = date(2030, 1, 1)

    def test_draft_has_no_checklist_and_gets_the_banks_papers_at_review(self):
        draft = self._create_contract(self.units[1])
        self._create_mortgage(draft)
        self.assertFalse(draft.document_ids)
        draft.action_submit()
        self.assertEqual(draft.document_ids.type_id, self.statement)

    # === AGEING === #

    def test_stage_is_late_after_its_days(self):
        self.programme.days_documents = 14
        mortgage = self._create_mortgage(date_start=Date.today() - timedelta(days=14))
        self.assertEqual((mortgage.days_in_stage, mortgage.is_late), (14, False))
        found = self.env["realestate.mortgage"].search
        self.assertNotIn(mortgage, found([("is_late", "=", True)]))
        self.programme.days_documents = 13
        self.assertTrue(mortgage.is_late)
        self.assertIn(mortgage, found([("is_late", "=", True)]))
        self.assertNotIn(mortgage, found([("is_late", "=", False)]))
        self.programme.days_documents = 0
        self.assertFalse(mortgage.is_late)
        self.assertIn(mortgage, found([("is_late", "=", False)]))

    def test_what_has_ended_is_never_late(self):
        mortgage = self._create_mortgage(date_start=date(2020, 1, 1))
        self.assertTrue(mortgage.is_late)
        mortgage.action_cancel("Over")
        self.assertFalse(mortgage.is_late)
        self.assertEqual(mortgage.days_in_stage, 0)

    def _late(self, mortgage):
        kind = self.env.ref("realestate_sales.mail_activity_mortgage_late")
        return mortgage.activity_ids.filtered(lambda a: a.activity_type_id == kind)

    def test_late_mortgage_is_told_once_until_its_next_step(self):
        mortgage = self._create_mortgage()
        cron = self.env["realestate.mortgage"]
        cron._cron_chase()
        cron._cron_chase()
        self.assertEqual(self._late(mortgage).user_id, self.loan_officer)
        self.assertIn("“Documents” was due", self._late(mortgage).summary)
        self._settle_papers(mortgage)
        mortgage.action_complete_documents()
        self.assertFalse(self._late(mortgage))

    def test_late_release_is_told_to_finance_too(self):
        self.programme.days_release = 5
        mortgage = self._create_mortgage(stage="release")
        with freeze_time("2026-03-15 04:00:00"):
            mortgage._cron_chase()
            self.assertFalse(self._late(mortgage))
        mortgage.date_release_expected = date(2026, 3, 20)
        with freeze_time("2026-03-20 04:00:00"):
            mortgage._cron_chase()
            self.assertFalse(self._late(mortgage), "the bank's own day counts")
        with freeze_time("2026-03-21 04:00:00"):
            mortgage._cron_chase()
        self.assertEqual(
            self._late(mortgage).user_id, self.loan_officer | self.accountant
        )
        self.assertIn("Late release", self._late(mortgage)[0].summary)

    def _releases(self, mortgage):
        kind = self.env.ref("realestate_sales.mail_activity_mortgage_release")
        return mortgage.activity_ids.filtered(lambda a: a.activity_type_id == kind)

    def test_finance_is_told_the_amount_and_the_unit(self):
        mortgage = self._create_mortgage(stage="registration")
        self.assertFalse(self._releases(mortgage))
        mortgage.action_register()
        told = self._releases(mortgage)
        self.assertEqual(told.user_id, self.accountant)
        for text in ("Harbour Bank", "600,000.00", "T1-101", self.contract.name):
            self.assertIn(text, told.summary)
        mortgage.action_step_back()
        self.company.realestate_loan_accountant_id = self.manager
        mortgage.action_register()
        self.assertEqual(self._releases(mortgage).user_id, self.manager)

    def test_refusal_is_told_to_the_officer_of_the_contract(self):
        self.contract.user_id = self.officer
        mortgage = self._create_mortgage(stage="bank")
        mortgage.with_user(self.loan_officer).action_refuse("No", "cancel")
        told = mortgage.activity_ids
        self.assertEqual(told.user_id, self.officer)
        self.assertIn("Cancellation of the Contract", told.summary)

    # === RIGHTS === #

    def test_only_the_loan_desk_takes_steps(self):
        mortgage = self._create_mortgage()
        users = (self.agent, self.officer, self.lawyer, self.accountant, self.plain)
        for user in users:
            theirs = mortgage.with_user(user)
            for button in ("complete_documents", "visit", "approve", "step_back"):
                with self.subTest(user=user.login, button=button):
                    with self.assertRaises(AccessError):
                        getattr(theirs, f"action_{button}")()
            with self.assertRaises(AccessError):
                theirs.action_refuse("No", "bank")
            with self.assertRaises(AccessError):
                theirs.action_cancel("No")

    def test_agents_see_the_mortgages_of_their_buyers(self):
        mortgage = self._create_mortgage()
        mortgages = self.env["realestate.mortgage"]
        here = [("id", "=", mortgage.id)]
        self.assertFalse(mortgages.with_user(self.agent).search(here))
        self.contract.user_id = self.agent
        self.assertTrue(mortgages.with_user(self.agent).search(here))
        self.project.member_ids = self.supervisor
        self.assertFalse(mortgages.with_user(self.officer).search(here))
        self.assertTrue(mortgages.with_user(self.loan_officer).search(here))

    def test_two_companies_never_mix(self):
        mortgage = self._create_mortgage()
        other = self._create_company("Other Developer", self.currency)
        foreign = self._create_user(
            "foreign_loans", "realestate_sales.group_loan_officer", company=other
        )
        for record in (mortgage, self.programme):
            seen = record.with_user(foreign).with_context(allowed_company_ids=other.ids)
            self.assertFalse(seen.search([("id", "=", record.id)]))
        with self.assertRaises(AccessError):
            mortgage.with_user(foreign).with_context(
                allowed_company_ids=other.ids
            ).action_cancel("Mine")
        theirs = self._create_programme(company_id=other.id)
        with self.assertRaises(UserError):
            mortgage.programme_id = theirs
