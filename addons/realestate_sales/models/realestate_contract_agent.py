from odoo import models


class RealestateContract(models.Model):
    """Whose buyer it is when a contract passes to another officer."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    def write(self, vals):
        result = super().write(vals)
        if "user_id" in vals:
            # The agent of a reservation keeps the buyer all the same.
            self.env["realestate.unit.claim"]._hand_over(self)
        return result
