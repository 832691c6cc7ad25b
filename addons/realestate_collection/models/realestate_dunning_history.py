from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.realestate_sales.models.realestate_mortgage import FACT_OF
from odoo.addons.realestate_sales.tools.money import to_money
from odoo.addons.realestate_sales.tools.mortgage import BUYERS_TURN, ENDED, stage_of

from ..tools.ladder import QUEUED, SENT, Account, Loan, OpenItem, PastNotice


class RealestateDunningHistory(models.AbstractModel):
    """What the dunning would have known of one contract on a day gone by.

    Invoices, payments and their reconciliation count by their dates, notices by theirs,
    holds if they had been entered by then. The schedule, the terms of a loan and
    the buyer's wish for reminders are those of today: nothing keeps older ones.
    """

    _name = "realestate.dunning.history"
    _description = "Dunning as of a Day"

    @api.model
    def _get_account(self, contract, day, ahead):
        """All that was known at the end of ``day``, as the pure decision takes it.

        :param ahead: how many days before the due day ladders look
        """
        horizon = day + timedelta(days=ahead)
        rows = self._get_items(contract, day)
        known = [row for row in rows if row["date_due"] and row["date_due"] <= horizon]
        items = (
            OpenItem(row["date_due"], row["residual"], row["billed"]) for row in known
        )
        later = sum((row["residual"] for row in rows if row not in known), Decimal(0))
        return Account(
            items=tuple(items),
            credit=self._get_credit(contract, day),
            notices=self._get_notices(contract, day),
            until=horizon,
            loan=self._get_loan(contract, day, later),
            holds=self._get_holds(contract, day),
            ahead=contract._get_reminder_wish(),
        )

    # === MONEY === #

    @api.model
    def _get_items(self, contract, day):
        """What was open: instalment, date due, residual, whether it was invoiced."""
        open_lines = self._get_residuals(contract, day)
        rows = []
        for item in contract.installment_ids.sorted("date_due"):
            amounts = open_lines.get(item.id)
            billed = amounts is not None
            residual = sum((one for one in amounts or [] if one > 0), Decimal(0))
            if not billed and not item.is_void:
                places = item.currency_id.decimal_places
                residual = to_money(item.amount, places)
            if residual > 0:
                rows.append(
                    {
                        "name": item.name,
                        "number": item.sequence,
                        "date_due": item.date_due or None,
                        "residual": residual,
                        "billed": billed,
                    }
                )
        return rows

    @api.model
    def _get_credit(self, contract, day):
        lines = self._get_residuals(contract, day).values()
        amounts = (amount for line in lines for amount in line if amount < 0)
        return -sum(amounts, Decimal(0))

    @api.model
    def _get_residuals(self, contract, day):
        """Open amounts of the receivable lines that stood at the end of ``day``, 0 for
        those settled by then: ``{installment id or None: [Decimal]}``.

        What was settled later was open, as in the aging of a day gone by.
        """
        self.env["account.move.line"].flush_model()
        self.env["account.partial.reconcile"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT line.realestate_installment_id,
                          array_agg((line.amount_residual_currency
                                     + COALESCE(since.amount, 0))::text)
                     FROM account_move_line line
                     JOIN account_account account
                       ON account.id = line.account_id
                      AND account.account_type = 'asset_receivable'
        CROSS JOIN LATERAL (SELECT sum(CASE WHEN debit_move_id = line.id
                                            THEN debit_amount_currency
                                            ELSE -credit_amount_currency END) AS amount
                              FROM account_partial_reconcile
                             WHERE line.id IN (debit_move_id, credit_move_id)
                               AND max_date > %(day)s) since
                    WHERE line.realestate_contract_id = %(contract)s
                      AND line.currency_id = %(currency)s
                      AND line.parent_state = 'posted'
                      AND line.date <= %(day)s
                 GROUP BY line.realestate_installment_id""",
                contract=contract.id,
                currency=contract.currency_id.id,
                day=day,
            )
        )
        return {item: list(map(Decimal, amounts)) for item, amounts in rows}

    # === NOTICES AND HOLDS === #

    @api.model
    def _get_notices(self, contract, day):
        """The notices of earlier days, in the state they had at the end of ``day``."""
        notices = contract.notice_ids.filtered(
            lambda notice: notice.state != "cancelled" and notice.date < day
        )
        return tuple(
            PastNotice(
                notice.level_id.id,
                notice.level_days,
                notice.date,
                self._get_state(notice, day),
            )
            for notice in notices
        )

    @api.model
    def _get_state(self, notice, day):
        if notice.state != SENT or not notice.date_sent:
            return notice.state
        company = notice.company_id
        zone = company.partner_id.tz or self.env.user.tz
        sent = fields.Datetime.context_timestamp(
            self.with_context(tz=zone), notice.date_sent
        )
        return SENT if sent.date() <= day else QUEUED

    @api.model
    def _get_holds(self, contract, day):
        """The holds that had been entered by the end of ``day``, of whatever days."""
        holds = contract.dunning_hold_ids.sorted("id")
        return tuple(
            hold._to_hold() for hold in holds if (hold.date_made or day) <= day
        )

    # === LOAN === #

    @api.model
    def _get_loan(self, contract, day, later):
        """The loan that was waited for, by the days of its facts and of its money."""
        mortgages = self.env["realestate.mortgage"].search(
            [("contract_id", "=", contract.id), ("date_start", "<=", day)]
        )
        for mortgage in mortgages:
            stage, since = self._get_stage(mortgage, day)
            if stage in ENDED:
                continue
            days = mortgage.programme_id._get_days(stage)
            limit = days and since + timedelta(days=days)
            if stage in BUYERS_TURN and limit and limit < day:
                continue
            released = sum(
                release.amount
                for release in mortgage.release_ids
                if release.date <= day
            )
            places = mortgage.currency_id.decimal_places
            outstanding = to_money(mortgage.amount_due - released, places)
            if outstanding > 0:
                return Loan(mortgage.bank_id.name, outstanding, later)
        return None

    @api.model
    def _get_stage(self, mortgage, day):
        """What the mortgage waited for on ``day``, and since when."""
        facts = {
            stage: self._until(mortgage[fact], day) for stage, fact in FACT_OF.items()
        }
        skipped = mortgage.programme_id._get_skipped()
        return stage_of(facts, mortgage.date_start, skipped)

    @api.model
    def _until(self, fact, day):
        return fact if fact and fact <= day else None

    # === DAYS TO COME === #

    @api.model
    def _get_account_ahead(self, contract, today, last, ahead):
        """What is known today, with the items and holds of all days until ``last``."""
        ahead += (last - today).days
        facts = self.env["realestate.dunning.facts"]._collect(
            contract.company_id, today, ahead, contracts=contract
        )
        notices = self.env["realestate.dunning.facts"]._select_notices(
            contract.company_id, contract
        )
        account = Account(
            notices=tuple(notices.get(contract.id, ())),
            until=today + timedelta(days=ahead),
        )
        if facts:
            account = facts[0].account
        return replace(account, holds=self._get_holds(contract, today))
