from odoo import models
from odoo.tools.misc import get_lang


class RealestatePaper(models.AbstractModel):
    """The one or two languages a paper is printed in."""

    # A file for each concern keeps them short.
    _inherit = "realestate.paper"  # pylint: disable=consider-merging-classes-inherited

    def _get_languages(self, record):
        """Codes of the languages of the paper of ``record``, one or two."""
        return [self._get_lang(record)]

    def _get_reader(self, record):
        """The buyer who reads the paper; none: a paper of the house."""
        return record.partner_id

    def _get_reader_lang(self, record):
        """The reader's language, where it is installed, else the user's."""
        return get_lang(self.env, self._get_reader(record).lang or False).code


class ClausePaper(models.AbstractModel):
    """Papers beside the contract stand in the languages their template says, else in
    those that the contract has or would have: a buyer gets one kind of papers.
    """

    _inherit = "realestate.clause.paper"

    def _get_languages(self, record):
        template = self._get_template(record)
        lang = self._get_reader_lang(record)
        if template.lang or template.lang2:
            return template._get_languages(lang)
        return self._get_contract_languages(record, lang)

    def _get_lang(self, record):
        return self._get_languages(record)[0]

    def _get_contract_languages(self, record, lang):
        # Whoever prints a paper need not see the contract or its template.
        contract = self._get_contract(record).sudo()
        if contract:
            return contract._get_text_languages()
        project = self._get_project(record)
        templates = self.env["realestate.paper.template"]
        template = templates._choose("contract", record.company_id, project, lang)
        return template._get_languages(lang)

    # === HOOKS === #

    def _get_project(self, record):
        """The project of the paper, where it has one."""
        return record.project_id

    def _get_contract(self, record):
        """The contract that the paper belongs to, where there is one."""
        return self.env["realestate.contract"]
