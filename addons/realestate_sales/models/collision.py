from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

#: How often a job looks again at what others changed meanwhile.
TRIES = 5


def collide(records):
    """Write the rows of ``records`` as they are.

    What was checked in one transaction may be changed by another at the same time in
    rows that the first one never writes. When both do this, PostgreSQL commits one; the
    other is tried again and sees what the first did. A lock would not do: its holder
    would go on with what it had seen before.
    """
    if records.ids:
        records.env.cr.execute(
            SQL(
                "UPDATE %s SET write_date = write_date WHERE id IN %s",
                SQL.identifier(records._table),
                tuple(sorted(records.ids)),
            )
        )


def hold_still(records):
    """Let nobody else change the rows of ``records`` until this transaction ends.

    What is read of them counts then: changed since this transaction began, it is tried
    again and sees the change. Many may hold the same rows at once.
    """
    if records.ids:
        records.env.cr.execute(
            SQL(
                "SELECT id FROM %s WHERE id IN %s ORDER BY id FOR SHARE",
                SQL.identifier(records._table),
                tuple(records.ids),
            )
        )


def work_patiently(env, work):
    """Do a part of a job; again where others changed the same rows meanwhile.

    Odoo tries calls of people again, but no jobs. Only a new transaction sees what the
    others did, so whatever came before this part must have been committed.

    :param work: function without arguments
    :return: what ``work`` returns
    """
    for tries_left in reversed(range(TRIES)):
        try:
            with env.cr.savepoint():
                return work()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            env.cr.rollback()
            env.transaction.reset()
            if not tries_left:
                raise
    return None
