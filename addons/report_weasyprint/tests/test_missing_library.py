from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..tools import engine
from .common import PaperCase


@tagged("post_install", "-at_install")
class TestMissingLibrary(PaperCase):
    def _print_without(self, error):
        with (
            patch.object(engine, "IMPORT_ERROR", error),
            patch.object(engine, "weasyprint", None),
            self.assertRaises(UserError) as caught,
        ):
            self._print(self._create_report(), self._create_partner())
        return str(caught.exception)

    def test_missing_package_is_named_with_the_way_to_install_it(self):
        message = self._print_without(
            ModuleNotFoundError("No module named 'weasyprint'")
        )
        self.assertIn("weasyprint is missing", message)
        self.assertIn("pip install weasyprint", message)

    def test_missing_system_library_is_named_with_the_way_to_install_it(self):
        message = self._print_without(OSError("cannot load library 'libpango-1.0-0'"))
        self.assertIn("Pango is missing", message)
        self.assertIn("libpango-1.0-0 libpangoft2-1.0-0", message)
        self.assertIn("cannot load library", message)

    def test_stored_paper_is_printed_all_the_same(self):
        report = self._create_report(attachment="'paper.pdf'", attachment_use=True)
        partner = self._create_partner()
        first = self._print(report, partner)
        with patch.object(engine, "IMPORT_ERROR", ImportError("gone")):
            self.assertEqual(self._print(report, partner), first)
