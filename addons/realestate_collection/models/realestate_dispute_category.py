from odoo import fields, models

DEPARTMENTS = [
    ("sales", "Sales"),
    ("contracts", "Contracts"),
    ("finance", "Finance"),
    ("technical", "Technical"),
    ("handover", "Handover"),
    ("legal", "Legal"),
    ("care", "Customer Care"),
]


class RealestateDisputeCategory(models.Model):
    """What buyers dispute, who has to answer, and within how many days."""

    _name = "realestate.dispute.category"
    _description = "Dispute Category"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: for all companies."
    )
    department = fields.Selection(DEPARTMENTS, required=True, default="finance")
    user_id = fields.Many2one(
        "res.users",
        string="Answered by",
        domain="[('share', '=', False)]",
        help="Who owns new disputes of this category, unless somebody else is named.",
    )
    days = fields.Integer(
        string="Answer Within (days)",
        default=7,
        required=True,
        help="Later than that the dispute goes up.",
    )

    _days_positive = models.Constraint(
        "CHECK (days > 0)", "A dispute has at least one day to be answered."
    )
