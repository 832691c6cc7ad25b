from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

IN_LINE = ("waiting", "offered")


class RealestateUnitQueue(models.Model):
    """Who comes next when a claimed unit becomes free.

    A unit that is given up is held for the first in line until a deadline. Until then
    nobody else gets it, also when its claim has run out and no job has run since.
    """

    _name = "realestate.unit.queue"
    _description = "Waiting List Entry"
    _inherit = ["realestate.state.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id"
    _rec_name = "unit_id"

    _fact_fields = frozenset({"date_offered", "date_deadline"})
    _state_moves = {
        "offered": {"waiting"},
        "accepted": {"waiting", "offered"},
        "lapsed": {"offered"},
        "cancelled": {"waiting", "offered"},
    }

    unit_id = fields.Many2one(
        "realestate.unit", required=True, index=True, ondelete="cascade"
    )
    project_id = fields.Many2one(related="unit_id.project_id", store=True, index=True)
    company_id = fields.Many2one(related="unit_id.company_id", store=True, index=True)
    user_id = fields.Many2one(
        "res.users",
        string="Agent",
        required=True,
        default=lambda self: self.env.user,
        index=True,
        tracking=True,
    )
    partner_id = fields.Many2one(
        "res.partner", string="Buyer", index="btree_not_null", tracking=True
    )
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("offered", "Offered"),
            ("accepted", "Accepted"),
            ("lapsed", "Lapsed"),
            ("cancelled", "Cancelled"),
        ],
        default="waiting",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    date_offered = fields.Datetime(string="Offered at", readonly=True, copy=False)
    date_deadline = fields.Datetime(string="Offered until", readonly=True, copy=False)
    position = fields.Integer(
        compute="_compute_position", help="1 is the next to be offered the unit."
    )

    _one_place = models.UniqueIndex(
        "(unit_id, user_id) WHERE state IN ('waiting', 'offered')",
        "You wait for this unit already.",
    )

    @api.depends("unit_id", "state")
    def _compute_position(self):
        # The line is everybody's, the buyers in it are not.
        lines = dict(
            self.sudo()._read_group(
                [("unit_id", "in", self.unit_id.ids), ("state", "in", IN_LINE)],
                ["unit_id"],
                ["id:array_agg"],
            )
        )
        for entry in self:
            line = sorted(lines.get(entry.unit_id, []))
            number = entry._origin.id
            entry.position = line.index(number) + 1 if number in line else 0

    @api.model_create_multi
    def create(self, vals_list):
        entries = super().create(vals_list)
        for entry in entries:
            entry._check_owner()
            entry._check_joinable()
        return entries

    def write(self, vals):
        if "unit_id" in vals:
            raise UserError(
                self.env._(
                    "An entry stays with its unit: cancel it and wait for the other "
                    "unit."
                )
            )
        result = super().write(vals)
        if "user_id" in vals:
            for entry in self:
                entry._check_owner()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_cancelled(self):
        for entry in self.filtered(lambda e: e.state in IN_LINE):
            raise UserError(
                self.env._(
                    "%(user)s still waits for unit %(unit)s: cancel the entry first.",
                    user=entry.user_id.name,
                    unit=entry.unit_id.name,
                )
            )

    # === ACTIONS === #

    def action_cancel(self):
        """Leave the line; a unit that was offered goes to the next."""
        self.check_access("write")
        for entry in self.filtered(lambda e: e.state in IN_LINE):
            entry._check_owner()
            claim = entry._get_offered_claim()
            entry._update_state("cancelled")
            entry._close_activities()
            claim._free()
        return True

    def action_reserve(self):
        """Open the reservation of the unit that was offered."""
        self.ensure_one()
        if self.state != "offered":
            raise UserError(
                self.env._(
                    "Unit %(unit)s is not offered to %(user)s yet: the first in line "
                    "is told when it becomes free.",
                    unit=self.unit_id.name,
                    user=self.user_id.name,
                )
            )
        action = self.unit_id.action_reserve_form()
        action["context"]["default_partner_id"] = self.partner_id.id
        return action

    # === THE LINE === #

    def _check_owner(self):
        """Agents wait for themselves; a supervisor puts anybody in line."""
        self.ensure_one()
        own = self.user_id == self.env.user or self.env.su
        if not own and not self.env.user.has_group("realestate_sales.group_supervisor"):
            raise AccessError(
                self.env._(
                    "Only %(user)s or a supervisor may change this place in the line "
                    "for unit %(unit)s.",
                    user=self.user_id.name,
                    unit=self.unit_id.name,
                )
            )

    def _check_joinable(self):
        self.ensure_one()
        claim = self.unit_id.live_claim_id.sudo()
        others = self.sudo().search_count(
            self._get_line_domain(self.unit_id) & Domain("id", "!=", self.id), limit=1
        )
        if not claim and not others:
            raise UserError(
                self.env._(
                    "Unit %(unit)s is %(state)s: there is nothing to wait for.",
                    unit=self.unit_id.name,
                    state=self.unit_id._state_label(),
                )
            )
        if claim.user_id == self.user_id and claim.kind == "hold":
            raise UserError(
                self.env._(
                    "%(user)s holds unit %(unit)s: reserve it instead of waiting.",
                    user=self.user_id.name,
                    unit=self.unit_id.name,
                )
            )

    @api.model
    def _get_line_domain(self, unit):
        return Domain("unit_id", "=", unit.id) & Domain("state", "in", IN_LINE)

    @api.model
    def _get_first(self, unit):
        """The first in line of those who still work here."""
        return self.search(
            self._get_line_domain(unit) & Domain("user_id.active", "=", True), limit=1
        )

    @api.model
    def _check_turn(self, unit):
        """Refuse a claim on a free unit to all but the first in line."""
        self._lapse(unit)
        first = self._get_first(unit)
        if first and first.user_id != self.env.user:
            raise UserError(
                self.env._(
                    "Unit %(unit)s is promised to %(user)s, who is first in line. Join "
                    "the waiting list or choose another unit.",
                    unit=unit.name,
                    user=first.user_id.name,
                )
            )

    @api.model
    def _accept(self, claim):
        """Those in line who have just got what they waited for."""
        states = ["waiting"] if claim.kind == "hold" else IN_LINE
        entries = self.search(
            [
                ("unit_id", "=", claim.unit_id.id),
                ("user_id", "=", claim.user_id.id),
                ("state", "in", states),
            ]
        )
        entries._update_state("accepted")
        entries._close_activities()

    @api.model
    def _lapse(self, unit):
        """Offers of a unit that is free again were not taken up."""
        entries = self.search([("unit_id", "=", unit.id), ("state", "=", "offered")])
        entries._update_state("lapsed")
        entries._close_activities()

    # === OFFERS === #

    @api.model
    def _offer(self, units):
        """Offer units to the first in line, where they are free and somebody waits."""
        units.invalidate_recordset(["live_claim_id", "state"])
        for unit in units.sorted("id"):
            if unit.live_claim_id:
                continue
            self._lapse(unit)
            first = self._get_first(unit)
            if first and unit.is_released and unit.active:
                first._make_offer()

    def _make_offer(self):
        """Hold the unit for the agent, and tell them until when."""
        self.ensure_one()
        now = fields.Datetime.now()
        deadline = now + timedelta(hours=self.company_id.realestate_offer_hours)
        self.unit_id.with_user(self.user_id)._claim(
            "hold", origin=self, partner=self.partner_id, expires_at=deadline
        )
        self._update_state("offered", date_offered=now, date_deadline=deadline)
        local = fields.Datetime.context_timestamp(
            self.with_context(tz=self.user_id.tz), deadline
        )
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=local.date(),
            user_id=self.user_id.id,
            summary=self.env._(
                "Unit %(unit)s is yours until %(until)s: reserve it or leave the line",
                unit=self.unit_id.name,
                until=local.strftime("%Y-%m-%d %H:%M"),
            ),
        )

    def _get_offered_claim(self):
        """The hold that an offer made, while it stands."""
        # Claims are nobody's to write; giving one's own up is.
        claims = self.env["realestate.unit.claim"].sudo()
        origins = [f"{self._name},{entry.id}" for entry in self]
        return claims.search([("origin", "in", origins), ("live", "=", True)])

    def _close_activities(self):
        self.activity_unlink(["mail.mail_activity_data_todo"])

    # === CRON === #

    @api.model
    def _cron_offer(self, limit=200):
        """Offer what has become free by the mere passing of time."""
        domain = self._get_offerable_domain()
        units = self.search(domain).unit_id[:limit]
        for unit in units.try_lock_for_update():
            self._offer(unit)
            self.env["ir.cron"]._commit_progress(1)
        left = len(self.search(domain).unit_id)
        self.env["ir.cron"]._commit_progress(remaining=left)

    @api.model
    def _get_offerable_domain(self):
        live = self.env["realestate.unit"]._get_live_claim_domain()
        return (
            Domain("state", "=", "waiting")
            & Domain("user_id.active", "=", True)
            & Domain("unit_id.is_released", "=", True)
            & Domain("unit_id.active", "=", True)
            & ~Domain("unit_id.claim_ids", "any!", live)
        )
