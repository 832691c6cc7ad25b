from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .test_clause import ClauseCase
from .test_detail_request import DetailCase
from .test_duplicate import DuplicateCase


@tagged("post_install", "-at_install")
class TestTextsUi(HttpCase, ClauseCase):
    def test_a_lawyer_writes_a_clause_and_a_template(self):
        self.lawyer.password = self.lawyer.login
        noise, pets = self._create_clause("NOISE"), self._create_clause("PETS")
        first = self._create_version(noise)
        self._create_version(pets, "<p>{{ buyer.name }} keeps two dogs.</p>")
        template = self._create_template(noise, company_id=self.company.id)
        contract = self._create_contract()
        # The server says that a broken placeholder was refused.
        with mute_logger("odoo.http"):
            self.start_tour(
                "/odoo/action-realestate_sales.realestate_clause_action",
                "realestate_clause",
                login=self.lawyer.login,
            )
        current = noise._get_version("en_US")
        self.assertIn("Quiet after ten, {{ buyer.name }}.", current.body)
        self.assertEqual(current.user_approved_id, self.lawyer)
        self.assertEqual(first.state, "superseded")
        self.start_tour(
            "/odoo/action-realestate_sales.realestate_paper_template_action",
            "realestate_paper_template",
            login=self.lawyer.login,
        )
        self.assertEqual(template.state, "superseded")
        chosen = contract._get_paper_template()
        self.assertEqual(chosen.line_ids.clause_id, noise | pets)


@tagged("post_install", "-at_install")
class TestDetailsUi(HttpCase, DetailCase):
    def test_details_are_asked_corrected_and_taken_over(self):
        self.officer.password = self.officer.login
        self.asked.action_cancel()
        action = "/odoo/action-realestate_sales.realestate_detail_request_action"
        self.start_tour(action, "realestate_details_ask", login=self.officer.login)
        asked = self.env["realestate.detail.request"].search([("state", "=", "sent")])
        self.assertEqual(asked.partner_id, self.buyer)
        url = f"/my/details/{asked.id}"
        self.start_tour(url, "realestate_details_answer", login=self.portal.login)
        self.assertEqual(asked.state, "answered")
        self.start_tour(action, "realestate_details_review", login=self.officer.login)
        self.assertEqual(asked.state, "done")
        self.assertEqual(self.buyer.phone, "+63 917 222 2222")


@tagged("post_install", "-at_install")
class TestMergeUi(HttpCase, DuplicateCase):
    def test_a_supervisor_compares_and_merges_two_contacts(self):
        self.supervisor.password = self.supervisor.login
        contract = self._create_contract(self.units[1], partner_id=self.twin.id)
        self.start_tour(
            "/odoo/action-realestate_sales.realestate_duplicate_action",
            "realestate_merge",
            login=self.supervisor.login,
        )
        self.assertFalse(self.twin.exists())
        self.assertEqual(contract.partner_id, self.buyer)
