from odoo import models


class ResCurrency(models.Model):
    _inherit = "res.currency"

    def _realestate_round(self, amount):
        """Round ``amount``; without a currency, which is what a new form has until its
        project or unit is chosen, it stays as it is.
        """
        return self.round(amount) if self else amount
