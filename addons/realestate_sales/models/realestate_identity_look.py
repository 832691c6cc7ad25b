from odoo import api, fields, models
from odoo.exceptions import UserError


class RealestateIdentityLook(models.Model):
    """Who has seen an ID number or an identity paper, when and why. Nobody deletes
    or changes one.
    """

    _name = "realestate.identity.look"
    _description = "Look at an ID Number"
    _order = "date desc, id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", string="Person", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    identity_id = fields.Many2one(
        "realestate.partner.identity", index="btree_not_null", ondelete="set null"
    )
    document_id = fields.Many2one(
        "realestate.document", index="btree_not_null", ondelete="set null"
    )
    number_masked = fields.Char(string="Number")
    kind = fields.Selection(
        [
            ("number", "Number Seen"),
            ("file", "Scan Opened"),
            ("print", "Printed on a Paper"),
            ("change", "Number Changed"),
        ],
        required=True,
    )
    user_id = fields.Many2one(
        "res.users", string="By", required=True, default=lambda self: self.env.uid
    )
    date = fields.Datetime(
        string="On", required=True, default=lambda self: self.env.cr.now()
    )
    reason = fields.Char(string="Why")

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("A look at an ID number stays as it was recorded."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A look at an ID number is deleted by nobody."))


class RealestateDocument(models.Model):
    _inherit = "realestate.document"  # pylint: disable=consider-merging-classes-inherited

    def _read_file(self):
        content = super()._read_file()
        if self.is_identity and self.env.user._is_internal():
            # Looks are written by nobody's hand.
            self.env["realestate.identity.look"].sudo().create(
                {
                    "document_id": self.id,
                    "partner_id": self.partner_id.id,
                    "company_id": self.company_id.id,
                    "kind": "file",
                    "reason": self.display_name,
                }
            )
        return content
