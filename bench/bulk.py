"""Many records by SQL, as copies of a few that the suite itself made.

Computed columns are right because the patterns were computed; what differs from copy to
copy is named.
"""

from odoo.tools import SQL


def multiply(records, source, **columns):
    """Insert a copy of each record for each row of ``source``.

    :param records: the patterns, written to the database
    :param source: SQL of a FROM item; its columns may be used in ``columns``
    :param columns: SQL of the columns that differ
    """
    env = records.env
    env.flush_all()
    names = [
        name
        for (name,) in env.execute_query(
            SQL(
                "SELECT column_name FROM information_schema.columns"
                " WHERE table_name = %s AND column_name != 'id'"
                " ORDER BY ordinal_position",
                records._table,
            )
        )
    ]
    values = [columns.get(name) or SQL.identifier("pattern", name) for name in names]
    env.cr.execute(
        SQL(
            "INSERT INTO %(table)s (%(names)s) SELECT %(values)s"
            " FROM %(source)s, %(table)s pattern WHERE pattern.id IN %(ids)s",
            table=SQL.identifier(records._table),
            names=SQL(", ").join(map(SQL.identifier, names)),
            values=SQL(", ").join(values),
            source=source,
            ids=tuple(records.ids),
        )
    )
    env.invalidate_all(flush=False)


def pick(ids, number):
    """Return SQL that chooses one of ``ids`` by a number, in turn."""
    return SQL("(%s)[1 + %s %% %s]", list(ids), number, len(ids))


def analyze(env, *models):
    """Tell the planner how many records there are now, as autovacuum would soon."""
    for model in models:
        env.cr.execute(SQL("ANALYZE %s", SQL.identifier(env[model]._table)))
