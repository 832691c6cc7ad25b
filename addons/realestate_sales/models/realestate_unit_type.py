from odoo import api, fields, models

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
    image_ids = fields.One2many(
        "realestate.unit.type.image",
        "unit_type_id",
        string="Plans and Photos",
        copy=True,
    )
    image_count = fields.Integer(string="Pictures", compute="_compute_image_count")

    @api.depends("image_ids")
    def _compute_image_count(self):
        counts = dict(
            self.env["realestate.unit.type.image"]._read_group(
                [("unit_type_id", "in", self.ids)], ["unit_type_id"], ["__count"]
            )
        )
        for unit_type in self:
            unit_type.image_count = counts.get(unit_type._origin, 0)
