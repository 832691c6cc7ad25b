from odoo import api, fields, models


class RealestateMortgage(models.Model):
    """The money of a mortgage: a fact of accounting, written by nobody.

    Without the collection addon no money is received, so nothing is ever released.
    """

    # A file for each concern keeps them short.
    _inherit = "realestate.mortgage"  # pylint: disable=consider-merging-classes-inherited

    amount_due = fields.Monetary(
        string="To Be Released",
        compute="_compute_amount_due",
        store=True,
        help="What the bank has approved; until then what it was asked for.",
    )
    amount_released = fields.Monetary(
        string="Released",
        compute="_compute_released",
        store=True,
        help="What the bank has paid on this contract, by accounting.",
    )
    date_last_release = fields.Date(
        string="Last Release", compute="_compute_released", store=True
    )
    amount_outstanding = fields.Monetary(
        string="Still to Come",
        compute="_compute_is_released",
        store=True,
        help="What the bank has still to pay; 0 where the mortgage ended otherwise.",
    )
    is_released = fields.Boolean(
        string="All Released", compute="_compute_is_released", store=True
    )
    date_released = fields.Date(
        string="Released on", compute="_compute_is_released", store=True
    )

    @api.depends("amount", "amount_approved")
    def _compute_amount_due(self):
        for mortgage in self:
            mortgage.amount_due = mortgage.amount_approved or mortgage.amount

    @api.depends("name")
    def _compute_released(self):
        releases = self._get_releases()
        for mortgage in self:
            amount, date = releases.get(mortgage.id, (0.0, False))
            mortgage.amount_released = mortgage.currency_id._realestate_round(amount)
            mortgage.date_last_release = date

    @api.depends(
        "amount_due",
        "amount_released",
        "date_last_release",
        "date_refused",
        "date_cancelled",
    )
    def _compute_is_released(self):
        for mortgage in self:
            rest = mortgage.currency_id._realestate_round(
                mortgage.amount_due - mortgage.amount_released
            )
            mortgage.is_released = bool(mortgage.amount_released) and rest <= 0
            ended = mortgage.date_refused or mortgage.date_cancelled
            mortgage.amount_outstanding = 0.0 if ended else max(rest, 0.0)
            mortgage.date_released = (
                mortgage.date_last_release if mortgage.is_released else False
            )

    # === HOOKS === #

    def _get_releases(self):
        """What banks have paid by mortgage: ``{id: (amount, last day)}``."""
        return {}
