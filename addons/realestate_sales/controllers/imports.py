from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import content_disposition, request


class RealestateImportFiles(http.Controller):
    """Files to begin an import with, for whoever may import."""

    @http.route(
        "/realestate_sales/import/sample/<string:kind>",
        type="http",
        auth="user",
        readonly=True,
    )
    def download_sample(self, kind):
        """A small file of the kind, filled in as an example."""
        return self._download(lambda imports: imports._write_sample(kind))

    @http.route(
        "/realestate_sales/import/units/<int:project_id>",
        type="http",
        auth="user",
        readonly=True,
    )
    def download_units(self, project_id):
        """All units of a project as they are, to be changed and loaded again."""
        project = request.env["realestate.project"].browse(project_id).exists()
        if not project:
            raise request.not_found()
        return self._download(lambda imports: imports._write_units(project))

    def _download(self, write):
        imports = request.env["realestate.import"]
        try:
            imports._check_manager()
            name, content = write(imports)
        except (AccessError, KeyError, MissingError):
            raise request.not_found() from None
        headers = [
            ("Content-Type", "application/octet-stream"),
            ("Content-Disposition", content_disposition(name)),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-store"),
        ]
        return request.make_response(content, headers)
