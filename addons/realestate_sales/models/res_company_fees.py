from odoo import fields, models


class ResCompany(models.Model):
    """The account of fees that are held for others."""

    # A file for each concern keeps them short.
    _inherit = "res.company"  # pylint: disable=consider-merging-classes-inherited

    realestate_fee_account_id = fields.Many2one(
        "account.account",
        string="Fees Held for Authorities",
        domain="[('account_type', '=', 'liability_current')]",
        check_company=True,
        help="Fees collected on behalf of an authority are owed to it here until they "
        "are paid out. A type of fee may have an account of its own.",
    )

    def _realestate_defaults(self):
        return super()._realestate_defaults() | {
            "realestate_fee_account_id": self.realestate_fee_account_id
            or self._realestate_create_account(
                self.env._("Fees Held for Authorities (Real Estate)"),
                "216000",
                "liability_current",
                # What is paid out is matched with what was charged.
                reconcile=True,
            ),
        }


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"  # pylint: disable=consider-merging-classes-inherited

    realestate_fee_account_id = fields.Many2one(
        related="company_id.realestate_fee_account_id", readonly=False
    )
