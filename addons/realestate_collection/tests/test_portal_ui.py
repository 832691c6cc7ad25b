from odoo.tests import tagged

from .portal_common import PortalPaymentCase

#: A provider that sends the payer straight back to Odoo's own status page.
FORM = "<form action='/payment/status' method='get'/>"


@tagged("post_install", "-at_install")
class TestPortalUi(PortalPaymentCase):
    def setUp(self):
        super().setUp()
        self.provider.redirect_form_view_id.arch = FORM

        def succeed(transaction, processing_values):
            # The bank's message arrives before the payer is back.
            transaction._set_done()
            return {}

        transactions = self.env.registry["payment.transaction"]
        self.patch(transactions, "_get_specific_rendering_values", succeed)

    def test_a_buyer_pays_and_reads_the_statement(self):
        self.start_tour(self.url, "realestate_pay", login=self.buyer_user.login)
        payment = self.contract.payment_ids
        self.assertEqual(payment.amount, 130000)
        self.assertEqual(
            self.contract.installment_ids[:3].mapped("state"),
            ["paid", "partial", "planned"],
        )
        self.assertBooksAgree(self.contract)
