from odoo import models
from odoo.tools import format_date
from odoo.tools.misc import format_amount

from ..tools.plan_summary import burden_by_period, summarize


class RealestatePaymentPlan(models.Model):
    """What a plan means to who pays it: figures and a picture."""

    # A file for each concern keeps them short.
    _inherit = "realestate.payment.plan"  # pylint: disable=consider-merging-classes-inherited

    def _get_burden(self, price, currency, date_start, **options):
        """The burden of this plan for a price.

        :return: tuple of :class:`..tools.plan_summary.PlanSummary` and the chart as
            the field widget ``plan_burden`` draws it
        """
        items = self._build_schedule(price, currency, date_start, **options)
        summary = summarize(items, self._get_date(date_start))
        return summary, self._prepare_chart(items, summary, currency)

    def _prepare_chart(self, items, summary, currency):
        """Bars of the periods, with the text each shows."""
        size, periods = burden_by_period(items)
        bars = [
            {
                "price": float(price),
                "interest": float(interest),
                "text": self.env._(
                    "%(period)s: %(amount)s",
                    period=self._get_period_name(day, size),
                    amount=format_amount(self.env, float(price + interest), currency),
                ),
            }
            for day, price, interest in periods
        ]
        highest = max((bar["price"] + bar["interest"] for bar in bars), default=0)
        return {
            "bars": bars,
            "highest": highest,
            "first": self._get_period_name(periods[0][0], size) if bars else "",
            "last": self._get_period_name(periods[-1][0], size) if bars else "",
            "top": format_amount(self.env, highest, currency) if bars else "",
            "has_interest": bool(summary.interest),
            "text": self._get_chart_text(summary, currency),
        }

    def _get_chart_text(self, summary, currency):
        """The chart in words, for who does not see it."""
        if not summary.months:
            return self.env._("Nothing has a due date yet.")
        return self.env._(
            "Due in %(months)s months, %(typical)s in most of them, at most "
            "%(highest)s in %(month)s.",
            months=summary.months,
            typical=format_amount(self.env, float(summary.typical), currency),
            highest=format_amount(self.env, float(summary.highest), currency),
            month=self._get_period_name(summary.highest_month, 1),
        )

    def _get_period_name(self, day, size):
        if size == 12:
            return str(day.year)
        return format_date(self.env, day, date_format="MMM yyyy")
