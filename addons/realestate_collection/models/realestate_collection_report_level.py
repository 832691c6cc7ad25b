from odoo import fields, models


class RealestateCollectionReportLevel(models.Model):
    """Notices of one level, project and officer in a collection report."""

    _name = "realestate.collection.report.level"
    _description = "Collection Report: Notices by Level"
    _order = "report_id, project_id, level_id, id"
    _rec_name = "level_id"

    report_id = fields.Many2one(
        "realestate.collection.report",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="report_id.company_id", store=True, index=True, readonly=True
    )
    project_id = fields.Many2one("realestate.project", required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="Officer", readonly=True)
    level_id = fields.Many2one("realestate.dunning.level", readonly=True)
    level_name = fields.Char(readonly=True, help="Its name when the report was made.")
    sent_count = fields.Integer(string="Sent", readonly=True)
    failed_count = fields.Integer(string="Not Delivered", readonly=True)
