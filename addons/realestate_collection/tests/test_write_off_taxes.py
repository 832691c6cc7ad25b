from datetime import date

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import TODAY, RealestateCollectionCommon

RECEIVABLE = "asset_receivable"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestWriteOffTaxes(RealestateCollectionCommon):
    """What write-offs say in tax reports, in the chart and with the taxes of a
    country: two instalments of 110,000,000 with 10 % in them are open."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.national = cls._create_vietnamese_company()
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.national.ids}
        )
        cls.national = cls.national.with_env(cls.env)
        cls.installments = cls.installments.with_env(cls.env)
        cls.chart = cls.env["account.chart.template"].with_company(cls.national)
        cls.tax = cls.chart.ref("tax_sale_vat10")
        cls.tax.price_include_override = "tax_included"
        product = cls.env.ref("realestate_sales.product_installment")
        product.taxes_id = cls.tax
        project = cls._create_project(
            company_id=cls.national.id,
            currency_id=cls.national.currency_id.id,
            code="NAT",
        )
        units = cls._create_units(
            2, cls._create_building(project), price_list=12 * 110000000
        )
        cls.contract, cls.other = (
            cls._create_active(unit, date_contract=date(2026, 1, 5)) for unit in units
        )
        cls.installments.bill_due()
        cls.first, cls.second = cls.contract.installment_ids[:2]

    def _write_off(self, amount=220000000, **values):
        return self.contract._write_off(amount, values.get("day"), "Bankrupt")

    def _set(self, taxes, against="expense"):
        self.national.write(
            {
                "realestate_write_off_taxes": taxes,
                "realestate_write_off_against": against,
            }
        )

    # === ASSERTIONS === #

    def _get_accounts(self):
        """Balance of each account of what is posted, by its code."""
        groups = self.env["account.move.line"]._read_group(
            [
                ("company_id", "=", self.national.id),
                ("parent_state", "=", "posted"),
            ],
            ["account_id"],
            ["balance:sum"],
        )
        return {account.code: total for account, total in groups if total}

    def _get_report(self):
        """What the tax report counts: the balance of each of the tax's tags."""
        tags = self.tax.repartition_line_ids.tag_ids
        lines = self.env["account.move.line"].search(
            [("tax_tag_ids", "in", tags.ids), ("parent_state", "=", "posted")]
        )
        return {
            tag.name: sum(
                lines.filtered(lambda line, tag=tag: tag in line.tax_tag_ids).mapped(
                    "balance"
                )
            )
            for tag in tags
        }

    def _get_tax_lines(self, moves):
        """Whatever a tax report may read of the entries, but the receivable."""
        return sorted(
            (
                line.tax_repartition_line_id.id,
                line.tax_ids.ids,
                sorted(line.tax_tag_ids.ids),
                line.tax_base_amount,
                line.balance,
            )
            for line in moves.line_ids
            if line.account_id.account_type != RECEIVABLE
        )

    # === NATIONAL CHART === #

    def test_the_books_of_a_country_show_the_loss_and_its_return(self):
        before = self._get_accounts()
        advance = self.national.realestate_advance_account_id.code
        loss = self.national.realestate_write_off_account_id.code
        self.assertEqual(
            before, {"1311": 440000000, advance: -400000000, "33311": -40000000}
        )
        move = self._write_off()
        self.assertEqual(
            self._get_accounts(), {**before, "1311": 220000000, loss: 220000000}
        )
        self.assertBooksAgree(self.contract)
        self.contract._take_back_write_off(move, "Pays after all")
        self.assertEqual(self._get_accounts(), before)
        self.assertBooksAgree(self.contract)

    def test_against_advances_without_its_tax_nothing_is_left_of_a_sale(self):
        self._set("net", "advance")
        advance = self.national.realestate_advance_account_id.code
        self._write_off()
        self.assertEqual(
            self._get_accounts(),
            {"1311": 220000000, advance: -200000000, "33311": -20000000},
            "the other contract's, as if this one had never been billed",
        )

    def test_the_loss_without_its_tax_is_the_price(self):
        self._set("net")
        loss = self.national.realestate_write_off_account_id
        self._write_off()
        self.assertEqual(self._get_accounts()[loss.code], 200000000)
        self.assertEqual(self._get_accounts()["33311"], -20000000)
        self.assertEqual(self.contract.amount_residual, 0)
        self.assertBooksAgree(self.contract)

    # === TAX REPORT === #

    def test_taxes_that_stay_as_declared_are_not_in_the_report(self):
        before = self._get_report()
        move = self._write_off()
        self.assertEqual(self._get_report(), before)
        self.assertFalse(move._affect_tax_report())

    def test_base_and_tax_are_reported_as_a_credit_note_would(self):
        self._set("net")
        before = self._get_report()
        move = self._write_off()
        invoices = self.other.installment_ids.move_id
        credit = invoices._reverse_moves([{} for _one in invoices], cancel=True)
        self.assertEqual(len(credit), 2)
        self.assertEqual(self._get_tax_lines(move), self._get_tax_lines(credit))
        self.assertEqual(set(self._get_report().values()), {0}, "half each")
        self.assertEqual(len([one for one in before.values() if one]), 2)

    def test_taken_back_it_is_declared_again(self):
        self._set("net")
        before = self._get_report()
        move = self._write_off(33333333)
        self.assertNotEqual(self._get_report(), before)
        self.contract._take_back_write_off(move, "Pays after all")
        self.assertEqual(self._get_report(), before)

    def test_half_of_it_reports_half_of_base_and_tax(self):
        self._set("net")
        move = self._write_off({self.first: 55000000})
        base, tax = move.line_ids.filtered("tax_tag_ids").sorted("balance")[::-1]
        self.assertEqual((base.balance, tax.balance), (50000000, 5000000))
        self.assertEqual(tax.tax_base_amount, 50000000)
        self.assertEqual((base.tax_ids, tax.tax_line_id), (self.tax, self.tax))

    def test_sales_without_tax_are_reported_too(self):
        self._set("net")
        exempt = self.chart.ref("tax_sale_vat_exemption")
        self.env.ref("realestate_sales.product_installment").taxes_id = exempt
        self.installments.bill_due("2026-04-05")
        item = self.contract.installment_ids[2]
        move = self._write_off({item: 110000000})
        base = move.line_ids.filtered("tax_ids")
        self.assertEqual((base.tax_ids, base.balance), (exempt, 110000000))
        invoiced = item.move_id.line_ids.filtered("tax_ids")
        self.assertEqual(base.tax_tag_ids, invoiced.tax_tag_ids)

    def test_a_closed_tax_period_is_refused_where_taxes_are_taken_back(self):
        self.national.tax_lock_date = "2026-02-28"
        day = "2026-02-20"
        self.assertEqual(str(self._write_off(1000, day=day).date), day)
        self._set("net")
        with self.assertSays(UserError, "closed period"):
            self._write_off(1000, day=day)

    # === DUE WHEN THE MONEY COMES === #

    def test_a_tax_due_with_the_money_is_never_declared_without_it(self):
        transition = self.env["account.account"].create(
            {
                "name": "Tax to Come",
                "code": "33399",
                "account_type": "liability_current",
                "reconcile": True,
                "company_ids": [Command.set(self.national.ids)],
            }
        )
        self.national.tax_exigibility = True
        later = self.tax.copy(
            {
                "name": "10% with the money",
                "tax_exigibility": "on_payment",
                "cash_basis_transition_account_id": transition.id,
            }
        )
        self.env.ref("realestate_sales.product_installment").taxes_id = later
        self.installments.bill_due("2026-04-05")
        item = self.contract.installment_ids[2]
        before, declared = self._get_accounts(), self._get_report()
        self.assertEqual(before["33399"], -20000000)
        for policy in ("gross", "net"):
            with self.subTest(policy=policy):
                self._set(policy)
                move = self._write_off({item: 110000000})
                self.assertEqual(self._get_report(), declared)
                self.assertEqual(self._get_accounts()["33399"], -10000000)
                self.assertEqual(self._get_accounts()["33311"], before["33311"])
                self.contract._take_back_write_off(move, "Pays after all")
                self.assertEqual(self._get_accounts(), before)
                self.assertEqual(self._get_report(), declared)
