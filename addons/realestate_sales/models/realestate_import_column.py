from odoo import api, fields, models

from ..tools.table import column_letter
from .realestate_import_messages import FIELD_NAMES

SAMPLES = 3
SAMPLE_LENGTH = 40


class RealestateImportColumn(models.Model):
    """A column of the file and what it is read as."""

    _name = "realestate.import.column"
    _description = "Import Column"
    _order = "import_id, index"
    _rec_name = "header"

    import_id = fields.Many2one(
        "realestate.import", required=True, index=True, ondelete="cascade"
    )
    index = fields.Integer(required=True, help="Counted from 0.")
    letter = fields.Char(string="Column")
    header = fields.Char()
    samples = fields.Char(string="First Values")
    field_name = fields.Selection(selection="_get_field_names", string="Read As")
    field_auto = fields.Selection(
        selection="_get_field_names", string="Found by Its Name"
    )

    @api.model
    def _get_field_names(self):
        """What a column may be read as."""
        return [(name, self.env._(label)) for name, label in FIELD_NAMES.items()]

    def write(self, vals):
        self.import_id._check_not_loaded()
        result = super().write(vals)
        self.import_id._forget_check()
        return result

    @api.model
    def _prepare_values(self, table, index, field):
        """Values of one column of a table, read as ``field``."""
        cells = [row[index] for row in table.rows if row[index] is not None]
        samples = list(dict.fromkeys(map(str, cells)))[:SAMPLES]
        return {
            "index": index,
            "letter": column_letter(index),
            "header": table.headers[index],
            "samples": " · ".join(text[:SAMPLE_LENGTH] for text in samples),
            "field_name": field,
            "field_auto": field,
        }
