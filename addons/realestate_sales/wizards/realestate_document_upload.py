from odoo import fields, models


class RealestateDocumentUpload(models.TransientModel):
    _name = "realestate.document.upload"
    _description = "Hand a Document In"

    document_id = fields.Many2one("realestate.document", required=True)
    file = fields.Binary(required=True, attachment=False)
    filename = fields.Char()

    def action_receive(self):
        """Hand the file in."""
        self.ensure_one()
        # The file is text in the wizard, as the browser sent it.
        self.document_id.action_receive(self.file.decode(), self.filename or "")
        return {"type": "ir.actions.act_window_close"}
