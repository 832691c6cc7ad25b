"""SQL of what buyers owe, today and as of a day gone by."""

from odoo.tools import SQL

from ..tools.aging import BUCKETS, LATE


def open_items_sql(day=None):
    """Items that are open: contract_id, company_id, currency_id, date_due, amount; an
    amount below zero is the buyer's credit.

    :param day: as the books stood at the end of that day; None: as they stand now
    """
    if day is None:
        return _open_lines_sql()
    return SQL(
        """SELECT contract_id, company_id, currency_id, date_due, sum(amount) AS amount
             FROM (%s UNION ALL %s UNION ALL %s) part
         GROUP BY line_id, contract_id, company_id, currency_id, date_due
           HAVING sum(amount) != 0""",
        _open_lines_sql(SQL("AND line.date <= %s", day)),
        _settled_since_sql(day, "debit_move_id", SQL("partial.debit_amount_currency")),
        _settled_since_sql(
            day, "credit_move_id", SQL("-partial.credit_amount_currency")
        ),
    )


def _open_lines_sql(condition=None):
    """What is open now: by the two partial indexes, one a sign."""
    return SQL(
        "%s UNION ALL %s",
        _open_lines_of_sign_sql(SQL(">"), condition or SQL()),
        _open_lines_of_sign_sql(SQL("<"), condition or SQL()),
    )


def _open_lines_of_sign_sql(sign, condition):
    return SQL(
        """SELECT %(columns)s, line.amount_residual_currency AS amount
             FROM account_move_line line
            WHERE %(counts)s
              AND line.amount_residual_currency %(sign)s 0 %(condition)s""",
        columns=_columns_sql(),
        counts=_counts_sql(),
        sign=sign,
        condition=condition,
    )


def _settled_since_sql(day, side, amount):
    """What was settled after ``day`` of lines that were there by then: it was open.

    OFFSET 0 has each line looked up by its id: what was settled since is little beside
    all lines, which PostgreSQL would rather read from end to end.
    """
    return SQL(
        """SELECT line.*, %(amount)s AS amount
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
        counts=_counts_sql(),
    )


def _columns_sql():
    return SQL(
        """line.id AS line_id, line.realestate_contract_id AS contract_id,
           line.company_id, line.currency_id,
           COALESCE(line.date_maturity, line.date) AS date_due"""
    )


def _counts_sql():
    return SQL(
        """line.realestate_contract_id IS NOT NULL
              AND line.parent_state = 'posted'
              AND line.account_id IN (SELECT id FROM account_account
                                       WHERE account_type = 'asset_receivable')"""
    )


def officer_sql(contract="contract", company="company"):
    """Whose account a contract is, as :meth:`realestate.contract._get_collector`."""
    return SQL(
        "COALESCE(%s, %s, %s)",
        SQL.identifier(contract, "collector_id"),
        SQL.identifier(company, "realestate_collector_id"),
        SQL.identifier(contract, "user_id"),
    )


def bucket_sums_sql(day):
    """Columns ``amount_<bucket>``, ``amount_overdue``, ``amount_total`` and
    ``amount_credit`` of items.

    :param day: SQL of the day on which they are aged
    """
    sums = [
        _sum_sql(name, _bucket_sql(first, last, day)) for name, first, last in BUCKETS
    ]
    return SQL(", ").join(
        [
            *sums,
            _sum_sql("overdue", SQL("item.date_due < %s", day)),
            _sum_sql("total", SQL("TRUE")),
            SQL("-sum(least(item.amount, 0)) AS amount_credit"),
        ]
    )


def _sum_sql(name, condition):
    return SQL(
        "COALESCE(sum(item.amount) FILTER (WHERE item.amount > 0 AND %s), 0) AS %s",
        condition,
        SQL.identifier(f"amount_{name}"),
    )


def _bucket_sql(first, last, day):
    """Items between ``first`` and ``last`` days late on ``day``."""
    bounds = []
    if last is not None:
        bounds.append(SQL("item.date_due >= %s - %s", day, last))
    if first is not None:
        bounds.append(SQL("item.date_due <= %s - %s", day, first))
    return SQL(" AND ").join(bounds)


#: The amounts of an aging, in the order of its columns.
AMOUNTS = (
    "amount_not_due",
    *(f"amount_{name}" for name in LATE),
    "amount_overdue",
    "amount_total",
    "amount_credit",
)
