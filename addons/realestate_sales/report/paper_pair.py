from datetime import date

from markupsafe import Markup, escape

from odoo import models

#: A label of both languages fits beside one another up to this length.
SHORT = 28
#: Values that are not for two languages: they stand across the page, or are numbers.
ALONE = {
    "watermark",
    "number",
    "lang",
    "is_long",
    "address",
    "clauses",
    "pairs",
}
#: Heads of columns: one language under the other, for columns are narrow.
HEADS = {
    *("columns", "building", "floor", "description", "area", "tax_id", "contact"),
    *("address_head", "share", "part", "payments", "first_due", "last_due", "amount"),
    *("instalment", "due", "left", "principal", "interest", "payment"),
    *("step", "calculation", "so_far"),
}
#: What a label ends with before its value: once is enough.
COLONS = (":", "：")
#: Values that may not hold formatting.
PLAIN = {"title"}
#: Values of paragraphs and lists.
RICH = "rich"
SIDE_BY_SIDE = Markup(
    '<table class="rw-bilingual" role="presentation"><tr><td>%s</td>'
    '<td lang="%s">%s</td></tr></table>'
)


class RealestatePaper(models.AbstractModel):
    """Papers in two languages: two sheets, one of each, made one."""

    # A file for each concern keeps them short.
    _inherit = "realestate.paper"  # pylint: disable=consider-merging-classes-inherited

    def _get_sheet(self, record):
        """The sheet of ``record`` in its language, or in two side by side."""
        languages = self._get_languages(record)
        if len(languages) == 1:
            return super()._get_sheet(record)
        # Figures are written once, as the first language writes them.
        paper = self.with_context(paper_pair=True, paper_numbers=languages[0])
        first = paper._get_sheet_in(record, languages[0])
        paper = paper.with_context(paper_again=True)
        second = paper._get_sheet_in(record, languages[1])
        return {
            **self._pair_sheets(first, second),
            "record": first["record"],
            "pairs": self._pair_clauses(
                first.get("clauses") or [], second.get("clauses") or []
            ),
            "pair_langs": languages,
        }

    def _pair_sheets(self, first, second):
        """One sheet with the texts of both languages. Figures, dates and names are the
        same in both."""
        tag = self.env["res.lang"]._get_paper_tag(second["lang"])
        paper = self.with_context(paper_pair=True)

        def pair(name, one, other):
            if isinstance(one, date):
                return paper._format_date(one)
            if name in ALONE or not other:
                return one
            if isinstance(one, dict) and isinstance(other, dict):
                return {key: pair(key, one[key], other.get(key)) for key in one}
            if isinstance(one, list | tuple) and len(one) == len(other):
                both = zip(one, other, strict=True)
                return type(one)(pair(name, *each) for each in both)
            if one == other or not isinstance(one, str):
                return one
            return self._join_texts(name, one, other, tag)

        return pair("", first, second)

    def _join_texts(self, name, one, other, tag):
        """The same text in two languages: beside one another where they fit, else one
        under the other; paragraphs in two columns."""
        if name in PLAIN:
            return f"{one} / {other}"
        if name == RICH:
            return SIDE_BY_SIDE % (one, tag, other)
        one, other = escape(one), escape(other)
        if one[-1:] in COLONS and other[-1:] in COLONS:
            one = one[:-1].rstrip()
        is_short = max(len(one), len(other)) <= SHORT and name not in HEADS
        gap = " / " if is_short else Markup("<br/>")
        return Markup('%s%s<span lang="%s">%s</span>') % (one, gap, tag, other)

    def _pair_clauses(self, first, second):
        """Clauses of two languages side by side, as pairs; what has no counterpart
        stands alone."""
        rest = list(second)
        pairs = []
        for clause in first:
            match = next((one for one in rest if self._is_pair(clause, one)), None)
            if match:
                rest.remove(match)
            pairs.append((clause, match))
        return pairs + [(None, other) for other in rest]

    def _is_pair(self, one, other):
        """Whether two clauses say the same in two languages."""
        if one["clause"] or other["clause"]:
            return one["clause"] == other["clause"]
        return one["sequence"] == other["sequence"]
