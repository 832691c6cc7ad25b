from odoo import models


class CostListReport(models.AbstractModel):
    """Fees and taxes in the cost list: inside the price, beside it, of the seller."""

    # A file for each concern keeps them short.
    _inherit = "report.realestate_sales.report_cost_list"  # pylint: disable=consider-merging-classes-inherited

    def _prepare_sheet(self, contract):
        sheet = super()._prepare_sheet(contract)
        # Buyers may print their cost list and do not read fees.
        fees = contract.sudo().fee_ids.filtered(lambda one: not one.is_void)
        if not fees:
            return sheet
        tables = self._prepare_fee_tables(fees)
        sheet["tables"] = [*sheet["tables"], *tables]
        beside = contract.amount_fees
        if not contract.currency_id.is_zero(beside):
            sheet |= self._prepare_fee_total(contract, beside)
        return sheet

    def _prepare_fee_tables(self, fees):
        seller = fees.filtered(lambda one: one.payer == "seller")
        inside = fees.filtered("in_price")
        groups = [
            (self.env._("Inside the price"), inside, False),
            (
                self.env._("Fees and taxes beside the price"),
                fees - inside - seller,
                True,
            ),
            (self.env._("Paid by the seller"), seller, False),
        ]
        return [
            self._prepare_fee_table(title, group, with_due)
            for title, group, with_due in groups
            if group
        ]

    def _prepare_fee_table(self, title, fees, with_due):
        """One table of fees, with when they are due where the buyer pays them."""
        currency = fees.currency_id
        labels = self._prepare_labels()
        total = currency.round(sum(fees.mapped("amount")))
        due = [(labels["due"], False)] if with_due else []
        return {
            "title": title,
            "columns": [
                (self.env._("Fee or tax"), False),
                (self.env._("How it is computed"), False),
                (self.env._("Goes to"), False),
                *due,
                (f"{labels['amount']} ({currency.name})", True),
            ],
            "rows": [self._prepare_fee_row(one, with_due) for one in fees],
            "total": [
                self.env._("Total"),
                *([""] * (len(due) + 2)),
                self._format_figure(total, currency),
            ],
        }

    def _prepare_fee_row(self, record, with_due):
        record = record.with_context(lang=self.env.lang)
        if record.ownership == "own":
            receiver = record.company_id.name
        else:
            receiver = record.authority_id.name or self.env._("The authority")
        due = [self._get_fee_due(record)] if with_due else []
        return [
            record.type_id.name,
            record.explanation,
            receiver,
            *due,
            self._format_figure(record.amount, record.currency_id),
        ]

    def _get_fee_due(self, record):
        """The day, or what it waits for in words."""
        kind = record.type_id
        if record.date_due:
            return self._format_date(record.date_due)
        if kind.due_rule == "days" and kind.due_days:
            return self.env._("%(days)s days after signing", days=kind.due_days)
        rules = dict(kind._fields["due_rule"]._description_selection(self.env))
        return rules["signing" if kind.due_rule == "days" else kind.due_rule]

    def _prepare_fee_total(self, contract, beside):
        """What the buyer pays in all, in figures and words."""
        currency = contract.currency_id
        total = currency.round(contract.amount_total + beside)
        return {
            "amounts": [
                (
                    self.env._("Price"),
                    self._format_amount(contract.amount_total, currency),
                ),
                (
                    self.env._("Fees and taxes beside the price"),
                    self._format_amount(beside, currency),
                ),
            ],
            "total": (self.env._("In all"), self._format_amount(total, currency)),
            "words": self._amount_in_words(total, currency),
        }
