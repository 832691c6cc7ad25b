from odoo.tests import HttpCase, tagged

from .exchange_common import ExchangeCase


@tagged("post_install", "-at_install")
class TestFilingUi(ExchangeCase, HttpCase):
    """The filing officer's day in the web client."""

    def test_a_filing_is_rejected_once_and_accepted_then(self):
        filing = self._file(self._sign(self.units[3]))
        self.filings.action_cancel("Only one is to be seen")
        self.start_tour(
            "/odoo/action-realestate_sales.realestate_filing_action",
            "realestate_filing",
            login=self.clerk.login,
        )
        self.assertRecordValues(
            filing,
            [
                {
                    "state": "accepted",
                    "number": "BA-2026-1",
                    "rejection_count": 1,
                    "reject_reason": "The seal is not legible",
                }
            ],
        )
        self.assertEqual(set(filing.step_ids.user_id.ids), {1, self.clerk.id})

    def test_a_file_is_looked_at_and_written(self):
        self.start_tour(
            "/odoo/action-realestate_sales.realestate_filing_exchange_action",
            "realestate_filing_exchange",
            login=self.clerk.login,
        )
        exchange = self.env["realestate.filing.exchange"].search(
            [("user_id", "=", self.clerk.id)]
        )
        self.assertEqual(exchange.filing_ids, self.filings)
        self.assertEqual(exchange.state, "done")
