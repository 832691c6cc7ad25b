from odoo.tests import tagged

from .common import PaperCase, pdf_pages, pdf_text


@tagged("post_install", "-at_install")
class TestStoredPapers(PaperCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.report = cls._create_report(
            attachment="'paper-%s.pdf' % object.id", attachment_use=True
        )

    def _stored(self, partner):
        return self.env["ir.attachment"].search(
            [("res_model", "=", "res.partner"), ("res_id", "=", partner.id)]
        )

    def test_first_print_stores_the_paper(self):
        partner = self._create_partner()
        pdf = self._print(self.report, partner)
        stored = self._stored(partner)
        self.assertEqual(stored.name, f"paper-{partner.id}.pdf")
        self.assertEqual(stored.mimetype, "application/pdf")
        self.assertEqual(stored.raw, pdf)

    def test_second_print_returns_the_stored_bytes(self):
        partner = self._create_partner("Before")
        first = self._print(self.report, partner)
        partner.name = "After"
        self.assertEqual(self._print(self.report, partner), first)
        self.assertEqual(len(self._stored(partner)), 1)

    def test_paper_is_drawn_anew_where_it_is_only_kept(self):
        self.report.attachment_use = False
        partner = self._create_partner("Before")
        first = self._print(self.report, partner)
        partner.name = "After"
        self.assertIn("Dear After", pdf_text(self._print(self.report, partner)))
        self.assertEqual(self._stored(partner).raw, first)

    def test_batch_stores_each_paper_of_its_own(self):
        partners = self._create_partner("Anna") + self._create_partner("Bruno")
        self._print(self.report, partners)
        for partner in partners:
            text = pdf_text(self._stored(partner).raw)
            self.assertIn(f"Dear {partner.name}", text)
            self.assertEqual(text.count("Dear"), 1)

    def test_batch_mixes_stored_and_new_papers_in_order(self):
        names = ("Anna", "Bruno", "Carla", "Dora", "Emil")
        partners = self.env["res.partner"]
        for name in names:
            partners += self._create_partner(name)
        self._print(self.report, partners[2])
        pages = pdf_pages(self._print(self.report, partners))
        self.assertEqual(len(pages), len(names))
        for name, page in zip(names, pages, strict=True):
            self.assertIn(f"Dear {name}", page)

    def test_context_can_forbid_storing(self):
        partner = self._create_partner()
        reports = self.reports.with_context(report_pdf_no_attachment=True)
        reports._render_qweb_pdf(self.report.report_name, partner.ids)
        self.assertFalse(self._stored(partner))

    def test_stored_picture_is_printed_as_a_page(self):
        partner = self._create_partner()
        self.env["ir.attachment"].create(
            {
                "name": f"paper-{partner.id}.pdf",
                "res_model": "res.partner",
                "res_id": partner.id,
                "datas": PICTURE,
                "mimetype": "image/png",
            }
        )
        pdf = self._print(self.report, partner)
        self.assertTrue(pdf.startswith(b"%PDF"))
        self.assertNotIn("Dear", pdf_text(pdf))

    def test_empty_stored_paper_is_drawn_anew(self):
        partner = self._create_partner()
        self.env["ir.attachment"].create(
            {
                "name": f"paper-{partner.id}.pdf",
                "res_model": "res.partner",
                "res_id": partner.id,
            }
        )
        with self.assertLogs("odoo.tools.pdf", "WARNING"):
            pdf = self._print(self.report, partner)
        self.assertIn("Dear Maria", pdf_text(pdf))


PICTURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
