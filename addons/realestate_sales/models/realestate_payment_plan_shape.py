from dataclasses import replace

from odoo import fields, models

from ..tools import money


class RealestatePaymentPlan(models.Model):
    """Rounding of the parts of a plan."""

    # A file for each concern keeps them short.
    _inherit = "realestate.payment.plan"  # pylint: disable=consider-merging-classes-inherited

    # Digits beyond any currency's, because the currency is the contract's.
    rounding_unit = fields.Float(
        string="Round Parts to",
        digits=(16, 6),
        help="Each part is a multiple of this, such as 1,000 in VND; 0: the currency's "
        "smallest unit.",
    )
    remainder = fields.Selection(
        [("last", "Last Part"), ("first", "First Part")],
        string="Remainder on",
        required=True,
        default="last",
        help="The part that takes what rounding leaves.",
    )

    _rounding_positive = models.Constraint(
        "CHECK (rounding_unit >= 0)", "Parts cannot be rounded to a negative amount."
    )

    def _get_rounding(self, currency):
        """How parts are rounded, as the schedule arithmetic takes it."""
        unit = money.to_money(self.rounding_unit, 6).normalize()
        return {
            "rounding_unit": unit or None,
            "remainder_first": self.remainder == "first",
        }


class RealestatePaymentPlanLine(models.Model):
    """Parts of a line that are not even: interest, steps, seasons."""

    # A file for each concern keeps them short.
    _inherit = "realestate.payment.plan.line"  # pylint: disable=consider-merging-classes-inherited
    _check_company_auto = True

    interest_rate = fields.Float(
        string="Interest (% a year)",
        digits=(6, 4),
        help="On what is still owed of this line, on top of the price.",
    )
    interest_method = fields.Selection(
        [("annuity", "Equal Payments"), ("principal", "Equal Principal")],
        required=True,
        default="annuity",
        help="Equal payments: principal and interest together are the same every time. "
        "Equal principal: the interest falls with what is owed.",
    )
    day_count = fields.Selection(
        [
            ("month", "Month = 1/12 Year"),
            ("act/365", "Actual/365"),
            ("act/360", "Actual/360"),
            ("30/360", "30/360"),
        ],
        required=True,
        default="month",
        help="How days become interest: ISDA Definitions 2006, section 4.16.",
    )
    grace_parts = fields.Integer(
        string="Interest-only Parts", help="So many of the first parts repay nothing."
    )
    step_percent = fields.Float(
        string="Step (%)",
        digits=(6, 2),
        help="The parts rise by this after every so many of them.",
    )
    step_every = fields.Integer(string="Step after (parts)", default=12)
    season_id = fields.Many2one(
        "realestate.payment.season",
        check_company=True,
        ondelete="restrict",
        help="Parts are due in the months of the season only.",
    )

    def _to_plan_line(self):
        line = super()._to_plan_line()
        return replace(
            line,
            interest_rate=money.to_money(self.interest_rate, 6).normalize() + 0,
            interest_method=self.interest_method,
            day_count=self.day_count,
            grace_parts=self.grace_parts,
            step_percent=money.to_money(self.step_percent, 6).normalize() + 0,
            step_every=self.step_every,
            season=self.season_id._get_weights(),
        )
