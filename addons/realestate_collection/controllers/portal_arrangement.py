from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request, route

from .portal import RealestateCollectionPortal


class RealestateArrangementPortal(RealestateCollectionPortal):
    """The buyer's side of an arrangement: see it, accept it, refuse it.

    Whoever may see the contract, by login or by its token, may look. Only the buyer who
    is invoiced answers, and with a login: a link is no signature.
    """

    def _prepare_contract_values(self, contract_sudo, access_token=None):
        values = super()._prepare_contract_values(contract_sudo, access_token)
        return values | {"arrangement": contract_sudo._get_shown_arrangement()}

    def _get_contract_papers(self, contract_sudo):
        papers = super()._get_contract_papers(contract_sudo)
        arrangement = contract_sudo._get_shown_arrangement()
        if arrangement:
            papers["arrangement"] = {
                "title": request.env._("Agreement on new payment dates"),
                "record": arrangement,
                "report": "realestate_collection.action_report_arrangement",
            }
        return papers

    @route(
        "/my/contracts/<int:contract_id>/arrangement",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
    )
    def portal_arrangement(self, contract_id, access_token=None, done=None, **kw):
        """The new dates, how they stand, and the buyer's answer."""
        try:
            contract_sudo = self._contract_check_access(contract_id, access_token)
        except (AccessError, MissingError):
            return request.redirect("/my")
        if not contract_sudo._get_shown_arrangement():
            return request.redirect(
                self._get_contract_url(contract_sudo, "", access_token=access_token)
            )
        return self._render_arrangement(contract_sudo, access_token, done=done)

    @route(
        "/my/contracts/<int:contract_id>/arrangement/accept",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_arrangement_accept(self, contract_id, arrangement="", **kw):
        """The buyer accepts; who, when and from where is kept."""
        return self._answer_arrangement(
            contract_id,
            arrangement,
            "accepted",
            lambda offer: offer._accept(
                "portal",
                user=request.env.user,
                address=request.httprequest.remote_addr,
                agent=request.httprequest.user_agent.string,
            ),
        )

    @route(
        "/my/contracts/<int:contract_id>/arrangement/refuse",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_arrangement_refuse(self, contract_id, arrangement="", reason="", **kw):
        """The buyer does not want it."""
        return self._answer_arrangement(
            contract_id,
            arrangement,
            "refused",
            lambda offer: offer._refuse_by_buyer(reason),
        )

    def _answer_arrangement(self, contract_id, number, done, answer):
        """Answer the offer that the buyer has seen, and no other.

        :param number: id of the arrangement on the page
        """
        try:
            contract_sudo = self._contract_check_access(contract_id)
        except (AccessError, MissingError):
            return request.redirect("/my")
        offer = contract_sudo._get_shown_arrangement()
        try:
            with request.env.cr.savepoint():
                self._check_answer(offer, number)
                answer(offer)
        except UserError as error:
            if not contract_sudo._get_shown_arrangement():
                return request.redirect(contract_sudo.access_url)
            return self._render_arrangement(contract_sudo, error=str(error))
        suffix = "/arrangement" if done == "accepted" else ""
        return request.redirect(
            self._get_contract_url(contract_sudo, suffix, done=done)
        )

    def _check_answer(self, offer, number):
        if not offer or str(offer.id) != number:
            raise UserError(
                request.env._("The offer has changed. Please look at it again.")
            )
        if not offer._is_buyer(request.env.user):
            raise AccessError(
                request.env._("Only the buyer who is invoiced answers this offer.")
            )

    def _render_arrangement(self, contract_sudo, access_token=None, **values):
        arrangement = contract_sudo._get_shown_arrangement()
        values = {"done": None, "error": "", **values}
        values |= self._get_page_view_values(
            contract_sudo,
            access_token,
            self._prepare_contract_values(contract_sudo, access_token),
            "my_contracts_history",
            False,
        )
        is_user = not request.env.user._is_public()
        values |= {
            "page_name": "realestate_contract_arrangement",
            "page_title": request.env._("New payment dates"),
            "arrangement": arrangement,
            "texts": arrangement._get_page_texts(),
            "besides": arrangement._get_besides(),
            "may_answer": is_user and arrangement._is_buyer(request.env.user),
            "may_log_in": not is_user,
        }
        return request.render("realestate_collection.portal_arrangement", values)
