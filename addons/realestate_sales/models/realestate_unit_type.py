from odoo import fields, models

UNIT_KINDS = [
    ("home", "Home"),
    ("parking", "Parking"),
    ("storage", "Storage"),
    ("plot", "Plot"),
    ("shop", "Shop"),
]


class RealestateUnitType(models.Model):
    """A layout that many units share."""

    _name = "realestate.unit.type"
    _description = "Unit Type"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(UNIT_KINDS, required=True, default="home")
    bedrooms = fields.Integer()
    project_id = fields.Many2one(
        "realestate.project",
        index=True,
        ondelete="cascade",
        help="Empty: the type may be used in every project.",
    )
    company_id = fields.Many2one(related="project_id.company_id", store=True)
    active = fields.Boolean(default=True)
