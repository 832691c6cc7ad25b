from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.http import request, route

from odoo.addons.payment.controllers.portal import PaymentPortal

from .portal import RealestateCollectionPortal


class RealestatePaymentPortal(PaymentPortal, RealestateCollectionPortal):
    """Paying a contract online with Odoo's payment engine.

    Nothing that decides about money comes from the browser: contract, currency, payer
    and the page to land on are the server's, the amount is checked against what is
    owed, the provider against those offered for this contract.
    """

    # === PAGES === #

    @route(
        "/my/contracts/<int:contract_id>/pay",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def portal_contract_pay(self, contract_id, access_token=None, amount=None, **kw):
        """Choose an amount and how to pay it."""
        try:
            contract_sudo = self._contract_check_access(contract_id, access_token)
        except (AccessError, MissingError):
            return request.redirect("/my")
        choices = contract_sudo._get_online_choices()
        for choice in choices:
            choice["url"] = self._get_contract_url(
                contract_sudo,
                "/pay",
                access_token=access_token,
                amount=choice["amount"],
            )
        chosen, error = self._choose_amount(contract_sudo, amount, choices)
        values = self._prepare_contract_values(contract_sudo, access_token) | {
            "page_name": "realestate_contract_pay",
            "page_title": request.env._("Payment"),
            "choices": choices,
            "error": error,
            "amount": chosen,
        }
        if chosen:
            values |= self._get_contract_payment_values(contract_sudo, chosen)
        return request.render("realestate_collection.portal_pay", values)

    def _choose_amount(self, contract_sudo, amount, choices):
        """The amount to offer and what is wrong with the one asked for."""
        default = choices[0]["amount"] if choices else 0.0
        if not amount:
            return default, None
        try:
            return contract_sudo._check_online_amount(self._cast_as_float(amount)), None
        except UserError as error:
            return default, str(error)

    def _get_contract_payment_values(self, contract_sudo, amount):
        """What Odoo's payment form needs, for this contract and amount."""
        partner_sudo = self._get_payer(contract_sudo)
        offer = self._get_payment_offer(contract_sudo, partner_sudo, amount)
        company = contract_sudo.company_id
        return {
            **offer,
            "amount": amount,
            "currency": contract_sudo.currency_id,
            "partner_id": partner_sudo.id,
            "reference_prefix": contract_sudo.name,
            "show_tokenize_input_mapping": self._compute_show_tokenize_input_mapping(
                offer["providers_sudo"]
            ),
            "company_mismatch": not self._can_partner_pay_in_company(
                partner_sudo, company
            ),
            "expected_company": company,
            "transaction_route": f"{contract_sudo.access_url}/transaction",
            "landing_route": contract_sudo.access_url,
            "access_token": contract_sudo._portal_ensure_token(),
        }

    def _get_payer(self, contract_sudo):
        """Who pays: the user, or for a visitor with the link the main buyer."""
        user = request.env.user
        return contract_sudo.partner_id if user._is_public() else user.partner_id

    def _get_payment_offer(self, contract_sudo, partner_sudo, amount):
        """The providers, methods and saved methods offered to this payer.

        A visitor with the link is offered nobody's saved methods.
        """
        report = {}
        currency = {"currency_id": contract_sudo.currency_id.id, "report": report}
        # Buyers may not read providers, methods and saved methods: shown for them.
        providers = request.env["payment.provider"].sudo()
        providers = providers._get_compatible_providers(
            contract_sudo.company_id.id, partner_sudo.id, amount, **currency
        )
        methods = request.env["payment.method"].sudo()
        methods = methods._get_compatible_payment_methods(
            providers.ids, partner_sudo.id, **currency
        )
        tokens = request.env["payment.token"].sudo()
        if not request.env.user._is_public():
            tokens = tokens._get_available_tokens(providers.ids, partner_sudo.id)
        return {
            "providers_sudo": providers,
            "payment_methods_sudo": methods,
            "tokens_sudo": tokens,
            "availability_report": report,
        }

    # === TRANSACTION === #

    @route("/my/contracts/<int:contract_id>/transaction", type="jsonrpc", auth="public")
    def portal_contract_transaction(self, contract_id, access_token=None, **kwargs):
        """Make a draft transaction for the contract.

        :param kwargs: what Odoo's payment form sends: provider, method, saved method,
            flow, amount. Its landing page and validation flag are not listened to.
        :return: the values with which the form goes on
        :raises ValidationError: no access, or a contract, amount or provider that
            cannot be paid
        """
        try:
            contract_sudo = self._contract_check_access(contract_id, access_token)
        except (AccessError, MissingError) as error:
            raise ValidationError(
                request.env._("This link does not open the contract.")
            ) from error
        self._validate_transaction_kwargs(kwargs)
        partner_sudo = self._get_payer(contract_sudo)
        amount = contract_sudo._check_online_amount(kwargs.pop("amount", None))
        offer = self._get_payment_offer(contract_sudo, partner_sudo, amount)
        self._check_offered(offer, **kwargs)
        kwargs |= {
            "amount": amount,
            "currency_id": contract_sudo.currency_id.id,
            "partner_id": partner_sudo.id,
            "landing_route": self._get_landing_route(contract_sudo, access_token),
            "is_validation": False,
        }
        tx_sudo = self._create_transaction(
            custom_create_values={"realestate_contract_id": contract_sudo.id}, **kwargs
        )
        return tx_sudo._get_processing_values()

    def _get_landing_route(self, contract_sudo, access_token):
        """Back to the contract, by the way the payer came."""
        if request.env.user._is_public():
            return contract_sudo.get_portal_url(query_string="&paid=1")
        return f"{contract_sudo.access_url}?paid=1"

    def _check_offered(
        self,
        offer,
        provider_id=None,
        payment_method_id=None,
        token_id=None,
        flow=None,
        **kwargs,
    ):
        """Refuse ways to pay that the page did not offer: Odoo takes any provider id,
        also that of a disabled one or of another company."""
        if flow == "token":
            is_offered = token_id in offer["tokens_sudo"].ids
        else:
            methods = offer["payment_methods_sudo"].filtered(
                lambda method: provider_id in method.provider_ids.ids
            )
            is_offered = payment_method_id in methods.ids
        if not is_offered or provider_id not in offer["providers_sudo"].ids:
            raise ValidationError(
                request.env._("This way to pay is not offered. Choose another one.")
            )
