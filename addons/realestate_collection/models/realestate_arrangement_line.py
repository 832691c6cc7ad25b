from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.realestate_sales.tools import money

PART_STATES = [
    ("open", "Open"),
    ("partial", "Partly Paid"),
    ("paid", "Paid"),
    ("late", "Late"),
]


class RealestateArrangementLine(models.Model):
    """One part of an arrangement. What is paid of it follows from money."""

    _name = "realestate.arrangement.line"
    _description = "Part of an Arrangement"
    _order = "date, id"

    arrangement_id = fields.Many2one(
        "realestate.arrangement", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="arrangement_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="arrangement_id.currency_id")
    date = fields.Date(string="Due", required=True)
    amount = fields.Monetary(required=True)
    is_down = fields.Boolean(string="Down Payment", readonly=True)
    amount_paid = fields.Monetary(string="Paid", compute="_compute_standing")
    state = fields.Selection(PART_STATES, compute="_compute_standing")

    @api.depends("date", "amount", "arrangement_id.amount_received")
    def _compute_standing(self):
        for arrangement, lines in self.grouped("arrangement_id").items():
            standing = arrangement._get_part_standings()
            for line in lines:
                paid, state = standing.get(line._origin.id, (0, "open"))
                line.amount_paid = paid
                line.state = state

    @api.model_create_multi
    def create(self, vals_list):
        self._check_amounts(vals_list)
        lines = super().create(vals_list)
        lines.arrangement_id._check_is_draft()
        return lines

    def write(self, vals):
        self.arrangement_id._check_is_draft()
        self._check_amounts([vals])
        result = super().write(vals)
        self.arrangement_id._check_is_draft()
        return result

    @api.model
    def _check_amounts(self, vals_list):
        """Sums are made of the parts before the database sees them."""
        for amount in (vals.get("amount") for vals in vals_list):
            is_number = isinstance(amount, int | float)
            if is_number and not abs(amount) <= money.MAX_AMOUNT:
                raise ValidationError(
                    self.env._("%(amount)s is no amount of a part.", amount=amount)
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreed(self):
        self.arrangement_id._check_is_draft()
