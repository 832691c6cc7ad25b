from odoo import api, fields, models
from odoo.exceptions import AccessError

LINKS = {"realestate_contract_id", "realestate_installment_id"}


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    realestate_contract_id = fields.Many2one(
        related="move_id.realestate_contract_id", store=True, index="btree_not_null"
    )
    realestate_installment_id = fields.Many2one(
        related="move_id.realestate_installment_id", store=True, index="btree_not_null"
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._realestate_check_links(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._realestate_check_links(vals)
        return super().write(vals)

    @api.model
    def _realestate_check_links(self, vals):
        """A line belongs to the contract of its entry, whatever a caller writes."""
        if LINKS & vals.keys() and not self.env.su:
            raise AccessError(
                self.env._(
                    "The contract and instalment of a journal item are those of its "
                    "entry. Reverse the entry instead of relinking its items."
                )
            )
