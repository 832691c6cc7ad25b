from odoo import Command, api, fields, models


class RealestateDunningHoldChange(models.TransientModel):
    """Stops the dunning of one contract or of many, or lets it go on."""

    _name = "realestate.dunning.hold.change"
    _description = "Stop or Resume Dunning"

    operation = fields.Selection(
        [("stop", "Stop"), ("resume", "Resume")], required=True, default="stop"
    )
    contract_ids = fields.Many2many(
        "realestate.contract",
        string="Contracts",
        required=True,
        default=lambda self: self._default_contracts(),
    )
    contract_count = fields.Integer(compute="_compute_counts")
    stopped_count = fields.Integer(compute="_compute_counts")
    reason = fields.Char(help="Read by everybody who asks why nothing was sent.")
    date_to = fields.Date(string="Until", help="The last day; empty: until resumed.")
    with_reminders = fields.Boolean(
        string="Reminders Too",
        default=True,
        help="No reminder before the due day either.",
    )

    @api.model
    def _default_contracts(self):
        if self.env.context.get("active_model") != "realestate.contract":
            return []
        return [Command.set(self.env.context.get("active_ids", []))]

    @api.depends("contract_ids")
    def _compute_counts(self):
        for wizard in self:
            stops = wizard.contract_ids.dunning_hold_ids.filtered(
                lambda hold: hold.is_live and hold.kind == "stop"
            )
            wizard.contract_count = len(wizard.contract_ids)
            wizard.stopped_count = len(stops.contract_id)

    def action_apply(self):
        """Stop, or resume, and go back to where it was asked from."""
        self.ensure_one()
        if self.operation == "stop":
            self.contract_ids.stop_dunning(
                self.reason, self.date_to, self.with_reminders
            )
        else:
            self.contract_ids.resume_dunning(self.reason)
        return {"type": "ir.actions.act_window_close"}
