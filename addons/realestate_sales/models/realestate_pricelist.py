from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .collision import collide


class RealestatePricelist(models.Model):
    """One version of a project's prices. Approving it prices the unclaimed units."""

    _name = "realestate.pricelist"
    _description = "Price List"
    _inherit = ["realestate.state.mixin", "mail.thread"]
    _order = "project_id, version desc"

    _fact_fields = frozenset({"user_approved_id"})
    _state_moves = {
        "approved": {"draft"},
        "superseded": {"approved"},
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
            ("superseded", "Superseded"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    user_approved_id = fields.Many2one(
        "res.users", string="Approved by", readonly=True, copy=False
    )
    line_ids = fields.One2many("realestate.pricelist.line", "pricelist_id", copy=True)
    line_count = fields.Integer(compute="_compute_line_count")

    _version_unique = models.Constraint(
        "UNIQUE (project_id, version)", "This project already has this version."
    )

    @api.depends("project_id.code", "version")
    def _compute_name(self):
        for pricelist in self:
            pricelist.name = f"{pricelist.project_id.code} v{pricelist.version}"

    @api.depends("line_ids")
    def _compute_line_count(self):
        for pricelist in self:
            pricelist.line_count = len(pricelist.line_ids)

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
        """Approve the version and price every unit of it that nobody has claimed."""
        if not self.env.su and not self.env.user.has_group(
            "realestate_sales.group_manager"
        ):
            raise AccessError(
                self.env._("Only a sales manager may approve a price list.")
            )
        for pricelist in self:
            if not pricelist.line_ids:
                raise UserError(
                    self.env._(
                        "Price list %(name)s prices no unit: load the units first.",
                        name=pricelist.name,
                    )
                )
            if pricelist._update_state("approved", user_approved_id=self.env.uid):
                pricelist._supersede_others()
                pricelist.line_ids._apply()

    def _supersede_others(self):
        # Two lists approved at once would not see each other.
        collide(self.project_id)
        self.search(
            [
                ("project_id", "=", self.project_id.id),
                ("state", "=", "approved"),
                ("id", "!=", self.id),
            ]
        )._update_state("superseded")

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
