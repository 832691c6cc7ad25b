from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

FLOOR_FACTS = {
    "floor_user_id",
    "date_floor_approved",
    "floor_price_approved",
    "floor_reason",
}


class RealestateFloorApproval(models.AbstractModel):
    """A price of a unit that may be below its floor price only by approval.

    The approval is of one price of one unit: it is void as soon as either changes. A
    heir has the facts mixin and counts :data:`FLOOR_FACTS` among its facts.
    """

    _name = "realestate.floor.approval"
    _description = "Approval of a Price below the Floor Price"

    # What heirs have anyway.
    unit_id = fields.Many2one("realestate.unit")
    currency_id = fields.Many2one("res.currency")
    price = fields.Monetary()

    # The floor price and who went below it are nothing for buyers.
    is_below_floor = fields.Boolean(
        compute="_compute_is_below_floor", groups="base.group_user"
    )
    is_floor_approved = fields.Boolean(
        compute="_compute_is_below_floor", groups="base.group_user"
    )
    floor_user_id = fields.Many2one(
        "res.users",
        string="Below Floor Approved by",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
    date_floor_approved = fields.Datetime(
        string="Below Floor Approved on",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
    floor_price_approved = fields.Monetary(
        string="Price Approved", readonly=True, copy=False, groups="base.group_user"
    )
    floor_reason = fields.Text(
        string="Reason for the Price",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )

    @api.depends(
        "price", "unit_id.price_floor", "floor_user_id", "floor_price_approved"
    )
    def _compute_is_below_floor(self):
        for record in self:
            compare = record.currency_id.compare_amounts
            floor = record.unit_id.price_floor
            record.is_below_floor = bool(floor) and compare(record.price, floor) < 0
            record.is_floor_approved = bool(record.floor_user_id) and not compare(
                record.price, record.floor_price_approved
            )

    def write(self, vals):
        if not {"price", "unit_id"} & vals.keys():
            return super().write(vals)
        before = {record.id: (record.unit_id, record.price) for record in self}
        result = super().write(vals)
        changed = self.filtered(
            lambda record: before[record.id] != (record.unit_id, record.price)
        )
        changed._void_floor_approval()
        return result

    # === BUSINESS === #

    @api.model
    def _check_may_approve_floor(self, reason):
        """Refuse an approval by who may not give it, or without a reason."""
        if not self.env.su and not self.env.user.has_group(
            "realestate_sales.group_supervisor"
        ):
            raise AccessError(
                self.env._(
                    "Only a contract supervisor or a sales manager may approve a price "
                    "below the floor price."
                )
            )
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(
                self.env._(
                    "Say why the price may be below the floor price: the reason is "
                    "kept."
                )
            )

    def _needs_floor_approval(self):
        """Whether the price of this record still has to be approved."""
        self.ensure_one()
        return self.is_below_floor and not self.is_floor_approved

    def _approve_floor(self, reason):
        """Write down who approved the prices of these records, when and why."""
        for record in self:
            record._write_facts(
                floor_user_id=self.env.uid,
                date_floor_approved=fields.Datetime.now(),
                floor_price_approved=record.price,
                floor_reason=reason.strip(),
            )

    def _void_floor_approval(self):
        approved = self.filtered("floor_user_id")
        if approved:
            approved._write_facts(**dict.fromkeys(FLOOR_FACTS, False))

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

    def _floor_approved_message(self):
        self.ensure_one()
        return self.env._(
            "Price %(price)s of unit %(unit)s, below its floor price %(floor)s, "
            "approved: %(reason)s",
            unit=self.unit_id.name,
            price=self.currency_id.format(self.price),
            floor=self.currency_id.format(self.unit_id.price_floor),
            reason=self.floor_reason,
        )
