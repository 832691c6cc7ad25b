from odoo import api, fields, models


class RealestateSealRequestStamp(models.TransientModel):
    _name = "realestate.seal.request.stamp"
    _description = "Stamp a Seal Request"

    request_id = fields.Many2one("realestate.seal.request", required=True)
    copies_total = fields.Integer(related="request_id.copies_total")
    copies = fields.Integer(
        string="Copies Stamped",
        compute="_compute_copies",
        store=True,
        readonly=False,
        required=True,
    )
    note = fields.Text()

    @api.depends("request_id")
    def _compute_copies(self):
        for stamp in self:
            stamp.copies = stamp.request_id.copies_total

    def action_stamp(self):
        """Record the stamps that were counted."""
        self.request_id.action_stamp(self.copies, self.note)


class RealestateSealRequestRefuse(models.TransientModel):
    _name = "realestate.seal.request.refuse"
    _description = "Refuse a Seal Request"

    request_id = fields.Many2one("realestate.seal.request", required=True)
    reason = fields.Text(required=True)

    def action_refuse(self):
        """Refuse for the reason given."""
        self.request_id.action_refuse(self.reason)
