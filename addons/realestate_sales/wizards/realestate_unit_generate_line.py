from odoo import api, fields, models
from odoo.tools.misc import formatLang

from ..models.realestate_unit_type import UNIT_KINDS


class RealestateUnitGenerateLine(models.TransientModel):
    """Units that are the same on every floor they are on."""

    _name = "realestate.unit.generate.line"
    _description = "Units to Generate"
    _order = "sequence, id"

    generate_id = fields.Many2one(
        "realestate.unit.generate", required=True, ondelete="cascade"
    )
    project_id = fields.Many2one(related="generate_id.project_id")
    sequence = fields.Integer(default=10)
    units = fields.Char(string="Units on a Floor", help="01-12, or 01, 03, 05, or A-F.")
    floors = fields.Char(
        help="Empty: all floors above, but for the lines naming them. A dash: no "
        "floor, for plots beside a tower."
    )
    unit_type_id = fields.Many2one("realestate.unit.type")
    kind = fields.Selection(
        UNIT_KINDS,
        compute="_compute_kind",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    area = fields.Float(string="Area (m²)", digits=(12, 2))
    view = fields.Char()
    is_corner = fields.Boolean(string="Corner")

    _area_positive = models.Constraint(
        "CHECK (area >= 0)", "An area cannot be negative."
    )

    @api.depends("unit_type_id")
    def _compute_kind(self):
        for line in self:
            line.kind = line.unit_type_id.kind or line.kind or "home"

    def _describe(self):
        """The line in a few words."""
        self.ensure_one()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        words = [self.unit_type_id.name or kinds.get(self.kind), self.view]
        if self.area:
            area = formatLang(self.env, self.area, digits=2)
            words.insert(1, self.env._("%(area)s m²", area=area))
        if self.is_corner:
            words.append(self.env._("corner"))
        return " · ".join(filter(None, words))
