from collections import defaultdict, namedtuple
from datetime import timedelta
from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.realestate_sales.tools.mortgage import BUYERS_TURN

from ..tools.ladder import Account, Loan, OpenItem, PastNotice

#: A contract with something due, and what the decision needs to know of it.
ContractFacts = namedtuple(
    "ContractFacts", "contract_id project_id partner_id currency_id account"
)


class RealestateDunningFacts(models.AbstractModel):
    """What the dunning decides on, gathered by the database in five queries that grow
    with what is due, not with what exists. Amounts travel as text: exact."""

    _name = "realestate.dunning.facts"
    _description = "Facts for Dunning"

    @api.model
    def _collect(self, company, date, reminder_days=0, contracts=None, without=None):
        """Facts of the active contracts of ``company`` that have an item due by the end
        of the longest reminder.

        :param reminder_days: how many days ahead of ``date`` the ladders look; further
            where a buyer wishes to be reminded earlier
        :param contracts: only these
        :param without: notices to forget
        :return: list of :class:`ContractFacts`
        """
        self._flush()
        wishes = self._select_wishes(company, contracts)
        horizon = date + timedelta(days=reminder_days)
        far = {one: days for one, days in wishes.items() if days > reminder_days}
        items = self._select_items(company, date, horizon, contracts, far)
        credits = self._select_credits(company, contracts)
        notices = self._select_notices(company, contracts, without)
        loans = self._select_loans(company, date, horizon, contracts, far)
        holds = self._select_holds(company, date, contracts)
        facts = []
        for contract, project, partner, currency, days, amounts, billed in items:
            ahead = wishes.get(contract, 0)
            account = Account(
                items=tuple(map(OpenItem, days, map(Decimal, amounts), billed)),
                credit=credits.get(contract, Decimal(0)),
                notices=tuple(notices.get(contract, ())),
                until=date + timedelta(days=max(reminder_days, ahead)),
                loan=loans.get(contract),
                holds=tuple(holds.get(contract, ())),
                ahead=ahead,
            )
            facts.append(ContractFacts(contract, project, partner, currency, account))
        return facts

    def _flush(self):
        self.env["realestate.contract"].flush_model()
        self.env["realestate.installment"].flush_model()
        self.env["realestate.dunning.notice"].flush_model()
        self.env["account.move.line"].flush_model()
        self.env["realestate.mortgage"].flush_model()
        self.env["realestate.dunning.hold"].flush_model()
        self.env["res.partner"].flush_model(["realestate_reminder_days"])

    def _select_items(self, company, date, horizon, contracts, far):
        """Open and planned items by contract, by the partial indexes of instalments.

        :param far: of whom items later than ``horizon`` count: ``{contract id: days}``
        """
        return self.env.execute_query(
            SQL(
                """SELECT contract.id, contract.project_id, contract.partner_id,
                          contract.currency_id, due.days, due.amounts, due.billed
                     FROM (SELECT contract_id,
                                  array_agg(date_due) AS days,
                                  array_agg(amount::text) AS amounts,
                                  array_agg(billed) AS billed
                             FROM (SELECT contract_id, date_due,
                                          amount_residual AS amount, TRUE AS billed
                                     FROM realestate_installment item
                                    WHERE amount_residual > 0
                                      AND date_due <= %(horizon)s %(only)s
                                UNION ALL
                                   SELECT contract_id, date_due, amount, FALSE
                                     -- OFFSET 0: by day, for what has come and is
                                     -- not billed is little, of whomever.
                                     FROM (SELECT contract_id, date_due, amount
                                             FROM realestate_installment
                                            WHERE move_id IS NULL
                                              AND is_void IS NOT TRUE
                                              AND date_due <= %(horizon)s
                                           OFFSET 0) item
                                    WHERE TRUE %(only)s
                                          %(further)s) item
                         GROUP BY contract_id) due
                     JOIN realestate_contract contract
                       ON contract.id = due.contract_id
                    WHERE contract.company_id = %(company)s
                      AND contract.state = 'active'
                 ORDER BY contract.id""",
                horizon=horizon,
                company=company.id,
                only=self._only_sql("item", "contract_id", contracts),
                further=self._further_sql(date, horizon, far),
            )
        )

    def _select_credits(self, company, contracts):
        """Credit by contract: ``{contract id: Decimal}``."""
        rows = self.env.execute_query(
            SQL(
                """SELECT line.realestate_contract_id,
                          array_agg(line.amount_residual_currency::text)
                     FROM account_move_line line
                     JOIN realestate_contract contract
                       ON contract.id = line.realestate_contract_id
                      AND contract.currency_id = line.currency_id
                     JOIN account_account account ON account.id = line.account_id
                    WHERE line.realestate_contract_id IS NOT NULL
                      AND line.amount_residual_currency < 0
                      AND line.parent_state = 'posted'
                      AND account.account_type = 'asset_receivable'
                      AND contract.company_id = %(company)s %(only)s
                 GROUP BY line.realestate_contract_id""",
                company=company.id,
                only=self._only_sql("line", "realestate_contract_id", contracts),
            )
        )
        return {contract: -sum(map(Decimal, amounts)) for contract, amounts in rows}

    def _select_notices(self, company, contracts, without=None):
        """Notices that count, by contract: ``{contract id: [PastNotice]}``."""
        # Those of contracts are in their index with all that is asked here.
        whose = SQL("AND notice.company_id = %s", company.id)
        if contracts is not None:
            whose = self._only_sql("notice", "contract_id", contracts)
        rows = self.env.execute_query(
            SQL(
                """SELECT notice.contract_id, notice.level_id, notice.level_days,
                          notice.date, notice.state
                     FROM realestate_dunning_notice notice
                    WHERE notice.state != 'cancelled' %(whose)s %(without)s""",
                whose=whose,
                without=SQL("AND notice.id != ALL(%s)", without.ids)
                if without
                else SQL(),
            )
        )
        notices = defaultdict(list)
        for contract, *values in rows:
            notices[contract].append(PastNotice(*values))
        return notices

    def _select_loans(self, company, date, horizon, contracts, far):
        """What banks have still to pay, by contract: ``{contract id: Loan}``."""
        rows = self.env.execute_query(
            SQL(
                """SELECT mortgage.contract_id, bank.name,
                          mortgage.amount_outstanding::text,
                          COALESCE(later.amount, 0)::text
                     FROM realestate_mortgage mortgage
                     JOIN res_partner bank ON bank.id = mortgage.bank_id
       CROSS JOIN LATERAL (SELECT sum(CASE WHEN amount_residual > 0
                                           THEN amount_residual ELSE amount END
                                     ) AS amount
                             FROM realestate_installment item
                            WHERE item.contract_id = mortgage.contract_id
                              AND (amount_residual > 0
                                OR move_id IS NULL AND is_void IS NOT TRUE)
                              AND (date_due IS NULL OR date_due > %(horizon)s)) later
                    WHERE mortgage.company_id = %(company)s
                      AND %(waiting)s %(only)s""",
                horizon=self._horizon_sql(date, horizon, far),
                company=company.id,
                waiting=self._waiting_sql(date),
                only=self._only_sql("mortgage", "contract_id", contracts),
            )
        )
        return {
            contract: Loan(bank, Decimal(outstanding), Decimal(later))
            for contract, bank, outstanding, later in rows
        }

    @api.model
    def _waiting_sql(self, date):
        """Mortgages whose money is waited for: it is with the bank, or the buyer still
        has time for what is the buyer's turn."""
        return SQL(
            """mortgage.amount_outstanding > 0
               AND (mortgage.stage NOT IN %(turn)s
                 OR mortgage.date_limit IS NULL
                 OR mortgage.date_limit >= %(date)s)""",
            turn=BUYERS_TURN,
            date=date,
        )

    def _only_sql(self, alias, column, contracts):
        if contracts is None:
            return SQL()
        ids = tuple(contracts.ids) or (0,)
        return SQL("AND %s IN %s", SQL.identifier(alias, column), ids)
