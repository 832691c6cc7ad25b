import base64

from odoo.exceptions import AccessError, MissingError
from odoo.http import content_disposition, request, route
from odoo.tools.mimetypes import guess_mimetype

from .portal import RealestatePortal

#: Shown by the browser; anything else is saved as a file.
SHOWN = {"application/pdf", "image/png", "image/jpeg"}


class RealestateFeePortal(RealestatePortal):
    """Fees on the page of a contract: what is owed, and what the authority got."""

    def _prepare_contract_values(self, contract_sudo, access_token=None):
        values = super()._prepare_contract_values(contract_sudo, access_token)
        fees = contract_sudo.fee_ids.filtered(lambda one: not one.is_void)
        return {**values, "fees": fees}

    def _get_contract_papers(self, contract_sudo):
        papers = super()._get_contract_papers(contract_sudo)
        if contract_sudo.fee_ids:
            papers["cost_list"] = {
                "title": request.env._("Detailed cost list"),
                "record": contract_sudo,
                "report": "realestate_sales.action_report_cost_list",
            }
        return papers

    @route(
        "/my/contracts/<int:contract_id>/fees/<int:line_id>/receipt",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
    )
    def portal_fee_receipt(self, contract_id, line_id, access_token=None, **kw):
        """The authority's receipt for one fee of the contract; the receipt of a whole
        payment names other buyers and is nobody's here."""
        try:
            contract_sudo = self._contract_check_access(contract_id, access_token)
        except (AccessError, MissingError):
            return request.redirect("/my")
        line = contract_sudo.fee_ids._get_receipt_lines().filtered(
            lambda one: one.id == line_id
        )
        if not line:
            return request.redirect(contract_sudo.access_url)
        return self._fee_receipt_response(line)

    def _fee_receipt_response(self, line):
        content = base64.b64decode(line.with_context(bin_size=False).receipt_file)
        kind = guess_mimetype(content)
        name = line.receipt_filename or line.receipt_number or "receipt"
        headers = [
            ("Content-Type", kind if kind in SHOWN else "application/octet-stream"),
            ("X-Content-Type-Options", "nosniff"),
            ("Content-Security-Policy", "default-src 'none'"),
        ]
        if kind not in SHOWN:
            headers.append(("Content-Disposition", content_disposition(name)))
        return request.make_response(content, headers)
