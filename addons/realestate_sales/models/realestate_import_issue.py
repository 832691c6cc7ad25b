from odoo import fields, models


class RealestateImportIssue(models.Model):
    """One thing wrong, or worth knowing, in one cell of the file."""

    _name = "realestate.import.issue"
    _description = "Import Issue"
    _order = "import_id, level, row, id"
    _rec_name = "message"

    import_id = fields.Many2one(
        "realestate.import", required=True, index=True, ondelete="cascade"
    )
    level = fields.Selection(
        [("error", "Error"), ("warning", "Note")], required=True, default="error"
    )
    row = fields.Integer(
        aggregator=None, help="As the spreadsheet program numbers it; 0: the file."
    )
    column = fields.Char(help="The header over the cell; empty: the whole row.")
    message = fields.Char(required=True)
