from odoo import fields, models


class RealestateUnit(models.Model):
    """What a unit takes over from its type."""

    # A file for each concern keeps them short.
    _inherit = "realestate.unit"  # pylint: disable=consider-merging-classes-inherited

    type_image_ids = fields.One2many(
        related="unit_type_id.image_ids", string="Plans and Photos"
    )
