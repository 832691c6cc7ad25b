from odoo import models

from .realestate_payment_request import PAYABLE_STATES

#: Money on its way: the provider has it or will, accounting does not yet.
ON_ITS_WAY = ("pending", "authorized", "done")


class RealestateContract(models.Model):
    """Which amounts of a contract can be paid online."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    def _get_online_maximum(self):
        """The most that can be paid online now: what is open and what is not yet
        invoiced, less the buyer's credit and money on its way. Zero where the contract
        takes no money."""
        self.ensure_one()
        if self.state not in PAYABLE_STATES:
            return 0.0
        owed = self.amount_receivable + self.amount_unbilled - self._get_coming()
        return max(self.currency_id.round(owed), 0.0)

    def _get_coming(self):
        """Online payments of this contract that accounting has not booked yet."""
        self.ensure_one()
        # The buyer's own payments, of which a buyer may not read the records.
        groups = (
            self.env["payment.transaction"]
            .sudo()
            ._read_group(
                [
                    ("realestate_contract_id", "=", self.id),
                    ("currency_id", "=", self.currency_id.id),
                    ("state", "in", ON_ITS_WAY),
                    ("operation", "not in", ("validation", "refund")),
                    ("payment_id", "=", False),
                    # Captured in parts: the parts are booked, not the whole.
                    ("child_transaction_ids", "=", False),
                ],
                aggregates=["amount:sum"],
            )
        )
        return groups[0][0] or 0.0

    def _get_online_choices(self):
        """The amounts a buyer is offered, the most sensible first.

        :return: list of dicts: ``kind`` (open, next, all), ``label`` and ``amount``,
            each amount once and none that cannot be paid
        """
        self.ensure_one()
        maximum = self._get_online_maximum()
        due_now = self.amount_receivable - self._get_coming()
        planned = self.installment_ids.filtered(lambda i: i.state == "planned")[:1]
        choices = [
            ("open", self.env._("Everything to pay now"), due_now),
            ("next", planned.name, planned.amount_due),
            ("all", self.env._("All that is left of the price"), maximum),
        ]
        offered = {}
        for kind, label, amount in choices:
            amount = self.currency_id.round(amount)
            if 0 < amount <= maximum and amount not in offered:
                offered[amount] = {"kind": kind, "label": label, "amount": amount}
        return list(offered.values())

    def _check_online_amount(self, amount):
        """Return ``amount`` if it can be paid online, in whole minor units.

        :raises UserError: no amount of money, or more than can be paid now
        """
        self.ensure_one()
        requests = self.env["realestate.payment.request"]
        maximum = self._get_online_maximum()
        if self.currency_id.is_zero(maximum):
            requests._refuse(self, self.env._("there is nothing to pay online."))
        exact = float(requests._read_amount(self, amount))
        if self.currency_id.compare_amounts(exact, maximum) > 0:
            requests._refuse(
                self,
                self.env._(
                    "at most %(maximum)s can be paid now. Choose a lower amount.",
                    maximum=self.currency_id.format(maximum),
                ),
            )
        return exact
