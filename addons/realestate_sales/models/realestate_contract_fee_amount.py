from odoo import models
from odoo.exceptions import AccessError, UserError

from ..tools import fee, money


class RealestateContractFee(models.Model):
    """What a fee comes to: by the formula of its type, or as a manager decides."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract.fee"  # pylint: disable=consider-merging-classes-inherited

    def _take_terms(self):
        """Take terms from the type and compute the amount; a changed one stays."""
        self.ensure_one()
        kind = self.type_id
        values = {
            "sequence": kind.sequence,
            "ownership": kind.ownership,
            "payer": kind.payer,
            "in_price": kind.in_price,
            "source": kind.source,
            **self._prepare_amount_values(),
        }
        changed = {name: value for name, value in values.items() if self[name] != value}
        if changed:
            self._write_facts(**changed)

    def _prepare_amount_values(self):
        """What the formula of the type makes of the contract as it is now."""
        kind, contract = self.type_id, self.contract_id
        places = self.currency_id.decimal_places
        lines = kind._filter_lines(contract.line_ids)
        facts = fee.Facts(
            price=money.to_money(sum(lines.mapped("price")), places),
            area=money.to_money(sum(lines.mapped("area")), 6),
            loan=money.to_money(contract.amount_loan, places),
        )
        result = fee.compute_fee(kind._get_formula(places), facts, places)
        amount = float(result.amount)
        return {
            "formula": kind.formula,
            "rate": kind.rate,
            "rounding_unit": kind.rounding_unit if result.is_rounded else 0.0,
            "base": float(result.base),
            "limit": result.limit or False,
            "amount_computed": amount,
            "amount": self.amount if self.user_override_id else amount,
        }

    def action_change_amount(self, amount, reason):
        """Set another amount than the formula's; 0 waives the fee.

        :param amount: in the contract's currency, 0 or more
        :param reason: text kept with the record and printed nowhere; required
        :raises AccessError: unless a sales manager decides
        """
        self.ensure_one()
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group(
            "realestate_sales.group_manager"
        ):
            raise AccessError(self.env._("Only a sales manager changes a fee."))
        self._check_not_billed()
        reason = self.contract_id._read_fee_reason(reason)
        amount = self._read_amount(amount)
        before = self.amount
        self._write_facts(
            amount=amount,
            override_reason=reason,
            user_override_id=self.env.uid,
            problem=False,
        )
        self.contract_id._message_log(
            body=self.env._(
                "%(fee)s: %(before)s changed to %(after)s. %(reason)s",
                fee=self.type_id.name,
                before=self.currency_id.format(before),
                after=self.currency_id.format(amount),
                reason=reason,
            )
        )
        return True

    def _read_amount(self, amount):
        valid = isinstance(amount, int | float) and not isinstance(amount, bool)
        # NaN is not equal to itself.
        if not valid or amount != amount or not 0 <= amount <= float(money.MAX_AMOUNT):
            raise UserError(
                self.env._(
                    "%(fee)s: “%(amount)s” is no amount. Give 0 or more, in "
                    "%(currency)s.",
                    fee=self.display_name,
                    amount=amount,
                    currency=self.currency_id.name,
                )
            )
        return self.currency_id.round(amount)
