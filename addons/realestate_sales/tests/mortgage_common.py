from datetime import date

from odoo.fields import Command

from .common import RealestateSalesCommon

#: The day these tests are played on.
TODAY = "2026-03-10 04:00:00"


class MortgageFactories:
    """Mortgages walked along by their own buttons, for tests of this addon and of those
    that build on it. An heir has ``contract``, ``programme`` and ``loan_officer``."""

    #: What is lent and since when, where a test says nothing of it.
    lent = 600000
    begun = date(2026, 2, 1)

    @classmethod
    def _create_mortgage(cls, contract=None, stage="documents", **values):
        """A mortgage walked to ``stage``."""
        mortgage = cls.env["realestate.mortgage"].create(
            {
                "contract_id": (contract or cls.contract).id,
                "programme_id": cls.programme.id,
                "amount_commercial": cls.lent,
                "user_id": cls.loan_officer.id,
                "date_start": cls.begun,
                **values,
            }
        )
        cls._walk_mortgage(mortgage, stage)
        return mortgage

    @classmethod
    def _walk_mortgage(cls, mortgage, stage):
        """Press the buttons one after the other until it waits for ``stage``."""
        for button in (
            "complete_documents",
            "visit",
            "notarize",
            "submit",
            "approve",
            "seal",
            "register",
        ):
            if mortgage.stage == stage:
                return
            if button == "complete_documents":
                cls._settle_papers(mortgage)
            getattr(mortgage, f"action_{button}")()

    @classmethod
    def _settle_papers(cls, mortgage):
        papers = mortgage.document_ids
        papers.filtered(lambda one: not one._is_settled()).action_waive("Seen")


class MortgageCommon(MortgageFactories, RealestateSalesCommon):
    """A contract at 1,000,000 of one buyer, and a bank that lends 70 % of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._create_user("accountant", "account.group_account_invoice")
        cls.bank = cls._create_partner(name="Harbour Bank", is_company=True)
        cls.programme = cls._create_programme()
        cls.contract = cls._create_contract(state="approved")

    @classmethod
    def _create_programme(cls, **values):
        return cls.env["realestate.bank.programme"].create(
            {
                "name": "First Home",
                "partner_id": cls.bank.id,
                "company_id": cls.company.id,
                "currency_id": cls.currency.id,
                "rate": 6,
                **values,
            }
        )

    @classmethod
    def _create_type(cls, code, **values):
        return cls.env["realestate.document.type"].create(
            {"name": code.title(), "code": code, **values}
        )

    @classmethod
    def _share(cls, partner):
        """Buyers of a contract: the buyer and ``partner``, half each."""
        return [
            Command.create({"partner_id": cls.buyer.id, "share": 50, "is_main": True}),
            Command.create({"partner_id": partner.id, "share": 50}),
        ]
