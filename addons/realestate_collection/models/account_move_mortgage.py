from odoo import api, fields, models
from odoo.exceptions import AccessError


class AccountMove(models.Model):
    """Which mortgage a bank's money was released for."""

    # A file for each concern keeps them short.
    _inherit = "account.move"  # pylint: disable=consider-merging-classes-inherited

    realestate_mortgage_id = fields.Many2one(
        "realestate.mortgage",
        string="Released for",
        copy=False,
        readonly=True,
        index="btree_not_null",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._realestate_check_mortgage(vals.get("realestate_mortgage_id"))
        return super().create(vals_list)

    def write(self, vals):
        self._realestate_check_mortgage("realestate_mortgage_id" in vals)
        return super().write(vals)

    @api.model
    def _realestate_check_mortgage(self, given):
        if given and not self.env.su:
            raise AccessError(
                self.env._(
                    "What a payment releases is set when it is booked or matched: use "
                    "Register Release of the mortgage."
                )
            )

    # === BUSINESS === #

    def _realestate_link_releases(self):
        """Take money of a bank on a contract for a release of its loan."""
        for move in self.filtered(lambda one: not one.realestate_mortgage_id):
            # Whoever books money need not read mortgages.
            mortgage = move.realestate_contract_id.sudo().mortgage_id
            if mortgage and mortgage._is_of_bank(move._realestate_get_payer()):
                mortgage._link_releases(move)

    def _realestate_get_payer(self):
        """Who paid: the payer that was named, else the partner of the entry."""
        self.ensure_one()
        # Payers are for the books, which this is.
        move = self.sudo()
        return move.origin_payment_id.realestate_payer_id or move.partner_id

    def _realestate_sum_release(self):
        """What of this entry stands on the contract's receivable: what was taken back
        or paid back does not."""
        self.ensure_one()
        if self.state != "posted":
            return 0.0
        lines = self.line_ids.filtered(
            lambda line: (
                line.account_id.account_type == "asset_receivable"
                and line.currency_id == self.realestate_contract_id.currency_id
            )
        )
        back = lines.matched_debit_ids.filtered(
            lambda partial: partial.debit_move_id.move_id._realestate_is_way_back(self)
        )
        received = -sum(lines.mapped("amount_currency"))
        return received - sum(back.mapped("credit_amount_currency"))

    def _realestate_is_way_back(self, move):
        """Whether this entry takes ``move`` back, or pays its money back."""
        self.ensure_one()
        payment = self.origin_payment_id
        return self.reversed_entry_id == move or payment.payment_type == "outbound"


class RealestateContract(models.Model):
    _inherit = "realestate.contract"

    @api.model
    def _book(self, numbered):
        """Money paid by the bank of a loan is a release of it."""
        payments = super()._book(numbered)
        paid = payments.filtered("realestate_payer_id").move_id
        paid._realestate_link_releases()
        return payments
