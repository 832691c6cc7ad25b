from odoo import fields, models


class ResCompany(models.Model):
    # A file for each concern keeps them short.
    _inherit = "res.company"  # pylint: disable=consider-merging-classes-inherited

    realestate_dunning_release = fields.Boolean(
        string="Runs Are Released by Approval",
        help="A dunning run only shows what it would send until somebody else than who "
        "asks has approved it.",
    )


class ResConfigSettings(models.TransientModel):
    # A file for each concern keeps them short.
    _inherit = "res.config.settings"  # pylint: disable=consider-merging-classes-inherited

    realestate_dunning_release = fields.Boolean(
        related="company_id.realestate_dunning_release", readonly=False
    )
