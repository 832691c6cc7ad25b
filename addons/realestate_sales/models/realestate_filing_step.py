from odoo import api, fields, models
from odoo.exceptions import UserError


class RealestateFilingStep(models.Model):
    """What happened to a filing, when and by whom; nobody writes or deletes it."""

    _name = "realestate.filing.step"
    _description = "Step of a Filing"
    _order = "id desc"
    _rec_name = "filing_id"

    filing_id = fields.Many2one(
        "realestate.filing", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="filing_id.company_id", store=True)
    project_id = fields.Many2one(related="filing_id.project_id", store=True)
    state = fields.Selection(
        lambda self: self.env["realestate.filing"]._fields["state"].selection,
        string="Step",
        required=True,
    )
    date = fields.Date(required=True)
    user_id = fields.Many2one("res.users", string="Recorded by", required=True)
    number = fields.Char(string="Filing Number")
    note = fields.Text(string="Reason")


class RealestateFilingFile(models.Model):
    """A paper that goes to the authority, or comes from it."""

    _name = "realestate.filing.file"
    _description = "Paper of a Filing"
    _order = "filing_id, id"

    filing_id = fields.Many2one(
        "realestate.filing", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="filing_id.company_id", store=True)
    project_id = fields.Many2one(related="filing_id.project_id", store=True)
    name = fields.Char(string="Paper", required=True)
    direction = fields.Selection(
        [("out", "To the Authority"), ("in", "From the Authority")],
        required=True,
        default="out",
    )
    file = fields.Binary(attachment=True, required=True)
    filename = fields.Char()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        for paper in self:
            if paper.filing_id.state in ("submitted", "accepted"):
                raise UserError(
                    self.env._(
                        "%(paper)s is part of what was filed: it stays.",
                        paper=paper.name,
                    )
                )

    def write(self, vals):
        if {"file", "filing_id"} & vals.keys():
            self._unlink_except_sent()
        return super().write(vals)


class RealestateFiling(models.Model):
    # A file for each concern keeps them short.
    _inherit = "realestate.filing"  # pylint: disable=consider-merging-classes-inherited

    file_ids = fields.One2many("realestate.filing.file", "filing_id", string="Papers")
