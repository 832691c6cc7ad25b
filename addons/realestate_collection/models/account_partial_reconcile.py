from odoo import api, models


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    # What was settled since a day: the books as they stood then.
    _realestate_max_date = models.Index("(max_date)")

    @api.model_create_multi
    def create(self, vals_list):
        partials = super().create(vals_list)
        partials._realestate_label_counterparts()
        # An entry in debit takes a payment back: what was paid is open again.
        is_back = "entry" in partials.debit_move_id.move_id.mapped("move_type")
        partials._realestate_contracts()._follow_money(may_open=is_back)
        return partials

    def unlink(self):
        contracts = self._realestate_contracts()
        result = super().unlink()
        # What was paid is open again.
        contracts._follow_money(may_open=True)
        return result

    def _realestate_contracts(self):
        """The contracts whose money these match."""
        # Whoever may reconcile may cause what follows from it.
        lines = (self.debit_move_id | self.credit_move_id).sudo()
        return lines.realestate_contract_id

    def _realestate_label_counterparts(self):
        """Give payments that accountants match with a contract's invoices to that
        contract, as long as they settle nothing else."""
        moves = self.env["account.move"]
        for partial in self:
            debit, credit = partial.debit_move_id, partial.credit_move_id
            if debit.realestate_contract_id and not credit.realestate_contract_id:
                moves |= credit.move_id
            elif credit.realestate_contract_id and not debit.realestate_contract_id:
                moves |= debit.move_id
        for move in moves:
            contract = move._realestate_guess_contract()
            if contract:
                # Whoever may reconcile may cause the label; nobody writes it.
                move.sudo().realestate_contract_id = contract
                move.sudo().origin_payment_id.realestate_contract_id = contract
        self._realestate_link_releases()

    def _realestate_link_releases(self):
        """Money of a bank that accountants match with a contract's invoices is a
        release of its loan."""
        credits = self.credit_move_id.move_id
        # Whoever may reconcile may cause the label; nobody writes it.
        credits.filtered(
            lambda move: move.realestate_contract_id and move.move_type == "entry"
        ).sudo()._realestate_link_releases()
