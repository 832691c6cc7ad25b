from datetime import date
from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from .common import TODAY, RealestateCollectionCommon

#: Fields that tell one invoice from another, not one way of making it from another.
IDENTITY = {
    "id",
    "access_token",
    "analytic_line_ids",
    "create_date",
    "message_ids",
    "name",
    "invoice_line_ids",
    "journal_line_ids",
    "line_ids",
    "realestate_installment_id",
    "sequence_number",
    "write_date",
}
LINE_IDENTITY = IDENTITY | {"matching_number", "move_id", "move_name"}


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestBillingEntry(RealestateCollectionCommon):
    """The entry that billing balances by itself is the one Odoo would have made."""

    def _stored(self, record, without):
        return {
            name: value
            for name, value in record.read(
                [n for n, f in record._fields.items() if f.store and n not in without],
                load=None,
            )[0].items()
            if name not in without
        }

    def _facts(self, move):
        move.invalidate_recordset()
        number = move.name

        def clean(values):
            return {
                name: value.replace(number, "NUMBER")
                if isinstance(value, str)
                else value
                for name, value in values.items()
            }

        lines = move.line_ids.sorted("display_type")
        return (
            clean(self._stored(move, IDENTITY)),
            [clean(self._stored(line, LINE_IDENTITY)) for line in lines],
        )

    def _bill_both_ways(self, **values):
        """The first instalment of twin contracts, billed quickly and plainly."""
        quick = self._create_active(self.units[0], **values)
        self.assertEqual(self.installments.bill_due(limit=1), 1)
        plain = self._create_active(self.units[1], **values)
        quick.sudo().installment_ids[1:].is_void = True
        never = patch.object(
            type(self.installments), "_balance_values", lambda item, vals: False
        )
        with never:
            self.assertEqual(self.installments.bill_due(limit=1), 1)
        return quick.installment_ids[0].move_id, plain.installment_ids[0].move_id

    def _assertSame(self, quick, plain):
        contracts = quick.realestate_contract_id, plain.realestate_contract_id
        (move, lines), (other, other_lines) = self._facts(quick), self._facts(plain)
        same = {contract.id: "contract" for contract in contracts}
        names = {contract.name: "CONTRACT" for contract in contracts}
        names |= {contract.unit_names: "UNIT" for contract in contracts}
        for values in (move, other, *lines, *other_lines):
            values["realestate_contract_id"] = same[values["realestate_contract_id"]]
            for name, value in values.items():
                for text, word in names.items():
                    if isinstance(value, str):
                        value = value.replace(text, word)
                values[name] = value
        self.assertEqual(move, other)
        self.assertEqual(lines, other_lines)

    def test_in_the_company_s_currency(self):
        quick, plain = self._bill_both_ways()
        self._assertSame(quick, plain)
        self.assertEqual(len(quick.line_ids), 2)

    def test_in_a_foreign_currency(self):
        usd = self._activate_currency("USD")
        self.env["res.currency.rate"].create(
            {
                "name": date(2026, 1, 1),
                "currency_id": usd.id,
                "rate": 0.01777,
                "company_id": self.company.id,
            }
        )
        project = self._create_project(currency_id=usd.id, code="USD")
        building = self._create_building(project)
        self.units = self._create_units(2, building, price_list=999999.99)
        quick, plain = self._bill_both_ways()
        self._assertSame(quick, plain)
        self.assertEqual(quick.currency_id, usd)
        self.assertNotEqual(
            quick.line_ids[0].balance, quick.line_ids[0].amount_currency
        )

    def test_with_an_analytic_account(self):
        plan = self.env["account.analytic.plan"].create({"name": "Projects"})
        self.project.analytic_account_id = self.env["account.analytic.account"].create(
            {"name": "East", "plan_id": plan.id, "company_id": self.company.id}
        )
        quick, plain = self._bill_both_ways()
        self._assertSame(quick, plain)
        self.assertEqual(len(quick.line_ids.analytic_line_ids), 1)

    def test_for_a_contact_of_a_firm(self):
        firm = self._create_partner(name="Firm", is_company=True)
        contact = self._create_partner(name="Contact", parent_id=firm.id)
        quick, plain = self._bill_both_ways(partner_id=contact.id)
        self._assertSame(quick, plain)
        self.assertEqual(quick.line_ids.partner_id, firm)

    def test_with_a_receivable_account_of_the_buyer_and_a_fiscal_position(self):
        accounts = self.env["account.account"]
        special, mapped = accounts.create(
            [
                {
                    "name": name,
                    "code": code,
                    "account_type": "asset_receivable",
                    "reconcile": True,
                    "company_ids": [(6, 0, self.company.ids)],
                }
                for name, code in (("Special", "121777"), ("Mapped", "121778"))
            ]
        )
        position = self.env["account.fiscal.position"].create(
            {
                "name": "Abroad",
                "company_id": self.company.id,
                "account_ids": [
                    (0, 0, {"account_src_id": special.id, "account_dest_id": mapped.id})
                ],
            }
        )
        buyer = self.buyer.with_company(self.company)
        buyer.property_account_receivable_id = special
        buyer.property_account_position_id = position
        quick, plain = self._bill_both_ways()
        self._assertSame(quick, plain)
        self.assertIn(mapped, quick.line_ids.account_id)

    # === WHERE ODOO DOES THE WORK === #

    def test_a_tax_is_left_to_odoo(self):
        tax = self.env["account.tax"].create(
            {
                "name": "VAT 12 %",
                "amount": 12,
                "type_tax_use": "sale",
                "company_id": self.company.id,
            }
        )
        product = self.env.ref("realestate_sales.product_installment")
        product.taxes_id = tax
        contract = self._create_billed()
        move = contract.installment_ids[0].move_id
        self.assertEqual(move.amount_untaxed, 100000)
        self.assertEqual(move.amount_total, 112000)
        self.assertEqual(contract.installment_ids[0].amount_residual, 112000)
        self.assertEqual(len(move.line_ids), 3)
        self.assertBooksAgree(contract)

    def test_a_tax_of_the_advance_account_is_left_to_odoo(self):
        tax = self.env["account.tax"].create(
            {
                "name": "VAT 5 %",
                "amount": 5,
                "type_tax_use": "sale",
                "company_id": self.company.id,
            }
        )
        self.company.realestate_advance_account_id.tax_ids = tax
        contract = self._create_billed()
        self.assertEqual(contract.installment_ids[0].move_id.amount_total, 105000)

    def test_cash_rounding_by_default_is_left_to_odoo(self):
        rounding = self.env["account.cash.rounding"].create(
            {
                "name": "To 1,000",
                "rounding": 1000,
                "strategy": "add_invoice_line",
                "profit_account_id": self.company.realestate_advance_account_id.id,
                "loss_account_id": self.company.realestate_advance_account_id.id,
                "rounding_method": "UP",
            }
        )
        self.env["ir.default"].set(
            "account.move", "invoice_cash_rounding_id", rounding.id
        )
        self.units[0].price_list = 1200012
        contract = self._create_billed()
        self.assertEqual(contract.installment_ids[0].amount, 100001)
        self.assertEqual(contract.installment_ids[0].move_id.amount_total, 101000)

    def test_a_mix_of_both_is_billed_in_one_go(self):
        tax = self.env["account.tax"].create(
            {
                "name": "VAT 12 %",
                "amount": 12,
                "type_tax_use": "sale",
                "company_id": self.company.id,
            }
        )
        fee_product = self.env.ref("realestate_sales.product_reservation_fee")
        fee_product.taxes_id = tax
        plan = self._create_plan(
            lines=[
                {
                    "name": "Fee",
                    "kind": "reservation",
                    "amount_type": "amount",
                    "value": 100000,
                },
                {"name": "Rest", "amount_type": "balance"},
            ]
        )
        contract = self._create_billed(plan_id=plan.id)
        totals = contract.installment_ids.move_id.mapped("amount_total")
        self.assertEqual(totals, [112000, 1100000])
