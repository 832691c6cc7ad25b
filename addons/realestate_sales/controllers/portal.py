from odoo.exceptions import AccessError, MissingError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

#: States in which a buyer sees a contract; the record rules of the portal say the same.
PORTAL_STATES = ("approved", "signed", "sealed", "active", "completed")


class RealestatePortal(CustomerPortal):
    """A buyer's contracts: list, one contract, its papers.

    Records are found with the rights of the user or by the contract's access token;
    only then are they read as superuser, and the templates show what a buyer may see.
    """

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "realestate_contract_count" in counters:
            values["realestate_contract_count"] = self._count_contracts()
        return values

    # === LIST === #

    @route(
        ["/my/contracts", "/my/contracts/page/<int:page>"],
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        readonly=True,
    )
    def portal_my_contracts(self, page=1, sortby=None, **kw):
        """The contracts in which the user is a buyer."""
        sortings = self._get_contract_sortings()
        sortby = sortby if sortby in sortings else "date"
        links = pager(
            url="/my/contracts",
            total=self._count_contracts(),
            page=page,
            step=self._items_per_page,
            url_args={"sortby": sortby},
        )
        values = self._prepare_portal_layout_values() | {
            "contracts": self._search_contracts(
                order=sortings[sortby]["order"],
                limit=self._items_per_page,
                offset=links["offset"],
            ),
            "page_name": "realestate_contracts",
            "pager": links,
            "default_url": "/my/contracts",
            "searchbar_sortings": sortings,
            "sortby": sortby,
        }
        return request.render("realestate_sales.portal_my_contracts", values)

    def _get_contracts_domain(self):
        partner = request.env.user.partner_id.commercial_partner_id
        return [
            ("buyer_ids.partner_id", "child_of", partner.ids),
            ("state", "in", PORTAL_STATES),
        ]

    def _count_contracts(self):
        contracts = request.env["realestate.contract"]
        if not contracts.has_access("read"):
            return 0
        return contracts.search_count(self._get_contracts_domain())

    def _search_contracts(self, **options):
        contracts = request.env["realestate.contract"]
        if not contracts.has_access("read"):
            return contracts
        # Found by the user's own rights; buyers cannot read units and projects.
        return contracts.search(self._get_contracts_domain(), **options).sudo()

    def _get_contract_sortings(self):
        return {
            "date": {
                "label": request.env._("Newest"),
                "order": "date_contract desc, id desc",
            },
            "name": {"label": request.env._("Number"), "order": "name"},
            "amount": {
                "label": request.env._("Price"),
                "order": "amount_total desc, id desc",
            },
            "state": {"label": request.env._("State"), "order": "state, name"},
        }

    # === ONE CONTRACT === #

    @route(
        "/my/contracts/<int:contract_id>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
    )
    def portal_my_contract(
        self, contract_id, access_token=None, report_type=None, download=None, **kw
    ):
        """One contract, or its paper with ``report_type=pdf``."""
        try:
            contract_sudo = self._contract_check_access(contract_id, access_token)
        except (AccessError, MissingError):
            return request.redirect("/my")
        if report_type == "pdf":
            return self._show_contract_paper(contract_sudo, "contract", download)
        values = self._prepare_contract_values(contract_sudo, access_token)
        values = self._get_page_view_values(
            contract_sudo, access_token, values, "my_contracts_history", False, **kw
        )
        return request.render("realestate_sales.portal_my_contract", values)

    @route(
        "/my/contracts/<int:contract_id>/papers/<string:paper>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
    )
    def portal_contract_paper(
        self, contract_id, paper, access_token=None, download=None, **kw
    ):
        """A paper of the contract as PDF; see :meth:`_get_contract_papers`."""
        try:
            contract_sudo = self._contract_check_access(contract_id, access_token)
        except (AccessError, MissingError):
            return request.redirect("/my")
        return self._show_contract_paper(contract_sudo, paper, download)

    def _contract_check_access(self, contract_id, access_token=None):
        """The contract as superuser, for whoever may see it.

        A token opens a contract only in the states in which its buyers see it: one
        mailed with a contract that was cancelled since opens nothing.

        :raises AccessError: neither rights nor token, or a contract buyers do not see
        :raises MissingError: no such contract
        """
        contract_sudo = self._document_check_access(
            "realestate.contract", contract_id, access_token
        )
        if request.env.user.share and contract_sudo.state not in PORTAL_STATES:
            raise AccessError(
                request.env._(
                    "Contract %(contract)s is not open to its buyers.",
                    contract=contract_sudo.name,
                )
            )
        return contract_sudo

    def _prepare_contract_values(self, contract_sudo, access_token=None):
        """What the page of one contract shows; downstream addons add theirs."""
        installments = contract_sudo.installment_ids.filtered(lambda i: not i.is_void)
        return {
            "page_name": "realestate_contract",
            "contract": contract_sudo,
            "installments": installments,
            "next_installment": self._get_next_installment(installments),
            "papers": self._get_contract_papers(contract_sudo),
            # Who came by the link keeps it in every link of the page.
            "url_token": access_token,
            "token_query": f"?access_token={access_token}" if access_token else "",
            "res_company": contract_sudo.company_id,
        }

    def _get_next_installment(self, installments):
        """The instalment to pay next: the first open one, else the first to come."""
        is_open = installments.filtered(lambda i: i.state in ("billed", "partial"))
        return (is_open or installments.filtered(lambda i: i.state == "planned"))[:1]

    # === PAPERS === #

    def _get_contract_papers(self, contract_sudo):
        """The papers a buyer of this contract may download.

        :return: dict of key in the address: title, record to print and report
        """
        papers = {
            "contract": {
                "title": request.env._("Sales contract"),
                "record": contract_sudo,
                "report": "realestate_sales.action_report_contract",
            }
        }
        if contract_sudo.reservation_id:
            papers["reservation"] = {
                "title": request.env._("Reservation form"),
                "record": contract_sudo.reservation_id,
                "report": "realestate_sales.action_report_reservation",
            }
        return papers

    def _show_contract_paper(self, contract_sudo, key, download):
        paper = self._get_contract_papers(contract_sudo).get(key)
        if not paper:
            return request.redirect(contract_sudo.access_url)
        return self._show_report(
            model=paper["record"],
            report_type="pdf",
            report_ref=paper["report"],
            download=download,
        )
