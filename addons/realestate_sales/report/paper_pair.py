from markupsafe import Markup, escape

from odoo import models

#: A label of both languages fits beside one another up to this length.
SHORT = 28
#: Values that are not for two languages: they stand across the page, or are numbers.
ALONE = {"watermark", "number", "lang", "is_long", "address"}
#: Values that may not hold formatting.
PLAIN = {"title"}


class RealestatePaper(models.AbstractModel):
    """Papers in two languages: two sheets, one of each, made one."""

    # A file for each concern keeps them short.
    _inherit = "realestate.paper"  # pylint: disable=consider-merging-classes-inherited

    def _pair_sheets(self, first, second):
        """One sheet with the texts of both languages. Figures, dates and names are the
        same in both."""
        tag = self.env["res.lang"]._get_paper_tag(second["lang"])

        def join(one, other):
            gap = " / " if max(len(one), len(other)) <= SHORT else Markup("<br/>")
            return Markup('%s%s<span lang="%s">%s</span>') % (one, gap, tag, other)

        def pair(name, one, other):
            if name in ALONE or one == other or not other:
                return one
            if name in PLAIN:
                return f"{one} / {other}"
            if isinstance(one, str) and isinstance(other, str):
                return join(escape(one), escape(other))
            if isinstance(one, dict) and isinstance(other, dict):
                return {key: pair(key, one[key], other.get(key)) for key in one}
            same = isinstance(one, list | tuple) and len(one) == len(other)
            if not same:
                return one
            pairs = zip(one, other, strict=True)
            return type(one)(pair(name, *both) for both in pairs)

        return pair("", first, second)
