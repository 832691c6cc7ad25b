from functools import partial

from babel.core import Locale, UnknownLocaleError

from odoo import api, models

from ..tools import text

#: Odoo's script suffixes in the form that language tags use.
SCRIPTS = {"latin": "Latn", "Cyrl": "Cyrl", "cyrillic": "Cyrl"}


class ResLang(models.Model):
    _inherit = "res.lang"

    @api.model
    def _get_paper_tag(self, code):
        """Return the language tag (BCP 47) of an Odoo language code.

        It decides which Han characters are drawn and how text is hyphenated:
        ``zh_TW`` gives ``zh-TW``, ``sr@latin`` gives ``sr-Latn``.
        """
        base, _at, script = (code or "en").partition("@")
        tag = base.replace("_", "-")
        return f"{tag}-{SCRIPTS.get(script, script)}" if script else tag

    @api.model
    def _get_paper_direction(self, code):
        """Return ``rtl`` or ``ltr``, the writing direction of a language code.

        A paper may hold a block in a language that is not installed.
        """
        installed = self._get_data(code=code)
        if installed:
            return installed.direction
        try:
            return Locale.parse(code).text_direction
        except (UnknownLocaleError, ValueError):
            return "ltr"

    @api.model
    def _get_paper_attributes(self, code):
        """Return the ``lang`` and ``dir`` attributes of a block in that language."""
        return {
            "lang": self._get_paper_tag(code),
            "dir": self._get_paper_direction(code),
        }

    @api.model
    def _get_paper_isolate(self, code):
        """Return a function from a text to the attributes that keep its order.

        It returns none where the text runs the same way as a paper in ``code``.
        """
        # A job may run without a language.
        code = code or self.env.lang or "en_US"
        return partial(text.isolate, direction=self._get_paper_direction(code))
