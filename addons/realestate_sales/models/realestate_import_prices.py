from dataclasses import dataclass, field

from odoo import api, fields, models
from odoo.tools.misc import formatLang

from ..tools.inventory import RowError, check_inventory, match_columns
from ..tools.pricing import floor_price
from .realestate_import_inventory import NO_BUILDING, InventoryPlan, same

PRICE_COLUMNS = ("building", "number", "price_list", "price_floor")


@dataclass
class PricePlan(InventoryPlan):
    """What loading a file of prices would do: ``prices`` is {unit: (list, floor)}."""

    prices: dict = field(default_factory=dict)
    rows: dict = field(default_factory=dict)


class RealestateImport(models.Model):
    """Kind ``prices``: the prices of a draft, updated by building and number."""

    # A file for each concern keeps them short.
    _inherit = "realestate.import"  # pylint: disable=consider-merging-classes-inherited

    kind = fields.Selection(
        selection_add=[("prices", "Prices of a Price List")],
        ondelete={"prices": "cascade"},
    )
    pricelist_id = fields.Many2one(
        "realestate.pricelist",
        string="Price List",
        check_company=True,
        ondelete="cascade",
        index="btree_not_null",
    )

    @api.depends("pricelist_id")
    def _compute_company_id(self):
        result = super()._compute_company_id()
        for record in self.filtered("pricelist_id"):
            record.company_id = record.pricelist_id.company_id
        return result

    @api.depends("report")
    def _compute_summary(self):
        prices = self.filtered(lambda r: r.kind == "prices")
        result = super(RealestateImport, self - prices)._compute_summary()
        for record in prices:
            record.summary = record.report and self.env["ir.qweb"]._render(
                "realestate_sales.realestate_import_prices_summary",
                record._prepare_price_summary(),
            )
        return result

    # === ACTIONS === #

    def action_open_pricelist(self):
        """Open the price list the prices were loaded into."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "realestate.pricelist",
            "res_id": self.pricelist_id.id,
            "view_mode": "form",
        }

    # === RUN === #

    @api.model
    def _get_input_fields(self):
        return super()._get_input_fields() | {"pricelist_id"}

    def _match_prices(self, headers):
        """The field of each column whose header tells it."""
        found = match_columns(headers).mapping
        return {column: name for name, column in found.items() if name in PRICE_COLUMNS}

    def _import_prices(self, dry_run):
        """Check the prices of the file and write them unless something is wrong."""
        plan = self._plan_prices()
        loaded = None
        if not dry_run and not plan.errors:
            loaded, failure = self._load(lambda: self._load_price_lines(plan))
            if failure:
                plan.error(failure[0], row=0, **failure[1])
        return self._report_prices(plan, dry_run, loaded=bool(loaded))

    def _load_price_lines(self, plan):
        self.pricelist_id._write_prices(plan.prices)
        self.pricelist_id.message_post(
            body=self.env._(
                "%(count)s prices loaded from %(file)s by import %(link)s.",
                count=len(plan.prices),
                file=self.filename or self.env._("a file"),
                link=self._get_html_link(title=str(self.id)),
            )
        )
        return self.pricelist_id

    # === PLAN === #

    def _plan_prices(self):
        mapping, twice = self._get_mapping()
        pricelist = self.pricelist_id
        plan = PricePlan(
            self._read_table(),
            {name: mapping[name] for name in mapping if name in PRICE_COLUMNS},
            project=pricelist.project_id,
            currency=pricelist.currency_id,
        )
        for name, headers in twice.items():
            plan.error("field_twice", field=name, headers=", ".join(headers))
        if not pricelist:
            plan.error("pricelist_missing", row=0)
            return plan
        if pricelist.state != "draft":
            plan.error("pricelist_not_draft", row=0, pricelist=pricelist.name)
        if "price_list" not in plan.columns:
            plan.error("column_missing", field="price_list")
        self._plan_price_rows(plan)
        plan.errors = sorted(plan.errors + plan.found.errors, key=lambda e: e.row)
        plan.warnings += plan.found.warnings
        return plan

    def _plan_price_rows(self, plan):
        plan.found = check_inventory(
            plan.table,
            plan.columns,
            decimal_places=plan.currency.decimal_places,
            currency=plan.currency.name,
            building=None if "building" in plan.columns else NO_BUILDING,
            decimal_comma={"comma": True, "point": False}.get(self.decimal_comma),
        )
        by_key = self._get_units_by_key(plan.project)
        for row in plan.found.rows:
            unit = self._find_unit(plan, row, by_key)
            if unit and row.price_list:
                self._plan_price(plan, row, unit)
            elif unit and "price_list" in plan.columns:
                plan.error("list_price_missing", row.row, "price_list")

    def _get_units_by_key(self, project):
        """The units of the project by number, and by building and number."""
        units = self.env["realestate.unit"].search([("project_id", "=", project.id)])
        by_key = {}
        for unit in units:
            building, number = unit.building_id, same(unit.number)
            for name in {same(building.name), same(building.code)}:
                by_key[name, number] = unit
            by_key[NO_BUILDING, number] = by_key.get((NO_BUILDING, number), unit) | unit
        return by_key

    def _find_unit(self, plan, row, by_key):
        name = row.building if row.building == NO_BUILDING else same(row.building)
        units = by_key.get((name, same(row.number)))
        if not units:
            building = "—" if row.building == NO_BUILDING else row.building
            params = {"number": row.number, "building": building}
            project = plan.project.name
            plan.error("unit_unknown", row.row, "number", project=project, **params)
        elif len(units) > 1:
            names = ", ".join(units.building_id.mapped("name"))
            params = {"number": row.number, "buildings": names}
            plan.error("unit_ambiguous", row.row, "number", **params)
        else:
            return units
        return None

    def _plan_price(self, plan, row, unit):
        first = plan.rows.setdefault(unit, row.row)
        if first != row.row:
            # A building may stand in the file by its name and by its code.
            params = {"number": row.number, "building": unit.building_id.name}
            rows = f"{first}, {row.row}"
            plan.error("unit_twice", row.row, "number", rows=rows, **params)
            return
        floor = row.price_floor
        if floor is None:
            floor = floor_price(row.price_list, self.pricelist_id._get_terms())
        plan.prices[unit] = (row.price_list, floor)
        is_news = plan.currency.compare_amounts(float(row.price_list), unit.price_list)
        if is_news and unit.live_claim_id:
            params = {"number": row.number, "state": unit._state_label()}
            header = plan.header("number")
            plan.warnings.append(RowError(row.row, header, "unit_claimed", params))

    # === REPORT === #

    def _report_prices(self, plan, dry_run, loaded):
        report = {
            **self._report_inventory(plan, dry_run, loaded),
            "changes": self._report_price_changes(plan, loaded),
        }
        report["message"] = self._get_price_message(report)
        return report

    def _report_price_changes(self, plan, loaded):
        pricelist = self.pricelist_id
        before = {}
        if not loaded:
            lines = pricelist.line_ids
            before = {line.unit_id: line.price_list for line in lines}
        known = [unit for unit in plan.prices if unit in before]
        differs = plan.currency.compare_amounts
        return {
            "project": {
                "id": plan.project.id or False,
                "name": plan.project.name or "",
                "code": plan.project.code or "",
                "is_new": False,
            },
            "pricelist": {"id": pricelist.id or False, "name": pricelist.name or ""},
            "units": len(plan.prices),
            "lines_new": 0 if loaded else len(plan.prices) - len(known),
            "lines_changed": sum(
                bool(differs(float(plan.prices[unit][0]), before[unit]))
                for unit in known
            ),
        }

    def _get_price_message(self, report):
        count = self._format_count(report["changes"]["units"])
        name = report["changes"]["pricelist"]["name"]
        if report["loaded"]:
            return self.env._(
                "%(count)s prices were loaded into price list %(name)s.",
                count=count,
                name=name,
            )
        if report["ok"]:
            return self.env._(
                "Nothing is wrong: %(count)s prices can be loaded into price list "
                "%(name)s.",
                count=count,
                name=name,
            )
        return self.env._(
            "Nothing was loaded: there are %(count)s errors. Correct them in the file, "
            "or the match of its columns, and check again.",
            count=self._format_count(len(report["errors"])),
        )

    def _prepare_price_summary(self):
        report = self.report
        return {
            "report": report,
            "changes": report["changes"],
            "count": self._format_count,
            "total": self._format_total(
                report["totals"]["price_list"], report["currency"]
            ),
            "percent": formatLang(self.env, self.pricelist_id.floor_percent, digits=2),
        }
