from odoo import fields, models


class SmsTracker(models.Model):
    """Reports of the provider on a text message of the dunning."""

    _inherit = "sms.tracker"

    realestate_delivery_id = fields.Many2one(
        "realestate.dunning.delivery",
        string="Delivery of a Notice",
        ondelete="cascade",
        index="btree_not_null",
    )

    def _action_update_from_provider_error(self, provider_error):
        result = super()._action_update_from_provider_error(provider_error)
        _status, code, reason = result
        self._tell_delivery(code, reason)
        return result

    def _action_update_from_sms_state(
        self, sms_state, failure_type=False, failure_reason=False
    ):
        result = super()._action_update_from_sms_state(
            sms_state, failure_type=failure_type, failure_reason=failure_reason
        )
        if sms_state == "error":
            self._tell_delivery(failure_type or "unknown", failure_reason)
        elif sms_state == "sent":
            for delivery in self.realestate_delivery_id:
                delivery._set_received(delivery.company_id._realestate_today())
        return result

    def _tell_delivery(self, code, reason):
        """A text message that failed, now or days later, did not arrive."""
        deliveries = self.realestate_delivery_id
        deliveries.filtered(
            lambda one: one.state in ("queued", "sent", "delivered")
        )._set_failed(code, reason)
