from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.realestate_sales.tools import money
from odoo.addons.realestate_sales.tools.dates import add_months

from ..tools.arrangement import ArrangementError, build_parts, check_terms
from ..tools.period import LAST_YEAR

#: Interval to months and days between two parts.
INTERVALS = {"month": (1, 0), "fortnight": (0, 14), "week": (0, 7)}
LIVE = ("submitted", "approved", "offered", "accepted")


class RealestateArrangement(models.Model):
    """The terms of an arrangement, and what is wrong with them."""

    # A file for each concern keeps them short.
    _inherit = "realestate.arrangement"  # pylint: disable=consider-merging-classes-inherited

    def _get_arrears(self):
        """What was due before the day and is open now."""
        self.ensure_one()
        contract = self.contract_id._origin
        if not contract or not self.date:
            return 0.0
        # What is open is its readers' to see, the entries are not.
        sums = contract.sudo()._sum_open_before(self.date)
        amount = max(sums.get(contract.id, 0.0), 0.0)
        return self.currency_id._realestate_round(amount)

    def _build_parts(self):
        """The parts that the terms ask for.

        :raises ArrangementError: when they are no arrangement
        """
        self.ensure_one()
        decimals = self.currency_id.decimal_places
        amount = money.to_money(self.amount, decimals)
        try:
            down = money.to_money(self.amount_down, decimals)
        except ValueError as error:
            raise ArrangementError("down") from error
        check_terms(amount, self.part_count, down)
        if not self.date_first or self.date_first.year > LAST_YEAR:
            raise ArrangementError("date_first")
        shares = money.split_evenly(amount - down, self.part_count, decimals)
        days = [self._get_day(number) for number in range(self.part_count)]
        return build_parts(shares, days, down=down, date_down=self.date_down or None)

    def _get_day(self, number):
        months, days = INTERVALS[self.interval or "month"]
        day = add_months(self.date_first, months * number)
        return fields.Date.add(day, days=days * number)

    def _explain_terms(self, code):
        """Why the terms are no arrangement."""
        return {
            "amount": self.env._("Nothing is overdue: there is nothing to arrange."),
            "count": self.env._("An arrangement has 1 to 120 parts."),
            "down": self.env._("The down payment is less than the arrears."),
            "date_down": self.env._(
                "The down payment has a day, no later than the first part."
            ),
            "date_first": self.env._("Say when the first part is due."),
            "interval": self.env._("The parts are due every month, fortnight or week."),
            "small": self.env._(
                "The arrears are too small for so many parts: choose fewer."
            ),
        }[code]

    def _get_amount_problems(self):
        compare = self.currency_id.compare_amounts
        if compare(self.amount, 0) <= 0:
            return [self._explain_terms("amount")]
        problems = []
        if compare(self.amount_lines, self.amount):
            problems.append(
                self.env._(
                    "The parts come to %(parts)s, the arrears to %(arrears)s.",
                    parts=self.currency_id.format(self.amount_lines),
                    arrears=self.currency_id.format(self.amount),
                )
            )
        if any(compare(line.amount, 0) <= 0 for line in self.line_ids):
            problems.append(self.env._("Each part is above zero."))
        if compare(self._get_arrears(), self.amount):
            problems.append(
                self.env._(
                    "What is open has changed since: take it over with “Refresh”."
                )
            )
        return problems

    def _get_date_problems(self):
        today = self.company_id._realestate_today()
        dates = self.line_ids.mapped("date")
        problems = []
        if not self.date or self.date > today:
            problems.append(self.env._("The arrears are those of today or earlier."))
        if dates and min(dates) < today:
            problems.append(self.env._("The first part is due today or later."))
        if len(set(dates)) < len(dates):
            problems.append(self.env._("Two parts are due on the same day."))
        return problems

    def _check_live(self):
        """Refuse a second arrangement by name, before the database does."""
        self.ensure_one()
        # Another team's counts as well, and its number is no secret.
        other = self.sudo().search(
            [
                ("contract_id", "=", self.contract_id.id),
                ("state", "in", LIVE),
                ("id", "!=", self.id),
            ],
            limit=1,
        )
        if other:
            raise UserError(
                self.env._(
                    "Contract %(contract)s has the arrangement %(other)s, which is "
                    "“%(state)s”: end that one first.",
                    contract=self.contract_id.name,
                    other=other.name,
                    state=other._state_label(other.state),
                )
            )

    def _check_complete(self):
        self._check_live()
        return super()._check_complete()
