from datetime import UTC, timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import SQL, format_date

from ..tools import promise as arithmetic


class RealestatePromise(models.Model):
    """Promises follow money: see :mod:`..tools.promise`."""

    _inherit = "realestate.promise"

    @api.model
    def _follow_money(self, contracts):
        """Decide the promises of ``contracts`` anew by the money that is in."""
        # The job looks after everybody.
        promises = self.sudo().search(
            [("contract_id", "in", contracts.ids), ("state", "!=", "cancelled")]
        )
        for company, ours in promises.grouped("company_id").items():
            ours._decide(company)

    @api.model
    def _follow_days(self, company, date=None):
        """Decide the open promises whose last day has passed."""
        date = date or company._realestate_today()
        # The job looks after everybody.
        late = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "open"),
                ("date_limit", "<", date),
            ]
        )
        self._follow_money(late.contract_id)

    def _decide(self, company):
        """Share the money of each contract and write what became of its promises."""
        today = company._realestate_today()
        contracts = self.contract_id
        money = self._get_money(contracts, min(self.mapped("date_made")))
        owing = self._get_owing(contracts, today)
        targets = {}
        for contract, promises in self.grouped("contract_id").items():
            outcomes = arithmetic.judge(
                [promise._to_promise() for promise in promises],
                money.get(contract.id, []),
                today,
                owes=contract.id in owing,
            )
            for outcome in outcomes:
                outcome.key._write_received(outcome.received)
                targets.setdefault(outcome.state, self.browse())
                targets[outcome.state] |= outcome.key
        for state, promises in targets.items():
            promises._set_decided(state)

    def _write_received(self, received):
        if self.currency_id.compare_amounts(self.amount_received, float(received)):
            self._write_facts(amount_received=float(received))

    def _to_promise(self):
        self.ensure_one()
        return arithmetic.Promise(
            key=self,
            amount=Decimal(str(self.amount)),
            made=self.date_made,
            day_made=self._get_day_made(),
            limit=self.date_limit,
            was_broken=self.state == "broken",
        )

    def _get_day_made(self):
        """The calendar day on which it was made, where the company is."""
        zone = self.company_id._realestate_zone()
        return self.date_made.replace(tzinfo=UTC).astimezone(zone).date()

    @api.model
    def _get_owing(self, contracts, today):
        """Ids of the contracts that have something overdue."""
        groups = self.env["realestate.installment"]._read_group(
            [
                ("contract_id", "in", contracts.ids),
                ("amount_residual", ">", 0),
                ("date_due", "<", today),
            ],
            ["contract_id"],
        )
        return {contract.id for (contract,) in groups}

    @api.model
    def _get_money(self, contracts, since):
        """What came in by contract: ``{contract id: [Money]}``.

        Entries of banks and cash on the buyer's receivable, posted; one that was
        reversed counts less what was taken back. What a loan's bank pays keeps no
        promise of the buyer.
        """
        self.env["account.move.line"].flush_model()
        self.env["account.move"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT line.realestate_contract_id,
                          COALESCE(origin.date, move.date) AS day,
                          COALESCE(origin.create_date, move.create_date) AS booked,
                          sum(-line.amount_currency)::text
                     FROM account_move_line line
                     JOIN account_move move ON move.id = line.move_id
                LEFT JOIN account_move origin ON origin.id = move.reversed_entry_id
                     JOIN account_journal journal ON journal.id = move.journal_id
                     JOIN account_account account ON account.id = line.account_id
                     JOIN realestate_contract contract
                       ON contract.id = line.realestate_contract_id
                      AND contract.currency_id = line.currency_id
                    WHERE line.realestate_contract_id IN %(contracts)s
                      AND line.parent_state = 'posted'
                      AND move.move_type = 'entry'
                      AND move.realestate_mortgage_id IS NULL
                      AND journal.type IN ('bank', 'cash', 'credit')
                      AND account.account_type = 'asset_receivable'
                      AND COALESCE(origin.date, move.date) >= %(since)s
                 GROUP BY line.realestate_contract_id, COALESCE(origin.id, move.id),
                          day, booked
                   HAVING sum(-line.amount_currency) > 0""",
                contracts=tuple(contracts.ids) or (0,),
                since=since.date() - timedelta(days=1),
            )
        )
        money = {}
        for contract, day, booked, amount in rows:
            part = arithmetic.Money(Decimal(amount), day, booked)
            money.setdefault(contract, []).append(part)
        return money

    def _set_decided(self, state, **values):
        """What has become of promises; the one writer of their state."""
        moving = self.filtered(lambda promise: promise.state != state)
        for company, promises in moving.grouped("company_id").items():
            day = company._realestate_today() if state != "open" else False
            moved = promises._update_state(state, date_decided=day, **values)
            if state == "open":
                continue
            for promise in moved:
                promise._after_decision(state)

    def _after_decision(self, state):
        """The dunning goes on, and the officer hears of a broken promise."""
        self.ensure_one()
        label = self._state_label(state)
        holds = self.env["realestate.dunning.hold"].search(
            [("res_model", "=", self._name), ("res_id", "=", self.id)]
        )
        holds._end(reason=f"{self.display_name}: {label}")
        if state == "broken":
            self.contract_id._schedule_once(
                "realestate_collection.mail_activity_type_promise",
                note=self.env._(
                    "Promised were %(amount)s by %(date)s, %(received)s came in.",
                    amount=self.currency_id.format(self.amount),
                    date=format_date(self.env, self.date),
                    received=self.currency_id.format(self.amount_received),
                ),
            )


class RealestateContract(models.Model):
    """Promises of the buyer."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    promise_ids = fields.One2many(
        "realestate.promise",
        "contract_id",
        string="Promises",
        groups="realestate_collection.group_officer",
    )
