from odoo import fields, models

#: Looks of the charts; the figure is the width of each.
CSS = """
.re-chart { display: inline-block; padding-right: 2mm; width: %d%%; }
.re-chart svg { border-bottom: 0.2mm solid #999; height: 26mm; width: 100%%; }
"""


class PlanComparisonReport(models.AbstractModel):
    """Up to three payment plans beside each other, in the buyer's language."""

    _name = "report.realestate_sales.report_plan_comparison"
    _description = "Plan Comparison Paper"
    _inherit = ["realestate.paper"]

    _paper_model = "realestate.payment.plan.comparison"

    def _prepare_sheet(self, comparison):
        lines = comparison.line_ids.filtered(lambda line: not line.problem)
        parties = [self._prepare_seller(comparison.company_id)]
        if comparison.partner_id:
            parties.append(
                self._prepare_buyer(comparison.partner_id, self.env._("Buyer"))
            )
        return {
            "title": self.env._("Comparison of Payment Plans"),
            "css": CSS % (96 // max(len(lines), 1)),
            "number": comparison.unit_id.name or "",
            "date": fields.Date.context_today(comparison),
            "parties": parties,
            "facts": self._prepare_facts(comparison),
            "plans": [line.plan_id.name for line in lines],
            "rows": self._prepare_rows(lines),
            "charts": [self._prepare_chart(comparison, line) for line in lines],
        }

    def _prepare_facts(self, comparison):
        unit, currency = comparison.unit_id, comparison.currency_id
        fee = comparison.reservation_fee
        facts = [
            (self.env._("Project"), unit.project_id.name),
            (self.env._("Unit"), unit.name),
            (self.env._("Price"), self._format_amount(comparison.price, currency)),
            (
                self.env._("Reservation fee"),
                not currency.is_zero(fee) and self._format_amount(fee, currency),
            ),
            (self.env._("Plan starts on"), self._format_date(comparison.date_start)),
        ]
        return [fact for fact in facts if fact[1]]

    def _prepare_rows(self, lines):
        """Rows of the table: label, a text for each plan, whether it is the total."""
        amounts = (
            (self.env._("To pay in all"), "amount_total"),
            (self.env._("of which interest"), "amount_interest"),
            (self.env._("First payment"), "amount_first"),
            (self.env._("In the first year"), "amount_first_year"),
            (self.env._("In a usual month"), "amount_typical"),
            (self.env._("Most in a month"), "amount_highest"),
            (self.env._("At construction stages"), "amount_undated"),
        )
        rows = [
            (
                label,
                [self._format_amount(line[field], line.currency_id) for line in lines],
                field == "amount_total",
            )
            for label, field in amounts
            if any(lines.mapped(field))
        ]
        months = [str(line.month_count) for line in lines]
        rows.append((self.env._("Months with a payment"), months, False))
        last = [self._format_date(line.date_last) for line in lines]
        rows.append((self.env._("Last payment"), last, False))
        return rows

    def _prepare_chart(self, comparison, line):
        """The chart drawn anew: its texts are in the buyer's language."""
        _summary, chart = comparison._get_burden(line.plan_id)
        bars, highest = chart["bars"], chart["highest"] or 1
        width = 100 / max(len(bars), 1)
        chart["rects"] = [
            {
                "x": index * width + width / 10,
                "width": width * 0.8,
                "price": 40 * bar["price"] / highest,
                "interest": 40 * bar["interest"] / highest,
            }
            for index, bar in enumerate(bars)
        ]
        return {**chart, "name": line.plan_id.name}
