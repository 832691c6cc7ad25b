from odoo import fields, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    realestate_contract_id = fields.Many2one(
        related="move_id.realestate_contract_id", store=True, index="btree_not_null"
    )
    realestate_installment_id = fields.Many2one(
        related="move_id.realestate_installment_id", store=True, index="btree_not_null"
    )
