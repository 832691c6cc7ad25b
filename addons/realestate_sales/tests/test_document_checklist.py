from datetime import date, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .document_common import DocumentCommon


@tagged("post_install", "-at_install")
class TestDocumentChecklist(DocumentCommon):
    def _asked(self, contract):
        return {(d.partner_id, d.type_id) for d in contract.document_ids}

    def test_the_review_asks_each_buyer_for_the_papers_of_the_kind(self):
        company = self._create_partner(name="Holding", is_company=True)
        contract = self._create_shared_contract(self.units[1], self.buyer, company)
        self.assertEqual(
            self._asked(contract),
            {
                (self.buyer, self.identity),
                (self.buyer, self.tax),
                (company, self.tax),
            },
        )
        self.assertEqual(set(contract.document_ids.mapped("is_automatic")), {True})

    def test_foreigners_couples_and_minors_are_asked_for_more(self):
        permit = self._create_type("PERMIT", is_foreigner=True)
        marriage = self._create_type("MARRIAGE", is_couple=True)
        consent = self._create_type("CONSENT", is_minor=True)
        today = fields.Date.today()
        child = self._create_partner(
            name="Child", realestate_birth_date=today - timedelta(days=3000)
        )
        wife = self._create_partner(
            name="Wife", realestate_nationality_id=self.env.ref("base.sg").id
        )
        husband = self._create_partner(
            name="Husband",
            realestate_nationality_id=self.env.ref("base.ph").id,
            realestate_spouse_id=wife.id,
        )
        contract = self._create_shared_contract(self.units[1], wife, husband)
        asked = self._asked(contract)
        self.assertIn((wife, permit), asked)
        self.assertNotIn((husband, permit), asked)
        self.assertIn((wife, marriage), asked)
        self.assertNotIn((husband, marriage), asked)
        contract = self._create_shared_contract(
            self.units[2], husband, child, state="draft"
        )
        contract.buyer_ids.filtered(lambda one: one.partner_id == child).write(
            {"proxy_id": wife.id, "proxy_kind": "guardian"}
        )
        contract.action_submit()
        asked = self._asked(contract)
        self.assertIn((husband, marriage), asked)
        self.assertIn((child, consent), asked)
        self.assertNotIn((husband, consent), asked)

    def test_a_minor_of_29_february_is_one_until_the_first_of_march(self):
        consent = self._create_type("CONSENT", is_minor=True)
        self.buyer.realestate_birth_date = date(2008, 2, 29)
        self.assertEqual(self.buyer.realestate_of_age_on, date(2026, 3, 1))
        for day, asked in (("2026-02-28", True), ("2026-03-01", False)):
            with self.subTest(day=day), freeze_time(f"{day} 05:00:00"):
                self.contract._sync_documents()
                self.assertEqual(
                    (self.buyer, consent) in self._asked(self.contract), asked
                )

    def test_due_dates_count_from_the_review(self):
        late = self._create_type("LATE", is_person=True, days_due=30)
        with freeze_time("2026-01-30 05:00:00"):
            self.contract._sync_documents()
        paper = self._get_paper(self.contract, self.buyer, late)
        self.assertEqual(paper.date_due, date(2026, 3, 1))

    def test_asking_again_changes_nothing(self):
        before = self.contract.document_ids
        self.contract.with_user(self.officer).action_sync_documents()
        self.assertEqual(self.contract.document_ids, before)
        self.contract.action_draft()
        self.contract.action_submit()
        self.assertEqual(self.contract.document_ids, before)

    def test_who_leaves_owes_nothing_and_what_was_handed_in_stays(self):
        self._hand_in(self.paper)
        self.contract.action_draft()
        other = self._create_partner(name="Other")
        self.contract.write(
            {
                "partner_id": other.id,
                "buyer_ids": [
                    Command.update(self.contract.buyer_ids.id, {"partner_id": other.id})
                ],
            }
        )
        self.contract.action_submit()
        self.assertFalse(self.passport.exists())
        self.assertEqual(self.paper.state, "received")
        self.assertIn((other, self.identity), self._asked(self.contract))

    def test_papers_added_by_hand_are_left_alone(self):
        proxy = self._create_type("PROXY")
        added = self.env["realestate.document"].create(
            {
                "contract_id": self.contract.id,
                "partner_id": self.buyer.id,
                "type_id": proxy.id,
            }
        )
        self.contract._sync_documents()
        self.assertTrue(added.exists())

    def test_types_of_other_projects_are_not_asked_for(self):
        other = self._create_project(name="West", code="WEST")
        here = self._create_type("HERE", is_person=True, project_ids=self.project.ids)
        there = self._create_type("THERE", is_person=True, project_ids=other.ids)
        self.contract._sync_documents()
        asked = self._asked(self.contract)
        self.assertIn((self.buyer, here), asked)
        self.assertNotIn((self.buyer, there), asked)

    def test_the_default_types_block_nothing(self):
        types = self.env["realestate.document.type"].with_context(active_test=False)
        types = types.search([]).filtered(lambda kind: kind.code[:2] != "T_")
        self.assertGreaterEqual(len(types), 9)
        self.assertEqual(set(types.mapped("blocks")), {"none"})

    def test_a_type_of_the_company_is_asked_of_nobody(self):
        with self.assertRaisesRegex(ValidationError, "made by the company"):
            self._create_type("WRONG", side="company", is_person=True)
        with self.assertRaisesRegex(ValidationError, "who alone sees it"):
            self._create_type("SHOWN", is_portal=True)

    def test_nobody_is_married_to_oneself_or_born_tomorrow(self):
        with self.assertRaisesRegex(ValidationError, "their own"):
            self.buyer.realestate_spouse_id = self.buyer
        tomorrow = fields.Date.today() + timedelta(days=2)
        with self.assertRaisesRegex(ValidationError, "cannot be"):
            self.buyer.realestate_birth_date = tomorrow

    def test_the_contract_counts_what_is_owed_and_to_check(self):
        self.assertEqual(self.contract.document_owed_count, 2)
        self._hand_in(self.paper)
        self.contract.invalidate_recordset()
        self.assertEqual(
            (self.contract.document_owed_count, self.contract.document_check_count),
            (1, 1),
        )


@tagged("post_install", "-at_install")
class TestDocumentBlocks(DocumentCommon):
    def _assert_waits(self, words):
        with self.assertRaisesRegex(UserError, words):
            self.contract.action_sign()

    def test_the_step_waits_until_the_paper_is_accepted_or_waived(self):
        self.tax.blocks = "sign"
        self.contract.action_approve()
        self._assert_waits("Tax – Maria Buyer.*Missing")
        self._hand_in(self.paper)
        self._assert_waits("To Check")
        self.paper.with_user(self.supervisor).action_refuse("Not hers")
        self._assert_waits("Refused")
        self.paper.with_user(self.supervisor).action_waive("Known for years")
        self.contract.action_sign()
        self.assertEqual(self.contract.state, "signed")

    def test_other_steps_do_not_wait(self):
        self.tax.blocks = "activate"
        self.contract.action_approve()
        self.contract.action_sign()
        self.contract.action_seal()
        with self.assertRaisesRegex(UserError, "Tax"):
            self.contract.action_activate()
        self._accept(self.paper)
        self.contract.action_activate()

    def test_an_expired_paper_blocks_without_any_job(self):
        self.tax.blocks = "sign"
        self.contract.action_approve()
        self._hand_in(self.paper)
        self.paper.date_expiry = fields.Date.today()
        self.paper.with_user(self.supervisor).action_accept()
        tomorrow = fields.Datetime.now() + timedelta(days=2)
        with freeze_time(tomorrow):
            self.contract.invalidate_recordset()
            self.paper.invalidate_recordset()
            self._assert_waits("Expired")

    def test_a_type_made_later_blocks_contracts_without_its_line(self):
        self.contract.action_approve()
        self._create_type("LATER", is_person=True, blocks="sign")
        self._assert_waits("“Later” of Maria Buyer is missing")
        self.contract.action_sync_documents()
        self._assert_waits("Later – Maria Buyer")

    def test_who_signs_need_not_see_the_papers(self):
        self.tax.blocks = "sign"
        problems = self.contract.with_user(self.leader)._get_step_problems("sign")
        self.assertEqual(len(problems), 1)

    def test_without_blocking_types_nothing_waits(self):
        self._walk(self.contract, "review")
        for action in ("approve", "sign", "seal", "activate"):
            getattr(self.contract, f"action_{action}")()
        self.assertEqual(self.contract.state, "active")
