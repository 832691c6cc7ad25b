import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tools.workbook import Column, Sheet, write_workbook


class RealestatePricelist(models.Model):
    """The prices as a spreadsheet, and prices from one."""

    # A file for each concern keeps them short.
    _inherit = "realestate.pricelist"  # pylint: disable=consider-merging-classes-inherited

    spreadsheet = fields.Binary(compute="_compute_spreadsheet", prefetch=False)

    def _compute_spreadsheet(self):
        for pricelist in self:
            pricelist.spreadsheet = base64.b64encode(pricelist._write_spreadsheet())

    # === ACTIONS === #

    def action_export(self):
        """Download the prices as a spreadsheet, in a form that can be imported."""
        self.ensure_one()
        if not self.line_count:
            raise UserError(
                self.env._(
                    "Price list %(name)s prices no unit: compute the prices or load "
                    "the units first.",
                    name=self.name,
                )
            )
        return {
            "type": "ir.actions.act_url",
            "target": "self",
            "url": f"/web/content/{self._name}/{self.id}/spreadsheet/{self.name}.xlsx"
            "?download=true",
        }

    def action_import(self):
        """Start an import of prices into this draft."""
        self.ensure_one()
        self._check_draft()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import Prices"),
            "res_model": "realestate.import",
            "view_mode": "form",
            "context": {
                "default_kind": "prices",
                "default_pricelist_id": self.id,
                "default_project_id": self.project_id.id,
            },
        }

    # === BUSINESS === #

    def _write_spreadsheet(self):
        currency = self.currency_id.name
        columns = [
            Column(self.env._("Building")),
            Column(self.env._("Unit")),
            Column(self.env._("Floor")),
            Column(self.env._("Type")),
            Column(self.env._("Area (m²)"), "area"),
            Column(self.env._("List price (%s)", currency), "money"),
            Column(self.env._("Floor price (%s)", currency), "money"),
        ]
        rows = [
            (
                line.unit_id.building_id.name,
                line.unit_id.number,
                line.unit_id.floor or "",
                line.unit_id.unit_type_id.name or "",
                line.unit_id.area,
                line.price_list,
                line.price_floor,
            )
            for line in self.line_ids
        ]
        sheet = Sheet(self.name, columns, rows)
        return write_workbook([sheet], self.currency_id.decimal_places)

    @api.model
    def _make_next_version(self, project):
        """A draft, effective at once when approved, of what the project's units cost.

        It has the rules of the effective version, so that the units whose prices stay
        are explained as before; one that version has left keeps waiting for its price.
        """
        today = fields.Date.context_today(self)
        current = self.search(
            [("project_id", "=", project.id), ("state", "=", "effective")], limit=1
        )
        if not current:
            draft = self.create({"project_id": project.id, "date_effective": today})
        else:
            date = max(today, current.date_effective)
            draft = current.copy({"date_effective": date, "line_ids": []})
        draft._take_over_prices(current)
        return draft

    def _take_over_prices(self, current):
        """Enter the prices of the units as they are, or as ``current`` wants them when
        it had to leave them. One entered by hand stays so."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """INSERT INTO realestate_pricelist_line
                          (pricelist_id, company_id, unit_id, price_list, price_floor,
                           is_manual, create_uid, create_date, write_uid, write_date)
                   SELECT %(list)s, %(company)s, unit.id,
                          CASE WHEN line.skip_reason IS NULL THEN unit.price_list
                               ELSE line.price_list END,
                          CASE WHEN line.skip_reason IS NULL
                               THEN COALESCE(unit.price_floor, 0)
                               ELSE line.price_floor END,
                          line.id IS NULL OR line.is_manual IS TRUE
                          OR (line.skip_reason IS NULL
                              AND unit.price_list != line.price_list),
                          %(user)s, %(now)s, %(user)s, %(now)s
                     FROM realestate_unit unit
                LEFT JOIN realestate_pricelist_line line
                       ON line.unit_id = unit.id AND line.pricelist_id = %(current)s
                    WHERE unit.project_id = %(project)s AND unit.active
                      AND (unit.price_list > 0 OR line.skip_reason IS NOT NULL)""",
                list=self.id,
                company=self.company_id.id,
                user=self.env.uid,
                now=fields.Datetime.now(),
                current=current.id or None,
                project=self.project_id.id,
            )
        )
        self.env["realestate.pricelist.line"].invalidate_model(flush=False)
        self.invalidate_recordset(["line_ids", "line_count"], flush=False)

    def _write_prices(self, prices):
        """Enter prices by hand, many at once.

        :param prices: {unit: (list price, floor price)} of units of the project
        """
        self.ensure_one()
        self.check_access("write")
        self._check_draft()
        lists, floors = zip(*prices.values(), strict=True) if prices else ((), ())
        self.env["realestate.pricelist.line"].flush_model()
        self.env.cr.execute(
            SQL(
                """INSERT INTO realestate_pricelist_line AS line
                          (pricelist_id, company_id, unit_id, price_list, price_floor,
                           is_manual, create_uid, create_date, write_uid, write_date)
                   SELECT %(list)s, %(company)s, unit_id, price_list, price_floor,
                          TRUE, %(user)s, %(now)s, %(user)s, %(now)s
                     FROM unnest(%(units)s::int[], %(lists)s::numeric[],
                                 %(floors)s::numeric[])
                          AS given (unit_id, price_list, price_floor)
              ON CONFLICT (pricelist_id, unit_id) DO UPDATE
                      SET price_list = EXCLUDED.price_list,
                          price_floor = EXCLUDED.price_floor,
                          is_manual = TRUE,
                          write_uid = EXCLUDED.write_uid,
                          write_date = EXCLUDED.write_date
                    WHERE (line.price_list, line.price_floor)
                       IS DISTINCT FROM (EXCLUDED.price_list, EXCLUDED.price_floor)""",
                list=self.id,
                company=self.company_id.id,
                user=self.env.uid,
                now=fields.Datetime.now(),
                units=[unit.id for unit in prices],
                lists=list(lists),
                floors=list(floors),
            )
        )
        self.env["realestate.pricelist.line"].invalidate_model(flush=False)
        self.invalidate_recordset(["line_ids", "line_count"], flush=False)
