"""SQL of what buyers owe, today and as of a day gone by."""

from odoo.tools import SQL

from ..tools.aging import BUCKETS, LATE


def get_accounts(env):
    """Ids of the receivable accounts of all companies. Named in a query they let
    PostgreSQL foresee how much is open, which it cannot through a subquery."""
    rows = env.execute_query(
        SQL("SELECT id FROM account_account WHERE account_type = 'asset_receivable'")
    )
    return tuple(account for (account,) in rows) or (0,)


def open_items_sql(accounts, day=None):
    """Items that are open: contract_id, company_id, currency_id, date_due, amount; an
    amount below zero is the buyer's credit.

    :param accounts: of :func:`get_accounts`
    :param day: as the books stood at the end of that day; None: as they stand now
    """
    if day is None:
        return _open_lines_sql(accounts)
    return SQL(
        """WITH settled AS MATERIALIZED (
               SELECT line_id, contract_id, company_id, currency_id, date_due,
                      amount + sum(since) AS amount
                 FROM (%(debits)s UNION ALL %(credits)s) part
             GROUP BY line_id, contract_id, company_id, currency_id, date_due, amount
               HAVING amount + sum(since) != 0)
           (%(still_open)s) UNION ALL SELECT * FROM settled""",
        debits=_settled_since_sql(
            accounts, day, "debit_move_id", SQL("partial.debit_amount_currency")
        ),
        credits=_settled_since_sql(
            accounts, day, "credit_move_id", SQL("-partial.credit_amount_currency")
        ),
        still_open=_open_lines_sql(
            accounts,
            SQL(
                """AND line.date <= %s
                   AND NOT EXISTS (SELECT FROM settled
                                    WHERE settled.line_id = line.id)""",
                day,
            ),
        ),
    )


def aged_items_sql(items, day):
    """``items`` with their ``bucket``: its place in ``BUCKETS``, below zero for credit.
    They are sorted, so that sums by contract and currency need no table of sums.

    :param items: SQL of :func:`open_items_sql`
    :param day: SQL of the day on which they are aged; may use columns of ``item``
    """
    return SQL(
        """SELECT item.*,
                  CASE WHEN item.amount < 0 THEN -1
                       ELSE width_bucket(%(day)s - item.date_due, %(firsts)s::int[])
                  END AS bucket
             FROM (%(items)s) item
         ORDER BY item.contract_id, item.currency_id""",
        day=day,
        firsts=[first for _name, first, _last in BUCKETS if first is not None],
        items=items,
    )


def _open_lines_sql(accounts, condition=None):
    """What is open now: by the two partial indexes, one a sign, in their order."""
    return SQL(
        "(%s ORDER BY 2, 4) UNION ALL (%s ORDER BY 2, 4)",
        _open_lines_of_sign_sql(accounts, SQL(">"), condition or SQL()),
        _open_lines_of_sign_sql(accounts, SQL("<"), condition or SQL()),
    )


def _open_lines_of_sign_sql(accounts, sign, condition):
    return SQL(
        """SELECT %(columns)s
             FROM account_move_line line
            WHERE %(counts)s
              AND line.amount_residual_currency %(sign)s 0 %(condition)s""",
        columns=_columns_sql(),
        counts=_counts_sql(accounts),
        sign=sign,
        condition=condition,
    )


def _settled_since_sql(accounts, day, side, amount):
    """What was settled ``since`` the end of ``day`` of lines that were there by then,
    beside what is open of them still.

    OFFSET 0 has each line looked up by its id: what was settled since is little beside
    all lines, which PostgreSQL would rather read from end to end.
    """
    return SQL(
        """SELECT line.*, %(amount)s AS since
             FROM account_partial_reconcile partial
       CROSS JOIN LATERAL (SELECT %(columns)s
                             FROM account_move_line line
                            WHERE line.id = %(side)s
                              AND line.date <= %(day)s
                              AND %(counts)s OFFSET 0) line
            WHERE partial.max_date > %(day)s""",
        columns=_columns_sql(),
        amount=amount,
        side=SQL.identifier("partial", side),
        day=day,
        counts=_counts_sql(accounts),
    )


def _columns_sql():
    return SQL(
        """line.id AS line_id, line.realestate_contract_id AS contract_id,
           line.company_id, line.currency_id,
           COALESCE(line.date_maturity, line.date) AS date_due,
           line.amount_residual_currency AS amount"""
    )


def _counts_sql(accounts):
    return SQL(
        """line.realestate_contract_id IS NOT NULL
              AND line.parent_state = 'posted'
              AND line.account_id IN %s""",
        accounts,
    )


def officer_sql(contract="contract", company="company"):
    """Whose account a contract is, as :meth:`realestate.contract._get_collector`."""
    return SQL(
        "COALESCE(%s, %s, %s)",
        SQL.identifier(contract, "collector_id"),
        SQL.identifier(company, "realestate_collector_id"),
        SQL.identifier(contract, "user_id"),
    )


#: Whether an item of :func:`aged_items_sql` is overdue.
IS_LATE = SQL("item.bucket > 0")


def bucket_sums_sql():
    """Columns ``amount_<bucket>``, ``amount_overdue`` and ``amount_credit`` of the
    items of :func:`aged_items_sql`."""
    sums = [
        _sum_sql(name, SQL("item.bucket = %s", place))
        for place, (name, _first, _last) in enumerate(BUCKETS)
    ]
    return SQL(", ").join(
        [
            *sums,
            _sum_sql("overdue", IS_LATE),
            SQL("-%s", _sum_sql("credit", SQL("item.bucket < 0"))),
        ]
    )


def _sum_sql(name, condition):
    return SQL(
        "COALESCE(sum(item.amount) FILTER (WHERE %s), 0) AS %s",
        condition,
        SQL.identifier(f"amount_{name}"),
    )


#: The amounts of an aging, in the order of its columns.
AMOUNTS = (
    "amount_not_due",
    *(f"amount_{name}" for name in LATE),
    "amount_overdue",
    "amount_total",
    "amount_credit",
)
