from odoo import models
from odoo.tools import html2plaintext


class RealestateContract(models.Model):
    """What a buyer writes is a reply that somebody has to answer."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    def _message_post_after_hook(self, message, msg_vals):
        """Mails to the contract and messages in the portal come in here."""
        result = super()._message_post_after_hook(message, msg_vals)
        if message.message_type in ("email", "comment"):
            # Buyers and the mail gateway own no cases.
            self.sudo()._take_message(message.sudo())
        return result

    def _take_message(self, message):
        """Note what the buyer wrote, or that staff has answered."""
        self.ensure_one()
        if self._is_from_buyer(message):
            self._take_reply(message)
        elif self._is_answer(message):
            self._get_case()._write_facts(
                has_reply=False, date_last_contact=message.date
            )

    def _is_from_buyer(self, message):
        author = message.author_id
        staff = author.user_ids.filtered(lambda user: not user.share)
        buyers = self.buyer_ids.partner_id | self.partner_id
        return bool(author and not staff) and (
            author in buyers or author.commercial_partner_id in buyers
        )

    def _is_answer(self, message):
        """Staff wrote something that the buyer gets: no internal note."""
        staff = message.author_id.user_ids.filtered(lambda user: not user.share)
        return (
            bool(staff) and not message.is_internal and not message.subtype_id.internal
        )

    def _take_reply(self, message):
        """A reply is for the collection where something is late; other departments
        have their own ways."""
        if self.amount_overdue:
            self._open_case(self.env._("The buyer has written"))
        case = self._get_case()
        if not case:
            return
        note = html2plaintext(message.body or "").strip()
        self.env["realestate.collection.event"]._record(
            [
                {
                    "contract_id": self.id,
                    "kind": "reply",
                    "direction": "in",
                    "date": message.date,
                    "note": note[:2000],
                    "message_id": message.id,
                    "user_id": False,
                }
            ]
        )
        case._write_facts(
            has_reply=True,
            next_action="answer",
            date_next=self.company_id._realestate_today(),
        )
