from odoo import api, fields, models

from ..tools.natural import natural_key


class RealestateUnit(models.Model):
    """Units stand in the order in which people number them: MP2 before MP10."""

    # A file for each concern keeps them short.
    _inherit = "realestate.unit"  # pylint: disable=consider-merging-classes-inherited
    _order = "building_id, floor_sequence, number_sequence, number, id"

    number_sequence = fields.Char(
        string="Order of Numbers",
        compute="_compute_number_sequence",
        store=True,
        precompute=True,
    )

    @api.depends("number")
    def _compute_number_sequence(self):
        for unit in self:
            unit.number_sequence = natural_key(unit.number or "")
