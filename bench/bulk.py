"""Many records by SQL, as copies of a few that the suite itself made.

Computed columns are right because the patterns were computed; what differs from copy to
copy is named.
"""

from contextlib import contextmanager

from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT

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


@contextmanager
def fast_inserts(env, model):
    """Insert millions: indexes are built afterwards, references are not checked.

    Needs a database user who may do that: the owner of the private cluster.
    """
    table = env[model]._table
    env.flush_all()
    indexes = env.execute_query(
        SQL(
            """SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
                 FROM pg_index
            LEFT JOIN pg_constraint ON conindid = indexrelid
                WHERE indrelid = %s::regclass AND conindid IS NULL""",
            table,
        )
    )
    for name, _definition in indexes:
        env.cr.execute(SQL("DROP INDEX %s", SQL.identifier(name)))
    env.cr.execute("SET LOCAL session_replication_role = replica")
    yield
    env.cr.execute("SET LOCAL session_replication_role = DEFAULT")
    for _name, definition in indexes:
        env.cr.execute(definition)


def vacuum(env):
    """Leave the database as autovacuum does in time: with statistics that are true, and
    pages known to be whole.

    Commits, for PostgreSQL does this outside of transactions only.
    """
    env.cr.commit()
    with env.registry.cursor() as cr:
        cr._cnx.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
        cr.execute("VACUUM (ANALYZE)")
