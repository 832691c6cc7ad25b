from odoo import api, fields, models
from odoo.tools import SQL


class RealestateImportChange(models.Model):
    """One cell of the file that differs from what the database has, or had."""

    _name = "realestate.import.change"
    _description = "Import Change"
    _order = "import_id, row, id"
    _rec_name = "unit_name"

    import_id = fields.Many2one(
        "realestate.import", required=True, index=True, ondelete="cascade"
    )
    row = fields.Integer(aggregator=None, help="As the spreadsheet program numbers it.")
    unit_id = fields.Many2one("realestate.unit", index=True, ondelete="set null")
    unit_name = fields.Char(help="Stays when the unit is deleted.")
    field_name = fields.Selection(
        selection="_get_field_names", string="What", required=True
    )
    old = fields.Char(string="Before")
    new = fields.Char(string="After")

    @api.model
    def _get_field_names(self):
        return self.env["realestate.import.column"]._get_field_names()

    @api.model
    def _note(self, record, changes):
        """Keep ``changes``, as a report has them, with the import ``record``.

        By one statement: a file may change each cell of thousands of rows.
        """
        names = ("row", "unit_id", "unit", "field", "old_text", "new_text")
        columns = [[change[name] for change in changes] for name in names]
        if changes:
            self.env.cr.execute(
                SQL(
                    """INSERT INTO realestate_import_change
                              (import_id, row, unit_id, unit_name, field_name, old, new,
                               create_uid, create_date, write_uid, write_date)
                       SELECT %(record)s, given.*, %(user)s, %(now)s, %(user)s, %(now)s
                         FROM unnest(%(row)s::int[], %(unit)s::int[], %(name)s::text[],
                                     %(field)s::text[], %(old)s::text[],
                                     %(new)s::text[]) AS given""",
                    record=record.id,
                    user=self.env.uid,
                    now=fields.Datetime.now(),
                    row=columns[0],
                    unit=columns[1],
                    name=columns[2],
                    field=columns[3],
                    old=columns[4],
                    new=columns[5],
                )
            )
        record.invalidate_recordset(["change_ids"], flush=False)
