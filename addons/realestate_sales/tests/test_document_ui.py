from odoo.tests import HttpCase, tagged

from .document_common import PDF
from .test_document_rights import DocumentRightsCase


@tagged("post_install", "-at_install")
class TestDocumentUi(HttpCase, DocumentRightsCase):
    def test_a_paper_is_refused_at_the_desk_and_sent_again_by_the_buyer(self):
        for user in (self.supervisor, self.portal):
            user.password = user.login
        self._hand_in(self.own)
        (self.shared.document_ids - self.own - self.own_identity).unlink()
        self.contract.document_ids.unlink()
        self.start_tour(
            "/odoo/action-realestate_sales.realestate_document_action",
            "realestate_documents_desk",
            login=self.supervisor.login,
        )
        self.assertEqual(
            (self.own.state, self.own.refuse_reason), ("refused", "Page 2 is missing")
        )
        self.start_tour("/my", "realestate_documents_portal", login=self.portal.login)
        self.assertEqual(
            (self.own.state, self.own.user_received_id), ("received", self.portal)
        )
        self.assertNotEqual(self.own.file_size, len(PDF))
