from odoo import api, fields, models


class RealestatePaymentPlanOffer(models.AbstractModel):
    """A price for which plans are shown: a unit's, or any."""

    _name = "realestate.payment.plan.offer"
    _description = "Price to Show Plans for"

    unit_id = fields.Many2one("realestate.unit")
    currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_from_unit",
        store=True,
        readonly=False,
        required=True,
    )
    price = fields.Monetary(
        compute="_compute_from_unit", store=True, readonly=False, required=True
    )
    reservation_fee = fields.Monetary()
    date_start = fields.Date(required=True, default=fields.Date.context_today)

    @api.depends("unit_id")
    def _compute_from_unit(self):
        for offer in self:
            unit = offer.unit_id
            offer.currency_id = (
                unit.currency_id or offer.currency_id or self.env.company.currency_id
            )
            offer.price = offer._get_price()

    def _get_price(self):
        self.ensure_one()
        return self.unit_id.price_list or self.price

    def _get_burden(self, plan):
        """What ``plan`` costs for this price, see the plan's own."""
        self.ensure_one()
        return plan._get_burden(
            self.price,
            self.currency_id,
            self.date_start,
            reservation_fee=self.reservation_fee,
        )
