from odoo import api, fields, models


class RealestatePricelistHistory(models.Model):
    """A price that a unit got, from when, by which version or by whom.

    Written by whatever prices units, by nobody's hand: staff may only read.
    """

    _name = "realestate.pricelist.history"
    _description = "Price History"
    _order = "date desc, id desc"
    _rec_name = "unit_id"
    # The date and the user are fields of their own; thousands are written at once.
    _log_access = False

    unit_id = fields.Many2one(
        "realestate.unit",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="unit_id.company_id")
    currency_id = fields.Many2one(related="unit_id.currency_id")
    pricelist_id = fields.Many2one(
        "realestate.pricelist",
        string="Price List",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Empty: the price was changed at the unit.",
    )
    date = fields.Datetime(string="Since", required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="By", readonly=True)
    price_before = fields.Monetary(string="List Price Before", readonly=True)
    price_list = fields.Monetary(string="List Price", readonly=True)
    price_floor = fields.Monetary(string="Floor Price", readonly=True)
    change_percent = fields.Float(
        string="Change (%)", digits=(16, 2), compute="_compute_change_percent"
    )

    @api.depends("price_before", "price_list")
    def _compute_change_percent(self):
        for entry in self:
            before = entry.price_before
            entry.change_percent = before and 100 * (entry.price_list - before) / before
