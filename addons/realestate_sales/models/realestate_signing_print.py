from odoo import fields, models


class RealestateSigning(models.Model):
    """Printing the contracts of a signing day."""

    # A file for each concern keeps them short.
    _inherit = "realestate.signing"  # pylint: disable=consider-merging-classes-inherited

    def action_print_contracts(self):
        """Print the contracts of these appointments, in the order of the day."""
        contracts = self.sorted("date_start").contract_ids
        report = self.env.ref("realestate_sales.action_report_contract")
        days = sorted({fields.Date.to_string(one.date_start) for one in self})
        name = self.env._("Contracts to Sign %(days)s", days=" ".join(days[:2]))
        return report._print_as_job(contracts, name)
