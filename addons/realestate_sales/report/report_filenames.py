from odoo import models


class RealestateContract(models.Model):
    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    def _get_report_base_filename(self):
        """Name of the file a buyer downloads, without its ending."""
        self.ensure_one()
        return self.env._("Sales Contract %(number)s", number=self.name)


class RealestateReservation(models.Model):
    _inherit = "realestate.reservation"

    def _get_report_base_filename(self):
        """Name of the file a buyer downloads, without its ending."""
        self.ensure_one()
        return self.env._("Reservation %(number)s", number=self.name)
