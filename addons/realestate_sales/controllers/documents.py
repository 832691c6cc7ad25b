from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import content_disposition, request

#: What a browser shows without running anything of it.
SHOWN = ("application/pdf", "image/jpeg", "image/png")


class RealestateDocuments(http.Controller):
    """The files of documents, for whoever may see them."""

    @http.route(
        "/realestate/documents/<int:document_id>/file",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def show_file(self, document_id, **kw):
        """The file in the browser. Staff's looks at identity papers are recorded, so
        this is not read-only."""
        document = request.env["realestate.document"].browse(document_id).exists()
        try:
            content = document._read_file() if document else None
        except (AccessError, MissingError, UserError):
            content = None
        if content is None:
            raise request.not_found()
        shown = document.mimetype in SHOWN
        headers = [
            ("Content-Type", document.mimetype),
            (
                "Content-Disposition",
                content_disposition(
                    document.filename, "inline" if shown else "attachment"
                ),
            ),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-store"),
        ]
        return request.make_response(content, headers)
