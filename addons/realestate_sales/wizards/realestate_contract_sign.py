from base64 import b64decode

from odoo import api, fields, models
from odoo.fields import Command


class RealestateContractSign(models.TransientModel):
    _name = "realestate.contract.sign"
    _description = "Match a Signed Paper"

    contract_id = fields.Many2one("realestate.contract", required=True)
    date = fields.Date(
        string="Signed on", required=True, default=fields.Date.context_today
    )
    buyer_ids = fields.Many2many(
        "realestate.contract.buyer",
        string="Signed by",
        compute="_compute_buyer_ids",
        store=True,
        readonly=False,
        domain="[('contract_id', '=', contract_id)]",
    )
    scan = fields.Binary(
        required=True, attachment=False, help="PDF or a picture, 10 MB at most."
    )
    filename = fields.Char()

    @api.depends("contract_id")
    def _compute_buyer_ids(self):
        for sign in self:
            contract = sign.contract_id
            signed = contract.signature_ids.filtered(lambda one: one.state == "signed")
            sign.buyer_ids = [Command.set((contract.buyer_ids - signed.buyer_id).ids)]

    def action_sign(self):
        """Keep the scan and record the signatures it bears."""
        self.contract_id.action_sign_on_paper(
            self.buyer_ids, b64decode(self.scan), self.filename, self.date
        )


class RealestateContractDrawAgain(models.TransientModel):
    _name = "realestate.contract.draw.again"
    _description = "Draw the Text Again"

    contract_id = fields.Many2one("realestate.contract", required=True)
    reason = fields.Text(required=True)

    def action_draw_again(self):
        """Drop the kept text for the reason given."""
        self.contract_id.action_draw_again(self.reason)
