from odoo import fields, models


class RealestateDiscountReason(models.Model):
    """Why a unit is sold below its list price, and how far nobody is asked."""

    _name = "realestate.discount.reason"
    _description = "Discount Reason"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: for every company."
    )
    percent_free = fields.Float(
        string="Without Approval up to",
        digits=(5, 2),
        help="A discount of at most this percentage of the list price needs no "
        "approval of its own.",
    )

    _percent_range = models.Constraint(
        "CHECK (percent_free >= 0 AND percent_free <= 100)",
        "A percentage without approval is between 0 and 100.",
    )
