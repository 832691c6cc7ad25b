from urllib.parse import urlencode

from odoo.exceptions import AccessError, MissingError
from odoo.http import content_disposition, request, route

from odoo.addons.realestate_sales.controllers.portal import RealestatePortal

from ..tools import period

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class RealestateCollectionPortal(RealestatePortal):
    """The statement of account on the portal: screen, PDF and spreadsheet."""

    @route(
        "/my/contracts/<int:contract_id>/statement",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
    )
    def portal_contract_statement(
        self, contract_id, access_token=None, date_from=None, date_to=None, **kw
    ):
        """The movements on the buyer's account with the running balance."""
        try:
            contract_sudo = self._contract_check_access(contract_id, access_token)
        except (AccessError, MissingError):
            return request.redirect("/my")
        days, error = self._read_period(date_from, date_to)
        values = self._prepare_contract_values(contract_sudo, access_token) | {
            "page_name": "realestate_contract_statement",
            "page_title": request.env._("Statement of account"),
            "statement": contract_sudo._get_statement(*days),
            "date_from": days[0],
            "date_to": days[1],
            "error": error,
            "xlsx_url": self._get_contract_url(
                contract_sudo,
                "/statement.xlsx",
                access_token=access_token,
                date_from=days[0],
                date_to=days[1],
            ),
        }
        return request.render("realestate_collection.portal_statement", values)

    @route(
        "/my/contracts/<int:contract_id>/statement.xlsx",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
    )
    def portal_contract_statement_xlsx(
        self, contract_id, access_token=None, date_from=None, date_to=None, **kw
    ):
        """The statement as a spreadsheet, in the language of the page."""
        try:
            contract_sudo = self._contract_check_access(contract_id, access_token)
        except (AccessError, MissingError):
            return request.redirect("/my")
        days, _error = self._read_period(date_from, date_to)
        content = contract_sudo._get_statement_xlsx(*days)
        name = request.env._(
            "Statement %(number)s.xlsx", number=contract_sudo.name.replace("/", "-")
        )
        return request.make_response(
            content,
            headers=[
                ("Content-Type", XLSX),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(name)),
            ],
        )

    def _get_contract_url(self, contract_sudo, suffix, **parameters):
        """Address of a page of the contract, parameters that are empty left out."""
        given = {name: value for name, value in parameters.items() if value}
        query = f"?{urlencode(given)}" if given else ""
        return f"{contract_sudo.access_url}{suffix}{query}"

    def _read_period(self, date_from, date_to):
        """The period asked for, and what is wrong with it: then it is the whole."""
        try:
            begin, end = period.read_day(date_from), period.read_day(date_to)
        except ValueError:
            return (None, None), request.env._("Write dates as 2026-12-31.")
        if begin and end and begin > end:
            return (None, None), request.env._("The period ends before it begins.")
        return (begin, end), None

    def _prepare_contract_values(self, contract_sudo, access_token=None):
        values = super()._prepare_contract_values(contract_sudo, access_token)
        return values | {
            "maximum": contract_sudo._get_online_maximum(),
            "last_transaction": self._get_last_transaction(contract_sudo),
        }

    def _get_last_transaction(self, contract_sudo):
        """The last online payment, to be shown to who comes back from it."""
        if not request.params.get("paid"):
            return None
        # Buyers may not read transactions; this one is of a contract they see.
        transactions = request.env["payment.transaction"].sudo()
        return transactions.search(
            [("realestate_contract_id", "=", contract_sudo.id)],
            order="id desc",
            limit=1,
        )

    def _get_contract_papers(self, contract_sudo):
        papers = super()._get_contract_papers(contract_sudo)
        papers["statement"] = {
            "title": request.env._("Statement of account"),
            "record": contract_sudo,
            "report": "realestate_collection.action_report_statement",
        }
        return papers
