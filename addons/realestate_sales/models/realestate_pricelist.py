from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .collision import collide


class RealestatePricelist(models.Model):
    """One version of a project's prices: drafted, approved, effective at its date."""

    _name = "realestate.pricelist"
    _description = "Price List"
    _inherit = ["realestate.state.mixin", "mail.thread"]
    _order = "project_id, version desc"

    _fact_fields = frozenset({"user_approved_id", "date_applied"})
    _state_moves = {
        "draft": {"approved"},
        "approved": {"draft"},
        "effective": {"approved"},
        "superseded": {"effective"},
    }

    name = fields.Char(compute="_compute_name", store=True)
    project_id = fields.Many2one(
        "realestate.project", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="project_id.company_id", store=True)
    currency_id = fields.Many2one(related="project_id.currency_id")
    version = fields.Integer(readonly=True, copy=False, aggregator=None)
    date_effective = fields.Date(
        string="Effective from",
        required=True,
        default=fields.Date.context_today,
        tracking=True,
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("approved", "Approved"),
            ("effective", "Effective"),
            ("superseded", "Superseded"),
        ],
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
    date_applied = fields.Datetime(string="Effective since", readonly=True, copy=False)
    line_ids = fields.One2many("realestate.pricelist.line", "pricelist_id", copy=True)
    line_count = fields.Integer(compute="_compute_line_count")

    _version_unique = models.Constraint(
        "UNIQUE (project_id, version)", "This project already has this version."
    )

    @api.depends("project_id.code", "version")
    def _compute_name(self):
        for pricelist in self:
            name = f"{pricelist.project_id.code} v{pricelist.version}"
            pricelist.name = name if pricelist.version else ""

    @api.depends("line_ids")
    def _compute_line_count(self):
        counts = self.env["realestate.pricelist.line"]._read_group(
            [("pricelist_id", "in", self.ids)], ["pricelist_id"], ["__count"]
        )
        by_list = {pricelist.id: count for pricelist, count in counts}
        for pricelist in self:
            pricelist.line_count = by_list.get(pricelist._origin.id, 0)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            last = self.sudo().search(
                [("project_id", "=", vals.get("project_id"))],
                order="version desc",
                limit=1,
            )
            vals["version"] = last.version + 1
        return super().create(vals_list)

    def write(self, vals):
        if self._get_term_fields() & vals.keys():
            self._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_approved(self):
        for pricelist in self.filtered(lambda p: p.state != "draft"):
            raise UserError(
                self.env._(
                    "Price list %(name)s was approved: it stays as the record of what "
                    "was offered.",
                    name=pricelist.name,
                )
            )

    # === ACTIONS === #

    def action_load_units(self):
        """Take in every priced unit of the project that the list does not have yet, at
        the prices it has now."""
        for pricelist in self:
            pricelist._check_draft()
            missing = pricelist.project_id.unit_ids - pricelist.line_ids.unit_id
            pricelist.line_ids = [
                Command.create(
                    {
                        "unit_id": unit.id,
                        "price_list": unit.price_list,
                        "price_floor": unit.price_floor,
                    }
                )
                for unit in missing.filtered("price_list")
            ]

    def action_approve(self):
        """Approve the version; it prices the units at once if its date has come."""
        self._check_is_manager()
        return self._approve()

    def _approve(self):
        for pricelist in self:
            pricelist._check_priced()
            pricelist._check_not_before_effective()
            if pricelist.state not in ("approved", "effective"):
                pricelist._update_state("approved", user_approved_id=self.env.uid)
        # An earlier version that a job has not seen yet comes first.
        self.search(
            [("project_id", "in", self.project_id.ids), ("state", "=", "approved")]
        )._make_effective()
        return True

    def action_draft(self):
        """Take back the approval of a version whose date has not come."""
        self._check_is_manager()
        self._update_state("draft", user_approved_id=False)
        return True

    def _check_priced(self):
        self.ensure_one()
        if not self.line_count:
            raise UserError(
                self.env._(
                    "Price list %(name)s prices no unit: compute the prices or load "
                    "the units first.",
                    name=self.name,
                )
            )

    def _check_not_before_effective(self):
        self.ensure_one()
        current = self.search(
            [
                ("project_id", "=", self.project_id.id),
                ("state", "=", "effective"),
                ("date_effective", ">", self.date_effective),
                ("id", "!=", self.id),
            ],
            limit=1,
        )
        if current:
            raise UserError(
                self.env._(
                    "Price list %(name)s would be effective from %(date)s, before "
                    "%(current)s, which has been effective since %(since)s. Give it a "
                    "later date.",
                    name=self.name,
                    date=self.date_effective,
                    current=current.name,
                    since=current.date_effective,
                )
            )

    def _check_is_manager(self):
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group(
            "realestate_sales.group_manager"
        ):
            raise AccessError(
                self.env._("Only a sales manager may approve a price list.")
            )

    def _check_draft(self):
        for pricelist in self.filtered(lambda p: p.state != "draft"):
            raise UserError(
                self.env._(
                    "Price list %(name)s is approved and stays as it is: copy it to "
                    "make the next version.",
                    name=pricelist.name,
                )
            )
        # Approval at this moment would price the units without the change to come.
        collide(self)

    # === HOOKS === #

    @api.model
    def _get_term_fields(self):
        """The fields that stay as they were approved."""
        return {
            "project_id",
            "date_effective",
            "floor_percent",
            "rounding_step",
            "rounding_method",
        }
