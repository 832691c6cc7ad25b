from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import PaperCase, pdf_text


@tagged("post_install", "-at_install")
class TestAccess(PaperCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer = new_test_user(cls.env, "paper_buyer", groups="base.group_portal")
        cls.stranger = cls._create_partner("Somebody Else")

    def _create_silent_report(self, **values):
        """Return a report whose template reads nothing of the record."""
        key = "report_weasyprint.test_silent"
        self._create_template(key, "<html lang='en'><p>Constant</p></html>")
        return self._create_report(report_name=key, **values)

    def _print_as(self, user, report, partners):
        return self._print(report, partners.with_user(user))

    def test_portal_user_prints_the_paper_of_an_own_record(self):
        report = self._create_report()
        text = pdf_text(self._print_as(self.buyer, report, self.buyer.partner_id))
        self.assertIn(f"Dear {self.buyer.name}", text)
        self.assertIn(self.company.name, text)

    def test_portal_user_cannot_print_the_paper_of_another(self):
        with self.assertRaises(AccessError):
            self._print_as(self.buyer, self._create_report(), self.stranger)

    def test_portal_user_cannot_print_a_batch_that_holds_another(self):
        partners = self.buyer.partner_id + self.stranger
        with self.assertRaises(AccessError):
            self._print_as(self.buyer, self._create_report(), partners)

    def test_template_that_shows_nothing_of_the_record_is_no_way_in(self):
        report = self._create_silent_report()
        with self.assertRaises(AccessError):
            self._print_as(self.buyer, report, self.stranger)

    def test_stored_paper_of_another_is_no_way_in(self):
        report = self._create_silent_report(
            attachment="'paper.pdf'", attachment_use=True
        )
        self._print(report, self.stranger)
        self.assertTrue(report.retrieve_attachment(self.stranger))
        with self.assertRaises(AccessError):
            self._print_as(self.buyer, report, self.stranger)

    def test_repeating_a_record_is_no_way_in(self):
        report = self._create_silent_report()
        reports = self.reports.with_user(self.buyer)
        with self.assertRaises(AccessError):
            reports._render_qweb_pdf(report.report_name, [self.stranger.id] * 2)
