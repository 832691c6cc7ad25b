from odoo import models
from odoo.exceptions import UserError
from odoo.tools.misc import get_lang

from ..models.report_text import get_sheets

#: More contracts than this are no paper: the spreadsheet takes them.
MOST_PRINTED = 2000


class AgingReport(models.AbstractModel):
    """The aging of a day as a paper, in the language of who prints it."""

    _name = "report.realestate_collection.report_aging"
    _description = "Aging"
    _inherit = ["realestate.paper"]

    _paper_model = "realestate.aging.day"

    def _get_lang(self, record):
        return get_lang(self.env).code

    def _get_sheet_in(self, record, lang):
        record = record.with_context(lang=lang)
        tables = record._get_tables(limit=MOST_PRINTED + 1)
        if sum(len(group.rows) for one in tables for group in one.groups) > (
            MOST_PRINTED
        ):
            raise UserError(
                self.env._(
                    "The aging has more than %(count)s contracts: choose projects or "
                    "an officer, or take the spreadsheet.",
                    count=MOST_PRINTED,
                )
            )
        return {
            "lang": lang,
            # The company's own name and settings, for whoever works in it.
            "company": record.company_id.sudo(),
            "title": record._get_title(),
            "date": record.date,
            "lines": ["", record._get_lines()[0]],
            "tables": get_sheets(record.env, tables),
        }
