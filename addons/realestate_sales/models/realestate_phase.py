from odoo import api, fields, models
from odoo.exceptions import ValidationError


class RealestatePhase(models.Model):
    """A part of a project that is built and sold at a time of its own.

    It groups buildings; a contract knows of units and of the project only.
    """

    _name = "realestate.phase"
    _description = "Phase"
    _inherit = ["realestate.facts.mixin"]
    _order = "project_id, sequence, name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    project_id = fields.Many2one(
        "realestate.project", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="project_id.company_id", store=True)
    date_launch = fields.Date(string="Sales Launch")
    building_ids = fields.One2many("realestate.building", "phase_id")
    building_count = fields.Integer(
        string="Number of Buildings", compute="_compute_counts"
    )
    unit_count = fields.Integer(string="Number of Units", compute="_compute_counts")
    available_count = fields.Integer(
        string="Available Units", compute="_compute_counts"
    )

    _code_unique = models.Constraint(
        "UNIQUE (project_id, code)", "Another phase of this project has this code."
    )

    @api.depends("building_ids.unit_ids")
    def _compute_counts(self):
        buildings = self._count_by_phase("realestate.building")
        units = self._count_by_phase("realestate.unit")
        available = self._count_by_phase(
            "realestate.unit", [("state", "=", "available")]
        )
        for phase in self:
            phase.building_count = buildings.get(phase._origin, 0)
            phase.unit_count = units.get(phase._origin, 0)
            phase.available_count = available.get(phase._origin, 0)

    def _count_by_phase(self, model, domain=()):
        groups = self.env[model]._read_group(
            [("phase_id", "in", self.ids), *domain], ["phase_id"], ["__count"]
        )
        return dict(groups)

    @api.constrains("project_id")
    def _check_project(self):
        buildings = self.env["realestate.building"].with_context(active_test=False)
        buildings.search([("phase_id", "in", self.ids)])._check_phase()

    # === ACTIONS === #

    def action_open_units(self):
        """Open the units of this phase."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "realestate_sales.realestate_unit_action"
        )
        action["domain"] = [("phase_id", "=", self.id)]
        return action


class RealestateBuilding(models.Model):
    # What a phase adds to a building and its units stands beside the phase.
    _inherit = "realestate.building"  # pylint: disable=consider-merging-classes-inherited

    phase_id = fields.Many2one(
        "realestate.phase",
        index=True,
        ondelete="restrict",
        domain="[('project_id', '=', project_id)]",
    )

    @api.constrains("phase_id", "project_id")
    def _check_phase(self):
        for building in self:
            phase = building.phase_id
            if phase and phase.project_id != building.project_id:
                raise ValidationError(
                    self.env._(
                        "Building %(building)s is in %(project)s and phase %(phase)s "
                        "in %(other)s: choose a phase of the building's project.",
                        building=building.name,
                        project=building.project_id.name,
                        phase=phase.name,
                        other=phase.project_id.name,
                    )
                )


class RealestateUnit(models.Model):
    _inherit = "realestate.unit"  # pylint: disable=consider-merging-classes-inherited

    phase_id = fields.Many2one(related="building_id.phase_id", store=True, index=True)


class RealestateProject(models.Model):
    _inherit = "realestate.project"  # pylint: disable=consider-merging-classes-inherited

    phase_ids = fields.One2many("realestate.phase", "project_id")
