from odoo.exceptions import AccessError, MissingError
from odoo.http import request, route

from .portal import RealestatePortal


class RealestateMortgagePortal(RealestatePortal):
    """The buyer's side of a loan: where it is, when to be at the bank, what is missing.

    Stages and the appointment are shown to whoever may see the contract; the amount
    and the papers are the borrower's own.
    """

    def _prepare_contract_values(self, contract_sudo, access_token=None):
        values = super()._prepare_contract_values(contract_sudo, access_token)
        return values | {"mortgage": self._get_mortgage(contract_sudo)}

    def _get_mortgage(self, contract_sudo):
        """The mortgage that the buyers see: the live one, else the last refused."""
        refused = contract_sudo.mortgage_ids.filtered("date_refused")
        return contract_sudo.mortgage_id or refused.sorted("id")[-1:]

    @route(
        "/my/contracts/<int:contract_id>/loan",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
    )
    def portal_mortgage(self, contract_id, access_token=None, **kw):
        """The stages of the loan, with what the buyer has to do now."""
        try:
            contract_sudo = self._contract_check_access(contract_id, access_token)
        except (AccessError, MissingError):
            return request.redirect("/my")
        mortgage = self._get_mortgage(contract_sudo)
        if not mortgage:
            return request.redirect(contract_sudo.access_url)
        values = self._prepare_contract_values(contract_sudo, access_token)
        values = self._get_page_view_values(
            contract_sudo, access_token, values, "my_contracts_history", False
        )
        own = mortgage.partner_id.commercial_partner_id
        values |= {
            "page_title": request.env._("Your loan"),
            "steps": mortgage._get_portal_steps(),
            "is_borrower": own == request.env.user.partner_id.commercial_partner_id,
            "missing": mortgage._get_missing_types(),
        }
        return request.render("realestate_sales.portal_mortgage", values)
