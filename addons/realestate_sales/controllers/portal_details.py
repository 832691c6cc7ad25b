from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..tools.details import DETAILS


class RealestateDetailPortal(CustomerPortal):
    """A buyer confirms or corrects what the seller knows."""

    @route(
        "/my/details/<int:request_id>",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
    )
    def portal_my_details(self, request_id, **kw):
        """The form, with what is known."""
        asked_sudo = self._find_request(request_id)
        if not asked_sudo:
            return request.redirect("/my")
        return self._render_details(asked_sudo)

    @route(
        "/my/details/<int:request_id>",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_answer_details(self, request_id, **answers):
        """Keep the answer, or show what cannot be read."""
        asked_sudo = self._find_request(request_id)
        if not asked_sudo:
            return request.redirect("/my")
        answers = {name: answers[name] for name in DETAILS if name in answers}
        try:
            with request.env.cr.savepoint():
                asked_sudo.sudo(False).action_answer(answers)
        except UserError as error:
            return self._render_details(asked_sudo, answers, str(error))
        return request.redirect(f"/my/details/{request_id}")

    def _find_request(self, request_id):
        """The request as superuser, found by the user's own rights; else nothing."""
        asked = request.env["realestate.detail.request"].browse(request_id)
        try:
            asked.check_access("read")
        except (AccessError, MissingError):
            return None
        own = request.env.user.partner_id.commercial_partner_id
        # Whom it asks is compared, not shown: buyers do not read each other.
        if asked.sudo().partner_id.commercial_partner_id != own:
            return None
        # It is the user's own: the check stands above.
        return asked.sudo()

    def _render_details(self, asked_sudo, answers=None, error=None):
        # Lines are for staff to read; shown are the buyer's own details.
        lines = request.env["realestate.detail.request.line"].sudo()
        partner = asked_sudo.partner_id
        values = self._prepare_portal_layout_values() | {
            "page_name": "realestate_details",
            "asked": asked_sudo,
            "values": {name: lines._show(partner, name) for name in DETAILS}
            | (answers or {}),
            # Countries are no secret, and buyers do not read them.
            "countries": request.env["res.country"].sudo().search([]),
            "error": error,
        }
        return request.render("realestate_sales.portal_my_details", values)
