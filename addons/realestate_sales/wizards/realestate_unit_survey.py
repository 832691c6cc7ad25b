from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.realestate_unit_area import AREA_FIELDS
from ..models.realestate_unit_measure import MEASURE_KINDS


class RealestateUnitSurvey(models.TransientModel):
    """Takes the areas of some units with one date and one reason."""

    _name = "realestate.unit.survey"
    _description = "Enter Areas"

    kind = fields.Selection(
        MEASURE_KINDS, string="Areas Are", required=True, default="measured"
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    reason = fields.Char()
    line_ids = fields.One2many("realestate.unit.survey.line", "survey_id")

    @api.model
    def _open_for(self, units):
        return self.create(
            {"line_ids": [Command.create({"unit_id": unit.id}) for unit in units]}
        )

    def action_apply(self):
        """Give each unit the area entered for it; the others keep theirs."""
        self.ensure_one()
        lines = self.line_ids.filtered("area")
        if not lines:
            raise UserError(
                self.env._("Enter the area of at least one unit, in square metres.")
            )
        for line in lines:
            line.unit_id.action_measure(line.area, self.reason, self.date, self.kind)
        return {"type": "ir.actions.act_window_close"}


class RealestateUnitSurveyLine(models.TransientModel):
    _name = "realestate.unit.survey.line"
    _description = "Area to Enter"

    survey_id = fields.Many2one(
        "realestate.unit.survey", required=True, index=True, ondelete="cascade"
    )
    unit_id = fields.Many2one("realestate.unit", required=True, readonly=True)
    unit_type_id = fields.Many2one(related="unit_id.unit_type_id")
    area_predicted = fields.Float(related="unit_id.area_predicted")
    area_measured = fields.Float(related="unit_id.area_measured")
    area = fields.Float(string="New Area (m²)", digits=(12, 2))
    difference_percent = fields.Float(
        string="Difference (%)",
        digits=(16, 2),
        compute="_compute_difference_percent",
        help="From the predicted area; from the area before when the plans change.",
    )

    @api.depends("area", "unit_id")
    def _compute_difference_percent(self):
        for line in self:
            before = line.unit_id[AREA_FIELDS["predicted"]]
            share = before and line.area and (line.area - before) / before
            line.difference_percent = 100 * share
