from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import money
from ..tools.plan import PlanLine

INSTALLMENT_KINDS = [
    ("reservation", "Reservation Fee"),
    ("down_payment", "Down Payment"),
    ("installment", "Instalment"),
    ("balloon", "Balloon"),
    ("retention", "Retention"),
    ("handover", "On Handover"),
]
TRIGGERS = [
    ("date", "Fixed Date"),
    ("offset", "After Plan Start"),
    ("milestone", "Construction Milestone"),
]


class RealestatePaymentPlanLine(models.Model):
    """One line of a plan: an amount, in how many parts, and when each is due."""

    _name = "realestate.payment.plan.line"
    _description = "Payment Plan Line"
    _order = "plan_id, sequence, id"

    plan_id = fields.Many2one(
        "realestate.payment.plan", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="plan_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(INSTALLMENT_KINDS, required=True, default="installment")
    amount_type = fields.Selection(
        [
            ("percent", "Percent of Price"),
            ("amount", "Amount"),
            ("balance", "The Rest"),
        ],
        required=True,
        default="percent",
    )
    # Digits beyond any currency's, because the currency is the contract's.
    value = fields.Float(digits=(16, 6), help="Percent, or an amount, in all parts.")
    trigger = fields.Selection(TRIGGERS, required=True, default="offset")
    date_fixed = fields.Date()
    offset_months = fields.Integer(string="Months After")
    offset_days = fields.Integer(string="Days After")
    count = fields.Integer(string="Parts", default=1)
    interval_months = fields.Integer(string="Every (months)", default=1)
    milestone_code = fields.Char(help="Code of the project's milestone.")

    _count_positive = models.Constraint(
        "CHECK (count >= 1 AND count <= 1200)", "A line has 1 to 1,200 parts."
    )
    _offsets_positive = models.Constraint(
        "CHECK (offset_months >= 0 AND offset_days >= 0 AND interval_months >= 1)",
        "Months and days after the start are zero or more, the interval one or more.",
    )

    @api.constrains("trigger", "date_fixed", "milestone_code")
    def _check_trigger(self):
        for line in self:
            if line.trigger == "date" and not line.date_fixed:
                raise ValidationError(
                    self.env._(
                        "Plan line %(line)s: give the date it is due on.",
                        line=line.name,
                    )
                )
            if line.trigger == "milestone" and not line.milestone_code:
                raise ValidationError(
                    self.env._(
                        "Plan line %(line)s: give the code of its milestone.",
                        line=line.name,
                    )
                )

    def _to_plan_line(self):
        """This line as the pure schedule arithmetic takes it."""
        self.ensure_one()
        return PlanLine(
            sequence=self.sequence,
            kind=self.kind,
            name=self.name,
            amount_type=self.amount_type,
            value=money.to_money(self.value, 6).normalize() + 0,
            trigger=self.trigger,
            date_fixed=self.date_fixed or None,
            offset_months=self.offset_months,
            offset_days=self.offset_days,
            count=self.count,
            interval_months=self.interval_months,
            milestone=self.milestone_code or None,
        )
