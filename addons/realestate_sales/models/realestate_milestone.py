from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.schedule import due_date


class RealestateMilestone(models.Model):
    """A stage of construction that makes instalments fall due."""

    _name = "realestate.milestone"
    _description = "Construction Milestone"
    _inherit = ["realestate.facts.mixin", "mail.thread"]
    _order = "project_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Payment plans name a milestone by it.")
    sequence = fields.Integer(default=10)
    project_id = fields.Many2one(
        "realestate.project", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="project_id.company_id", store=True)
    building_id = fields.Many2one(
        "realestate.building",
        domain="[('project_id', '=', project_id)]",
        help="Empty: the milestone holds for every building of the project.",
    )
    percent = fields.Float(string="Progress (%)", digits=(5, 2), aggregator=None)
    date_planned = fields.Date(string="Planned for")
    date_reached = fields.Date(
        string="Reached on", readonly=True, copy=False, tracking=True
    )
    certificate = fields.Binary(attachment=True, copy=False)
    certificate_name = fields.Char(copy=False)

    _code_unique = models.UniqueIndex(
        "(project_id, COALESCE(building_id, 0), code)",
        "Another milestone of this project and building has this code.",
    )
    _percent_range = models.Constraint(
        "CHECK (percent >= 0 AND percent <= 100)", "Progress is between 0 and 100 %."
    )

    @api.constrains("building_id", "project_id")
    def _check_building(self):
        for milestone in self:
            building = milestone.building_id
            if building and building.project_id != milestone.project_id:
                raise UserError(
                    self.env._(
                        "Milestone %(milestone)s: building %(building)s belongs to "
                        "another project. Choose one of %(project)s.",
                        milestone=milestone.name,
                        building=building.name,
                        project=milestone.project_id.name,
                    )
                )

    def _get_due_date(self, item):
        """The day an instalment of this milestone is due; False until it is reached.

        :param item: anything with ``offset_months`` and ``offset_days``
        """
        if not self.date_reached:
            return False
        return due_date(self.date_reached, item.offset_months, item.offset_days)
