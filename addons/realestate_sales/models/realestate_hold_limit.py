from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .collision import collide

ROLES = [
    ("agent", "Sales Agent"),
    ("officer", "Contract Officer"),
    ("supervisor", "Contract Supervisor"),
    ("manager", "Sales Manager"),
]


class RealestateHoldLimit(models.Model):
    """How many units one may hold at a time, and how long.

    A limit of a person counts before that of their role; the highest role counts. Who
    has no limit holds as they like.
    """

    _name = "realestate.hold.limit"
    _description = "Hold Limit"
    _order = "company_id, user_id desc, role, id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    role = fields.Selection(ROLES)
    user_id = fields.Many2one(
        "res.users", string="Person", domain="[('share', '=', False)]"
    )
    hold_count = fields.Integer(
        string="Units at a Time", help="0: as many as they like.", default=3
    )
    hold_hours = fields.Integer(
        string="Hours at Most", help="0: as long as they like.", default=48
    )
    active = fields.Boolean(default=True)

    _role_unique = models.UniqueIndex(
        "(company_id, role) WHERE active AND user_id IS NULL",
        "This company has a limit for this role already: change that one.",
    )
    _user_unique = models.UniqueIndex(
        "(company_id, user_id) WHERE active AND user_id IS NOT NULL",
        "This company has a limit for this person already: change that one.",
    )
    _whom = models.Constraint(
        "CHECK ((role IS NULL) != (user_id IS NULL))",
        "A limit is for a role or for a person: fill in one of the two.",
    )
    _not_negative = models.Constraint(
        "CHECK (hold_count >= 0 AND hold_hours >= 0)", "A limit cannot be negative."
    )

    @api.depends("role", "user_id")
    def _compute_display_name(self):
        roles = dict(self._fields["role"]._description_selection(self.env))
        for limit in self:
            limit.display_name = limit.user_id.name or roles.get(limit.role, "")

    @api.model
    def _get_for(self, company, user):
        """The limit of ``user`` in ``company``; empty where there is none."""
        held = [role for role, _label in ROLES if self._has_role(user, role)]
        limits = self.search([("company_id", "=", company.id)])
        own = limits.filtered(lambda limit: limit.user_id == user)
        return own or limits.filtered(lambda limit: held and limit.role == held[-1])

    @api.model
    def _has_role(self, user, role):
        return user.has_group(f"realestate_sales.group_{role}")

    def _check_hold(self, unit, user, expires_at):
        """Refuse a hold of ``unit`` until ``expires_at`` (UTC) beyond the limit."""
        self._check_hours(unit, expires_at)
        if not self.hold_count:
            return
        # Two holds at once would not count each other.
        collide(user)
        claims = self.env["realestate.unit.claim"]
        held = claims.search_count(
            self.env["realestate.unit"]._get_live_claim_domain()
            & claims._get_hold_domain(user, self.company_id)
        )
        if held >= self.hold_count:
            raise UserError(
                self.env._(
                    "Unit %(unit)s: you hold %(held)s units and may hold %(limit)s at "
                    "a time. Release one, or ask a manager for a higher limit.",
                    unit=unit.name,
                    held=held,
                    limit=self.hold_count,
                )
            )

    def _check_hours(self, unit, expires_at):
        longest = fields.Datetime.now() + timedelta(hours=self.hold_hours)
        if self.hold_hours and expires_at > longest:
            raise UserError(
                self.env._(
                    "Unit %(unit)s: you may hold a unit for %(hours)s hours at most. "
                    "Give an earlier end, or reserve it.",
                    unit=unit.name,
                    hours=self.hold_hours,
                )
            )
