from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import discount, money

#: What says the price of a line; the first that is given decides.
PRICE_FIELDS = {
    "price": "price",
    "discount_amount": "amount",
    "discount_percent": "percent",
}


#: Decimals of a percentage.
PERCENT_DIGITS = 4


class RealestateContractLine(models.Model):
    """The list price of a unit, what is taken off it and why; the price follows.

    Price, amount and percentage of the discount agree at every moment, whichever of
    them is written.
    """

    # A file for each concern keeps them short.
    _inherit = "realestate.contract.line"  # pylint: disable=consider-merging-classes-inherited

    kind = fields.Selection(related="unit_id.kind")
    price_list = fields.Monetary(
        string="List Price",
        compute="_compute_price_list",
        store=True,
        precompute=True,
        help="As it was when the unit was added.",
    )
    discount_percent = fields.Float(string="Discount (%)", digits=(7, 4))
    discount_amount = fields.Monetary(
        string="Discount",
        compute="_compute_discount_amount",
        store=True,
        readonly=False,
        precompute=True,
    )
    discount_reason_id = fields.Many2one(
        "realestate.discount.reason", ondelete="restrict", groups="base.group_user"
    )
    discount_note = fields.Char(groups="base.group_user")

    _discount_range = models.Constraint(
        "CHECK (discount_amount >= 0 AND discount_percent >= 0"
        " AND discount_percent <= 100)",
        "A discount is between nothing and the whole list price.",
    )

    @api.depends("unit_id")
    def _compute_price_list(self):
        for line in self:
            line.price_list = line.unit_id.price_list

    @api.depends("discount_percent", "price_list")
    def _compute_discount_amount(self):
        for line in self:
            off = line.price_list * line.discount_percent / 100
            line.discount_amount = line.currency_id._realestate_round(off)

    @api.depends("unit_id", "price_list", "discount_amount")
    def _compute_price(self):
        # An old price below the list without a noted discount stays: nothing of this
        # is written there.
        for line in self:
            off = line.discount_amount
            line.price = line.currency_id._realestate_round(line.price_list - off)

    @api.model_create_multi
    def create(self, vals_list):
        contracts = self.env["realestate.contract"]
        units = self.env["realestate.unit"]
        for vals in vals_list:
            if vals.keys() & PRICE_FIELDS.keys():
                contract = contracts.browse(vals.get("contract_id") or ())
                unit = units.browse(vals.get("unit_id") or ())
                currency = contract.currency_id
                settled = self._settle(unit.price_list, currency, unit.name, vals)
                vals.update(settled)
        return super().create(vals_list)

    def write(self, vals):
        if not vals.keys() & (PRICE_FIELDS.keys() | {"unit_id"}):
            return super().write(vals)
        for line in self:
            super(RealestateContractLine, line).write(line._prepare_price_write(vals))
        return True

    # === BUSINESS === #

    def _prepare_price_write(self, vals):
        """``vals`` with price and discount that agree. Another unit keeps the
        percentage of the discount, unless a price is given."""
        self.ensure_one()
        unit, price_list = self.unit_id, self.price_list
        given = {name: vals[name] for name in PRICE_FIELDS.keys() & vals.keys()}
        if vals.get("unit_id", unit.id) != unit.id:
            unit = unit.browse(vals["unit_id"] or ())
            price_list = unit.price_list
            given = given or {"discount_percent": self.discount_percent}
        if not given:
            return vals
        return {**vals, **self._settle(price_list, self.currency_id, unit.name, given)}

    @api.model
    def _settle(self, price_list, currency, unit_name, vals):
        """Values of price and discount that agree with what ``vals`` says of them."""
        places = currency.decimal_places
        # A percentage has decimals of its own.
        digits = {"price": places, "amount": places, "percent": PERCENT_DIGITS}
        try:
            given = {
                name: money.to_money(vals[field] or 0.0, digits[name])
                for field, name in PRICE_FIELDS.items()
                if field in vals
            }
            settled = discount.settle(
                money.to_money(price_list, places), places, **given
            )
        except (ValueError, TypeError) as error:
            raise UserError(
                self.env._(
                    "Unit %(unit)s: a discount is between nothing and the list price "
                    "%(price)s.",
                    unit=unit_name,
                    price=currency.format(price_list),
                )
            ) from error
        values = {
            "price": float(settled.price),
            "discount_amount": float(settled.amount),
            "discount_percent": float(settled.percent),
        }
        if not settled.amount:
            values.update(discount_reason_id=False, discount_note=False)
        return values


class RealestateContract(models.Model):
    """List prices and discounts of a contract together, and by kind of unit."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    amount_list = fields.Monetary(
        string="List Prices", compute="_compute_amount_discount"
    )
    amount_discount = fields.Monetary(
        string="Discounts", compute="_compute_amount_discount"
    )
    discount_percent = fields.Float(
        string="Discount (%)", digits=(7, 4), compute="_compute_amount_discount"
    )
    unit_totals = fields.Html(
        string="Totals by Kind",
        compute="_compute_unit_totals",
        sanitize=False,
        groups="base.group_user",
    )

    @api.depends("line_ids.price_list", "line_ids.discount_amount")
    def _compute_amount_discount(self):
        for contract in self:
            rounded = contract.currency_id._realestate_round
            listed = rounded(sum(contract.line_ids.mapped("price_list")))
            off = rounded(sum(contract.line_ids.mapped("discount_amount")))
            contract.amount_list = listed
            contract.amount_discount = off
            contract.discount_percent = off / listed * 100 if listed else 0

    @api.depends("line_ids.price", "line_ids.price_list", "line_ids.unit_id")
    @api.depends_context("lang")
    def _compute_unit_totals(self):
        for contract in self:
            rows = contract._get_unit_totals()
            contract.unit_totals = rows and self.env["ir.qweb"]._render(
                "realestate_sales.contract_unit_totals",
                {"rows": rows, "money": contract.currency_id.format},
            )

    # === ACTIONS === #

    def action_give_discount(
        self, amount=None, percent=None, reason_id=None, note=None
    ):
        """Take a discount off the whole price of drafts, spread over their units by
        list price; it replaces what their units had.

        :param amount: in the contract's currency; None: by ``percent`` of the list
            prices
        :param reason_id: `realestate.discount.reason` id
        :param note: text kept with each unit
        """
        self.check_access("write")
        self._check_terms_open()
        for contract in self:
            parts = contract._spread_discount(amount, percent)
            for line, part in zip(contract.line_ids, parts, strict=True):
                line.write(
                    {
                        "discount_reason_id": reason_id or False,
                        "discount_note": note or False,
                        "discount_amount": float(part),
                    }
                )
        return True

    # === BUSINESS === #

    def _spread_discount(self, amount, percent):
        self.ensure_one()
        places = self.currency_id.decimal_places
        listed = [money.to_money(line.price_list, places) for line in self.line_ids]
        whole = money.sum_money(listed)
        try:
            if amount is None:
                total = discount.settle(
                    whole,
                    places,
                    percent=money.to_money(percent or 0.0, PERCENT_DIGITS),
                ).amount
            else:
                total = money.to_money(amount, places)
            return discount.spread(total, listed, places)
        except (ValueError, TypeError) as error:
            raise UserError(
                self.env._(
                    "Contract %(contract)s: a discount is between nothing and the list "
                    "prices together, %(price)s.",
                    contract=self.name,
                    price=self.currency_id.format(float(whole)),
                )
            ) from error

    def _get_unit_totals(self):
        """Sums by kind of unit, in order of appearance; none for a single unit."""
        self.ensure_one()
        if len(self.line_ids) < 2:
            return []
        kinds = dict(
            self.env["realestate.unit"]._fields["kind"]._description_selection(self.env)
        )
        return [
            {
                "kind": kinds.get(kind, ""),
                "count": len(lines),
                "area": sum(lines.mapped("area")),
                "price_list": sum(lines.mapped("price_list")),
                "discount": sum(lines.mapped("discount_amount")),
                "price": sum(lines.mapped("price")),
            }
            for kind, lines in self.line_ids.grouped("kind").items()
        ]
