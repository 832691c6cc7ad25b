from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from .past_day import past_day, said

#: What a permit covers, by its scope.
SCOPES = {"phase": "phase_ids", "building": "building_ids", "unit": "unit_ids"}
#: What may be added to a permit that was revoked.
OPEN_FIELDS = {"note", "file", "filename"}
PERMIT_ACTIVITY = "realestate_sales.mail_activity_permit"


class RealestateProjectPermit(models.Model):
    """A permit of the authority: what of a project may be built or sold, until when."""

    _name = "realestate.project.permit"
    _description = "Project Permit"
    _inherit = ["realestate.state.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "project_id, date_start desc, id desc"
    _check_company_auto = True

    _fact_fields = frozenset({"date_revoked", "revoke_reason"})
    _state_moves = {"revoked": {"granted"}}

    name = fields.Char(string="Permit Number", required=True, tracking=True)
    project_id = fields.Many2one(
        "realestate.project", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="project_id.company_id", store=True, index=True
    )
    kind = fields.Selection(
        [
            ("sale", "Sale or Presale"),
            ("construction", "Construction"),
            ("land", "Land Use"),
            ("other", "Other"),
        ],
        string="Permit for",
        required=True,
        default="sale",
        tracking=True,
    )
    authority_id = fields.Many2one("res.partner")
    date_start = fields.Date(
        string="Valid from",
        required=True,
        default=fields.Date.context_today,
        tracking=True,
    )
    date_end = fields.Date(string="Valid until", tracking=True)
    remind_days = fields.Integer(
        string="Remind Before", default=60, help="Days before the permit ends."
    )
    user_id = fields.Many2one(
        "res.users",
        string="Kept by",
        default=lambda self: self.env.user,
        tracking=True,
        help="Is reminded before the permit ends.",
    )
    file = fields.Binary(string="Scan", attachment=True, copy=False)
    filename = fields.Char(copy=False)
    note = fields.Text()

    # What it covers.
    scope = fields.Selection(
        [
            ("project", "Whole Project"),
            ("phase", "Phases"),
            ("building", "Buildings"),
            ("unit", "Units"),
        ],
        string="Covers",
        required=True,
        default="project",
        tracking=True,
    )
    phase_ids = fields.Many2many(
        "realestate.phase", domain="[('project_id', '=', project_id)]"
    )
    building_ids = fields.Many2many(
        "realestate.building", domain="[('project_id', '=', project_id)]"
    )
    unit_ids = fields.Many2many(
        "realestate.unit", domain="[('project_id', '=', project_id)]"
    )
    unit_count = fields.Integer(string="Units Covered", compute="_compute_unit_count")

    state = fields.Selection(
        [("granted", "Granted"), ("revoked", "Revoked")],
        default="granted",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    date_revoked = fields.Date(string="Revoked on", readonly=True, copy=False)
    revoke_reason = fields.Text(
        string="Revoked because", readonly=True, copy=False, tracking=True
    )
    is_valid = fields.Boolean(
        string="In Force", compute="_compute_is_valid", search="_search_is_valid"
    )
    is_ending = fields.Boolean(
        string="Ends Soon", compute="_compute_is_valid", search="_search_is_ending"
    )

    _number_unique = models.Constraint(
        "UNIQUE (project_id, kind, name)", "This permit is recorded already."
    )
    _in_order = models.Constraint(
        "CHECK (date_end >= date_start)", "A permit ends after it began."
    )
    _days_positive = models.Constraint(
        "CHECK (remind_days >= 0)", "Days cannot be negative."
    )

    # === COMPUTES === #

    def _compute_unit_count(self):
        for permit in self:
            units = self.env["realestate.unit"]
            permit.unit_count = units.search_count(permit._get_unit_domain())

    @api.depends("date_start", "date_end", "remind_days", "state")
    def _compute_is_valid(self):
        today = fields.Date.context_today(self)
        for permit in self:
            end = permit.date_end
            permit.is_valid = bool(
                permit.state == "granted"
                and permit.date_start
                and permit.date_start <= today
                and (not end or end >= today)
            )
            soon = end and end - timedelta(days=permit.remind_days) <= today
            permit.is_ending = bool(permit.is_valid and soon)

    @api.model
    def _search_is_valid(self, operator, value):
        if operator != "in":
            return NotImplemented
        valid = self._get_valid_domain(fields.Date.context_today(self))
        return Domain.OR(valid if wanted else ~valid for wanted in value)

    @api.model
    def _search_is_ending(self, operator, value):
        if operator != "in":
            return NotImplemented
        valid = self._get_valid_domain(fields.Date.context_today(self))
        permits = self.search(valid & Domain("date_end", "!=", False))
        ending = Domain("id", "in", permits.filtered("is_ending").ids)
        return Domain.OR(ending if wanted else ~ending for wanted in value)

    # === CHECKS === #

    @api.constrains("project_id", "scope", *SCOPES.values())
    def _check_scope(self):
        for permit in self.filtered(lambda one: one.scope in SCOPES):
            parts = permit[SCOPES[permit.scope]]
            if not parts:
                raise ValidationError(
                    self.env._(
                        "Permit %(permit)s covers nothing: choose its %(parts)s.",
                        permit=permit.name,
                        parts=permit._fields[SCOPES[permit.scope]].string,
                    )
                )
            if parts.project_id != permit.project_id:
                raise ValidationError(
                    self.env._(
                        "Permit %(permit)s is of project %(project)s: it covers only "
                        "what belongs to it.",
                        permit=permit.name,
                        project=permit.project_id.name,
                    )
                )

    def write(self, vals):
        if vals.keys() - OPEN_FIELDS:
            self._check_granted()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _check_granted(self):
        for permit in self.filtered(lambda one: one.state != "granted"):
            raise UserError(
                self.env._(
                    "Permit %(permit)s was revoked: it stays as a record.",
                    permit=permit.name,
                )
            )

    # === ACTIONS === #

    def action_revoke(self, reason=None, date=None):
        """The authority has taken the permit back.

        :param reason: text kept with it; required
        :param date: calendar date, default today
        """
        self.check_access("write")
        if not said(reason):
            raise UserError(self.env._("Say why the permit was revoked: it is kept."))
        label = self._fields["date_revoked"]._description_string(self.env)
        self._update_state(
            "revoked",
            date_revoked=past_day(self, label, date),
            revoke_reason=said(reason),
        )
        self.activity_unlink([PERMIT_ACTIVITY])
        return True

    def action_open_units(self):
        """Show the units that the permit covers."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "realestate_sales.realestate_unit_action"
        )
        action["domain"] = list(self._get_unit_domain())
        return action

    # === BUSINESS === #

    @api.model
    def _get_valid_domain(self, day):
        open_end = Domain("date_end", "=", False) | Domain("date_end", ">=", day)
        begun = Domain("date_start", "<=", day)
        return Domain("state", "=", "granted") & begun & open_end

    def _get_unit_domain(self):
        """Of the units that any of these permits covers."""
        covered = Domain.FALSE
        for permit in self:
            part = Domain("project_id", "=", permit.project_id.id)
            if permit.scope == "phase":
                part &= Domain("phase_id", "in", permit.phase_ids.ids)
            elif permit.scope == "building":
                part &= Domain("building_id", "in", permit.building_ids.ids)
            elif permit.scope == "unit":
                part &= Domain("id", "in", permit.unit_ids.ids)
            covered |= part
        return covered

    # === CRON === #

    @api.model
    def _cron_remind(self):
        """Once a day: whoever keeps a permit that ends soon is told, once."""
        kind = self.env.ref(PERMIT_ACTIVITY)
        told = Domain("activity_type_id", "=", kind.id)
        found = self.search(
            Domain("is_ending", "=", True) & Domain("activity_ids", "not any", told)
        )
        for left, permit in enumerate(reversed(found)):
            permit._remind()
            self.env["ir.cron"]._commit_progress(1, remaining=left)

    def _remind(self):
        user = self.user_id or self.project_id.user_id
        if not user.active:
            return
        own = self.with_context(lang=user.lang)
        own.activity_schedule(
            PERMIT_ACTIVITY,
            date_deadline=self.date_end,
            user_id=user.id,
            summary=own.env._(
                "Permit %(permit)s of %(project)s ends: have it prolonged",
                permit=own.name,
                project=own.project_id.name,
            ),
        )
