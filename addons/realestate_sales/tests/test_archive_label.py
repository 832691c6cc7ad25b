from types import SimpleNamespace

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.report_weasyprint.tests.common import pdf_pages, pdf_text

from .test_archive import ArchiveCase


@tagged("post_install", "-at_install")
class TestArchiveLabel(ArchiveCase):
    def _print(self, user=None, **values):
        wizard = self.env["realestate.archive.label"].with_user(user or self.archivist)
        wizard = wizard.with_context(
            active_model="realestate.archive.box", active_ids=self.box.ids
        ).create(values)
        report = wizard.action_print()["report_name"]
        reports = self.env["ir.actions.report"].with_user(user or self.archivist)
        pdf = reports.with_context(force_report_rendering=True)._render_qweb_pdf(
            report, wizard.ids
        )[0]
        return wizard, pdf

    def test_a_label_names_code_place_and_contents(self):
        self._file()
        wizard, pdf = self._print()
        text = " ".join(pdf_text(pdf).split())
        for part in ("A-001", "Shelf 3", "Originals: 1", self.contract.name):
            self.assertIn(part, text)
        self.assertEqual(wizard.box_ids, self.box)

    def test_eight_labels_are_a_sheet_and_a_used_one_goes_on(self):
        self.assertEqual(len(pdf_pages(self._print(copies=8)[1])), 1)
        pages = pdf_pages(self._print(copies=2, used_count=7)[1])
        self.assertEqual([page.count("A-001") for page in pages], [1, 1])

    def test_of_many_contracts_the_first_and_the_last_are_named(self):
        paper = self.env["report.realestate_sales.report_archive_label"]
        names = [f"C/{number:03}" for number in range(1, 9)]

        def label(found):
            contract_id = SimpleNamespace(mapped=lambda _name: found)
            documents = SimpleNamespace(contract_id=contract_id)
            return paper._get_contents(SimpleNamespace(document_ids=documents))

        self.assertEqual(label(names), "C/001 to C/008, 8 contracts")
        self.assertEqual(label(names[:2]), "C/001, C/002")
        self.assertEqual(label([]), "")

    def test_a_sheet_has_no_ninth_place(self):
        for values in ({"used_count": 8}, {"used_count": -1}, {"copies": 0}):
            with self.subTest(values=values), mute_logger("odoo.sql_db"):
                with self.assertRaises(IntegrityError), self.cr.savepoint():
                    self._print(**values)

    def test_the_archive_prints_labels_of_its_own_company(self):
        for user in (self.officer, self.plain):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._print(user)
        other = self._create_company("Rival", self.currency)
        box = self.box.sudo().copy({"name": "B-001", "company_id": other.id})
        with self.assertRaises(AccessError):
            self._print(box_ids=box.ids)
