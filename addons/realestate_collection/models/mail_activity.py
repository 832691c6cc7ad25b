from odoo import models


class MailActivity(models.Model):
    """Calls and visits that a notice asks for."""

    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        # Whoever does the task need not be a collection officer.
        deliveries = self._get_realestate_deliveries()
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        for delivery in deliveries:
            delivery._set_received(delivery.company_id._realestate_today())
        return result

    def unlink(self):
        """A call or visit that is deleted undone delivered nothing."""
        deliveries = self.filtered("active")._get_realestate_deliveries()
        deliveries._set_failed_quietly("not_done")
        return super().unlink()

    def _get_realestate_deliveries(self):
        # Facts that follow from what the caller may do; nobody writes them.
        deliveries = self.env["realestate.dunning.delivery"].sudo()
        if not self.ids:
            return deliveries
        return deliveries.search(
            [("activity_id", "in", self.ids), ("state", "=", "sent")]
        )
