from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .document_common import JPEG, DocumentCommon


@tagged("post_install", "-at_install")
class TestDocumentCarry(DocumentCommon):
    """A paper that was accepted is not asked for twice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax.is_carried = True
        cls._hand_in(cls.paper)
        cls.paper.date_expiry = fields.Date.today() + timedelta(days=30)
        cls.paper.with_user(cls.supervisor).action_accept()

    def _next_paper(self, partner=None, unit=None, kind=None, **values):
        partner = partner or self.buyer
        contract = self._create_contract(
            unit or self.units[1], partner_id=partner.id, state="review", **values
        )
        return self._get_paper(contract, partner, kind or self.tax)

    def test_the_next_contract_takes_over_what_was_accepted(self):
        self.tax.blocks = "sign"
        paper = self._next_paper()
        self.assertRecordValues(
            paper,
            [
                {
                    "state": "accepted",
                    "carried_from_id": self.paper.id,
                    "sha256": self.paper.sha256,
                    "filename": "paper.pdf",
                    "date_expiry": self.paper.date_expiry,
                    "user_decided_id": self.supervisor.id,
                    "is_automatic": True,
                }
            ],
        )
        self.assertEqual(paper._read_file(), self.paper._read_file())
        self.assertIn(self.contract.name, paper.message_ids[0].body)
        self._walk(paper.contract_id, "approved")
        paper.contract_id.action_sign()

    def test_other_papers_buyers_and_companies_are_asked(self):
        self._accept(self.passport)
        self.assertEqual(self._next_paper(kind=self.identity).state, "missing")
        other = self._create_partner(name="Other")
        self.assertEqual(self._next_paper(other, self.units[2]).state, "missing")
        company = self._create_company("Rival", self.currency)
        self.assertFalse(
            self._next_paper(other, self.units[3])
            .new({"company_id": company.id, "partner_id": self.buyer.id})
            ._get_carried_sources()
        )

    def test_what_has_expired_or_was_refused_is_asked_for(self):
        with freeze_time(self.paper.date_expiry + timedelta(days=1)):
            self.env.invalidate_all()
            self.assertEqual(self._next_paper().state, "missing")
        self.paper.with_user(self.supervisor).action_refuse("Not hers")
        self.assertEqual(self._next_paper(unit=self.units[2]).state, "missing")

    def test_of_several_the_one_that_counts_longest(self):
        second = self._next_paper()
        third = self._next_paper(unit=self.units[2])
        third.with_user(self.supervisor).action_refuse("Another one came")
        self._hand_in(third, JPEG, "newer.jpg")
        self.assertFalse(third.carried_from_id)
        third.date_expiry = self.paper.date_expiry + timedelta(days=1)
        third.with_user(self.supervisor).action_accept()
        fourth = self._next_paper(unit=self.units[3])
        self.assertEqual(fourth.carried_from_id, third)
        self.assertEqual(second.carried_from_id, self.paper)

    def test_asking_again_takes_over_what_came_since(self):
        self.tax.is_carried = False
        paper = self._next_paper()
        self.assertEqual(paper.state, "missing")
        self.tax.is_carried = True
        paper.contract_id.with_user(self.officer).action_sync_documents()
        self.assertEqual(paper.state, "accepted")

    def test_a_paper_found_wrong_is_wrong_everywhere(self):
        paper = self._next_paper()
        self.paper.with_user(self.supervisor).action_refuse("A forgery")
        self.assertEqual((paper.state, paper.refuse_reason), ("refused", "A forgery"))
        self.assertTrue(paper.is_owed)

    def test_nobody_writes_down_where_a_paper_comes_from(self):
        paper = self._next_paper(kind=self.identity)
        with self.assertRaisesRegex(UserError, "cannot be set by hand"):
            paper.with_user(self.officer).write({"carried_from_id": self.passport.id})


@tagged("post_install", "-at_install")
class TestReadyList(DocumentCommon):
    def test_the_checklist_asks_no_query_per_contract(self):
        self.tax.blocks = "sign"
        contracts = self.env["realestate.contract"]
        for unit in self.units[1:]:
            contracts |= self._create_contract(unit, state="approved")

        def count(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            records.mapped("signing_reasons")
            return self.cr.sql_log_count - before

        count(contracts[:2])
        self.assertEqual(count(contracts), count(contracts[:2]))
        self.assertIn("Tax", contracts[0].signing_reasons)

    def test_what_lacks_a_paper_is_no_candidate(self):
        self.tax.blocks = "sign"
        self.contract.action_approve()
        candidates = self.contract._get_signing_candidates_domain()
        self.assertNotIn(self.contract, self.contract.search(candidates))
        self.assertFalse(self.contract.is_ready_to_sign)
        self._accept(self.paper)
        ready = [("is_ready_to_sign", "=", True)]
        self.assertIn(self.contract, self.contract.search(ready))
        # A type that comes to block afterwards counts at once.
        self.identity.blocks = "sign"
        self.contract.invalidate_recordset()
        self.assertNotIn(self.contract, self.contract.search(ready))
        self.identity.active = False
        self.contract.invalidate_recordset()
        self.assertIn(self.contract, self.contract.search(ready))
