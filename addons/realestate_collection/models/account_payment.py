from odoo import api, fields, models
from odoo.exceptions import AccessError

#: What is written when a payment is booked, and by nobody's hand.
FACTS = frozenset(
    {"realestate_contract_id", "realestate_external_ref", "realestate_payer_id"}
)


class AccountPayment(models.Model):
    _inherit = "account.payment"

    realestate_contract_id = fields.Many2one(
        "realestate.contract",
        string="Contract",
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

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._realestate_check_facts({name for name in FACTS if vals.get(name)})
        return super().create(vals_list)

    def write(self, vals):
        self._realestate_check_facts(FACTS & vals.keys())
        return super().write(vals)

    def _realestate_check_facts(self, names):
        """Refuse what only booking writes: contract, reference and payer."""
        if names and not self.env.su:
            raise AccessError(
                self.env._(
                    "The contract, payer and external reference of a payment are set "
                    "when it is booked: use Register Payment of the contract."
                )
            )

    def _generate_move_vals(self, *args, **kwargs):
        values = super()._generate_move_vals(*args, **kwargs)
        if self.realestate_contract_id:
            values["realestate_contract_id"] = self.realestate_contract_id.id
        return values
