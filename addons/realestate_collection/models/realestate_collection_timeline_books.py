from odoo import api, models
from odoo.tools import html2plaintext


class RealestateCollectionTimeline(models.AbstractModel):
    """What accounting and the mail know of a buyer."""

    _inherit = "realestate.collection.timeline"

    @api.model
    def _from_moves(self, contract, limit):
        """Invoices and credit notes."""
        moves = self._find(
            "account.move",
            contract,
            limit,
            "invoice_date desc, id desc",
            field="realestate_contract_id",
            domain=[
                ("state", "=", "posted"),
                ("move_type", "in", ("out_invoice", "out_refund")),
            ],
        )
        return [
            self._entry(
                move,
                "invoice" if move.move_type == "out_invoice" else "credit",
                move.invoice_date or move.date,
                f"{self._label(move, 'move_type')} {move.name}",
                "fa-file-text",
                detail=move.invoice_line_ids[:1].name,
                amount=move.amount_total,
                contract=contract,
            )
            for move in moves
        ]

    @api.model
    def _from_payments(self, contract, limit):
        payments = self._find(
            "account.payment",
            contract,
            limit,
            "date desc, id desc",
            field="realestate_contract_id",
            domain=[("state", "!=", "draft")],
        )
        return [
            self._entry(
                payment,
                "payment",
                payment.date,
                f"{self.env._('Payment')} · {self._label(payment, 'state')}",
                "fa-money",
                detail=payment.memo,
                amount=payment.amount,
                contract=contract,
            )
            for payment in payments
        ]

    @api.model
    def _from_messages(self, contract, limit):
        """Mails and messages that are not told as a reply or a notice already."""
        messages = self.env["mail.message"].search(
            [
                ("model", "=", contract._name),
                ("res_id", "=", contract.id),
                ("message_type", "in", ("email", "comment", "email_outgoing")),
            ],
            order="id desc",
            limit=limit,
        )
        # What is told already is left out, whoever may read what tells it.
        events = self.env["realestate.collection.event"].sudo()
        notices = self.env["realestate.dunning.delivery"].sudo()
        told = events.search([("message_id", "in", messages.ids)]).message_id
        told |= notices.search(
            [("mail_mail_id.mail_message_id", "in", messages.ids)]
        ).mail_mail_id.mail_message_id
        return [
            self._entry(
                message,
                "message",
                message.date,
                message.subject or self.env._("Message"),
                "fa-envelope-o",
                detail=html2plaintext(message.body or "")[:300],
                user=message.author_id.name or message.email_from,
                contract=contract,
            )
            for message in messages - told
        ]
