from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .realestate_unit_claim import CLAIM_KINDS


class RealestatePricelistLine(models.Model):
    """The price of one unit in one version."""

    _name = "realestate.pricelist.line"
    _description = "Price List Line"
    _inherit = ["realestate.facts.mixin"]
    _order = "pricelist_id, unit_id"
    _rec_name = "unit_id"

    _fact_fields = frozenset({"skip_reason"})

    pricelist_id = fields.Many2one(
        "realestate.pricelist", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="pricelist_id.company_id", store=True)
    currency_id = fields.Many2one(related="pricelist_id.currency_id")
    unit_id = fields.Many2one(
        "realestate.unit", required=True, index=True, ondelete="cascade"
    )
    project_id = fields.Many2one(related="pricelist_id.project_id")
    building_id = fields.Many2one(related="unit_id.building_id")
    unit_type_id = fields.Many2one(related="unit_id.unit_type_id")
    unit_state = fields.Selection(related="unit_id.state")
    area = fields.Float(related="unit_id.area")
    price_list = fields.Monetary(string="List Price", required=True)
    price_floor = fields.Monetary(string="Floor Price")
    price_per_area = fields.Monetary(string="Per m²", compute="_compute_price_per_area")
    is_manual = fields.Boolean(
        string="By Hand",
        copy=False,
        help="Entered or imported: computing the prices leaves it alone.",
    )
    skip_reason = fields.Selection(
        [*CLAIM_KINDS, ("archived", "Archived")],
        string="Left because of",
        readonly=True,
        copy=False,
        help="Why the unit kept its price when the version became effective.",
    )

    _unit_unique = models.Constraint(
        "UNIQUE (pricelist_id, unit_id)", "The price list already prices this unit."
    )
    _price_positive = models.Constraint(
        "CHECK (price_list > 0 AND price_floor >= 0 AND price_floor <= price_list)",
        "A list price must be above zero and a floor price between zero and it.",
    )

    @api.depends("price_list", "area")
    def _compute_price_per_area(self):
        for line in self:
            line.price_per_area = line.area and line.price_list / line.area

    @api.constrains("unit_id", "pricelist_id")
    def _check_project(self):
        for line in self:
            if line.unit_id.project_id != line.pricelist_id.project_id:
                raise ValidationError(
                    self.env._(
                        "Unit %(unit)s belongs to another project than price list "
                        "%(name)s: take it out of the list.",
                        unit=line.unit_id.name,
                        name=line.pricelist_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.pricelist_id._check_draft()
        return lines

    def write(self, vals):
        self.pricelist_id._check_draft()
        if {"price_list", "price_floor"} & vals.keys():
            vals = {"is_manual": True, **vals}
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_approved(self):
        self.pricelist_id._check_draft()

    # === ACTIONS === #

    def action_preview(self):
        """Show how the rules price this unit."""
        self.ensure_one()
        return self.pricelist_id._open_preview(self.unit_id)
