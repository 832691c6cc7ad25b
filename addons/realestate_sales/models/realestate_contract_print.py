from odoo import fields, models


class RealestateContract(models.Model):
    """Printing many contracts at once, such as those of a signing day."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    def action_print_job(self):
        """Print these contracts in the background and open the print job."""
        report = self.env.ref("realestate_sales.action_report_contract")
        name = self.env._(
            "Sales Contracts %(date)s", date=fields.Date.context_today(self)
        )
        return report._print_as_job(self, name)
