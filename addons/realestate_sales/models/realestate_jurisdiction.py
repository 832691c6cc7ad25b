from odoo import fields, models


class RealestateJurisdiction(models.Model):
    """The law a project falls under; policy rules hang on it."""

    _name = "realestate.jurisdiction"
    _description = "Jurisdiction"
    _order = "code"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="PH, IN, AE-DU, VN, CN, MY …")
    country_id = fields.Many2one("res.country", required=True)
    disclaimer = fields.Text(translate=True)
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint("UNIQUE (code)", "This code is taken.")
