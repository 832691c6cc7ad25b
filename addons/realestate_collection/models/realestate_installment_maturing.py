from odoo import models


class RealestateInstallment(models.Model):
    """What large amounts are found by."""

    # A file for each concern keeps them short.
    _inherit = "realestate.installment"  # pylint: disable=consider-merging-classes-inherited

    # Balloons, retentions and what is due on handover: few among many instalments.
    _maturing = models.Index(
        "(date_due) INCLUDE (contract_id)"
        " WHERE kind IN ('balloon', 'handover', 'retention') AND is_void IS NOT TRUE"
    )
