from odoo import fields, models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    realestate_contract_id = fields.Many2one(
        "realestate.contract",
        copy=False,
        readonly=True,
        index="btree_not_null",
        check_company=True,
    )
    realestate_external_ref = fields.Char(
        string="External Reference",
        copy=False,
        readonly=True,
        help="The payer's or the bank's own number: the same one is not booked twice.",
    )
    realestate_payer_id = fields.Many2one(
        "res.partner",
        string="Paid By",
        copy=False,
        readonly=True,
        help="Who paid, where it was not the buyer.",
    )

    # The promise of register_payment: one reference, one payment, at any speed.
    _realestate_external_ref_once = models.UniqueIndex(
        "(company_id, realestate_external_ref)"
        " WHERE realestate_external_ref IS NOT NULL",
        "A payment with this external reference exists already.",
    )

    def _generate_move_vals(self, *args, **kwargs):
        values = super()._generate_move_vals(*args, **kwargs)
        if self.realestate_contract_id:
            values["realestate_contract_id"] = self.realestate_contract_id.id
        return values
