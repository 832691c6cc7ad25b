from odoo import fields, models

from .realestate_unit_type_image import IMAGE_KINDS


class RealestateImportPicture(models.Model):
    """One file of a ZIP file of pictures: where it goes, or why it goes nowhere."""

    _name = "realestate.import.picture"
    _description = "Import Picture"
    _order = "import_id, priority desc, file, id"
    _rec_name = "file"

    import_id = fields.Many2one(
        "realestate.import", required=True, index=True, ondelete="cascade"
    )
    file = fields.Char(required=True)
    thumbnail = fields.Binary(string="Picture", attachment=False)
    unit_type_id = fields.Many2one(
        "realestate.unit.type", index=True, ondelete="set null"
    )
    unit_id = fields.Many2one(
        "realestate.unit",
        string="Found by Unit",
        index="btree_not_null",
        ondelete="set null",
        help="The file is named by a unit; every unit of its type shows it.",
    )
    kind = fields.Selection(IMAGE_KINDS)
    action = fields.Selection(
        [
            ("new", "New"),
            ("replace", "Replaces"),
            ("same", "Unchanged"),
            ("left_out", "Left Out"),
            ("refused", "Error"),
        ],
        required=True,
    )
    priority = fields.Integer(help="What needs attention comes first.")
    size = fields.Char(help="In pixels.")
    message = fields.Char(string="What to do")
