from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class RealestateInstallment(models.Model):
    """How an instalment becomes an invoice."""

    # A file for each concern keeps them short.
    _inherit = "realestate.installment"  # pylint: disable=consider-merging-classes-inherited

    def _create_invoices(self, date):
        """Create and post one invoice per instalment; earlier credit settles it.

        :param date: the day of billing; an invoice bears it, or the due day if that is
            earlier, or the first day the books are open if that is later
        :return: the invoices, in the order of the instalments
        """
        plain, taxed = [], []
        for item in self:
            values = item._prepare_invoice_values(date)
            (plain if item._balance_values(values) else taxed).append(values)
        moves = self.env["account.move"]
        # Balanced entries need no work of Odoo's line sync, the dearest part by far.
        created = moves.with_context(skip_invoice_sync=True).create(plain)
        created = created.with_env(self.env) | moves.create(taxed)
        created._post(soft=False)
        for move in created:
            move.realestate_installment_id.move_id = move
        self.contract_id._settle_credit()
        return self.move_id

    def _prepare_invoice_values(self, date):
        """Values of the customer invoice of this instalment."""
        self.ensure_one()
        contract = self.contract_id
        project = contract.project_id
        return {
            **project._prepare_invoice_values(
                contract.partner_id,
                self._get_invoice_date(date),
                self.date_due,
                self._prepare_invoice_lines(),
            ),
            "ref": contract.name,
            "invoice_origin": contract.name,
            "invoice_user_id": contract.user_id.id,
            "realestate_contract_id": contract.id,
            "realestate_installment_id": self.id,
        }

    def _prepare_invoice_lines(self):
        """Values of the lines: the part of the price, which is an advance, and the
        interest of the plan, which is income."""
        self.ensure_one()
        project = self.contract_id.project_id
        lines = []
        if not self.currency_id.is_zero(self.amount):
            lines.append(
                project._prepare_charge_values(
                    self._get_product(), self._invoice_label(), self.amount
                )
            )
        if not self.currency_id.is_zero(self.amount_interest):
            product = self.env.ref("realestate_sales.product_plan_interest")
            label = self._invoice_label(self._get_interest_name())
            line = project._prepare_charge_values(product, label, self.amount_interest)
            # Income, by the product's set-up: no advance.
            del line["account_id"]
            lines.append(line)
        return lines

    def _get_product(self):
        """The product that gives the invoice line its taxes."""
        self.ensure_one()
        fee = "product_reservation_fee"
        name = fee if self.kind == "reservation" else "product_installment"
        return self.env.ref(f"realestate_sales.{name}")

    def _get_interest_name(self):
        lang = self.contract_id.partner_id.lang or self.env.lang
        return self.with_context(lang=lang).env._("Interest: %(name)s", name=self.name)

    def _invoice_label(self, name=None):
        """What the buyer reads on the invoice, in the buyer's language."""
        self.ensure_one()
        contract = self.contract_id
        lang = contract.partner_id.lang or self.env.lang
        return self.with_context(lang=lang).env._(
            "%(name)s (no. %(number)s), contract %(contract)s, %(units)s",
            name=name or self.name,
            number=self.sequence,
            contract=contract.name,
            units=contract.unit_names,
        )

    def _get_invoice_date(self, date):
        """The day the invoice bears: never one in a closed period, which Odoo would
        otherwise move without a word."""
        self.ensure_one()
        company = self.company_id
        journal = self.contract_id.project_id._get_journal()
        day = min(date, self.date_due)
        taxed = bool(self._get_taxes())
        locks = company._get_violated_lock_dates(day, taxed, journal)
        if not locks:
            return day
        opened = locks[-1][0] + timedelta(days=1)
        if opened > max(date, company._realestate_today()):
            raise UserError(
                self.env._(
                    "%(item)s: the books of %(company)s are closed until %(date)s. "
                    "Open the period in Accounting → Lock Dates, or bill after that "
                    "day.",
                    item=self.display_name,
                    company=company.name,
                    date=fields.Date.to_string(locks[-1][0]),
                )
            )
        return opened

    def _get_taxes(self):
        """The taxes Odoo would put on the line, before the buyer's fiscal position."""
        self.ensure_one()
        taxes = self.env["account.tax"]
        taxes = self._get_product().taxes_id.filtered_domain(
            taxes._check_company_domain(self.company_id)
        )
        account = self.contract_id.project_id._get_advance_account()
        return taxes or account.tax_ids.filtered(lambda t: t.type_tax_use == "sale")

    # === BALANCED ENTRIES === #

    def _balance_values(self, values):
        """Complete ``values`` to the entry that Odoo would make of them, if that is
        sure: one line, no tax, no cash rounding.

        :return: whether that was done
        """
        self.ensure_one()
        lines = values["invoice_line_ids"]
        known = len(lines) == 1 and not values.get("invoice_cash_rounding_id")
        if (
            self.amount_interest
            or not known
            or self._get_taxes()
            or self._has_default_rounding()
        ):
            return False
        amount = self.currency_id.round(self.amount)
        balance = self._to_company_currency(amount, values["invoice_date"])
        _create, _id, line = lines[0]
        common = {"currency_id": self.currency_id.id, "tax_ids": [Command.clear()]}
        values["line_ids"] = [
            Command.create(
                {
                    **line,
                    **common,
                    "display_type": "product",
                    "amount_currency": -amount,
                    "balance": -balance,
                }
            ),
            Command.create(
                {
                    **common,
                    "display_type": "payment_term",
                    "date_maturity": values["invoice_date_due"],
                    "amount_currency": amount,
                    "balance": balance,
                }
            ),
        ]
        del values["invoice_line_ids"]
        return True

    def _has_default_rounding(self):
        """Whether someone made cash rounding the default of invoices."""
        defaults = self.env["ir.default"]._get_model_defaults("account.move")
        return bool(defaults.get("invoice_cash_rounding_id"))

    def _to_company_currency(self, amount, date):
        company_currency = self.company_id.currency_id
        rate = self.env["res.currency"]._get_conversion_rate(
            company_currency, self.currency_id, self.company_id, date
        )
        return company_currency.round(amount / rate)
