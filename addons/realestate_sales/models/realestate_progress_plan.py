import base64
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ..tools.progress import monday
from ..tools.workbook import Column, Sheet, write_workbook
from .past_day import said

PROGRESS_KINDS = [
    ("sign", "Contracts Signed"),
    ("file", "Filings Accepted"),
    ("loan", "Loans Released"),
]
MAX_WEEKS = 104


class RealestateProgressPlan(models.Model):
    """What a project is to sign, file and get from banks, week by week.

    Its figures are typed or proposed; what was done is counted from the facts. Once
    fixed, nobody makes the plan fit what happened.
    """

    _name = "realestate.progress.plan"
    _description = "Progress Plan"
    _inherit = ["realestate.state.mixin", "mail.thread"]
    _order = "date_start desc, id desc"
    _check_company_auto = True

    _fact_fields = frozenset({"date_fixed", "user_fixed_id"})
    _state_moves = {"draft": {"fixed"}, "fixed": {"draft"}}

    name = fields.Char(compute="_compute_name", store=True)
    project_id = fields.Many2one(
        "realestate.project", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="project_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="project_id.currency_id")
    date_start = fields.Date(
        string="From",
        required=True,
        default=lambda self: monday(fields.Date.context_today(self)),
        help="A plan begins on a Monday.",
    )
    weeks = fields.Integer(required=True, default=13, aggregator=None)
    date_end = fields.Date(string="To", compute="_compute_date_end", store=True)
    state = fields.Selection(
        [("draft", "Draft"), ("fixed", "Fixed")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    date_fixed = fields.Date(string="Fixed on", readonly=True, copy=False)
    user_fixed_id = fields.Many2one(
        "res.users", string="Fixed by", readonly=True, copy=False
    )
    line_ids = fields.One2many("realestate.progress.line", "plan_id")
    note = fields.Text()

    # What the proposal goes by.
    pace_weeks = fields.Integer(
        string="Pace of the Last", default=8, help="Weeks that are looked back at."
    )
    filing_lag = fields.Integer(
        string="Filed After", default=4, help="Weeks after the signature."
    )
    loan_lag = fields.Integer(
        string="Loan After", default=8, help="Weeks after the filing."
    )
    loan_share = fields.Float(
        string="Buyers with a Loan (%)",
        digits=(5, 2),
        compute="_compute_loan_share",
        store=True,
        readonly=False,
        aggregator=None,
    )
    loan_from = fields.Float(
        string="Banks Pay from (%)",
        digits=(5, 2),
        aggregator=None,
        help="Percent of construction before which no bank releases a loan.",
    )
    spreadsheet = fields.Binary(compute="_compute_spreadsheet", prefetch=False)

    _weeks_range = models.Constraint(
        f"CHECK (weeks BETWEEN 1 AND {MAX_WEEKS})",
        f"A plan has 1 to {MAX_WEEKS} weeks.",
    )
    _lags_positive = models.Constraint(
        "CHECK (pace_weeks > 0 AND filing_lag >= 0 AND loan_lag >= 0)",
        "Weeks cannot be negative.",
    )
    _shares_range = models.Constraint(
        "CHECK (loan_share BETWEEN 0 AND 100 AND loan_from BETWEEN 0 AND 100)",
        "Percentages are between 0 and 100.",
    )

    # === COMPUTES === #

    @api.depends("project_id.code", "date_start", "weeks")
    def _compute_name(self):
        for plan in self:
            plan.name = self.env._(
                "%(project)s from %(date)s, %(weeks)s weeks",
                project=plan.project_id.code or "",
                date=plan.date_start or "",
                weeks=plan.weeks,
            )

    @api.depends("date_start", "weeks")
    def _compute_date_end(self):
        for plan in self:
            start = plan.date_start
            plan.date_end = start and start + timedelta(days=plan.weeks * 7 - 1)

    @api.depends("project_id")
    def _compute_loan_share(self):
        for plan in self:
            plan.loan_share = plan.project_id._get_loan_share()

    def _compute_spreadsheet(self):
        for plan in self:
            plan.spreadsheet = base64.b64encode(plan._write_spreadsheet())

    # === CHECKS === #

    @api.constrains("date_start")
    def _check_monday(self):
        for plan in self.filtered(lambda one: one.date_start.weekday()):
            raise ValidationError(
                self.env._(
                    "%(plan)s: a plan begins on a Monday. The Monday of that week is "
                    "%(monday)s.",
                    plan=plan.name,
                    monday=monday(plan.date_start),
                )
            )

    @api.constrains("project_id", "date_start", "weeks")
    def _check_no_overlap(self):
        for plan in self:
            other = self.search(
                [
                    ("id", "!=", plan.id),
                    ("project_id", "=", plan.project_id.id),
                    ("date_start", "<=", plan.date_end),
                    ("date_end", ">=", plan.date_start),
                ],
                limit=1,
            )
            if other:
                raise ValidationError(
                    self.env._(
                        "%(plan)s has weeks of %(other)s: begin after %(date)s.",
                        plan=plan.name,
                        other=other.name,
                        date=other.date_end,
                    )
                )

    def write(self, vals):
        if vals.keys() - {"note"}:
            self._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _check_draft(self):
        for plan in self.filtered(lambda one: one.state != "draft"):
            raise UserError(
                self.env._(
                    "%(plan)s is fixed: what was planned stays. Open it again with a "
                    "reason, or plan the weeks after it.",
                    plan=plan.name,
                )
            )

    # === ACTIONS === #

    def action_propose(self):
        """Fill the plan from those who wait, the pace so far and the milestones; what
        was typed is written over."""
        self.ensure_one()
        self.check_access("write")
        self._check_draft()
        self.line_ids = [
            Command.clear(),
            *(Command.create(values) for values in self._propose_lines()),
        ]
        return True

    def action_fix(self):
        """From here on the figures stay."""
        self.check_access("write")
        for plan in self.filtered(lambda one: not one.line_ids):
            raise UserError(
                self.env._(
                    "%(plan)s has no figures: propose or type them.", plan=plan.name
                )
            )
        self._update_state(
            "fixed",
            date_fixed=fields.Date.context_today(self),
            user_fixed_id=self.env.uid,
        )
        return True

    def action_reopen(self, reason=None):
        """Let the figures change again.

        :param reason: text kept in the history; required
        """
        self.check_access("write")
        if not said(reason):
            raise UserError(self.env._("Say why the plan is opened: it is kept."))
        for plan in self._update_state("draft", date_fixed=False, user_fixed_id=False):
            plan.message_post(
                body=self.env._("Opened again: %(reason)s", reason=said(reason))
            )
        return True

    def action_open_report(self):
        """Show planned against done as a pivot and a graph."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "realestate_sales.realestate_progress_action"
        )
        action["domain"] = [
            ("project_id", "=", self.project_id.id),
            ("date", ">=", self.date_start),
            ("date", "<=", self.date_end),
        ]
        return action

    def action_download(self):
        """Download the plan as a spreadsheet."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "target": "self",
            "url": f"/web/content/{self._name}/{self.id}/spreadsheet/"
            f"{self.project_id.code}-{self.date_start}.xlsx?download=true",
        }

    # === BUSINESS === #

    def _write_spreadsheet(self):
        """A sheet for each kind: planned, done, both from the first week on, and the
        construction."""
        self.ensure_one()
        sheets = [
            Sheet(label, self._prepare_columns(), self._prepare_rows(kind))
            for kind, label in _kinds(self)
        ]
        return write_workbook(sheets, self.currency_id.decimal_places)

    def _prepare_columns(self):
        currency = self.currency_id.name
        return [
            Column(self.env._("Week of")),
            Column(self.env._("Planned"), "integer", has_total=True),
            Column(self.env._("Done"), "integer", has_total=True),
            Column(self.env._("Planned So Far"), "integer"),
            Column(self.env._("Done So Far"), "integer"),
            Column(self.env._("Planned (%s)", currency), "money", has_total=True),
            Column(self.env._("Done (%s)", currency), "money", has_total=True),
            Column(self.env._("Construction"), "percent"),
        ]

    def _prepare_rows(self, kind):
        planned = done = 0
        rows = []
        for line in self.line_ids.filtered(lambda one: one.kind == kind):
            planned += line.planned_count
            done += line.done_count
            rows.append(
                (
                    fields.Date.to_string(line.date),
                    line.planned_count,
                    line.done_count,
                    planned,
                    done,
                    line.planned_amount,
                    line.done_amount,
                    line.construction,
                )
            )
        return rows


def _kinds(record):
    """The kinds with their names in the language of ``record``."""
    field = record.env["realestate.progress.line"]._fields["kind"]
    return field._description_selection(record.env)
