from odoo.fields import Command

from .common import RealestateSalesCommon


class FeeCommon(RealestateSalesCommon):
    """A home of 1,000,000 and 50 m², and a deed tax of 2 % held for the city."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._create_user("books", "account.group_account_invoice")
        cls.city = cls._create_partner(name="City Treasury", is_company=True)
        cls.deed = cls._create_type()
        cls.account = cls.company.realestate_fee_account_id

    # === FACTORIES === #

    @classmethod
    def _create_type(cls, **values):
        return cls.env["realestate.fee.type"].create(
            {
                "name": "Deed Tax",
                "code": "DEED",
                "company_id": cls.company.id,
                "partner_id": cls.city.id,
                "rate": 2,
                **values,
            }
        )

    @classmethod
    def _create_signed(cls, unit=None, **values):
        """A contract signed today, its fees charged with it."""
        return cls._create_contract(unit, state="signed", **values)

    @classmethod
    def _get_fee(cls, contract, kind=None):
        kind = kind or cls.deed
        return contract.fee_ids.filtered(lambda one: one.type_id == kind)

    @classmethod
    def _pay(cls, move, amount=None):
        register = cls.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        )
        values = {} if amount is None else {"amount": amount}
        register.create(values)._create_payments()

    @classmethod
    def _create_payout(cls, fees, **values):
        lines = [
            Command.create({"fee_id": one.id, "amount": one.amount_held})
            for one in fees
        ]
        return cls.env["realestate.fee.payout"].create(
            {
                "company_id": cls.company.id,
                "currency_id": fees.currency_id.id,
                "partner_id": cls.city.id,
                "line_ids": lines,
                **values,
            }
        )

    # === ASSERTIONS === #

    def _balance(self, *types):
        """Balance by account type of what is posted; zeros left out."""
        groups = self.env["account.move.line"]._read_group(
            [
                ("company_id", "=", self.company.id),
                ("parent_state", "=", "posted"),
            ],
            ["account_id"],
            ["balance:sum"],
        )
        balance = {}
        for account, amount in groups:
            kind = "fees" if account == self.account else account.account_type
            balance[kind] = round(balance.get(kind, 0) + amount, 4)
        return {kind: amount for kind, amount in balance.items() if amount}

    def assertProven(self):
        """What the fees say is owed is what their accounts say."""
        self.env.flush_all()
        rows = self.env["realestate.fee.account"].search(
            [("company_id", "=", self.company.id)]
        )
        rows.invalidate_recordset()
        for row in rows:
            self.assertFalse(row.amount_difference, row.account_id.name)
        return rows
