from odoo import models
from odoo.tools.misc import get_lang


class CostListReport(models.AbstractModel):
    """The cost list in the languages of its own template, else in those of the
    contract, and with its clauses.
    """

    # A file for each concern keeps them short.
    _inherit = "report.realestate_sales.report_cost_list"  # pylint: disable=consider-merging-classes-inherited

    def _get_template(self, contract):
        lang = get_lang(self.env, contract.partner_id.lang).code
        templates = self.env["realestate.paper.template"]
        return self._get_preview_template() or templates._choose(
            "cost_list", contract.company_id, contract.project_id, lang
        )

    def _get_languages(self, contract):
        template = self._get_template(contract)
        if template.lang or template.lang2:
            return template._get_languages(contract.partner_id.lang)
        return contract._get_text_languages()

    def _prepare_sheet(self, contract):
        sheet = super()._prepare_sheet(contract)
        clauses = self._prepare_own_clauses(contract, sheet)
        return {**sheet, "clauses": clauses, "pairs": None, "has_notes": True}

    def _prepare_own_clauses(self, contract, sheet):
        template = self._get_template(contract)
        if not template:
            return []
        wordings = template._get_wordings(
            self.env.lang,
            contract._get_text_conditions(),
            with_drafts=bool(self._get_preview_template()),
        )
        # Tables that a clause may ask for stand nowhere else on this paper.
        tables = {
            "units": self._prepare_units(contract),
            "buyers": self._prepare_buyers(contract),
        }
        complete = self._complete(contract, {**sheet, **tables})
        values = self._prepare_values(contract, complete)
        return self._prepare_clauses(wordings, values, contract.currency_id)
