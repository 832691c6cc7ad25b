# Pylint takes the environment of a class this deep for a function.
# pylint: disable=unsubscriptable-object
from datetime import date

from .dunning_common import DunningCommon


class MortgageCommon(DunningCommon):
    """An active contract of twelve months at 100,000, seven of which a bank pays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lender = cls._create_partner(name="Harbour Bank", is_company=True)
        cls.programme = cls.env["realestate.bank.programme"].create(
            {
                "name": "First Home",
                "partner_id": cls.lender.id,
                "company_id": cls.company.id,
                "currency_id": cls.currency.id,
            }
        )
        cls.contract = cls._create_active()
        cls.mortgage = cls._create_mortgage()

    @classmethod
    def _create_mortgage(cls, contract=None, stage="documents", **values):
        mortgage = cls.env["realestate.mortgage"].create(
            {
                "contract_id": (contract or cls.contract).id,
                "programme_id": cls.programme.id,
                "amount_commercial": 700000,
                "user_id": cls.loan_officer.id,
                "date_start": date(2026, 3, 1),
                **values,
            }
        )
        cls._walk_mortgage(mortgage, stage)
        return mortgage

    @classmethod
    def _walk_mortgage(cls, mortgage, stage):
        """Press the buttons one after the other until it waits for ``stage``."""
        papers = mortgage.document_ids
        papers.filtered(lambda one: one.state == "missing").action_waive("Seen")
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
            getattr(mortgage, f"action_{button}")()
