from odoo import api, fields, models


class RealestateFloorPrice(models.AbstractModel):
    """A price of a unit that may be below its floor price only by approval.

    The approval is its document's: see ``realestate.floor.approval``.
    """

    _name = "realestate.floor.price"
    _description = "Price That Has a Floor"

    # What heirs have anyway.
    unit_id = fields.Many2one("realestate.unit")
    currency_id = fields.Many2one("res.currency")
    price = fields.Monetary()

    # The floor price and who went below it are nothing for buyers.
    is_below_floor = fields.Boolean(
        compute="_compute_is_below_floor", groups="base.group_user"
    )
    is_floor_approved = fields.Boolean(
        compute="_compute_is_floor_approved", groups="base.group_user"
    )
    floor_user_id = fields.Many2one(
        "res.users",
        string="Below Floor Approved by",
        compute="_compute_is_floor_approved",
        groups="base.group_user",
    )
    date_floor_approved = fields.Datetime(
        string="Below Floor Approved on",
        compute="_compute_is_floor_approved",
        groups="base.group_user",
    )
    floor_reason = fields.Text(
        string="Reason for the Price",
        compute="_compute_is_floor_approved",
        groups="base.group_user",
    )

    @api.depends("price", "unit_id.price_floor")
    def _compute_is_below_floor(self):
        for record in self:
            # A new form has no unit yet, and so no currency.
            floor, currency = record.unit_id.price_floor, record.currency_id
            record.is_below_floor = bool(
                floor and currency and currency.compare_amounts(record.price, floor) < 0
            )

    @api.depends(lambda self: self._get_floor_paths())
    def _compute_is_floor_approved(self):
        for record in self:
            # Whoever may see the price may know who approved it.
            approval = record.sudo()._get_floor_approval()
            record.is_floor_approved = bool(approval)
            record.floor_user_id = approval.user_decided_id
            record.date_floor_approved = approval.date_decided
            record.floor_reason = approval.reason or approval.reason_requested

    # === HOOKS === #

    @api.model
    def _get_floor_paths(self):
        """What the approval of the price depends on, as paths of fields."""
        return ["price", "unit_id.price_floor"]

    def _get_floor_approval(self):
        """The last approval of the price as it is; none when it needs one or waits."""
        return self.env["realestate.approval"]

    # === BUSINESS === #

    def _needs_floor_approval(self):
        """Whether the price of this record still has to be approved."""
        self.ensure_one()
        return self.is_below_floor and not self.is_floor_approved

    def _get_floor_percent(self):
        """How far the price is below the floor price: 0 at it and above."""
        self.ensure_one()
        floor = self.unit_id.price_floor
        return max((floor - self.price) / floor * 100, 0) if floor else 0

    def _floor_price_message(self):
        """What keeps a price below the floor price from being agreed, as a sentence."""
        self.ensure_one()
        return self.env._(
            "Unit %(unit)s is sold at %(price)s, below its floor price %(floor)s: a "
            "contract supervisor or a sales manager has to approve that with “Approve "
            "Below Floor”, or the price is raised.",
            unit=self.unit_id.name,
            price=self.currency_id.format(self.price),
            floor=self.currency_id.format(self.unit_id.price_floor),
        )
