from odoo.tools import SQL


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
