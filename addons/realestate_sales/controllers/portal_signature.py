from odoo.exceptions import AccessError, MissingError
from odoo.http import request, route

from .portal import PORTAL_STATES, RealestatePortal


class RealestateSignaturePortal(RealestatePortal):
    """Signing a contract: by the login of the signer alone.

    The link of a contract shows it to whoever has it and lets nobody sign. Looking at a
    page changes nothing; codes, signatures and refusals are posted.
    """

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "realestate_signature_count" in counters:
            values["realestate_signature_count"] = len(self._search_to_sign())
        return values

    # === WHO SIGNS === #

    def _get_signature_domain(self):
        return [
            ("signer_id", "=", request.env.user.partner_id.id),
            ("state", "!=", "void"),
            ("contract_id.state", "in", PORTAL_STATES),
        ]

    def _search_signatures(self, *domain):
        """The user's own signatures, those to be given first."""
        # Found by who signs; buyers cannot read signatures.
        signatures = request.env["realestate.signature"].sudo()
        user = request.env.user
        # Staff name proxies: whoever of them buys signs on paper.
        if user._is_public() or user._is_internal():
            return signatures
        found = signatures.search([*self._get_signature_domain(), *domain], order="id")
        return found.sorted(lambda signature: signature.state != "open")

    def _search_to_sign(self, *domain):
        found = self._search_signatures(
            ("state", "=", "open"), ("contract_id.state", "=", "approved"), *domain
        )
        return found.filtered(lambda signature: not signature.is_expired)

    def _contract_check_access(self, contract_id, access_token=None):
        """Who signs for a buyer sees the contract as well."""
        try:
            return super()._contract_check_access(contract_id, access_token)
        except AccessError:
            own = self._search_signatures(("contract_id", "=", contract_id))
            if not own:
                raise
            return own.contract_id

    def _prepare_contract_values(self, contract_sudo, access_token=None):
        values = super()._prepare_contract_values(contract_sudo, access_token)
        to_sign = self._search_to_sign(("contract_id", "=", contract_sudo.id))
        return values | {"to_sign": to_sign[:1]}

    # === PAGE === #

    @route(
        "/my/contracts/<int:contract_id>/sign",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def portal_contract_sign(self, contract_id, **kw):
        """Read the kept text and sign it."""
        try:
            contract_sudo = self._contract_check_access(contract_id)
        except (AccessError, MissingError):
            return request.redirect("/my")
        signature = self._search_signatures(("contract_id", "=", contract_id))[:1]
        values = self._prepare_contract_values(contract_sudo) | {
            "page_name": "realestate_contract_sign",
            "page_title": request.env._("Signature"),
            "signature": signature,
            "closed": signature._closed_message() if signature else "",
            "others": contract_sudo.signature_ids.filtered(
                lambda one: one != signature and one.state in ("open", "signed")
            ),
        }
        return request.render("realestate_sales.portal_sign", values)

    # === POSTED === #

    @route("/my/contracts/<int:contract_id>/sign/code", type="jsonrpc", auth="user")
    def portal_contract_sign_code(self, contract_id, **kw):
        """Mail a one-time code to the signer.

        :return: where to, masked, or what keeps it from being sent
        """
        signature = self._get_own_signature(contract_id)
        error = signature._send_code() if signature else self._not_yours_message()
        return {"error": error} if error else {"sent_to": signature.sent_to}

    @route("/my/contracts/<int:contract_id>/sign/confirm", type="jsonrpc", auth="user")
    def portal_contract_sign_confirm(
        self, contract_id, code=None, name=None, signature=None, tz=None, **kw
    ):
        """Sign with the code, the typed name and the drawn signature."""
        own = self._get_own_signature(contract_id)
        error = self._not_yours_message()
        if own:
            error = own._sign_online(
                code,
                name,
                signature,
                ip=request.httprequest.remote_addr,
                user_agent=request.httprequest.user_agent.string,
                tz=tz,
            )
        return self._answer_signature(contract_id, error)

    @route("/my/contracts/<int:contract_id>/sign/refuse", type="jsonrpc", auth="user")
    def portal_contract_sign_refuse(self, contract_id, reason=None, **kw):
        """Say why one does not sign."""
        own = self._get_own_signature(contract_id)
        error = own._refuse_online(reason) if own else self._not_yours_message()
        return self._answer_signature(contract_id, error)

    def _get_own_signature(self, contract_id):
        return self._search_signatures(("contract_id", "=", contract_id))[:1]

    def _answer_signature(self, contract_id, error):
        if error:
            return {"error": error}
        url = f"/my/contracts/{contract_id}/sign"
        return {"force_refresh": True, "redirect_url": url}

    def _not_yours_message(self):
        return request.env._("There is nothing of yours to sign here.")
