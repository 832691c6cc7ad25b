import re
from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import JsonRpcException
from odoo.tools import mute_logger

from odoo.addons.realestate_sales.tests.test_portal import PortalCase

from .common import RealestateCollectionCommon


class CollectionPortalCase(PortalCase, RealestateCollectionCommon):
    """The buyer's contract of twelve months at 100,000, two of them billed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_bought(cls.units[1])
        cls.url = cls.contract.access_url

    @classmethod
    def _create_bought(cls, unit, months=2, state="active", **values):
        """A contract of the buyer, ``months`` of its instalments due and billed."""
        start = fields.Date.today() - timedelta(days=31 * months)
        contract = cls._create_contract(
            unit,
            state=state,
            **{"partner_id": cls.buyer.id, "date_contract": start, **values},
        )
        cls.installments.bill_due()
        return contract

    @classmethod
    def _create_shared(cls, unit):
        """A contract of the buyer together with the stranger."""
        return cls._create_bought(
            unit,
            buyer_ids=[
                Command.create(
                    {"partner_id": cls.buyer.id, "share": 60, "is_main": True}
                ),
                Command.create({"partner_id": cls.stranger.partner_id.id, "share": 40}),
            ],
        )

    @classmethod
    def _offer(cls, contract):
        today = fields.Date.context_today(contract)
        arrangement = cls.env["realestate.arrangement"].create(
            {
                "contract_id": contract.id,
                "part_count": 2,
                "date_first": fields.Date.add(today, days=10),
            }
        )
        arrangement.with_user(cls.collector).action_submit()
        arrangement.with_user(cls.collection_manager).action_approve()
        arrangement.action_offer()
        return arrangement

    def _csrf(self):
        """A token of the session, for pages that offer no form."""
        page = self.url_open("/my/account").text
        return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page).group(1)


class PortalPaymentCase(CollectionPortalCase):
    """A payment provider that does nothing by itself, and requests of its form."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.method = cls.env.ref("payment.payment_method_unknown")
        cls.provider = cls._create_provider()
        cls.method.write({"active": True, "support_tokenization": True})
        cls.transactions = cls.env["payment.transaction"].search([])

    @classmethod
    def _create_provider(cls, company=None, **values):
        form = cls.env["ir.ui.view"].create(
            {"name": "Form", "type": "qweb", "arch": "<form action='x' method='post'/>"}
        )
        company = company or cls.company
        provider = cls.env["payment.provider"].create(
            {
                "name": "Test Bank",
                "code": "none",
                "state": "test",
                "is_published": True,
                "company_id": company.id,
                "payment_method_ids": [Command.set(cls.method.ids)],
                "allow_tokenization": True,
                "redirect_form_view_id": form.id,
                **values,
            }
        )
        journal = company.realestate_bank_journal_id
        journal.inbound_payment_method_line_ids[:1].payment_provider_id = provider
        return provider

    @classmethod
    def _create_token(cls, partner):
        return cls.env["payment.token"].create(
            {
                "provider_id": cls.provider.id,
                "payment_method_id": cls.method.id,
                "payment_details": "1234",
                "partner_id": partner.id,
                "provider_ref": "saved",
            }
        )

    # === REQUESTS === #

    def _request(self, contract=None, **params):
        """Ask for a transaction as the payment form does; its processing values."""
        contract = contract or self.contract
        return self.make_jsonrpc_request(
            f"/my/contracts/{contract.id}/transaction",
            {
                "access_token": None,
                "provider_id": self.provider.id,
                "payment_method_id": self.method.id,
                "token_id": None,
                "amount": 100000.0,
                "flow": "redirect",
                "tokenization_requested": False,
                "landing_route": contract.access_url,
                **params,
            },
        )

    def _request_transaction(self, contract=None, **params):
        self._request(contract, **params)
        return self._get_new_transactions()

    def _get_new_transactions(self):
        found = self.env["payment.transaction"].search([])
        return found - self.transactions

    def _assert_refused(self, contract=None, **params):
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
            self._request(contract, **params)
        self.assertFalse(self._get_new_transactions())

    def _pay_online(self, amount, contract=None):
        """Pay ``amount`` as the user who is logged in, up to the booking."""
        known = self._get_new_transactions()
        transaction = self._request_transaction(contract, amount=amount) - known
        transaction._set_done()
        transaction._post_process()
        return transaction
