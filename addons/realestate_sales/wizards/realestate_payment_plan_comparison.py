from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

#: Plans that fit beside each other, on screen and on paper.
MOST_PLANS = 3


class RealestatePaymentPlanComparison(models.TransientModel):
    """Up to three plans for one price beside each other, for a buyer to choose."""

    _name = "realestate.payment.plan.comparison"
    _description = "Plan Comparison"
    _inherit = ["realestate.payment.plan.offer"]
    _rec_names_search = ["unit_id", "partner_id"]

    name = fields.Char(compute="_compute_name")
    plan_ids = fields.Many2many(
        "realestate.payment.plan",
        string="Plans",
        required=True,
        help="Up to three plans.",
    )
    partner_id = fields.Many2one("res.partner", string="Buyer")
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True
    )
    line_ids = fields.One2many(
        "realestate.payment.plan.comparison.line",
        "comparison_id",
        compute="_compute_line_ids",
        store=True,
    )

    @api.depends("unit_id", "partner_id")
    def _compute_name(self):
        for comparison in self:
            comparison.name = " · ".join(
                filter(None, (comparison.unit_id.name, comparison.partner_id.name))
            )

    @api.depends("unit_id")
    def _compute_company_id(self):
        for comparison in self:
            comparison.company_id = comparison.unit_id.company_id or self.env.company

    @api.depends("plan_ids", "currency_id", "price", "reservation_fee", "date_start")
    def _compute_line_ids(self):
        for comparison in self:
            is_complete = comparison.price and comparison.date_start
            plans = comparison.plan_ids[:MOST_PLANS] if is_complete else []
            comparison.line_ids = [
                Command.clear(),
                *(Command.create(comparison._prepare_line(plan)) for plan in plans),
            ]

    def _prepare_line(self, plan):
        plan = plan._origin
        try:
            summary, chart = self._get_burden(plan)
        except UserError as error:
            return {"plan_id": plan.id, "problem": str(error)}
        return {
            "plan_id": plan.id,
            "amount_total": float(summary.total),
            "amount_interest": float(summary.interest),
            "amount_first": float(summary.first),
            "amount_first_year": float(summary.first_year),
            "amount_highest": float(summary.highest),
            "month_highest": summary.highest_month or False,
            "amount_typical": float(summary.typical),
            "month_count": summary.months,
            "date_last": summary.last or False,
            "amount_undated": float(summary.undated),
            "chart": chart,
        }

    @api.constrains("plan_ids")
    def _check_plans(self):
        for comparison in self.filtered(lambda one: len(one.plan_ids) > MOST_PLANS):
            raise UserError(
                self.env._(
                    "%(count)s plans do not fit beside each other: choose up to "
                    "%(most)s.",
                    count=len(comparison.plan_ids),
                    most=MOST_PLANS,
                )
            )

    def action_print(self):
        """Print the comparison for the buyer."""
        self.ensure_one()
        report = self.env.ref("realestate_sales.action_report_plan_comparison")
        return report.report_action(self)


class RealestatePaymentPlanComparisonLine(models.TransientModel):
    """One plan of a comparison."""

    _name = "realestate.payment.plan.comparison.line"
    _description = "Compared Plan"

    comparison_id = fields.Many2one(
        "realestate.payment.plan.comparison", required=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="comparison_id.currency_id")
    plan_id = fields.Many2one("realestate.payment.plan", required=True)
    problem = fields.Text()
    amount_total = fields.Monetary(string="To Pay in All")
    amount_interest = fields.Monetary(string="Interest")
    amount_first = fields.Monetary(string="First Payment")
    amount_first_year = fields.Monetary(string="In the First Year")
    amount_highest = fields.Monetary(string="Most in a Month")
    month_highest = fields.Date(string="In")
    amount_typical = fields.Monetary(string="In a Usual Month")
    month_count = fields.Integer(string="Months with a Payment")
    date_last = fields.Date(string="Last Payment")
    amount_undated = fields.Monetary(string="At Construction Stages")
    chart = fields.Json()
