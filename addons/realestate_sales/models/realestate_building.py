from odoo import api, fields, models


class RealestateBuilding(models.Model):
    """A tower, a block or a row of homes or plots."""

    _name = "realestate.building"
    _description = "Building"
    _inherit = ["realestate.facts.mixin"]
    _order = "project_id, sequence, name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Starts the label of every unit.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    project_id = fields.Many2one(
        "realestate.project", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="project_id.company_id", store=True)
    progress = fields.Float(
        string="Construction Progress (%)", digits=(5, 2), aggregator="avg"
    )
    unit_ids = fields.One2many("realestate.unit", "building_id")
    unit_count = fields.Integer(compute="_compute_unit_count")

    _code_unique = models.Constraint(
        "UNIQUE (project_id, code)", "Another building of this project has this code."
    )
    _progress_range = models.Constraint(
        "CHECK (progress >= 0 AND progress <= 100)",
        "Construction progress is between 0 and 100 %.",
    )

    @api.depends("unit_ids")
    def _compute_unit_count(self):
        groups = self.env["realestate.unit"]._read_group(
            [("building_id", "in", self.ids)], ["building_id"], ["__count"]
        )
        counts = {building.id: count for building, count in groups}
        for building in self:
            building.unit_count = counts.get(building.id, 0)

    # === ACTIONS === #

    def action_open_units(self):
        """Open the units of this building."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "realestate_sales.realestate_unit_action"
        )
        action["domain"] = [("building_id", "=", self.id)]
        action["context"] = {"default_building_id": self.id}
        return action
