from odoo import models


class RealestateSigning(models.Model):
    """Buyers are told of their appointment by text message too, where the company has
    chosen one.
    """

    _inherit = "realestate.signing"

    # === HOOKS === #

    def _action_invited(self):
        result = super()._action_invited()
        self._send_text_messages()
        return result

    def _action_reminded(self):
        result = super()._action_reminded()
        self._send_text_messages()
        return result

    # === BUSINESS === #

    def _send_text_messages(self):
        """Text every buyer and proxy in the buyer's language; who has no number is
        named to the officer."""
        for signing in self:
            # The company's settings are not everybody's to read.
            template = signing.company_id.sudo().realestate_signing_sms_id
            if not template:
                continue
            invited = signing._get_invited()
            for partner in invited.filtered("phone"):
                signing._send_text_message(template, partner)
            silent = signing._get_without_phone()
            if silent:
                signing._ask_officer(
                    self.env._(
                        "Ask %(buyers)s for a phone number: the text message about "
                        "the appointment had nowhere to go",
                        buyers=", ".join(silent.mapped("name")),
                    )
                )

    def _get_without_phone(self):
        """Buyers without a phone number, whose proxy has none either."""
        buyers = self.sudo().contract_ids.buyer_ids
        return buyers.filtered(
            lambda buyer: not (buyer.partner_id | buyer.proxy_id).filtered("phone")
        ).partner_id

    def _send_text_message(self, template, partner):
        self.ensure_one()
        own = template.with_context(lang=partner.lang or self.env.lang)
        body = own._render_field("body", self.ids)[self.id]
        # Buyers are not the officer's contacts to read or notify one by one.
        self.sudo()._message_sms(body, partner_ids=partner.ids)
