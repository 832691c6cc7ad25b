from odoo import fields, models
from odoo.fields import Domain


class RealestatePaymentPlan(models.Model):
    """Where a plan is offered, and after which law or custom."""

    # A file for each concern keeps them short.
    _inherit = "realestate.payment.plan"  # pylint: disable=consider-merging-classes-inherited

    jurisdiction_id = fields.Many2one(
        "realestate.jurisdiction",
        index="btree_not_null",
        help="Offered in projects under this law. Empty: under any.",
    )
    source = fields.Text(
        translate=True,
        help="The law or custom the plan follows. It is no legal advice: check what is "
        "in force where you sell.",
    )

    def _get_offered(self, project):
        """The standard plans that may be chosen in ``project``."""
        return self.search(
            Domain("jurisdiction_id", "in", [False, project.jurisdiction_id.id])
            & Domain("company_id", "in", [False, project.company_id.id])
            & (
                Domain("project_ids", "=", False)
                | Domain("project_ids", "in", project.ids)
            )
            & Domain("contract_id", "=", False)
        )

    def _is_offered_in(self, project):
        """Whether the plan may be chosen in ``project``."""
        self.ensure_one()
        lands = self.jurisdiction_id
        projects = self.project_ids
        return (not lands or lands == project.jurisdiction_id) and (
            not projects or project in projects
        )


class RealestateProject(models.Model):
    """The milestones that the plans of a project ask for."""

    # A file for each concern keeps them short.
    _inherit = "realestate.project"  # pylint: disable=consider-merging-classes-inherited

    def action_add_plan_milestones(self):
        """Add the milestones that plans offered in the project name and it lacks.

        :return: a message that names them
        """
        self.ensure_one()
        self.check_access("write")
        values = self._prepare_plan_milestones()
        milestones = self.env["realestate.milestone"].create(values)
        names = ", ".join(milestones.mapped("name"))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Added: %(milestones)s", milestones=names)
                if names
                else self.env._("Every milestone of the plans is there."),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _prepare_plan_milestones(self):
        """Values of the milestones that are missing, in the order of the plans."""
        known = set(self.milestone_ids.mapped("code"))
        last = max(self.milestone_ids.mapped("sequence"), default=0)
        values = []
        for line in self.env["realestate.payment.plan"]._get_offered(self).line_ids:
            if line.trigger != "milestone" or line.milestone_code in known:
                continue
            known.add(line.milestone_code)
            values.append(
                {
                    "project_id": self.id,
                    "name": line.name,
                    "code": line.milestone_code,
                    "sequence": last + len(values) + 1,
                }
            )
        return values


class RealestateContract(models.Model):
    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    jurisdiction_id = fields.Many2one(related="project_id.jurisdiction_id")

    def _get_problems(self):
        problems = super()._get_problems()
        if self.plan_id and not self.plan_id._is_offered_in(self.project_id):
            problems.append(
                self.env._(
                    "Payment plan “%(plan)s” is not offered in project %(project)s: "
                    "choose another one, or offer it there.",
                    plan=self.plan_id.name,
                    project=self.project_id.name,
                )
            )
        return problems


class RealestateReservation(models.Model):
    # A file for each concern keeps them short.
    _inherit = "realestate.reservation"  # pylint: disable=consider-merging-classes-inherited

    jurisdiction_id = fields.Many2one(related="project_id.jurisdiction_id")
