from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    # A file for each concern keeps them short.
    _inherit = "res.config.settings"  # pylint: disable=consider-merging-classes-inherited

    realestate_arrangement_grace_days = fields.Integer(
        related="company_id.realestate_arrangement_grace_days", readonly=False
    )
    realestate_offer_days = fields.Integer(
        related="company_id.realestate_offer_days", readonly=False
    )
    realestate_discount_rate = fields.Float(
        related="company_id.realestate_discount_rate", readonly=False
    )
    realestate_write_off_account_id = fields.Many2one(
        related="company_id.realestate_write_off_account_id", readonly=False
    )
    realestate_write_off_journal_id = fields.Many2one(
        related="company_id.realestate_write_off_journal_id", readonly=False
    )
    realestate_write_off_against = fields.Selection(
        related="company_id.realestate_write_off_against", readonly=False
    )
    realestate_write_off_taxes = fields.Selection(
        related="company_id.realestate_write_off_taxes", readonly=False
    )
