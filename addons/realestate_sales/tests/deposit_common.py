from odoo.fields import Command

from .common import RealestateSalesCommon


class DepositCommon(RealestateSalesCommon):
    """A buyer whose details are known, and a reservation whose fee is paid."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._create_user("books", "account.group_account_invoice")
        cls.buyer.write(
            {
                "street": "1 Mabini Street",
                "city": "Manila",
                "country_id": cls.env.ref("base.ph").id,
                "phone": "+63 900 000 000",
            }
        )

    @classmethod
    def _pay(cls, move, amount=None):
        register = cls.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        )
        values = {} if amount is None else {"amount": amount}
        register.create(values)._create_payments()

    @classmethod
    def _create_deposit(cls, amount=50000, fee=20000, unit=None, **values):
        """A draft on a confirmed reservation whose fee, if any, is paid."""
        reservation = cls._create_reservation(unit, fee=fee)
        if reservation.move_id:
            cls._pay(reservation.move_id)
        return cls.env["realestate.deposit"].create(
            {"reservation_id": reservation.id, "amount": amount, **values}
        )

    @classmethod
    def _create_signed(cls, amount=50000, fee=20000, paid=True, **values):
        deposit = cls._create_deposit(amount, fee, **values)
        deposit.action_sign()
        if paid and deposit.move_id:
            cls._pay(deposit.move_id)
        return deposit

    def _balance(self):
        """Balance by account type, without the bank's accounts; zeros left out."""
        types = ("asset_receivable", "liability_current", "income")
        groups = self.env["account.move.line"]._read_group(
            [
                ("company_id", "=", self.company.id),
                ("parent_state", "=", "posted"),
                ("account_id.account_type", "in", types),
            ],
            ["account_id"],
            ["balance:sum"],
        )
        return {
            account.account_type: self.currency.round(balance)
            for account, balance in groups
            if not self.currency.is_zero(balance)
        }

    def _receivable(self, contract):
        """What accounting has open for ``contract``."""
        lines = self.env["account.move.line"].search(
            [
                ("realestate_contract_id", "=", contract.id),
                ("parent_state", "=", "posted"),
                ("account_id.account_type", "=", "asset_receivable"),
            ]
        )
        return contract.currency_id.round(sum(lines.mapped("amount_residual_currency")))

    @classmethod
    def _in_currency(cls, name, price):
        """A unit at ``price`` in a project of another currency."""
        currency = cls._activate_currency(name)
        cls.env["res.currency.rate"].create(
            {
                "name": "2015-01-01",
                "currency_id": currency.id,
                "company_id": cls.company.id,
                "rate": 1,
            }
        )
        project = cls._create_project(
            name=name, code=f"D{name}", currency_id=currency.id
        )
        building = cls._create_building(project, code=f"D{name}")
        return cls._create_units(1, building=building, price_list=price)

    @classmethod
    def _add_cobuyer(cls, contract, partner):
        main = contract.buyer_ids
        contract.buyer_ids = [
            Command.update(main.id, {"share": 50}),
            Command.create({"partner_id": partner.id, "share": 50}),
        ]
