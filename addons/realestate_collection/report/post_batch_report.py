from odoo import models
from odoo.tools.misc import get_lang


class PostBatchReport(models.AbstractModel):
    """The list that goes to the post with the letters, and comes back with numbers."""

    _name = "report.realestate_collection.report_post_batch"
    _description = "Cover List of a Post Batch"
    _inherit = ["realestate.paper"]

    _paper_model = "realestate.post.batch"

    def _get_lang(self, record):
        """A paper of the house: in the language of who prints it."""
        return get_lang(self.env).code

    def _get_sheet(self, record):
        """The letters of ``record`` in the order of the pile."""
        letters = record._get_letters()
        paper = self.with_context(lang=self._get_lang(record))
        return {
            "lang": self._get_lang(record),
            "company": record.company_id,
            "title": paper.env._("Letters to the Post"),
            "number": record.name,
            "date": record.date_posted or record.company_id._realestate_today(),
            "facts": paper._prepare_facts(record, letters),
            "rows": [paper._prepare_row(letter) for letter in letters],
        }

    def _prepare_facts(self, record, letters):
        countries = letters.partner_id.country_id.sorted("name")
        abroad = countries - record.company_id.country_id
        # The sender's address stands on the list, whoever may read partners.
        sender = record.company_id.sudo().partner_id
        address = ", ".join(self._prepare_address_lines(sender))
        facts = [
            (self.env._("Sender"), f"{record.company_id.name}, {address}".rstrip(", ")),
            (self.env._("Letters"), len(letters)),
        ]
        if abroad:
            facts.append((self.env._("Abroad"), ", ".join(abroad.mapped("name"))))
        return facts

    def _prepare_row(self, letter):
        return {
            "place": letter.post_place,
            "name": letter.partner_id.name or letter.partner_id.display_name,
            "address": letter.address,
            "contract": letter.contract_id.name,
            "number": letter.registered_number or "",
        }
