from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.realestate_sales.models.collision import hold_still
from odoo.addons.realestate_sales.tools import money


class RealestateContract(models.Model):
    """The entry of a write-off: what it is charged to, and what it settles."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    def _post_write_off(self, parts, date, reason):
        """The posted entry that gives up ``parts``, matched with them."""
        # The lines are complete: Odoo is not to work out taxes of its own.
        moves = self.env["account.move"].with_context(skip_invoice_sync=True)
        move = moves.create(self._prepare_write_off_values(parts, date, reason))
        move = move.with_env(self.env)
        self._check_write_off_period(date, move._affect_tax_report())
        move._post(soft=False)
        self._settle_write_off(move, parts)
        return move

    def _check_write_off_period(self, date, has_tax=False):
        """A closed period is refused: Odoo would move the date without a word."""
        # The company's own name and settings, for whoever works in it.
        company = self.company_id.sudo()
        journal = company._realestate_get_write_off_journal()
        # A period that is closed at this moment is closed before or after.
        hold_still(company)
        locks = company._get_violated_lock_dates(date, has_tax, journal)
        if locks:
            raise UserError(
                self.env._(
                    "Contract %(contract)s: %(date)s lies in a closed period of "
                    "%(company)s: %(locks)s. Give a later date, or open the period in "
                    "Accounting → Lock Dates.",
                    contract=self.name,
                    date=fields.Date.to_string(date),
                    company=company.name,
                    locks=company._format_lock_dates(locks),
                )
            )

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
        credit = {
            **self._prepare_write_off_line(-amount, date),
            "name": line.name or line.move_id.name,
            "account_id": line.account_id.id,
        }
        lines = [credit, *self._share_write_off(line, amount, date)]
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

    def _share_write_off(self, due, amount, date):
        """The lines a due is charged to, see the company's settings.

        The parts of the invoice bear it in proportion.
        """
        weights, bases = self._weigh_write_off(due.move_id)
        shares = money.split_by_weights(
            amount, list(weights.values()), self.currency_id.decimal_places
        )
        analytic = self.project_id.analytic_account_id
        common = {"analytic_distribution": {str(analytic.id): 100}} if analytic else {}
        lines = []
        for (target, weight), share in zip(weights.items(), shares, strict=True):
            if not share:
                continue
            values = self._prepare_write_off_line(share, date)
            if target in bases:
                # What it was charged on is given up in the same proportion.
                base = bases[target] * float(share / weight)
                rounded = self.company_id.currency_id.round(base)
                values["tax_base_amount"] = rounded
            lines.append({**common, **values, **target.get_values()})
        return lines

    def _weigh_write_off(self, move):
        """What each target bears of an invoice, ``{target: Decimal}``, and of those
        that are taxes the base they were charged on."""
        company = self.company_id
        weights, bases = {}, {}
        for line in move.line_ids.filtered(
            lambda one: one.display_type in ("product", "tax") and one.amount_currency
        ):
            target = company._realestate_get_write_off_target(line)
            weight = -self._to_exact_amount(line.amount_currency)
            weights[target] = weights.get(target, Decimal(0)) + weight
            if target.repartition_id:
                bases[target] = bases.get(target, 0.0) - line.tax_base_amount
        if not weights or min(weights.values()) < 0:
            return {company._realestate_get_write_off_target(): Decimal(1)}, {}
        return weights, bases

    def _to_exact_amount(self, amount):
        return money.to_money(amount, self.currency_id.decimal_places)

    def _settle_write_off(self, move, parts):
        """Match each line of the entry with the due it gives up, and no other."""
        receivable = move.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        plan = [due | own for due, own in zip(parts, receivable, strict=True)]
        self.env["account.move.line"]._reconcile_plan(plan)
