import base64
import io

from PIL import Image

from odoo.tests import tagged

from ..tools import colour
from .common import PaperCase, pdf_pages, pdf_reader, pdf_text


def picture(tint, side=16):
    """Return a base64 PNG of one colour."""
    content = io.BytesIO()
    Image.new("RGB", (side, side), tint).save(content, "PNG")
    return base64.b64encode(content.getvalue())


@tagged("post_install", "-at_install")
class TestCompany(PaperCase):
    def test_letterhead_says_who_writes(self):
        self.company.write(
            {"city": "Pasay City", "phone": "+63 2 8123 4567", "vat": False}
        )
        text = pdf_text(self._print(self._create_report(), self._create_partner()))
        for expected in (
            "Harbour Heights Development",
            "7 Bayside Avenue",
            "Pasay City",
            "CS201912345",
            "+63 2 8123 4567",
        ):
            self.assertIn(expected, text)

    def test_placeholder_logo_is_not_printed(self):
        self.company.logo = self.company._get_logo()
        self.assertFalse(self.company._get_paper_identity()["logo"])

    def test_each_company_prints_its_own_letterhead(self):
        other = self.env["res.company"].create(
            {"name": "Garden Homes", "logo": picture("green"), "primary_color": "#0a0"}
        )
        self.company.logo = picture("blue")
        partners = self._create_partner("Anna", company_id=self.company.id)
        partners += self._create_partner("Bruno", company_id=other.id)
        self.env.user.company_ids += other
        allowed = partners.with_context(allowed_company_ids=[self.company.id, other.id])
        pages = pdf_pages(self._print(self._create_report(), allowed))
        self.assertIn("Harbour Heights", pages[0])
        self.assertNotIn("Garden Homes", pages[0])
        self.assertIn("Garden Homes", pages[1])
        self.assertNotIn("Harbour Heights", pages[1])
        ours, theirs = (self.company + other).mapped(
            lambda company: company._get_paper_identity()["logo"]
        )
        self.assertTrue(ours and theirs)
        self.assertNotEqual(ours, theirs)

    def test_logo_is_drawn_also_where_the_client_asks_for_sizes(self):
        # The web client reads images as sizes; a paper needs the picture.
        self.company.logo = picture("blue", side=64)
        partner = self._create_partner().with_context(bin_size=True)
        reader = pdf_reader(self._print(self._create_report(), partner))
        self.assertTrue(reader.pages[0]["/Resources"]["/XObject"])

    def test_company_details_and_footer_replace_ours(self):
        self.company.write(
            {
                "company_details": "<p>Details of our own</p>",
                "report_footer": "<p>Footer of our own</p>",
            }
        )
        text = pdf_text(self._print(self._create_report(), self._create_partner()))
        self.assertIn("Details of our own", text)
        self.assertIn("Footer of our own", text)
        self.assertNotIn("7 Bayside Avenue", text)

    def test_accent_is_the_primary_colour_and_nothing_but_a_colour(self):
        self.company.primary_color = "#125e59"
        self.assertEqual(self.company._get_paper_identity()["accent"], "#125e59")
        self.company.primary_color = "red; } body { display: none"
        accent = self.company._get_paper_identity()["accent"]
        self.assertEqual(accent, colour.DEFAULT_ACCENT)

    def test_language_tags_follow_the_standard(self):
        languages = self.env["res.lang"]
        for code, tag in (
            ("zh_TW", "zh-TW"),
            ("en_US", "en-US"),
            ("sr@latin", "sr-Latn"),
            ("vi_VN", "vi-VN"),
        ):
            self.assertEqual(languages._get_paper_tag(code), tag)

    def test_direction_is_known_for_languages_that_are_not_installed(self):
        self.env["res.lang"].search(
            [("code", "in", ("ar_001", "he_IL"))]
        ).active = False
        languages = self.env["res.lang"]
        self.assertEqual(languages._get_paper_direction("ar_001"), "rtl")
        self.assertEqual(languages._get_paper_direction("he_IL"), "rtl")
        self.assertEqual(languages._get_paper_direction("en_US"), "ltr")
        self.assertEqual(languages._get_paper_direction("xx_NOWHERE"), "ltr")

    def test_arabic_paper_is_mirrored_and_keeps_latin_lines_in_order(self):
        self.env["res.lang"]._activate_lang("ar_001")
        self.company.street = "18/F Coral Tower"
        report = self._create_report()
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            report.report_name, self._create_partner(lang="ar_001").ids
        )
        self.assertIn(b'dir="rtl"', html.split(b"<head>")[0])
        self.assertIn(
            b'<span dir="ltr" class="rw-isolate">18/F Coral Tower</span>', html
        )
