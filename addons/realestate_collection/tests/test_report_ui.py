from datetime import timedelta

from odoo.tests import HttpCase, tagged

from .common import RealestateCollectionCommon


@tagged("post_install", "-at_install")
class TestReportUi(HttpCase, RealestateCollectionCommon):
    """The report of the month in the browser: 200,000 were late, 50,000 came today."""

    def test_a_manager_makes_and_reads_a_report(self):
        today = self.company._realestate_today()
        contract = self._create_billed(date_contract=today - timedelta(days=75))
        self._pay(contract, 50000, today)
        self.start_tour(
            "/odoo/action-realestate_collection.realestate_collection_report_action",
            "realestate_collection_report",
            login=self.collection_manager.login,
        )
        report = self.env["realestate.collection.report"].search([])
        self.assertEqual((report.period, report.is_final), ("month", False))
        self.assertEqual(report.date_from, today.replace(day=1))
        self.assertEqual(sum(report.line_ids.mapped("amount_collected")), 50000)
