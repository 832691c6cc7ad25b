from odoo import api, fields, models


class RealestateInstallment(models.Model):
    """What is written off is not paid: instalments say so."""

    # A file for each concern keeps them short.
    _inherit = "realestate.installment"  # pylint: disable=consider-merging-classes-inherited

    state = fields.Selection(
        selection_add=[("written_off", "Written Off"), ("void",)],
        ondelete={"written_off": "set null"},
    )
    amount_written_off = fields.Monetary(
        string="Written Off",
        compute="_compute_amount_written_off",
        help="Given up: settled without money. Taken back, it is owed again.",
    )

    @api.depends("move_id.amount_residual")
    def _compute_amount_written_off(self):
        # The sum is its readers' to see, the entries are not.
        written = self.sudo().move_id._realestate_sum_written_off()
        for item in self:
            item.amount_written_off = item.currency_id._realestate_round(
                written.get(item.sudo().move_id.id, 0.0)
            )

    def _compute_amounts(self):
        result = super()._compute_amounts()
        settled = self.filtered(lambda item: item.amount_paid)
        # Read on behalf of who sees the record, and not shown.
        written = settled.sudo().move_id._realestate_sum_written_off()
        for item in settled:
            # Read on behalf of who sees the record, and not shown.
            amount = written.get(item.sudo().move_id.id)
            if amount:
                item._deduct_written_off(amount)
        return result

    def _deduct_written_off(self, amount):
        self.ensure_one()
        currency = self.currency_id
        self.amount_paid = currency._realestate_round(self.amount_paid - amount)
        if self.state == "paid":
            self.state = "written_off"
        elif currency.is_zero(self.amount_paid):
            self.state = "billed"
