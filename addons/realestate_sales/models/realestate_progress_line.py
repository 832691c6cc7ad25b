from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools.progress import construction_on, monday
from .realestate_progress_plan import PROGRESS_KINDS


class RealestateProgressLine(models.Model):
    """What is planned for one week, beside what was done in it."""

    _name = "realestate.progress.line"
    _description = "Week of a Progress Plan"
    # Signed, released, filed: in the order of their keys backwards.
    _order = "plan_id, date, kind desc, id"
    _rec_name = "date"

    plan_id = fields.Many2one(
        "realestate.progress.plan", required=True, index=True, ondelete="cascade"
    )
    project_id = fields.Many2one(related="plan_id.project_id", store=True, index=True)
    company_id = fields.Many2one(related="plan_id.company_id", store=True)
    currency_id = fields.Many2one(related="plan_id.currency_id")
    date = fields.Date(string="Week of", required=True)
    kind = fields.Selection(PROGRESS_KINDS, string="What", required=True)
    planned_count = fields.Integer(string="Planned")
    planned_amount = fields.Monetary()
    done_count = fields.Integer(string="Done", compute="_compute_done")
    done_amount = fields.Monetary(compute="_compute_done")
    gap = fields.Integer(
        string="Ahead", compute="_compute_done", help="Done less planned."
    )
    construction = fields.Float(
        string="Construction (%)",
        digits=(5, 2),
        compute="_compute_construction",
        help="At the end of the week, by the milestones reached and planned.",
    )

    _week_unique = models.Constraint(
        "UNIQUE (plan_id, date, kind)", "This week is planned already."
    )
    _planned_positive = models.Constraint(
        "CHECK (planned_count >= 0 AND planned_amount >= 0)",
        "What is planned cannot be negative.",
    )

    @api.depends("planned_count", "date", "kind", "project_id")
    def _compute_done(self):
        done = self.env["realestate.progress"]._get_done(self.project_id)
        today = fields.Date.context_today(self)
        for line in self:
            found = done.get((line.project_id.id, line.date, line.kind), (0, 0))
            line.done_count, line.done_amount = found
            # Nobody is behind with a week that has not begun.
            begun = line.date and line.date <= today
            line.gap = line.done_count - line.planned_count if begun else 0

    @api.depends("date", "project_id")
    def _compute_construction(self):
        for line in self:
            end = fields.Date.add(line.date, days=6) if line.date else False
            milestones = line.project_id._get_construction()
            line.construction = end and float(construction_on(end, milestones))

    @api.constrains("date", "plan_id")
    def _check_date(self):
        for line in self:
            plan = line.plan_id
            if line.date != monday(line.date) or not (
                plan.date_start <= line.date <= plan.date_end
            ):
                raise ValidationError(
                    self.env._(
                        "%(plan)s: %(date)s is no Monday of its weeks.",
                        plan=plan.name,
                        date=line.date,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        plans = self.env["realestate.progress.plan"]
        plans.browse(vals.get("plan_id") for vals in vals_list)._check_draft()
        return super().create(vals_list)

    def write(self, vals):
        self.plan_id._check_draft()
        if "plan_id" in vals:
            raise UserError(self.env._("A week stays in its plan."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_fixed(self):
        self.plan_id._check_draft()
