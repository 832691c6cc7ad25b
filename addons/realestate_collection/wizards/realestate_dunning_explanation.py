from odoo import api, fields, models
from odoo.tools import format_date


class RealestateDunningExplanation(models.TransientModel):
    """Why a buyer was dunned on a day, or was not, or will be: to read, for any day."""

    _name = "realestate.dunning.explanation"
    _description = "Why Dunned or Not"

    contract_id = fields.Many2one("realestate.contract", required=True, readonly=True)
    partner_id = fields.Many2one(related="contract_id.partner_id")
    is_dunning_held = fields.Boolean(related="contract_id.is_dunning_held")
    date = fields.Date(required=True, default=lambda self: self._default_date())
    explanation = fields.Html(compute="_compute_explanation", sanitize=False)

    @api.model
    def _default_date(self):
        return self.env.company._realestate_today()

    @api.depends("contract_id", "date")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for wizard in self:
            if not wizard.contract_id or not wizard.date:
                wizard.explanation = False
                continue
            contract = wizard.contract_id
            wizard.explanation = self.env["ir.qweb"]._render(
                "realestate_collection.dunning_explanation",
                {
                    "told": contract.explain_dunning(wizard.date),
                    "money": contract.currency_id.format,
                    "day": self._format_day,
                    "states": self._get_states(),
                },
            )

    @api.model
    def _format_day(self, day):
        return format_date(self.env, fields.Date.to_date(day)) if day else ""

    @api.model
    def _get_states(self):
        notices = self.env["realestate.dunning.notice"]
        return dict(notices._fields["state"]._description_selection(self.env))
