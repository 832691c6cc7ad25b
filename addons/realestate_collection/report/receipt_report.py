from odoo import models


class ReceiptReport(models.AbstractModel):
    """Payments booked on a contract name it, also before they pay an invoice."""

    _inherit = "report.realestate_sales.report_receipt"

    def _get_contract(self, payment):
        return payment.realestate_contract_id or super()._get_contract(payment)

    def _prepare_values(self, payment, sheet):
        values = super()._prepare_values(payment, sheet)
        payer = payment.realestate_payer_id
        return {**values, "payment.payer": payer.name} if payer else values
