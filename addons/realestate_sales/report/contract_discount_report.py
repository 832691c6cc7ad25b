from odoo import models


class ContractReport(models.AbstractModel):
    """The discounts of a contract, where there are any."""

    # A file for each concern keeps them short.
    _inherit = "report.realestate_sales.report_contract"  # pylint: disable=consider-merging-classes-inherited

    def _prepare_sheet(self, contract):
        sheet = super()._prepare_sheet(contract)
        sheet["discounts"] = self._prepare_discounts(contract)
        return sheet

    def _prepare_discounts(self, contract):
        """Rows of list price, discount and price by unit; none without a discount."""
        if not any(contract.line_ids.mapped("discount_amount")):
            return []
        return [
            {
                "name": line.unit_id.name,
                "price_list": line.price_list,
                "percent": self._format_percent(line.discount_percent)
                if line.discount_amount
                else "",
                "amount": line.discount_amount,
                # Buyers may not read reasons; the paper says it.
                "reason": line.sudo().discount_reason_id.name or "",
                "price": line.price,
            }
            for line in contract.line_ids
        ]
