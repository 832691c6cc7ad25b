from odoo import fields, models

from ..models.realestate_collection_report import PERIODS


class RealestateCollectionReportMake(models.TransientModel):
    """Choose the period of a collection report, and see it."""

    _name = "realestate.collection.report.make"
    _description = "Make a Collection Report"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    period = fields.Selection(PERIODS, required=True, default="week")
    date = fields.Date(
        string="Day",
        required=True,
        default=lambda self: self.env.company._realestate_today(),
        help="A day of the period.",
    )

    def action_make(self):
        """Make the report, or find the one that stands, and open it."""
        self.ensure_one()
        reports = self.env["realestate.collection.report"]
        report = reports.with_company(self.company_id).make(self.period, self.date)
        return {
            "type": "ir.actions.act_window",
            "res_model": report._name,
            "res_id": report.id,
            "view_mode": "form",
        }
