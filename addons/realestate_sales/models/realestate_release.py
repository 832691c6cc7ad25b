from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .collision import collide

RELEASE_KINDS = [("release", "Release"), ("withdrawal", "Withdrawal")]


class RealestateRelease(models.Model):
    """Units that go on the market, or leave it, together: now or on a day to come.

    All of them move or none. Once done it is the record of who did it, when and why.
    """

    _name = "realestate.release"
    _description = "Market Release"
    _inherit = ["realestate.state.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True

    _fact_fields = frozenset(
        {"user_approved_id", "user_done_id", "date_done", "count_done", "amount_done"}
        | {"area_done", "failure"}
    )
    _state_moves = {
        "draft": {"approved"},
        "approved": {"draft"},
        "done": {"draft", "approved"},
    }

    name = fields.Char(
        copy=False, tracking=True, help="Left empty it gets a number of its own."
    )
    kind = fields.Selection(
        RELEASE_KINDS, required=True, default="release", tracking=True
    )
    project_id = fields.Many2one(
        "realestate.project", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="project_id.company_id", store=True)
    currency_id = fields.Many2one(related="project_id.currency_id")
    date_planned = fields.Date(
        string="Planned for",
        tracking=True,
        help="An approved one is carried out on this day by itself.",
    )
    # Archived units are named in what is wrong, so they are shown too.
    unit_ids = fields.Many2many(
        "realestate.unit",
        "realestate_release_unit_rel",
        "release_id",
        "unit_id",
        string="Units",
        check_company=True,
        context={"active_test": False},
    )
    reason = fields.Text(
        tracking=True, help="Why: a withdrawal needs it, and it is kept."
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        required=True,
        default=lambda self: self.env.user,
        tracking=True,
    )
    state = fields.Selection(
        [("draft", "Draft"), ("approved", "Approved"), ("done", "Done")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    user_approved_id = fields.Many2one(
        "res.users", string="Approved by", readonly=True, copy=False
    )
    user_done_id = fields.Many2one(
        "res.users", string="Done by", readonly=True, copy=False
    )
    date_done = fields.Datetime(string="Done on", readonly=True, copy=False)
    count_done = fields.Integer(readonly=True, copy=False)
    area_done = fields.Float(digits=(12, 2), readonly=True, copy=False)
    amount_done = fields.Monetary(readonly=True, copy=False)
    failure = fields.Text(
        readonly=True,
        copy=False,
        help="What kept it from being carried out on its day.",
    )

    # For the job that carries out what is due.
    _due = models.Index("(date_planned) WHERE state = 'approved'")

    @api.constrains("project_id", "unit_ids")
    def _check_units_project(self):
        for release in self:
            other = release.unit_ids.filtered(
                lambda unit, release=release: unit.project_id != release.project_id
            )
            if other:
                raise ValidationError(
                    self.env._(
                        "%(release)s is of project %(project)s: take out the units of "
                        "others, %(units)s.",
                        release=release.name,
                        project=release.project_id.name,
                        units=other._name_some(),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        sequence = self.env["ir.sequence"]
        vals_list = [
            {**vals, "name": vals.get("name") or sequence.next_by_code(self._name)}
            for vals in vals_list
        ]
        return super().create(vals_list)

    def write(self, vals):
        if self._get_term_fields() & vals.keys():
            self._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        for release in self.filtered(lambda release: release.state == "done"):
            raise UserError(
                self.env._(
                    "%(release)s was carried out: it stays as the record of what was "
                    "on the market.",
                    release=release.name,
                )
            )

    # === ACTIONS === #

    def action_approve(self):
        """Let it be carried out on its planned day."""
        self._check_may_market()
        for release in self:
            collide(release)
            message = release._incomplete_message() or release._undated_message()
            if message:
                raise UserError(message)
        self._update_state("approved", user_approved_id=self.env.uid, failure=False)
        return True

    def action_draft(self):
        """Take back the approval."""
        self._check_may_market()
        self._update_state("draft", user_approved_id=False, failure=False)
        return True

    def action_done(self):
        """Carry it out now; what is done already stays as it is.

        :raises UserError: naming the units that keep it from being done
        """
        self._check_may_market()
        self.filtered(lambda release: release.state != "done")._carry_out()
        return True

    # === BUSINESS === #

    def _check_may_market(self):
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group(
            "realestate_sales.group_supervisor"
        ):
            raise AccessError(
                self.env._(
                    "Only a contract supervisor or a sales manager may release units "
                    "to the market or withdraw them."
                )
            )

    def _check_draft(self):
        for release in self.filtered(lambda release: release.state != "draft"):
            raise UserError(
                self.env._(
                    "%(release)s is approved or done and stays as it is: set it back "
                    "to draft, or make another one.",
                    release=release.name,
                )
            )
        # Its approval at this moment would carry out what it was before.
        collide(self)

    def _carry_out(self):
        """Move the units of each release, all of them or none."""
        for release in self:
            # Two at once would both count the units as moved by themselves.
            collide(release)
            release._apply_due_prices()
            if problem := release._problem_message():
                raise UserError(problem)
            moving = release._get_moving_units()
            moving._set_released(release.kind == "release")
            release._update_state(
                "done",
                user_done_id=self.env.uid,
                date_done=fields.Datetime.now(),
                failure=False,
                **release._prepare_totals(moving),
            )
            release.activity_unlink(["mail.mail_activity_data_todo"])

    def _get_moving_units(self):
        """Those of the units that are not yet where they are to be."""
        self.ensure_one()
        released = self.kind == "release"
        return self.unit_ids.filtered(lambda unit: unit.is_released != released)

    def _prepare_totals(self, units):
        return {
            "count_done": len(units),
            "area_done": sum(units.mapped("area")),
            "amount_done": sum(units.mapped("price_list")),
        }

    def _apply_due_prices(self):
        """Let price lists take effect whose day has come, so that no unit is offered at
        the price of yesterday."""
        # A manager has approved them; whoever releases need not be one.
        lists = self.env["realestate.pricelist"].sudo()
        lists.search(
            [("project_id", "in", self.project_id.ids), ("state", "=", "approved")]
        )._make_effective()

    @api.model
    def _get_term_fields(self):
        """The fields that stay as they were approved."""
        return {"kind", "project_id", "unit_ids", "date_planned", "reason"}
