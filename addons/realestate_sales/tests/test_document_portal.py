import re

from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..tools import upload
from .document_common import PDF
from .test_document_rights import DocumentRightsCase


@tagged("post_install", "-at_install")
class TestDocumentPortal(HttpCase, DocumentRightsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in (cls.portal, cls.second, cls.stranger):
            user.password = user.login

    def _login(self, user):
        self.authenticate(user.login, user.login)

    def _page(self):
        answer = self.url_open("/my/documents")
        self.assertEqual(answer.status_code, 200)
        return answer.text

    def _upload(self, document, content=PDF, name="tax.pdf", token=None):
        return self.url_open(
            f"/my/documents/{document.id}/upload",
            data={"csrf_token": token or Request.csrf_token(self)},
            files={"file": (name, content, "application/pdf")},
            allow_redirects=False,
        )

    def test_the_page_lists_what_the_buyer_owes(self):
        self._login(self.portal)
        page = self._page()
        for paper in (self.own, self.own_identity):
            self.assertIn(f"/my/documents/{paper.id}/upload", page)
        self.assertNotIn(f"/my/documents/{self.others_identity.id}/", page)
        self.assertIn(": 2 still missing", page)

    def test_the_home_counts_what_is_owed(self):
        for user, count in ((self.portal, 2), (self.stranger, 0)):
            self._login(user)
            answer = self.make_jsonrpc_request(
                "/my/counters", {"counters": ["realestate_document_count"]}
            )
            self.assertEqual(answer["realestate_document_count"], count)
        self.assertIn("/my/documents", self.url_open("/my/home").text)

    def test_a_file_is_handed_in_and_waits(self):
        self._login(self.portal)
        answer = self._upload(self.own)
        self.assertEqual(answer.status_code, 303)
        self.assertTrue(answer.headers["Location"].endswith(f"?done={self.own.id}"))
        self.assertEqual(
            (self.own.state, self.own.user_received_id), ("received", self.portal)
        )
        page = self.url_open(answer.headers["Location"]).text
        self.assertIn("We are checking it", page)
        self.assertNotIn(f"/my/documents/{self.own.id}/upload", page)
        self.assertIn(f"/realestate/documents/{self.own.id}/file", page)
        again = self._upload(self.own, b"%PDF-other")
        self.assertEqual(again.status_code, 200)
        self.assertEqual(self.own.file_size, len(PDF))

    def test_why_it_was_refused_is_shown_and_notes_are_not(self):
        self.own.note = "Looks forged to me"
        self._hand_in(self.own)
        self.own.with_user(self.supervisor).action_refuse("Page <2> is missing")
        self._login(self.portal)
        page = self._page()
        self.assertIn("Page &lt;2&gt; is missing", page)
        self.assertNotIn("Looks forged", page)

    def test_wrong_files_are_refused_beside_the_form(self):
        self._login(self.portal)
        for content, name, words in (
            (b"<html>", "page.pdf", "this kind are not taken"),
            (b"", "empty.pdf", "is empty"),
            (PDF + bytes(upload.MAX_BYTES), "large.pdf", "MB are taken"),
        ):
            with self.subTest(name=name):
                answer = self._upload(self.own, content, name)
                self.assertEqual(answer.status_code, 200)
                self.assertIn(words, answer.text)
        answer = self.url_open(
            f"/my/documents/{self.own.id}/upload",
            data={"csrf_token": Request.csrf_token(self), "file": "just text"},
        )
        self.assertIn("is empty", answer.text)
        self.assertEqual(self.own.state, "missing")

    def test_only_a_form_with_its_token_hands_in(self):
        self._login(self.portal)
        with mute_logger("odoo.http"):
            self.assertEqual(self._upload(self.own, token="forged").status_code, 400)
            path = f"/my/documents/{self.own.id}/upload"
            self.assertIn(self.url_open(path).status_code, (404, 405))
        self.assertEqual(self.own.state, "missing")

    def test_strangers_and_cobuyers_hand_nothing_in_for_others(self):
        for user, document in (
            (self.stranger, self.own),
            (self.second, self.own),
            (self.portal, self.others_identity),
            (self.portal, self.paper),
            (self.portal, self.env["realestate.document"].browse(2147483647)),
        ):
            with self.subTest(user=user.login, document=document.id):
                self._login(user)
                answer = self._upload(document)
                self.assertEqual(answer.status_code, 303)
                self.assertTrue(answer.headers["Location"].endswith("/my/documents"))
        self.assertEqual(set(self.shared.document_ids.mapped("state")), {"missing"})
        self.assertEqual(self.paper.state, "missing")

    def test_looking_changes_nothing(self):
        self._login(self.portal)
        before = self.shared.document_ids.mapped("write_date")
        self._page()
        self.url_open("/my/documents?done=1&errors=x")
        self.url_open("/my/documents?done=no-number")
        self.assertEqual(self.shared.document_ids.mapped("write_date"), before)

    def test_the_public_is_sent_to_the_login(self):
        answer = self.url_open("/my/documents", allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        self.assertIn("/web/login", answer.headers["Location"])

    def test_staff_without_a_role_meet_an_empty_page(self):
        self.plain.password = self.plain.login
        self._login(self.plain)
        self.assertFalse(re.search(r"/my/documents/\d+/upload", self._page()))

    def test_the_contract_leads_to_the_documents(self):
        self._login(self.portal)
        page = self.url_open(self.shared.access_url).text
        self.assertIn('href="/my/documents"', page)
