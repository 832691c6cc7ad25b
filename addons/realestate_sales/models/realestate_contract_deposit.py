from odoo import api, fields, models

from ..tools import money
from ..tools.advance import split_deposit
from ..tools.eligibility import advance_reasons
from .eligibility_messages import reason_texts


class RealestateContract(models.Model):
    """The deposit a contract takes over from its reservation."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    deposit_ids = fields.One2many(
        "realestate.deposit", "contract_id", groups="base.group_user"
    )
    advance_ids = fields.One2many(
        "realestate.installment",
        "contract_id",
        string="Instalments Ahead",
        domain=[("kind", "in", ("reservation", "deposit")), ("is_void", "=", False)],
    )
    reservation_fee = fields.Monetary(
        string="Agreed Ahead",
        help="Reservation fee or, where there was a deposit agreement, the whole "
        "deposit. Part of the price.",
    )

    @api.depends(
        "reservation_id.deposit_ids.state", "reservation_id.deposit_ids.amount"
    )
    def _compute_reservation_fee(self):
        result = super()._compute_reservation_fee()
        for contract in self:
            deposit = contract._get_deposit()
            if deposit:
                contract.reservation_fee = deposit.amount
        return result

    def _get_deposit(self):
        """The deposit agreement of the contract's reservation, if one is signed."""
        # Whoever may see the contract need not see the reservation.
        return self.sudo().reservation_id._get_deposit()

    def _build_schedule_items(self):
        """The deposit is two instalments where a fee is part of it: each has its own
        invoice."""
        items = super()._build_schedule_items()
        deposit = self._get_deposit()
        if not deposit:
            return items
        lang = self.partner_id.lang or self.env.lang
        return split_deposit(
            items,
            money.to_money(deposit.fee, self.currency_id.decimal_places),
            deposit.date_signed,
            self.with_context(lang=lang).env._("Deposit"),
        )

    def _get_fee_move(self, item):
        deposit = self._get_deposit()
        if item.kind == "deposit":
            return deposit.move_id
        if not deposit:
            return super()._get_fee_move(item)
        is_fee = item.kind == "reservation" and not self.currency_id.compare_amounts(
            float(item.amount), deposit.fee
        )
        moves = self.env["account.move"]
        return deposit.reservation_id.move_id if is_fee else moves

    def _get_advance_open(self):
        """What is agreed ahead of the contract, invoiced and not paid."""
        self.ensure_one()
        residual = sum(self.advance_ids.mapped("amount_residual"))
        return self.currency_id._realestate_round(residual)

    def _get_advance_money(self):
        """The same as exact money, for the arithmetic."""
        return money.to_money(self._get_advance_open(), self.currency_id.decimal_places)

    # === HOOKS === #

    def _get_step_problems(self, step):
        problems = super()._get_step_problems(step)
        # Buyers sign too, and read neither settings nor what is invoiced ahead.
        own = self.sudo()
        if step != "sign" or not own.company_id.realestate_deposit_blocks:
            return problems
        return problems + reason_texts(self, advance_reasons(own._get_advance_money()))
