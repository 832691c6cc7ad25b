from odoo import api, fields, models
from odoo.exceptions import ValidationError


class RealestatePricelistLine(models.Model):
    """The price of one unit in one version."""

    _name = "realestate.pricelist.line"
    _description = "Price List Line"
    _inherit = ["realestate.facts.mixin"]
    _order = "pricelist_id, unit_id"
    _rec_name = "unit_id"

    pricelist_id = fields.Many2one(
        "realestate.pricelist", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="pricelist_id.company_id", store=True)
    currency_id = fields.Many2one(related="pricelist_id.currency_id")
    unit_id = fields.Many2one(
        "realestate.unit", required=True, index=True, ondelete="cascade"
    )
    area = fields.Float(related="unit_id.area")
    price_list = fields.Monetary(string="List Price", required=True)
    price_floor = fields.Monetary(string="Floor Price")
    price_per_area = fields.Monetary(string="Per m²", compute="_compute_price_per_area")

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
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_approved(self):
        self.pricelist_id._check_draft()

    def _apply(self):
        """Price the units of these lines that nobody has claimed.

        A unit that has the price already is left alone: it need not meet a claim that
        is being made at the same time. The approved version is the trail: a message at
        each of thousands of units would only repeat it.
        """
        quiet = self.with_context(mail_notrack=True)
        for line in quiet.filtered(lambda line: line._is_news()):
            if not line.unit_id.live_claim_id:
                line.unit_id.write(
                    {"price_list": line.price_list, "price_floor": line.price_floor}
                )

    def _is_news(self):
        self.ensure_one()
        return any(
            self.currency_id.compare_amounts(self[field], self.unit_id[field])
            for field in ("price_list", "price_floor")
        )
