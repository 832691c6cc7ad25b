from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..tools import period
from ..tools.dunning import RETRY_DAYS
from ..tools.ladder import LadderError, check_ladder
from .dunning_messages import LADDER_MESSAGES


class RealestateDunningLadder(models.Model):
    """The steps by which a company asks late buyers for its money."""

    _name = "realestate.dunning.ladder"
    _description = "Dunning Ladder"
    _inherit = ["mail.thread"]
    _order = "company_id, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    project_ids = fields.Many2many(
        "realestate.project",
        string="Projects",
        check_company=True,
        copy=False,
        help="Empty: the ladder serves where the company's settings name it.",
    )
    level_ids = fields.One2many("realestate.dunning.level", "ladder_id", copy=True)
    retry_days = fields.Integer(
        string="Try Again After (days)",
        default=RETRY_DAYS,
        help="How long a level that could not be delivered rests before it is tried "
        "again.",
    )
    is_default = fields.Boolean(
        string="Default of the Company", compute="_compute_is_default"
    )
    date_last_run = fields.Date(string="Last Run", readonly=True, copy=False)

    _retry_days_positive = models.Constraint(
        "CHECK (retry_days >= 1)", "A failed level rests for at least one day."
    )

    def _compute_is_default(self):
        for ladder in self:
            default = ladder.company_id.sudo().realestate_dunning_ladder_id
            ladder.is_default = default == ladder

    @api.constrains("project_ids", "active")
    def _check_projects(self):
        for ladder in self.filtered("active"):
            others = self.search(
                [
                    ("id", "!=", ladder.id),
                    ("project_ids", "in", ladder.project_ids.ids),
                ]
            )
            for other in others:
                raise ValidationError(
                    self.env._(
                        "Project %(project)s has the ladder %(other)s already: take it "
                        "out there, or archive that ladder.",
                        project=(ladder.project_ids & other.project_ids)[:1].name,
                        other=other.name,
                    )
                )

    @api.constrains("level_ids")
    def _check_levels(self):
        currency = self.env.company.currency_id
        for ladder in self:
            ladder._to_levels(currency, fields.Date.context_today(self))

    # === ACTIONS === #

    @api.model
    def run(self, date=None):
        """Look at every active contract of the caller's companies and decide who is
        sent what, with a reason for each. Notices are queued and sent by a job that
        looks at the balance again. Running twice on a day sends nothing twice. Where
        the company's runs are released by approval, they wait for that.

        :param date: calendar date, default today; a future one only shows what would be
            sent if nobody paid
        :return: `realestate.dunning.run`, one per company
        :raises AccessError: unless a collection officer calls
        """
        return self._run_companies(date)

    @api.model
    def simulate(self, date=None):
        """Like :meth:`run`, and nothing is queued: whom it would be sent to is kept
        with counts, amounts and a sample letter for each level, and may be released.

        :return: `realestate.dunning.run`, one per company
        :raises AccessError: unless a collection officer calls
        """
        return self._run_companies(date, simulate=True)

    @api.model
    def _run_companies(self, date, simulate=False):
        self._check_may_run()
        day = self._read_date(date)
        runs = self.env["realestate.dunning.run"]
        for company in self.env.companies:
            # Decided over contracts and entries the officer need not all be shown.
            runs |= runs.sudo().with_company(company)._perform(company, day, simulate)
        return runs.with_env(self.env)

    # === BUSINESS === #

    @api.model
    def _check_may_run(self):
        if not self.env.su and not self.env.user.has_group(
            "realestate_collection.group_officer"
        ):
            raise AccessError(self.env._("Only collection officers run the dunning."))

    @api.model
    def _read_date(self, date):
        try:
            return period.read_day(date)
        except ValueError as error:
            raise UserError(
                self.env._(
                    "Dunning: “%(date)s” is no date. Write it as 2026-12-31.", date=date
                )
            ) from error

    @api.model
    def _lock_for_run(self, company, today):
        """One run of a company at a time, and none that does not see the last one."""
        ladders = self.search([("company_id", "=", company.id)])
        if ladders - ladders.try_lock_for_update(allow_referencing=True):
            raise UserError(
                self.env._(
                    "The dunning of %(company)s is running. Try again in a minute.",
                    company=company.name,
                )
            )
        # A transaction begun before this one ends meets the change and starts anew.
        ladders.with_context(tracking_disable=True).date_last_run = today
        ladders.flush_recordset(["date_last_run"])

    def _get_levels(self, currency, date):
        """Like :meth:`_to_levels`; None where there is no ladder."""
        return self._to_levels(currency, date) if self else None

    def _to_levels(self, currency, date):
        """The active levels as the pure decision takes them, checked."""
        self.ensure_one()
        levels = self.level_ids.filtered("active")
        try:
            return check_ladder([level._to_level(currency, date) for level in levels])
        except LadderError as error:
            raise ValidationError(
                self.env._(
                    "Ladder %(ladder)s: %(text)s",
                    ladder=self.name,
                    text=str(LADDER_MESSAGES[error.code]) % error.params,
                )
            ) from error

    @api.model
    def _get_by_project(self, company):
        """The active ladders of a company: ``{project id: ladder}``, the default one
        under the key None."""
        ladders = self.search([("company_id", "=", company.id)])
        default = company.realestate_dunning_ladder_id & ladders
        by_project = {None: default}
        for ladder in ladders:
            by_project.update(dict.fromkeys(ladder.project_ids.ids, ladder))
        return by_project

    @api.model
    def _get_reminder_days(self, company):
        """How far ahead of today the ladders of a company look."""
        levels = self.search([("company_id", "=", company.id)]).level_ids
        return max([0, *(-level.days for level in levels)])
