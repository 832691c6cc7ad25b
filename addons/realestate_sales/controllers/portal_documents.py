from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..tools import upload
from .portal import PORTAL_STATES


class RealestateDocumentPortal(CustomerPortal):
    """What a buyer still owes, and the buyer's own papers."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "realestate_document_count" in counters:
            values["realestate_document_count"] = len(self._search_own_documents())
        return values

    @route("/my/documents", type="http", auth="user", methods=["GET"], website=True)
    def portal_my_documents(self, done=None, **kw):
        """Each contract with what the user owes, what is checked and what is there."""
        return self._render_documents(done=done)

    @route(
        "/my/documents/<int:document_id>/upload",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_upload_document(self, document_id, file=None, **kw):
        """Hand a file in; what is wrong with it is said beside it."""
        document = request.env["realestate.document"].browse(document_id)
        try:
            document.check_access("read")
        except (AccessError, MissingError):
            return request.redirect("/my/documents")
        try:
            with request.env.cr.savepoint():
                document.action_receive(*self._read_upload(file))
        except UserError as error:
            return self._render_documents(errors={document_id: str(error)})
        return request.redirect(f"/my/documents?done={document_id}")

    def _read_upload(self, file):
        """Content and name of a file of the form, not more than what is told apart from
        a file that is too large."""
        if not getattr(file, "filename", None):
            return b"", ""
        return file.stream.read(upload.MAX_BYTES + 1), file.filename

    def _render_documents(self, errors=None, done=None):
        values = self._prepare_portal_layout_values() | {
            "page_name": "realestate_documents",
            "rows": self._prepare_document_rows(),
            "asked": self._search_detail_requests(),
            "errors": errors or {},
            "done": int(done) if str(done or "").isdecimal() else 0,
            "limit": upload.MAX_BYTES // 1024 // 1024,
        }
        return request.render("realestate_sales.portal_my_documents", values)

    def _search_detail_requests(self):
        """The requests to confirm details that wait for the user."""
        requests = request.env["realestate.detail.request"]
        if not requests.has_access("read"):
            return requests
        partner = request.env.user.partner_id.commercial_partner_id
        return requests.search(
            [("partner_id", "child_of", partner.ids), ("state", "=", "sent")]
        )

    def _search_own_documents(self):
        """The documents the user owes, found by the user's own rights."""
        documents = request.env["realestate.document"]
        if not documents.has_access("read"):
            return documents
        return documents.search(self._get_own_domain() + [("is_owed", "=", True)])

    def _get_own_domain(self):
        partner = request.env.user.partner_id.commercial_partner_id
        return [
            ("side", "=", "buyer"),
            ("partner_id", "child_of", partner.ids),
            ("contract_id.state", "in", PORTAL_STATES),
        ]

    def _prepare_document_rows(self):
        """One row a contract: own papers, those of the company, and how much the other
        buyers owe, without which papers."""
        documents = request.env["realestate.document"]
        contracts = request.env["realestate.contract"]
        if not documents.has_access("read"):
            return []
        partner = request.env.user.partner_id.commercial_partner_id
        contracts = contracts.search(
            [
                ("buyer_ids.partner_id", "child_of", partner.ids),
                ("state", "in", PORTAL_STATES),
            ]
        )
        own = documents.search(self._get_own_domain(), order="date_due, id")
        shared = documents.search(
            [("side", "=", "company"), ("contract_id", "in", contracts.ids)]
        )
        # Found by the user's own rights; the types are for staff to read.
        return [
            self._prepare_document_row(contract.sudo(), own.sudo(), shared.sudo())
            for contract in contracts
        ]

    def _prepare_document_row(self, contract, own, shared):
        own = own.filtered(lambda one: one.contract_id == contract)
        others = contract.document_ids.filtered(
            lambda one: one.is_owed and one.partner_id and one not in own
        )
        return {
            "contract": contract,
            "owed": own.filtered("is_owed"),
            "checked": own.filtered(lambda one: one.state == "received"),
            "there": own.filtered(
                lambda one: one.state in ("accepted", "waived") and not one.is_owed
            ),
            "shared": shared.filtered(lambda one: one.contract_id == contract),
            "others": [
                (partner.name, len(papers))
                for partner, papers in others.grouped("partner_id").items()
            ],
        }
