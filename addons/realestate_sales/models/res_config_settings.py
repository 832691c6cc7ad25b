from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    realestate_journal_id = fields.Many2one(
        related="company_id.realestate_journal_id", readonly=False
    )
    realestate_advance_account_id = fields.Many2one(
        related="company_id.realestate_advance_account_id", readonly=False
    )
    realestate_bank_journal_id = fields.Many2one(
        related="company_id.realestate_bank_journal_id", readonly=False
    )
    realestate_hold_hours = fields.Integer(
        related="company_id.realestate_hold_hours", readonly=False
    )
    realestate_offer_hours = fields.Integer(
        related="company_id.realestate_offer_hours", readonly=False
    )
    realestate_extension_count = fields.Integer(
        related="company_id.realestate_extension_count", readonly=False
    )
    realestate_cooling_off_days = fields.Integer(
        related="company_id.realestate_cooling_off_days", readonly=False
    )
    realestate_reservation_days = fields.Integer(
        related="company_id.realestate_reservation_days", readonly=False
    )

    realestate_seal_by_request = fields.Boolean(
        related="company_id.realestate_seal_by_request", readonly=False
    )
    realestate_deposit_blocks = fields.Boolean(
        related="company_id.realestate_deposit_blocks", readonly=False
    )
    realestate_deposit_days = fields.Integer(
        related="company_id.realestate_deposit_days", readonly=False
    )

    def action_realestate_setup(self):
        """Propose the accounts and journals of the current company."""
        self.company_id.action_realestate_setup()
        return {"type": "ir.actions.client", "tag": "reload"}
