from markupsafe import Markup

from odoo import models
from odoo.tools import format_date

from ..tools.placeholder import AMOUNT, DATE, TABLE, WORDS, fill
from ..tools.placeholder_names import CATALOGUE

#: Where a paper has nothing to say, somebody can write it in.
BLANK = Markup('<span class="rw-blank"></span>')


class Preview:
    """A template that is tried out on a record."""

    def __init__(self, template):
        self.template = template


class RealestatePaper(models.AbstractModel):
    """Texts of papers: clauses whose placeholders are filled from the record."""

    # A file for each concern keeps them short.
    _inherit = "realestate.paper"  # pylint: disable=consider-merging-classes-inherited

    def _get_preview_template(self):
        """The template that is tried out, where that is what is printed.

        Objects do not come through the web: nobody prints a contract with another text
        by asking for it.
        """
        preview = self.env.context.get("paper_preview")
        return preview.template if isinstance(preview, Preview) else None

    def _prepare_clauses(self, wordings, values, currency):
        """Clauses ready to be printed, numbered in their order.

        :param wordings: dicts as a template or a contract gives them
        :param values: name of a placeholder to its value: a text, date, amount, or a
            function that draws a table
        """

        def resolve(slot):
            return self._write_value(slot, values.get(slot.name), currency)

        return [
            {
                "number": number,
                "clause": wording["clause"],
                "sequence": wording["sequence"],
                "title": fill(wording["title"], resolve),
                "text": fill(wording["body"], resolve),
                "lang": self.env["res.lang"]._get_paper_tag(wording["lang"]),
                "is_changed": wording.get("is_changed", False),
                "is_removed": wording.get("is_removed", False),
                "standard_title": fill(wording.get("standard_title", ""), resolve),
            }
            for number, wording in enumerate(wordings, start=1)
        ]

    def _write_value(self, slot, value, currency):
        """``value`` as the clause's own language writes it."""
        if self.env.context.get("paper_numbers"):
            paper = self.with_context(paper_numbers=None)
            return paper._write_value(slot, value, currency)
        kind = CATALOGUE[slot.name].kind
        if kind == TABLE:
            return value() if value else ""
        if value in (None, False, ""):
            return BLANK
        if kind == WORDS or slot.format == "words":
            return self._amount_in_words(value, currency)
        if kind == AMOUNT:
            if slot.format == "figure":
                return self._format_figure(value, currency)
            return self._format_amount(value, currency)
        if kind == DATE:
            style = {"long": "long", "short": "short"}.get(slot.format, "medium")
            return format_date(self.env, value, date_format=style)
        return str(value).upper() if slot.format == "upper" else str(value)

    def _prepare_common_values(self, sheet, partner, company):
        """Values that every paper has: of the seller, the buyer and the paper."""
        # A buyer who prints may not read the company's partner; a paper shows it.
        seller = company.sudo().partner_id
        return {
            "seller.name": seller.name,
            "seller.registration": company.sudo().company_registry or seller.vat,
            "seller.address": ", ".join(self._prepare_address_lines(seller)),
            "paper.number": sheet["number"],
            "buyer.name": partner.name,
            "buyer.registration": partner.vat,
            "buyer.address": ", ".join(self._prepare_address_lines(partner)),
            "buyer.phone": partner.phone,
            "buyer.email": partner.email,
            "buyers.names": partner.name,
        }

    def _draw(self, template, sheet, **values):
        """A function that draws a piece of a paper in this paper's language."""
        return lambda: self.env["ir.qweb"]._render(template, {"sheet": sheet, **values})
