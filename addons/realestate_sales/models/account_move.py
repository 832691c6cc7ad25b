from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    realestate_contract_id = fields.Many2one(
        "realestate.contract", copy=False, index="btree_not_null", readonly=True
    )
    realestate_installment_id = fields.Many2one(
        "realestate.installment", copy=False, index="btree_not_null", readonly=True
    )
    realestate_reservation_id = fields.Many2one(
        "realestate.reservation", copy=False, index="btree_not_null", readonly=True
    )

    # Billing twice at once, or again after a crash, meets this.
    _realestate_installment_once = models.UniqueIndex(
        "(realestate_installment_id) WHERE realestate_installment_id IS NOT NULL"
        " AND move_type = 'out_invoice' AND state != 'cancel'",
        "This instalment already has an invoice.",
    )

    def _realestate_credit(self, reason):
        """Undo invoices: drafts are cancelled, posted ones get a credit note.

        What was paid on them stays the buyer's credit until it is refunded.
        """
        drafts = self.filtered(lambda move: move.state == "draft")
        drafts.button_cancel()
        posted = self.filtered(
            lambda move: move.state == "posted" and move.payment_state != "reversed"
        )
        if posted:
            posted._reverse_moves(
                [move._realestate_prepare_credit_values(reason) for move in posted],
                cancel=True,
            )

    def _realestate_prepare_credit_values(self, reason):
        self.ensure_one()
        today = fields.Date.context_today(self)
        return {
            "ref": self.env._(
                "Credit of %(move)s: %(reason)s", move=self.name, reason=reason
            ),
            "date": today,
            "invoice_date": today,
            "journal_id": self.journal_id.id,
            "realestate_contract_id": self.realestate_contract_id.id,
            "realestate_reservation_id": self.realestate_reservation_id.id,
        }
