from odoo import models
from odoo.tools.misc import get_lang


class CollectionReportReport(models.AbstractModel):
    """The collection report as a paper, in the language of who reads it."""

    _name = "report.realestate_collection.report_collection_report"
    _description = "Collection Report"
    _inherit = ["realestate.paper"]

    _paper_model = "realestate.collection.report"

    def _get_lang(self, record):
        return get_lang(self.env).code

    def _get_sheet_in(self, record, lang):
        record = record.with_context(lang=lang)
        return {
            "lang": lang,
            # The company's own name and settings, for whoever works in it.
            "company": record.company_id.sudo(),
            "title": record.name,
            "date": record.date_to,
            "lines": record._get_lines(),
            "tables": record._get_sheets(),
        }
