from odoo import fields, models


class RealestateUnitTypeImage(models.Model):
    """Which file a picture was imported from, so that it is not loaded twice."""

    # The import knows files, pictures as such do not.
    _inherit = "realestate.unit.type.image"  # pylint: disable=consider-merging-classes-inherited

    file_digest = fields.Char(
        readonly=True, copy=False, help="Fingerprint of the imported file."
    )

    def write(self, vals):
        if "image_1920" in vals:
            # Another picture chosen by hand is none of the file's.
            vals = {"file_digest": False, **vals}
        return super().write(vals)
