import base64

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL
from odoo.tools.misc import formatLang

from ..tools.workbook import Column, Sheet, write_workbook

CHANGES = [
    ("up", "Raised"),
    ("down", "Lowered"),
    ("same", "Unchanged"),
    ("new", "New"),
    ("gone", "No Longer Priced"),
]


class RealestatePricelistComparison(models.TransientModel):
    """Two versions of a project's prices side by side: in all, by type, by unit."""

    _name = "realestate.pricelist.comparison"
    _description = "Comparison of Price Lists"

    pricelist_id = fields.Many2one(
        "realestate.pricelist", string="Version", required=True
    )
    other_id = fields.Many2one(
        "realestate.pricelist",
        string="Compared with",
        required=True,
        domain="[('project_id', '=', project_id), ('id', '!=', pricelist_id)]",
    )
    project_id = fields.Many2one(related="pricelist_id.project_id")
    summary = fields.Html(compute="_compute_summary", sanitize=False)
    spreadsheet = fields.Binary(compute="_compute_spreadsheet", prefetch=False)

    @api.depends("pricelist_id.name", "other_id.name")
    def _compute_display_name(self):
        for comparison in self:
            names = (comparison.other_id.name, comparison.pricelist_id.name)
            comparison.display_name = " → ".join(filter(None, names))

    @api.depends("pricelist_id", "other_id")
    def _compute_summary(self):
        for comparison in self:
            comparison.summary = self.env["ir.qweb"]._render(
                "realestate_sales.realestate_pricelist_comparison_summary",
                comparison._prepare_summary(),
            )

    @api.depends("pricelist_id", "other_id")
    def _compute_spreadsheet(self):
        for comparison in self:
            comparison.spreadsheet = base64.b64encode(comparison._write_spreadsheet())

    @api.constrains("pricelist_id", "other_id")
    def _check_project(self):
        for comparison in self:
            if comparison.other_id.project_id != comparison.pricelist_id.project_id:
                raise ValidationError(
                    self.env._("Compare versions of the same project with each other.")
                )

    # === ACTIONS === #

    def action_open_units(self):
        """List the units with both prices, to sort, group, sum and export."""
        self.ensure_one()
        self._fill_lines()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._(
                "%(name)s compared with %(other)s",
                name=self.pricelist_id.name,
                other=self.other_id.name,
            ),
            "res_model": "realestate.pricelist.comparison.line",
            "view_mode": "list,pivot,graph",
            "domain": [("comparison_id", "=", self.id)],
            "context": {"search_default_changed": 1},
        }

    def action_download(self):
        """Download the comparison as a spreadsheet."""
        self.ensure_one()
        name = f"{self.other_id.name} - {self.pricelist_id.name}.xlsx"
        return {
            "type": "ir.actions.act_url",
            "target": "self",
            "url": f"/web/content/{self._name}/{self.id}/spreadsheet/{name}"
            "?download=true",
        }

    # === BUSINESS === #

    def _get_units_sql(self):
        """SELECT of the units of either version with both prices.

        :raises AccessError: when the caller may not read one of the versions
        """
        self.ensure_one()
        (self.pricelist_id | self.other_id).check_access("read")
        self.env["realestate.pricelist.line"].flush_model()
        self.env["realestate.unit"].flush_model()
        return SQL(
            """SELECT unit.id AS unit_id, unit.unit_type_id, unit.building_id,
                      unit.area, one.price_list AS before, two.price_list AS after,
                      COALESCE(two.price_list, 0) - COALESCE(one.price_list, 0)
                          AS difference,
                      CASE WHEN one.unit_id IS NULL THEN 'new'
                           WHEN two.unit_id IS NULL THEN 'gone'
                           WHEN two.price_list > one.price_list THEN 'up'
                           WHEN two.price_list < one.price_list THEN 'down'
                           ELSE 'same' END AS change
                 FROM (SELECT unit_id, price_list FROM realestate_pricelist_line
                        WHERE pricelist_id = %(other)s) one
            FULL JOIN (SELECT unit_id, price_list FROM realestate_pricelist_line
                        WHERE pricelist_id = %(list)s) two
                   ON two.unit_id = one.unit_id
                 JOIN realestate_unit unit
                   ON unit.id = COALESCE(one.unit_id, two.unit_id)""",
            list=self.pricelist_id.id,
            other=self.other_id.id,
        )

    def _get_totals(self):
        """Counts and sums of each unit type and of all, as dicts.

        :return: (list of dicts by type, dict of the totals)
        """
        rows = self.env.execute_query_dict(
            SQL(
                """SELECT unit_type_id, GROUPING(unit_type_id) AS is_total,
                          count(*) AS units,
                          count(*) FILTER (WHERE change = 'up') AS up,
                          count(*) FILTER (WHERE change = 'down') AS down,
                          count(*) FILTER (WHERE change = 'same') AS same,
                          count(*) FILTER (WHERE change = 'new') AS new,
                          count(*) FILTER (WHERE change = 'gone') AS gone,
                          COALESCE(sum(before), 0) AS before,
                          COALESCE(sum(after), 0) AS after,
                          COALESCE(sum(difference), 0) AS difference,
                          COALESCE(100 * sum(difference) / NULLIF(sum(before), 0), 0)
                              AS percent
                     FROM (%s) unit
                 GROUP BY GROUPING SETS ((unit_type_id), ())""",
                self._get_units_sql(),
            )
        )
        types = self.env["realestate.unit.type"]
        for row in rows:
            unit_type = types.browse(row["unit_type_id"])
            row["name"] = unit_type.name or self.env._("Without type")
        (total,) = (row for row in rows if row["is_total"])
        by_type = (row for row in rows if not row["is_total"])
        return sorted(by_type, key=lambda row: row["name"]), total

    def _prepare_summary(self):
        self.ensure_one()
        if not self.pricelist_id or not self.other_id:
            return {"types": [], "total": None}
        types, total = self._get_totals()
        digits = self.pricelist_id.currency_id.decimal_places
        return {
            "types": types,
            "total": total,
            "names": (self.other_id.name, self.pricelist_id.name),
            "currency": self.pricelist_id.currency_id.name,
            "figure": lambda amount: formatLang(self.env, amount, digits=digits),
            "percent": lambda value: f"{formatLang(self.env, value, digits=2)}%",
            "count": lambda number: formatLang(self.env, number, digits=0),
        }

    def _fill_lines(self):
        """Make the lines of this comparison anew, by one statement."""
        lines = self.env["realestate.pricelist.comparison.line"]
        lines.search([("comparison_id", "=", self.id)]).unlink()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """INSERT INTO realestate_pricelist_comparison_line
                          (comparison_id, unit_id, unit_type_id, building_id,
                           currency_id, price_before, price_after, difference,
                           change_percent, change, create_uid, create_date, write_uid,
                           write_date)
                   SELECT %(comparison)s, unit_id, unit_type_id, building_id,
                          %(currency)s, before, after, difference,
                          round(100 * difference / NULLIF(before, 0), 2), change,
                          %(user)s, %(now)s, %(user)s, %(now)s
                     FROM (%(units)s) unit""",
                comparison=self.id,
                currency=self.pricelist_id.currency_id.id,
                user=self.env.uid,
                now=fields.Datetime.now(),
                units=self._get_units_sql(),
            )
        )
        lines.invalidate_model(flush=False)

    def _write_spreadsheet(self):
        """The XLSX file: totals by type, and every unit."""
        self.ensure_one()
        types, total = self._get_totals()
        total["name"] = self.env._("Total")
        return write_workbook(
            [
                Sheet(
                    self.env._("By type"),
                    self._prepare_columns(self.env._("Type"), by_type=True),
                    [self._prepare_type_row(row) for row in (*types, total)],
                ),
                Sheet(
                    self.env._("By unit"),
                    self._prepare_columns(self.env._("Unit")),
                    self._prepare_unit_rows(),
                ),
            ],
            self.pricelist_id.currency_id.decimal_places,
        )

    def _prepare_columns(self, first, by_type=False):
        has_total = not by_type
        kinds = dict(self.env["realestate.pricelist.comparison.line"]._get_changes())
        counted = [Column(label, "integer") for label in kinds.values()]
        return [
            Column(first),
            *(
                [Column(self.env._("Units"), "integer"), *counted]
                if by_type
                else [Column(self.env._("Type")), Column(self.env._("Change"))]
            ),
            Column(self.other_id.name, "money", has_total),
            Column(self.pricelist_id.name, "money", has_total),
            Column(self.env._("Difference"), "money", has_total),
            Column(self.env._("Difference (%)"), "percent"),
        ]

    def _prepare_type_row(self, row):
        names = ("units", *(code for code, _label in CHANGES))
        amounts = ("before", "after", "difference", "percent")
        return [row["name"], *(row[name] for name in names + amounts)]

    def _prepare_unit_rows(self):
        rows = self.env.execute_query_dict(self._get_units_sql())
        units = self.env["realestate.unit"].browse(row["unit_id"] for row in rows)
        units.fetch(["name", "unit_type_id"])
        by_id = {unit.id: unit for unit in units}
        changes = dict(self.env["realestate.pricelist.comparison.line"]._get_changes())
        table = [
            [
                by_id[row["unit_id"]].name,
                by_id[row["unit_id"]].unit_type_id.name or "",
                changes[row["change"]],
                row["before"],
                row["after"],
                row["difference"],
                row["before"] and 100 * row["difference"] / row["before"],
            ]
            for row in rows
        ]
        return sorted(table, key=lambda row: row[0])
