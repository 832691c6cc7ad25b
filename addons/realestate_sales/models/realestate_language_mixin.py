from odoo import api, models, tools
from odoo.tools.misc import get_lang


class RealestateLanguageMixin(models.AbstractModel):
    """Texts in a language, which need not be one the interface is installed in."""

    _name = "realestate.language.mixin"
    _description = "Text in a Language"

    @api.model
    @tools.ormcache(cache="stable")
    def _get_all_languages(self):
        """All languages Odoo knows, installed ones first."""
        # Which languages there are is nobody's secret.
        languages = self.env["res.lang"].sudo().with_context(active_test=False)
        found = languages.search([("code", "!=", False)], order="active desc, name")
        return [(lang.code, lang.name) for lang in found]

    @api.model
    def _get_installed_languages(self):
        return self.env["res.lang"].get_installed()

    def _get_language_name(self, code):
        return dict(self._get_all_languages()).get(code, code)

    @api.model
    def _get_language_pair(self, first, second):
        """Codes of the languages of a paper in ``first`` and, maybe, ``second``: of
        installed ones, and one only where both come to the same."""
        first = get_lang(self.env, first or False).code
        second = second and get_lang(self.env, second).code
        return [first] if second in (first, False, None) else [first, second]
