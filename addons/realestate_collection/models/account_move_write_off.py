from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class AccountMove(models.Model):
    """Write-offs: entries that settle invoices without money."""

    # A file for each concern keeps them short.
    _inherit = "account.move"  # pylint: disable=consider-merging-classes-inherited

    realestate_write_off = fields.Boolean(
        string="Write-Off",
        readonly=True,
        copy=False,
        help="Settles invoices of a contract without money: the debt is given up.",
    )
    realestate_write_off_reason = fields.Char(
        string="Written Off Because", readonly=True, copy=False
    )
    realestate_write_off_amount = fields.Monetary(
        string="Amount Written Off", readonly=True, copy=False
    )
    realestate_is_taken_back = fields.Boolean(
        string="Taken Back",
        compute="_compute_realestate_is_taken_back",
        help="The write-off was reversed: the invoices are open again.",
    )

    _realestate_write_offs = models.Index(
        "(realestate_contract_id) WHERE realestate_write_off"
    )

    @api.depends("reversal_move_ids.state")
    def _compute_realestate_is_taken_back(self):
        for move in self:
            states = move.reversal_move_ids.mapped("state")
            move.realestate_is_taken_back = "posted" in states

    def _compute_payment_state(self):
        """An invoice partly credited, the rest of it written off, is settled: only one
        that was credited wholly is reversed, and billed anew."""
        result = super()._compute_payment_state()
        reversed_ = self.filtered(lambda move: move.payment_state == "reversed")
        if reversed_:
            written = reversed_._realestate_sum_written_off()
            for move in reversed_.filtered(lambda move: written.get(move.id)):
                move.payment_state = "paid"
        return result

    # === ACTIONS === #

    def action_realestate_take_back(self, reason=None):
        """Take a write-off back: its invoices are open again, for money that comes
        after all.

        :param reason: text kept with the reversal; required
        :raises AccessError: unless a collection manager or an accountant decides
        """
        contracts = self.env["realestate.contract"]
        contracts._check_may_write_off()
        self.check_access("read")
        for move in self:
            # The right was checked; the entries are accounting's.
            contract = move.sudo().realestate_contract_id
            contract._take_back_write_off(move.sudo(), reason)
        return True

    # === BUSINESS === #

    def _realestate_sum_written_off(self):
        """What write-offs settle of these invoices, in their currency: ``{id: sum}``.

        One that was taken back settles nothing: nothing is matched with it any more.
        """
        if not self.ids:
            return {}
        self.env["account.partial.reconcile"].flush_model()
        self.env["account.move"].flush_model(["realestate_write_off"])
        rows = self.env.execute_query(
            SQL(
                """SELECT due.move_id, sum(partial.debit_amount_currency)
                     FROM account_move_line due
                     JOIN account_partial_reconcile partial
                       ON partial.debit_move_id = due.id
                     JOIN account_move_line given ON given.id = partial.credit_move_id
                     JOIN account_move move ON move.id = given.move_id
                    WHERE due.move_id IN %(moves)s AND move.realestate_write_off
                 GROUP BY due.move_id""",
                moves=tuple(self.ids),
            )
        )
        return dict(rows)

    def _reverse_moves(self, default_values_list=None, cancel=False):
        """An invoice that was written off is not credited over it: first the write-off
        is taken back, else it would become the buyer's credit."""
        written = self._realestate_sum_written_off() if cancel else {}
        for move in self.filtered(lambda one: written.get(one.id)):
            raise UserError(
                self.env._(
                    "%(move)s: %(amount)s of it was written off. Take the write-off "
                    "back first (contract %(contract)s, Write-Offs), then credit it.",
                    move=move.display_name,
                    amount=move.currency_id.format(written[move.id]),
                    contract=move.realestate_contract_id.name,
                )
            )
        return super()._reverse_moves(default_values_list, cancel=cancel)

    def _realestate_check_links(self, vals):
        result = super()._realestate_check_links(vals)
        facts = {
            "realestate_write_off",
            "realestate_write_off_amount",
            "realestate_write_off_reason",
        }
        if not self.env.su and any(vals.get(name) for name in facts & vals.keys()):
            raise UserError(
                self.env._("Debts are written off by an approved bad-debt proposal.")
            )
        return result
