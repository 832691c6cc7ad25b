from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    realestate_dunning_release = fields.Boolean(
        string="Runs Are Released by Approval",
        help="A dunning run only shows what it would send until somebody else than who "
        "asks has approved it.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    realestate_dunning_release = fields.Boolean(
        related="company_id.realestate_dunning_release", readonly=False
    )
