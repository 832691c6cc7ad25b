from odoo import fields, models


class PaperBatchFile(models.Model):
    """A file of a print job: its papers one after the other."""

    _name = "paper.batch.file"
    _description = "File of a Print Job"
    _order = "batch_id, sequence, id"

    batch_id = fields.Many2one(
        "paper.batch", required=True, readonly=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(readonly=True)
    name = fields.Char(required=True, readonly=True)
    page_count = fields.Integer(string="Pages", readonly=True)
    pdf = fields.Binary(string="File", attachment=True, readonly=True)
