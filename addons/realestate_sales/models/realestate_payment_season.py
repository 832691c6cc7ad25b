from odoo import api, fields, models
from odoo.exceptions import ValidationError

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


class RealestatePaymentSeason(models.Model):
    """In which months a series is paid, and how much of it: after harvests, with the
    thirteenth salary, not in the month of the great feast.
    """

    _name = "realestate.payment.season"
    _description = "Payment Season"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True)
    january = fields.Integer()
    february = fields.Integer()
    march = fields.Integer()
    april = fields.Integer()
    may = fields.Integer()
    june = fields.Integer()
    july = fields.Integer()
    august = fields.Integer()
    september = fields.Integer()
    october = fields.Integer()
    november = fields.Integer()
    december = fields.Integer()

    # The name is always given: a season without any month must not slip through.
    @api.constrains("name", *MONTHS)
    def _check_weights(self):
        for season in self:
            weights = season._get_weights()
            if min(weights) < 0 or not any(weights):
                raise ValidationError(
                    self.env._(
                        "Season %(season)s: give each month a weight of zero or more, "
                        "and at least one above zero.",
                        season=season.name,
                    )
                )

    def _get_weights(self):
        """Twelve weights, from January on; none where there is no season."""
        return tuple(self[month] for month in MONTHS) if self else ()
