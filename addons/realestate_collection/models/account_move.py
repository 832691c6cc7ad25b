from odoo import models

from ..tools.allocation import FEE, PRINCIPAL


class AccountMove(models.Model):
    # A file for each concern keeps them short.
    _inherit = "account.move"  # pylint: disable=consider-merging-classes-inherited

    def _reverse_moves(self, default_values_list=None, cancel=False):
        """A credit note belongs to the contract of the invoice it takes back."""
        values_list = default_values_list or [{} for _move in self]
        for move, values in zip(self, values_list, strict=True):
            if move.realestate_contract_id:
                values.setdefault(
                    "realestate_contract_id", move.realestate_contract_id.id
                )
        return super()._reverse_moves(default_values_list=values_list, cancel=cancel)

    def _realestate_due_kind(self):
        """What a due of this invoice is to the order of payments: see
        :mod:`..tools.allocation`. Other charges say so by extending this."""
        self.ensure_one()
        return PRINCIPAL if self.realestate_installment_id else FEE

    def _realestate_is_undone(self):
        """Whether the invoice no longer stands."""
        self.ensure_one()
        return self.state == "cancel" or self.payment_state == "reversed"

    def _realestate_guess_contract(self):
        """The one contract whose invoices this payment, statement line or credit note
        is matched with; none where they are several or in another currency."""
        self.ensure_one()
        contracts = self.env["realestate.contract"]
        if self._realestate_is_never_labelled():
            return contracts
        lines = self.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        # Accountants need no right to contracts to match their payments.
        partials = (lines.matched_debit_ids | lines.matched_credit_ids).sudo()
        others = (partials.debit_move_id | partials.credit_move_id) - lines
        contracts = others.realestate_contract_id
        unlabelled = others.filtered(lambda line: not line.realestate_contract_id)
        if len(contracts) != 1 or unlabelled:
            return contracts.browse()
        if lines.currency_id != contracts.currency_id:
            return contracts.browse()
        return contracts

    def _realestate_is_never_labelled(self):
        """Exchange differences and customer invoices keep what they were made with."""
        self.ensure_one()
        exchange = self.company_id.currency_exchange_journal_id
        return self.journal_id == exchange or self.move_type == "out_invoice"
