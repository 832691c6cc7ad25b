from markupsafe import Markup

from odoo import models
from odoo.tools import is_html_empty
from odoo.tools.image import image_data_uri

from ..tools import colour, engine


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_paper_identity(self, lang=None):
        """Return what the letterhead and footer of this company say, as a dict.

        Read by the layout template. Addons may override it to add registrations, for
        example a developer's licence number.

        * ``name``, ``tagline``, ``details``, ``footer``: text or rich text, or False
        * ``logo``: a data: address or False; Odoo's placeholder logo counts as none
        * ``address``, ``registrations``, ``contacts``: lists of lines
        * ``accent``, ``accent_ink``: hex colours for rules and for text
        * ``lang``: language tag for the lang attribute; ``direction``: ltr or rtl
        * ``isolate``: function from a text to the attributes that keep its order in a
          line of the other direction, e.g. a Latin name on an Arabic paper

        :param str lang: code of the paper's language, the user's if not given
        """
        self.ensure_one()
        lang = lang or self.env.lang or self.env.user.lang or "en_US"
        # A letterhead is public: whoever may print the paper may see it, also a
        # portal user, who may not read the company's partner.
        company = self.sudo().with_context(lang=lang, bin_size=False)
        languages = self.env["res.lang"]
        accent = colour.accent(company.primary_color)
        return {
            "name": company.name,
            "tagline": _rich_text(company.report_header),
            "details": _rich_text(company.company_details),
            "footer": _rich_text(company.report_footer),
            "logo": company._get_paper_logo(),
            "address": company._get_paper_address(),
            "registrations": company._get_paper_registrations(),
            "contacts": company._get_paper_contacts(),
            "accent": accent,
            "accent_ink": colour.readable(accent),
            "lang": languages._get_paper_tag(lang),
            "direction": languages._get_paper_direction(lang),
            "isolate": languages._get_paper_isolate(lang),
        }

    def _get_paper_stylesheet(self):
        """Return the print stylesheet, marked safe so that its quotes survive."""
        return Markup(engine.stylesheet_text())

    def _get_paper_logo(self):
        """Return the logo as a data: address, or False if the company has none."""
        if self.uses_default_logo:
            return False
        # 512 pixels are sharp at the width of a letterhead and keep papers small.
        logo = self.partner_id.image_512
        return image_data_uri(logo) if logo else False

    def _get_paper_address(self):
        """Return the lines of the company's address, its name left out."""
        address = self.partner_id._display_address(without_company=True)
        return [line.strip() for line in address.splitlines() if line.strip()]

    def _get_paper_registrations(self):
        """Return the registrations that identify the company by law, as lines."""
        partner = self.partner_id
        # The label is kept from the language it was read in first.
        partner.invalidate_recordset(["company_registry_label"], flush=False)
        pairs = [
            (partner.company_registry_label, self.company_registry),
            (self.country_id.vat_label or self.env._("Tax ID"), self.vat),
        ]
        return [f"{label} {number}" for label, number in pairs if number]

    def _get_paper_contacts(self):
        """Return the lines that say how the company is reached."""
        website = (self.website or "").removeprefix("https://").removeprefix("http://")
        first = " · ".join(filter(None, (self.phone, self.email)))
        return [line for line in (first, website) if line]


def _rich_text(value):
    return False if is_html_empty(value) else value
