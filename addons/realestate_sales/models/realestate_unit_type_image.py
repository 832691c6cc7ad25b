from odoo import api, fields, models
from odoo.exceptions import ValidationError

IMAGE_KINDS = [
    ("plan", "Floor Plan"),
    ("photo", "Photo"),
]


class RealestateUnitTypeImage(models.Model):
    """A floor plan or a picture of a unit type, which every unit of the type shows."""

    _name = "realestate.unit.type.image"
    _description = "Plan or Photo of a Unit Type"
    _inherit = ["realestate.facts.mixin", "image.mixin"]
    _order = "unit_type_id, kind desc, sequence, id"

    unit_type_id = fields.Many2one(
        "realestate.unit.type", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="unit_type_id.company_id", store=True)
    kind = fields.Selection(IMAGE_KINDS, required=True, default="plan")
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    image_1920 = fields.Image(required=True)

    @api.constrains("name", "image_1920")
    def _check_image(self):
        # The picture is kept as a file: the database cannot require it.
        for image in self.filtered(lambda image: not image.image_1920):
            raise ValidationError(
                self.env._(
                    "Unit type %(type)s: “%(name)s” has no picture. Choose a file for "
                    "it, or remove the line.",
                    type=image.unit_type_id.name,
                    name=image.name,
                )
            )
