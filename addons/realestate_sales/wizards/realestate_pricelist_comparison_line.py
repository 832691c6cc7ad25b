from odoo import api, fields, models

from .realestate_pricelist_comparison import CHANGES


class RealestatePricelistComparisonLine(models.TransientModel):
    """A unit with its price in two versions; filled by the comparison."""

    _name = "realestate.pricelist.comparison.line"
    _description = "Compared Unit Price"
    _order = "unit_id"
    _rec_name = "unit_id"

    comparison_id = fields.Many2one(
        "realestate.pricelist.comparison",
        required=True,
        index=True,
        ondelete="cascade",
    )
    unit_id = fields.Many2one("realestate.unit", readonly=True, ondelete="cascade")
    building_id = fields.Many2one(
        "realestate.building", readonly=True, ondelete="cascade"
    )
    unit_type_id = fields.Many2one(
        "realestate.unit.type", readonly=True, ondelete="cascade"
    )
    currency_id = fields.Many2one("res.currency", readonly=True)
    price_before = fields.Monetary(string="Before", readonly=True)
    price_after = fields.Monetary(string="After", readonly=True)
    difference = fields.Monetary(readonly=True)
    change_percent = fields.Float(
        string="Difference (%)", digits=(16, 2), readonly=True, aggregator="avg"
    )
    change = fields.Selection(CHANGES, readonly=True)

    @api.model
    def _get_changes(self):
        """The kinds of change, in the user's language."""
        return self._fields["change"]._description_selection(self.env)
