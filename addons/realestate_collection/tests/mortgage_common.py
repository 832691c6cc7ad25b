from datetime import date

from odoo.addons.realestate_sales.tests.mortgage_common import MortgageFactories

from .dunning_common import DunningCommon


class MortgageCommon(MortgageFactories, DunningCommon):
    """An active contract of twelve months at 100,000, seven of which a bank pays."""

    lent = 700000
    begun = date(2026, 3, 1)

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
