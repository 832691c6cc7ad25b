from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    # A file for each concern keeps them short.
    _inherit = "res.config.settings"  # pylint: disable=consider-merging-classes-inherited

    realestate_billing_lead_days = fields.Integer(
        related="company_id.realestate_billing_lead_days", readonly=False
    )
    realestate_payment_order = fields.Selection(
        related="company_id.realestate_payment_order", readonly=False
    )
    realestate_dunning_ladder_id = fields.Many2one(
        related="company_id.realestate_dunning_ladder_id", readonly=False
    )
    realestate_collector_id = fields.Many2one(
        related="company_id.realestate_collector_id", readonly=False
    )
    realestate_decision_days = fields.Integer(
        related="company_id.realestate_decision_days", readonly=False
    )
    realestate_signing_sms_id = fields.Many2one(
        related="company_id.realestate_signing_sms_id", readonly=False
    )
    realestate_case_days = fields.Integer(
        related="company_id.realestate_case_days", readonly=False
    )
    realestate_case_amount = fields.Monetary(
        related="company_id.realestate_case_amount",
        currency_field="currency_id",
        readonly=False,
    )
    realestate_promise_grace = fields.Integer(
        related="company_id.realestate_promise_grace", readonly=False
    )
