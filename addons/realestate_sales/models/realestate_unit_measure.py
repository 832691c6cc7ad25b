from odoo import api, fields, models

MEASURE_KINDS = [
    ("predicted", "Predicted"),
    ("measured", "Measured"),
]


class RealestateUnitMeasure(models.Model):
    """An area that a unit got: from which to which, when, why and by whom.

    Written by what changes areas, by nobody's hand: staff may only read.
    """

    _name = "realestate.unit.measure"
    _description = "Area History"
    _order = "date desc, id desc"
    _rec_name = "unit_id"

    unit_id = fields.Many2one(
        "realestate.unit",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="unit_id.company_id", store=True, index=True)
    project_id = fields.Many2one(related="unit_id.project_id", store=True)
    kind = fields.Selection(MEASURE_KINDS, required=True, readonly=True)
    date = fields.Date(required=True, readonly=True)
    area_before = fields.Float(
        string="Area Before (m²)", digits=(12, 2), readonly=True, aggregator=None
    )
    area = fields.Float(
        string="Area (m²)", digits=(12, 2), readonly=True, aggregator=None
    )
    area_difference = fields.Float(
        string="Difference (m²)",
        digits=(12, 2),
        compute="_compute_area_difference",
        store=True,
        help="From the area that counted before; empty for a unit's first area.",
    )
    reason = fields.Char(required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="By", readonly=True)

    @api.depends("area", "area_before")
    def _compute_area_difference(self):
        for measure in self:
            before = measure.area_before
            measure.area_difference = measure.area - before if before else 0
