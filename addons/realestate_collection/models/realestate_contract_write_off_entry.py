from decimal import Decimal

from odoo import models
from odoo.fields import Command

from odoo.addons.realestate_sales.tools import money


class RealestateContract(models.Model):
    """The entry of a write-off: what it is charged to, and what it settles."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    def _prepare_write_off_values(self, parts, date, reason):
        """Values of the entry: one receivable line for each invoice line, and what
        they are charged to."""
        company = self.company_id
        total = sum(parts.values(), Decimal(0))
        lines = []
        for line, amount in parts.items():
            lines += self._prepare_write_off_lines(line, amount, date)
        return {
            "move_type": "entry",
            "company_id": company.id,
            "journal_id": company._realestate_get_write_off_journal().id,
            "date": date,
            "currency_id": self.currency_id.id,
            "partner_id": self.partner_id.commercial_partner_id.id,
            "ref": self.env._(
                "Write-off, contract %(contract)s: %(reason)s",
                contract=self.name,
                reason=reason,
            ),
            "realestate_contract_id": self.id,
            "realestate_write_off": True,
            "realestate_write_off_reason": reason,
            "realestate_write_off_amount": float(total),
            "line_ids": [Command.create(values) for values in lines],
        }

    def _prepare_write_off_lines(self, line, amount, date):
        """The receivable line of one due and its counterparts, to the cent also in the
        company's currency."""
        shares = self._share_write_off(line, amount)
        credit = {
            **self._prepare_write_off_line(-amount, date),
            "name": line.name or line.move_id.name,
            "account_id": line.account_id.id,
        }
        lines = [credit]
        for values, share in shares:
            lines.append({**self._prepare_write_off_line(share, date), **values})
        rounding = sum(one["balance"] for one in lines)
        lines[-1]["balance"] = self.company_id.currency_id.round(
            lines[-1]["balance"] - rounding
        )
        return lines

    def _prepare_write_off_line(self, amount, date):
        currency = self.currency_id
        balance = currency._convert(
            float(amount), self.company_id.currency_id, self.company_id, date
        )
        return {
            "partner_id": self.partner_id.commercial_partner_id.id,
            "currency_id": currency.id,
            "amount_currency": float(amount),
            "balance": balance,
            # Taxes are said line by line, whatever the account proposes.
            "tax_ids": [Command.clear()],
        }

    def _share_write_off(self, due, amount):
        """What a due is charged to: ``[(values, share)]``, see the company's settings.

        The parts of the invoice bear it in proportion.
        """
        company = self.company_id
        weights = {}
        for line in due.move_id.line_ids.filtered(
            lambda one: one.display_type in ("product", "tax") and one.amount_currency
        ):
            target = company._realestate_get_write_off_target(line)
            weight = -self._to_exact_amount(line.amount_currency)
            weights[target] = weights.get(target, Decimal(0)) + weight
        if not weights or min(weights.values()) < 0:
            weights = {company._realestate_get_write_off_target(): Decimal(1)}
        shares = money.split_by_weights(
            amount, list(weights.values()), self.currency_id.decimal_places
        )
        analytic = self.project_id.analytic_account_id
        common = {"analytic_distribution": {str(analytic.id): 100}} if analytic else {}
        return [
            ({**common, **target.get_values()}, share)
            for target, share in zip(weights, shares, strict=True)
            if share
        ]

    def _to_exact_amount(self, amount):
        return money.to_money(amount, self.currency_id.decimal_places)

    def _settle_write_off(self, move, parts):
        """Match each line of the entry with the due it gives up, and no other."""
        receivable = move.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        plan = [due | own for due, own in zip(parts, receivable, strict=True)]
        self.env["account.move.line"]._reconcile_plan(plan)
