from odoo import models


class CostListReport(models.AbstractModel):
    """Everything a contract costs: units, discounts, instalments."""

    _name = "report.realestate_sales.report_cost_list"
    _description = "Detailed Cost List Paper"
    _inherit = ["report.realestate_sales.report_contract"]

    def _prepare_sheet(self, contract):
        currency = contract.currency_id
        rows = self._prepare_schedule_rows(contract)
        price = contract.amount_total
        watermark = self._get_watermark(contract)
        return {
            "title": self.env._("Detailed Cost List"),
            "subtitle": contract.project_id.name,
            "watermark": watermark,
            "date": contract.date_contract,
            "parties": self._prepare_parties(contract),
            "facts": [
                (self.env._("Contract"), contract.name),
                *self._prepare_facts(contract),
            ],
            "tables": [self._prepare_price_table(contract)],
            "total": (self.env._("Price"), self._format_amount(price, currency)),
            "words": self._amount_in_words(price, currency),
            "rows": self._with_rest(rows, price, currency),
            "is_long": len(rows) > 24,
            "totals": self._prepare_schedule_totals(rows, price, currency),
            "schedule_total": price,
            "signatures": self._prepare_signatures(contract),
        }

    def _prepare_price_table(self, contract):
        """The price of each unit: listed, discount, agreed, and that of a square
        metre."""
        currency = contract.currency_id

        def figure(amount):
            return self._format_figure(amount, currency)

        lines = contract.line_ids
        rows = [self._prepare_price_row(line, figure) for line in lines]
        listed = sum(map(self._get_list_price, lines))
        labels = self._prepare_labels()
        total = contract.amount_total
        return {
            "title": labels["units"],
            "columns": [
                (labels["unit"], False),
                (labels["area"], True),
                (self.env._("List price"), True),
                (self.env._("Discount"), True),
                (self._get_price_head(labels["price"], currency), True),
                (self.env._("Per m²"), True),
            ],
            "rows": rows,
            "total": [
                self.env._("Total"),
                "",
                figure(listed),
                self._get_discount(listed, total, figure),
                figure(total),
                "",
            ],
        }

    def _prepare_price_row(self, line, figure):
        area, price_list = line.unit_id.area, self._get_list_price(line)
        return [
            line.unit_id.name,
            self._format_number(area) if area else "",
            figure(price_list),
            self._get_discount(price_list, line.price, figure),
            figure(line.price),
            figure(line.price / area) if area else "",
        ]

    def _get_list_price(self, line):
        """What the unit is listed at."""
        return line.unit_id.price_list

    def _get_price_head(self, label, currency):
        return f"{label} ({currency.name})"

    def _get_discount(self, listed, price, figure):
        """The discount as an amount and a percentage; above the list there is none."""
        if not listed or price >= listed:
            return "—"
        return self.env._(
            "%(amount)s (%(percent)s)",
            amount=figure(listed - price),
            percent=self._format_percent(100 * (listed - price) / listed),
        )
