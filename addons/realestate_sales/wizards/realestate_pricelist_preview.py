from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang


class RealestatePricelistPreview(models.TransientModel):
    """How the rules of a price list price a unit, before anything is written."""

    _name = "realestate.pricelist.preview"
    _description = "Price Calculation"

    pricelist_id = fields.Many2one(
        "realestate.pricelist", string="Price List", required=True
    )
    project_id = fields.Many2one(related="pricelist_id.project_id")
    unit_id = fields.Many2one(
        "realestate.unit", domain="[('project_id', '=', project_id)]"
    )
    calculation = fields.Html(compute="_compute_calculation", sanitize=False)

    @api.depends("pricelist_id", "unit_id")
    def _compute_calculation(self):
        for preview in self:
            preview.calculation = self.env["ir.qweb"]._render(
                "realestate_sales.realestate_price_calculation",
                preview._prepare_calculation(),
            )

    def _prepare_calculation(self):
        self.ensure_one()
        if not self.unit_id or not self.pricelist_id:
            return {"message": self.env._("Choose a unit to see its calculation.")}
        digits = self.pricelist_id.currency_id.decimal_places
        try:
            explained = self.pricelist_id._explain(self.unit_id)
        except UserError as error:
            return {"message": str(error)}
        return {
            **explained,
            "message": False,
            "currency": self.pricelist_id.currency_id.name,
            "figure": lambda amount: formatLang(self.env, amount, digits=digits),
        }
