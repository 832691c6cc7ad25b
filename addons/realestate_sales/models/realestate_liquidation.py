from odoo import api, fields, models
from odoo.exceptions import UserError

from .realestate_reservation_fee import OVER


class RealestateContract(models.Model):
    """What is settled in money when a contract ends before it runs."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    amount_paid_ended = fields.Monetary(
        string="Paid Until the End",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="What the buyer had paid when the contract was cancelled.",
    )
    liquidation_kept = fields.Monetary(
        string="Kept by the Seller",
        copy=False,
        groups="base.group_user",
        help="Of what was paid; the rest is paid back. Printed on the liquidation "
        "minutes.",
    )
    liquidation_refund = fields.Monetary(
        string="Paid Back",
        compute="_compute_liquidation_refund",
        groups="base.group_user",
    )

    @api.model
    def _get_fact_fields(self):
        return super()._get_fact_fields() | {"amount_paid_ended"}

    @api.depends("amount_paid_ended", "liquidation_kept")
    def _compute_liquidation_refund(self):
        for contract in self:
            contract.liquidation_refund = contract.currency_id._realestate_round(
                contract.amount_paid_ended - contract.liquidation_kept
            )

    @api.model_create_multi
    def create(self, vals_list):
        # Nothing is kept of a contract that has not ended.
        return super().create([{**vals, "liquidation_kept": 0} for vals in vals_list])

    def write(self, vals):
        if "liquidation_kept" in vals:
            self._check_may_keep(vals["liquidation_kept"] or 0)
        return super().write(vals)

    def _check_may_keep(self, amount):
        """Money is kept by a supervisor's decision, of what was paid."""
        self._check_is_supervisor()
        for contract in self:
            compare = contract.currency_id.compare_amounts
            if contract.state != "cancelled" or not (
                compare(amount, 0) >= 0
                and compare(amount, contract.amount_paid_ended) <= 0
            ):
                raise UserError(
                    self.env._(
                        "Contract %(contract)s: what is kept is between 0 and the "
                        "%(paid)s paid until a contract was cancelled.",
                        contract=contract.name,
                        paid=contract.currency_id.format(contract.amount_paid_ended),
                    )
                )

    def _action_cancel(self):
        """Remember what had been paid: the instalments are void from here on."""
        for contract in self:
            contract._write_facts(amount_paid_ended=contract.amount_paid)
        return super()._action_cancel()

    def _get_liquidation(self):
        """What the liquidation minutes state, as a dict; amounts in the currency of
        the contract. ``open``: the money is not decided on yet."""
        self.ensure_one()
        if self.state != "cancelled":
            raise UserError(
                self.env._(
                    "Contract %(contract)s has not ended: liquidation minutes are "
                    "printed of a cancelled one.",
                    contract=self.name,
                )
            )
        # Buyers do not read these, but get the paper.
        own = self.sudo()
        return {
            "units": self.line_ids.unit_id,
            "date": self.date_cancelled,
            "reason": own.cancel_reason,
            "reservation": own.reservation_id.name,
            "price": self.amount_total,
            "fee": self.reservation_fee,
            "paid": own.amount_paid_ended,
            "kept": own.liquidation_kept,
            "refund": own.liquidation_refund,
            "open": False,
        }


class RealestateReservation(models.Model):
    # A file for each concern keeps them short.
    _inherit = "realestate.reservation"  # pylint: disable=consider-merging-classes-inherited

    def _get_liquidation(self):
        """What the liquidation minutes state, see the contract: the fee and the
        deposit, as accounting has settled them."""
        self.ensure_one()
        if self.state not in OVER:
            raise UserError(
                self.env._(
                    "Reservation %(reservation)s has not ended: liquidation minutes "
                    "are printed of one that was cancelled or has expired.",
                    reservation=self.name,
                )
            )
        # The sums are the desk's to see; the entries are accounting's.
        own = self.sudo()
        deposits = own.deposit_ids.filtered(
            lambda one: one.state in ("cancelled", "forfeited")
        )
        advances = [own, *deposits]
        kept = sum(one.forfeit_move_id.amount_total for one in advances)
        refunded = sum(one.refund_payment_id.amount for one in advances)
        undecided = own.fee_credit + sum(one._get_own_credit() for one in deposits)
        round_ = self.currency_id.round
        return {
            "units": self.unit_id | self.attached_ids,
            "date": self.date_left,
            "reason": own.cancel_reason or self._state_label(self.state),
            "reservation": self.name,
            "price": self.amount_total,
            "fee": self.fee,
            "paid": round_(kept + refunded + undecided),
            "kept": round_(kept),
            "refund": round_(refunded),
            "open": not self.currency_id.is_zero(undecided),
        }
