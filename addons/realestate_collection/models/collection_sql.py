"""SQL of what happened to buyers' accounts in a period: facts with the contract."""

from odoo.tools import SQL

from .aging_sql import officer_sql
from .realestate_collection_event import NOT_REACHED

#: Posted receivable lines of contracts.
LINES = """
    line.realestate_contract_id IS NOT NULL
    AND line.parent_state = 'posted'
    AND line.company_id = %(company)s
    AND line.account_id IN (SELECT id FROM account_account
                             WHERE account_type = 'asset_receivable')
    """
#: Money that came or went: payments, bank statements, and what took those back.
IS_MONEY = """
    (move.origin_payment_id IS NOT NULL OR move.statement_line_id IS NOT NULL
     OR origin.origin_payment_id IS NOT NULL OR origin.statement_line_id IS NOT NULL)
    """


def due_sql(company, first, last):
    """Invoices that fell due from ``first`` to ``last``: amount less what was credited,
    and what was paid of it by the end of ``last``."""
    return SQL(
        """SELECT line.realestate_contract_id AS contract_id, line.currency_id,
                  line.amount_currency - COALESCE(settled.credited, 0) AS amount,
                  COALESCE(settled.paid, 0) AS paid
             FROM account_move_line line
             JOIN account_move move
               ON move.id = line.move_id AND move.move_type = 'out_invoice'
CROSS JOIN LATERAL (SELECT sum(partial.debit_amount_currency) FILTER (
                              WHERE other.move_type = 'out_refund') AS credited,
                           sum(partial.debit_amount_currency) FILTER (
                              WHERE other.move_type != 'out_refund') AS paid
                      FROM account_partial_reconcile partial
                      JOIN account_move_line credit
                        ON credit.id = partial.credit_move_id
                      JOIN account_move other ON other.id = credit.move_id
                     WHERE partial.debit_move_id = line.id
                       AND partial.max_date <= %(last)s) settled
            WHERE line.date_maturity BETWEEN %(first)s AND %(last)s
              AND line.date <= %(last)s
              AND line.amount_currency > 0
              AND %(lines)s""",
        first=first,
        last=last,
        lines=SQL(LINES, company=company.id),
    )


def collected_sql(company, first, last):
    """Money on contracts: entries of their own, and parts of entries that belong to no
    contract, such as one transfer for several."""
    return SQL(
        """SELECT line.realestate_contract_id AS contract_id, line.currency_id,
                  -line.amount_currency AS amount
             FROM account_move_line line
             JOIN account_move move ON move.id = line.move_id
        LEFT JOIN account_move origin ON origin.id = move.reversed_entry_id
            WHERE line.date BETWEEN %(first)s AND %(last)s
              AND %(is_money)s AND %(lines)s
        UNION ALL
           SELECT line.realestate_contract_id, line.currency_id,
                  partial.debit_amount_currency
             FROM account_partial_reconcile partial
             JOIN account_move_line line ON line.id = partial.debit_move_id
             JOIN account_move_line other
               ON other.id = partial.credit_move_id
              AND other.realestate_contract_id IS NULL
             JOIN account_move move ON move.id = other.move_id
        LEFT JOIN account_move origin ON origin.id = move.reversed_entry_id
            WHERE partial.max_date BETWEEN %(first)s AND %(last)s
              AND %(is_money)s AND %(lines)s""",
        first=first,
        last=last,
        is_money=SQL(IS_MONEY),
        lines=SQL(LINES, company=company.id),
    )


def local_day_sql(moment, company):
    """The calendar day of a moment where the company is."""
    zone = company._realestate_zone().key
    return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", moment, zone)


def notices_sql(company, first, last):
    """Notices sent in the period, and those of it that were not delivered."""
    return SQL(
        """SELECT notice.contract_id, contract.currency_id, notice.level_id,
                  notice.state = 'sent' AS is_sent
             FROM realestate_dunning_notice notice
             JOIN realestate_contract contract ON contract.id = notice.contract_id
            WHERE notice.company_id = %(company)s
              AND (notice.state = 'sent'
                   AND %(sent_on)s BETWEEN %(first)s AND %(last)s
                OR notice.state = 'failed'
                   AND notice.date BETWEEN %(first)s AND %(last)s)""",
        company=company.id,
        first=first,
        last=last,
        sent_on=local_day_sql(SQL("notice.date_sent"), company),
    )


#: Who did it, else the officer of the contract.
BY_WHOM = SQL("COALESCE(fact.user_id, %s)", officer_sql())


def promises_sql(company, first, last):
    """Promises made or decided in the period."""
    made_on = local_day_sql(SQL("promise.date_made"), company)
    period = SQL("BETWEEN %s AND %s", first, last)
    return SQL(
        """SELECT promise.contract_id, promise.currency_id, promise.user_id,
                  promise.amount,
                  %(made_on)s %(period)s AS is_made,
                  promise.state = 'kept'
                  AND promise.date_decided %(period)s AS is_kept,
                  promise.state = 'broken'
                  AND promise.date_decided %(period)s AS is_broken
             FROM realestate_promise promise
            WHERE promise.company_id = %(company)s
              AND (%(made_on)s %(period)s OR promise.date_decided %(period)s)""",
        company=company.id,
        made_on=made_on,
        period=period,
    )


def contacts_sql(company, first, last):
    """Calls, visits and messages to buyers; notes and buyers' replies are none."""
    return SQL(
        """SELECT event.contract_id, contract.currency_id, event.user_id,
                  event.outcome NOT IN %(missed)s AS is_reached
             FROM realestate_collection_event event
             JOIN realestate_contract contract ON contract.id = event.contract_id
            WHERE event.company_id = %(company)s
              AND event.kind NOT IN ('note', 'reply')
              AND %(day)s BETWEEN %(first)s AND %(last)s""",
        company=company.id,
        missed=tuple(sorted(NOT_REACHED)),
        day=local_day_sql(SQL("event.date"), company),
        first=first,
        last=last,
    )


def cases_sql(company, last):
    """Cases that had been opened by the end of ``last``."""
    return SQL(
        """SELECT contract_id, currency_id, user_id, date_opened, date_closed
             FROM realestate_collection_case
            WHERE company_id = %s AND date_opened <= %s""",
        company.id,
        last,
    )
