from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


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

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self.browse()._realestate_check_links(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._realestate_check_links(vals)
        return super().write(vals)

    def _realestate_check_links(self, vals):
        """Which instalment an invoice bills, and which contract it belongs to once it
        does, is written by billing (as superuser) and by nobody's hand."""
        if self.env.su:
            return
        links = {"realestate_installment_id", "realestate_reservation_id"}
        contract = vals.get("realestate_contract_id")
        relinked = "realestate_contract_id" in vals and any(
            move.realestate_contract_id and move.realestate_contract_id.id != contract
            for move in self.sudo()
        )
        if (
            relinked
            or any(vals.get(link) for link in links)
            or self
            and (links & vals.keys())
        ):
            raise AccessError(
                self.env._(
                    "The contract, instalment and reservation of an entry are set by "
                    "billing. Reverse the entry instead of relinking it."
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_realestate_posted(self):
        for move in self.filtered("posted_before"):
            if move.realestate_contract_id or move.realestate_reservation_id:
                raise UserError(
                    self.env._(
                        "%(move)s was posted for a buyer and is not deleted: cancel or "
                        "reverse it, so that the buyer's account shows both.",
                        move=move.display_name,
                    )
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
