from odoo import api, fields, models
from odoo.exceptions import UserError

RELEASE_ACTIVITY = "realestate_sales.mail_activity_mortgage_release"
LATE_ACTIVITY = "realestate_sales.mail_activity_mortgage_late"


class RealestateMortgage(models.Model):
    """Release: the bank's money on the buyer's account, as accounting has it."""

    _inherit = "realestate.mortgage"

    release_move_ids = fields.One2many(
        "account.move",
        "realestate_mortgage_id",
        string="Entries of Releases",
        groups="realestate_collection.group_officer,account.group_account_invoice",
    )
    release_ids = fields.One2many(
        "realestate.mortgage.release", "mortgage_id", string="Releases", readonly=True
    )

    @api.depends(
        "release_move_ids.state", "release_move_ids.line_ids.amount_residual_currency"
    )
    def _compute_released(self):
        return super()._compute_released()

    # === ACTIONS === #

    def action_register_release(
        self, amount=None, journal=None, date=None, memo="", external_ref=None
    ):
        """Book money that the bank has released, as a payment of the bank on the
        buyer's account.

        :param amount: in the contract's currency; default all that is still to come
        :param journal: as in ``contract.register_payment``, like the others
        :return: the posted `account.payment`
        :raises AccessError: unless a collection officer or an accountant calls
        """
        self.ensure_one()
        self.contract_id._check_may_collect()
        self.check_access("read")
        self._check_takes_money()
        return self.contract_id.register_payment(
            self.amount_outstanding if amount is None else amount,
            journal,
            date,
            memo=memo or self.reference or "",
            external_ref=external_ref,
            payer=self.bank_id,
        )

    def action_match_release(self, moves):
        """Take money that was booked on the contract for a release of this loan.

        :param moves: `account.move` of payments or bank statements, or their ids
        """
        self.ensure_one()
        self.contract_id._check_may_collect()
        self.check_access("read")
        self._check_takes_money()
        found = self._read_moves(moves)
        for move in found or self._refuse_match(found):
            if move not in self._search_candidates():
                self._refuse_match(move)
        self._link_releases(found)
        return True

    def action_unmatch_release(self, moves):
        """The money was no release of this loan: it stays on the contract."""
        self.ensure_one()
        self.contract_id._check_may_collect()
        self.check_access("read")
        # What is unmatched was read by the right to collect.
        found = self._read_moves(moves) & self.sudo().release_move_ids
        if not found:
            self._refuse_match(found)
        found.realestate_mortgage_id = False
        self._message_log(
            body=self.env._(
                "%(moves)s is no release of this loan.",
                moves=", ".join(found.mapped("name")),
            )
        )
        self._after_step()
        return True

    # === BUSINESS === #

    def _is_of_bank(self, partner):
        """Whether ``partner`` is the bank of this mortgage, or a branch of it."""
        self.ensure_one()
        bank = self.bank_id.commercial_partner_id
        return bool(partner) and partner.commercial_partner_id == bank

    def _check_takes_money(self):
        if self.date_refused or self.date_cancelled:
            raise UserError(
                self.env._(
                    "Mortgage %(mortgage)s is “%(stage)s”: no bank releases money for "
                    "it. Book it on the contract.",
                    mortgage=self.name,
                    stage=self._get_stage_label(),
                )
            )

    @api.model
    def _read_moves(self, moves):
        """Entries given as records or ids, as superuser."""
        # Collection officers read the entries of contracts only.
        entries = self.env["account.move"].sudo()
        if isinstance(moves, models.BaseModel) and moves._name == entries._name:
            return entries.browse(moves.ids).exists()
        ids = moves if isinstance(moves, list | tuple) else [moves]
        if any(not isinstance(one, int) or isinstance(one, bool) for one in ids):
            return entries
        return entries.browse(ids).exists()

    def _search_candidates(self):
        """Money on the contract that may be a release: posted, and of no other loan."""
        # The right to collect was checked.
        return (
            self.env["account.move"]
            .sudo()
            .search(
                [
                    ("realestate_contract_id", "=", self.contract_id.id),
                    ("realestate_mortgage_id", "=", False),
                    ("state", "=", "posted"),
                    ("move_type", "=", "entry"),
                    "|",
                    ("origin_payment_id.payment_type", "=", "inbound"),
                    ("statement_line_id", "!=", False),
                ]
            )
        )

    def _refuse_match(self, move):
        raise UserError(
            self.env._(
                "Mortgage %(mortgage)s: %(move)s is no money received on contract "
                "%(contract)s that could be matched. Book it there first.",
                mortgage=self.name,
                move=move.name or self.env._("that"),
                contract=self.contract_id.name,
            )
        )

    def _link_releases(self, moves):
        """Write down whose releases ``moves`` are; finance and the loan desk know."""
        self.ensure_one()
        # The link is a fact that nobody writes.
        own = self.sudo()
        moves.sudo().realestate_mortgage_id = own
        own._message_log(
            body=own.env._(
                "Released: %(amount)s (%(moves)s); still to come: %(rest)s.",
                amount=own.currency_id.format(
                    sum(move._realestate_sum_release() for move in moves.sudo())
                ),
                moves=", ".join(moves.sudo().mapped("name")),
                rest=own.currency_id.format(own.amount_outstanding),
            )
        )
        if own.is_released:
            own.activity_unlink([RELEASE_ACTIVITY, LATE_ACTIVITY])

    # === HOOKS === #

    def _get_releases(self):
        releases = super()._get_releases()
        # The sum is its readers' to see, the entries are not.
        for mortgage in self.sudo():
            amounts = {
                move: move._realestate_sum_release()
                for move in mortgage.release_move_ids
            }
            days = [move.date for move, amount in amounts.items() if amount > 0]
            if days:
                releases[mortgage.id] = (sum(amounts.values()), max(days))
        return releases
