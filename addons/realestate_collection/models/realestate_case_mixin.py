from odoo import fields, models


class RealestateCaseMixin(models.AbstractModel):
    """What happened on a contract that is collected: whose it was at that time, and on
    which case. Made by methods of the contract, never by hand."""

    _name = "realestate.case.mixin"
    _description = "Happened on a Collection Case"

    contract_id = fields.Many2one(
        "realestate.contract",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    case_id = fields.Many2one(
        "realestate.collection.case",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        "res.partner", string="Buyer", readonly=True, index=True, ondelete="restrict"
    )
    project_id = fields.Many2one(
        "realestate.project", readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )


class RealestateContract(models.Model):
    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    def _prepare_happened_values(self):
        """Values of :class:`RealestateCaseMixin` for this contract, as it is now."""
        self.ensure_one()
        return {
            "contract_id": self.id,
            "case_id": self._get_case().id,
            "partner_id": self.partner_id.id,
            "project_id": self.project_id.id,
            "company_id": self.company_id.id,
        }
