from odoo import fields, models


class RealestateDunningLadder(models.Model):
    """From when on a late contract of this ladder gets a collection case."""

    # A file for each concern keeps them short.
    _inherit = "realestate.dunning.ladder"  # pylint: disable=consider-merging-classes-inherited

    currency_id = fields.Many2one(related="company_id.currency_id")
    has_case_limits = fields.Boolean(
        string="Own Limits for Cases",
        tracking=True,
        help="Collection cases of this ladder's projects are opened by its own limits, "
        "not by those of the company's settings.",
    )
    case_days = fields.Integer(
        string="Open Cases After (days)",
        default=lambda self: self.env.company.realestate_case_days,
        tracking=True,
        help="A contract that is so many days late gets a collection case.",
    )
    case_amount = fields.Monetary(
        string="Open Cases From",
        default=lambda self: self.env.company.realestate_case_amount,
        tracking=True,
        help="No case is opened for less than this overdue, in the company's currency.",
    )

    _case_limits = models.Constraint(
        "CHECK (case_days >= 0 AND case_amount >= 0)",
        "Cases are opened after zero or more days and from zero or more overdue.",
    )

    def _get_case_limits(self, company):
        """Days late, and the least amount in the company's currency, from which on a
        contract of this ladder, or of none, gets a case."""
        # Settings, for whoever works in the company.
        ladder, company = self.sudo(), company.sudo()
        if ladder.has_case_limits:
            return ladder.case_days, ladder.case_amount
        return company.realestate_case_days, company.realestate_case_amount
