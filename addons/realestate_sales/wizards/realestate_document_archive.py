from odoo import api, fields, models
from odoo.fields import Command


class RealestateDocumentPutInBox(models.TransientModel):
    _name = "realestate.document.put.in.box"
    _description = "File Originals in a Box"

    document_ids = fields.Many2many(
        "realestate.document",
        required=True,
        default=lambda self: self._default_documents(),
    )
    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    box_id = fields.Many2one(
        "realestate.archive.box",
        required=True,
        domain="[('company_id', '=', company_id)]",
    )
    position = fields.Char(help="Where in the box, such as a number or a letter.")

    @api.model
    def _default_documents(self):
        if self.env.context.get("active_model") != "realestate.document":
            return []
        return [Command.set(self.env.context.get("active_ids", []))]

    @api.depends("document_ids")
    def _compute_company_id(self):
        for wizard in self:
            wizard.company_id = wizard.document_ids.company_id[:1]

    def action_put_in_box(self):
        """File the originals."""
        self.document_ids.action_put_in_box(self.box_id, self.position)


class RealestateDocumentIssueReturn(models.TransientModel):
    _name = "realestate.document.issue.return"
    _description = "Take a Copy Back"

    issue_id = fields.Many2one("realestate.document.issue", required=True)
    reason = fields.Text(required=True)

    def action_return(self):
        """Take the copy back for the reason given."""
        self.issue_id.action_return(self.reason)


class RealestateDocumentLoanReturn(models.TransientModel):
    _name = "realestate.document.loan.return"
    _description = "Take an Original Back"

    loan_id = fields.Many2one("realestate.document.loan", required=True)
    note = fields.Text()

    def action_return(self):
        """Take the original back."""
        self.loan_id.action_return(self.note)
