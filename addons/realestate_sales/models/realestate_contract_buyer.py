from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.shares import is_whole, total_share
from .collision import collide


class RealestateContractBuyer(models.Model):
    """A party to a contract and the share it buys."""

    _name = "realestate.contract.buyer"
    _description = "Contract Buyer"
    _inherit = ["realestate.facts.mixin"]
    _order = "contract_id, is_main desc, id"
    _rec_name = "partner_id"

    contract_id = fields.Many2one(
        "realestate.contract", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="contract_id.company_id", store=True)
    partner_id = fields.Many2one(
        "res.partner", string="Buyer", required=True, index=True, ondelete="restrict"
    )
    share = fields.Float(string="Share (%)", digits=(6, 2), default=100.0)
    is_main = fields.Boolean(string="Main Buyer")

    _partner_unique = models.Constraint(
        "UNIQUE (contract_id, partner_id)", "This buyer is already in the contract."
    )
    _share_range = models.Constraint(
        "CHECK (share > 0 AND share <= 100)", "A share is above 0 and at most 100 %."
    )

    @api.constrains("partner_id")
    def _check_partner(self):
        for buyer in self.filtered(lambda b: not b.partner_id.active):
            raise ValidationError(
                self.env._(
                    "Buyer %(partner)s is archived: restore the contact or choose "
                    "another one.",
                    partner=buyer.partner_id.name,
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        buyers = super().create(vals_list)
        buyers._check_contract_open()
        return buyers

    def write(self, vals):
        self._check_contract_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreed(self):
        self._check_contract_open()

    def _check_contract_open(self):
        self.contract_id._check_terms_open()
        # A contract handed in at this moment was checked without the change to come.
        collide(self.contract_id)

    def _get_problems(self, contract):
        """What is wrong with the parties of ``contract``, as sentences."""
        problems = []
        total = total_share(self.mapped("share"))
        if not is_whole(self.mapped("share")):
            problems.append(
                self.env._(
                    "The buyers' shares come to %(total).2f %% and must come to 100 "
                    "%%.",
                    total=total,
                )
            )
        if self.filtered("is_main").partner_id != contract.partner_id:
            problems.append(
                self.env._(
                    "Mark exactly one buyer as the main buyer: %(partner)s, to whom "
                    "the "
                    "contract is invoiced.",
                    partner=contract.partner_id.name,
                )
            )
        return problems
