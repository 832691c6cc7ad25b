from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class RealestateProject(models.Model):
    # A file for each concern keeps them short.
    _inherit = "realestate.project"  # pylint: disable=consider-merging-classes-inherited

    permit_required = fields.Boolean(
        string="Sold under a Permit Only",
        tracking=True,
        help="A unit that no sale permit in force covers gets no contract.",
    )
    permit_ids = fields.One2many(
        "realestate.project.permit", "project_id", string="Permits"
    )


class RealestateUnit(models.Model):
    """Whether a unit may be sold."""

    # A file for each concern keeps them short.
    _inherit = "realestate.unit"  # pylint: disable=consider-merging-classes-inherited

    is_permitted = fields.Boolean(
        string="Under a Sale Permit",
        compute="_compute_is_permitted",
        search="_search_is_permitted",
    )

    @api.depends("building_id", "phase_id")
    def _compute_is_permitted(self):
        covered = self.filtered_domain(self._get_permitted_domain())
        for unit in self:
            unit.is_permitted = unit in covered

    @api.model
    def _search_is_permitted(self, operator, value):
        if operator != "in":
            return NotImplemented
        covered = self._get_permitted_domain()
        return Domain.OR(covered if wanted else ~covered for wanted in value)

    # === BUSINESS === #

    @api.model
    def _get_permitted_domain(self):
        """Of the units that a sale permit in force today covers."""
        # Permits bind everybody who sells, also who does not read them.
        permits = self.env["realestate.project.permit"].sudo()
        valid = permits._get_valid_domain(fields.Date.context_today(self))
        return permits.search(valid & Domain("kind", "=", "sale"))._get_unit_domain()

    def _get_permit_problems(self):
        """Sentences, one a unit that may not be contracted because no permit covers
        it; none where the project does not ask for permits."""
        asked = self.filtered("project_id.permit_required")
        if not asked:
            return []
        # Not by the field: a permit may have been revoked since it was read.
        outside = asked - asked.filtered_domain(self._get_permitted_domain())
        return [
            self.env._(
                "Unit %(unit)s is outside every sale permit in force of %(project)s. "
                "Record the permit that covers it (Filing → Permits), or sell "
                "another unit.",
                unit=unit.name,
                project=unit.project_id.name,
            )
            for unit in outside
        ]


class RealestateReservation(models.Model):
    # A file for each concern keeps them short.
    _inherit = "realestate.reservation"  # pylint: disable=consider-merging-classes-inherited

    def _prepare_contract_values(self):
        """As before, of units that may be sold."""
        problems = (self.unit_id | self.attached_ids)._get_permit_problems()
        if problems:
            raise UserError("\n".join(problems))
        return super()._prepare_contract_values()


class RealestateContract(models.Model):
    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    def _get_problems(self):
        return super()._get_problems() + self.unit_ids._get_permit_problems()

    def _get_step_problems(self, step):
        problems = super()._get_step_problems(step)
        if step == "sign":
            problems += self.unit_ids._get_permit_problems()
        return problems
