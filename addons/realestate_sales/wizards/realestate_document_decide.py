from odoo import fields, models


class RealestateDocumentRefuse(models.TransientModel):
    _name = "realestate.document.refuse"
    _description = "Refuse a Document"

    document_id = fields.Many2one("realestate.document", required=True)
    reason = fields.Text(required=True)

    def action_refuse(self):
        """Ask for another paper, for the reason given."""
        self.document_id.action_refuse(self.reason)


class RealestateDocumentWaive(models.TransientModel):
    _name = "realestate.document.waive"
    _description = "Waive a Document"

    document_id = fields.Many2one("realestate.document", required=True)
    reason = fields.Text(required=True)

    def action_waive(self):
        """Do without the paper, for the reason given."""
        self.document_id.action_waive(self.reason)
