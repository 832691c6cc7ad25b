from odoo import fields, models

REVIEW_KINDS = [
    ("area", "Areas"),
    ("price", "Prices"),
    ("parties", "Parties"),
    ("plan", "Payment Plan"),
    ("terms", "Terms"),
    ("other", "Other"),
]


class RealestateReviewItem(models.Model):
    """What a second person checks in each contract before it is approved."""

    _name = "realestate.review.item"
    _description = "Review Item"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        REVIEW_KINDS,
        required=True,
        default="other",
        help="Which facts of the contract are shown beside it.",
    )
    instruction = fields.Text(
        translate=True, help="What to compare with what, for who checks."
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    project_ids = fields.Many2many(
        "realestate.project", check_company=True, help="Empty: every project."
    )
