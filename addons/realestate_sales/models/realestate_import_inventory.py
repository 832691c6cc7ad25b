from dataclasses import dataclass, field, replace

from odoo import models

from ..tools.inventory import (
    FIELDS,
    InventoryReport,
    RowError,
    check_inventory,
    match_columns,
)
from ..tools.short_code import short_code
from ..tools.table import Table
from ..tools.text import fold
from ..tools.text import same_name as same

PROJECT_HEADERS = frozenset(
    "project|project name|development|du an|ten du an"
    "|项目|项目名称|楼盘|楼盘名称|專案|建案|建案名稱".split("|")
)
#: Stands in for the building while a file without one is checked for other errors.
NO_BUILDING = "—"


@dataclass
class InventoryPlan:
    """What loading a file would do, found out before anything is written.

    ``makes_new`` tells whether it may make units. ``building_by_key`` and
    ``type_by_key`` hold a record, or the values of one to be made, by the name in the
    file (folded by :func:`same`; types also by kind). ``unit_by_row``
    holds the units that are there already by their rows, and ``changes`` what the file
    changes in some of them. ``phase_by_building`` holds the key in ``phase_by_key`` of
    the phase that a building goes into, by the key of the building.
    """

    table: Table
    columns: dict
    found: InventoryReport = field(default_factory=InventoryReport)
    errors: list = field(default_factory=list)
    warnings: list = field(default_factory=list)
    project: object = None
    currency: object = None
    project_values: dict = field(default_factory=dict)
    building_by_key: dict = field(default_factory=dict)
    type_by_key: dict = field(default_factory=dict)
    makes_new: bool = True
    unit_by_row: dict = field(default_factory=dict)
    changes: dict = field(default_factory=dict)
    standard_by_key: dict = field(default_factory=dict)
    main_by_row: dict = field(default_factory=dict)
    phase_by_key: dict = field(default_factory=dict)
    phase_by_building: dict = field(default_factory=dict)

    @property
    def rows_new(self):
        """The rows of units to be made."""
        rows = self.found.rows if self.makes_new else ()
        return [row for row in rows if row.row not in self.unit_by_row]

    def type_key(self, row):
        """Which of ``type_by_key`` a row means: a known unit stays of its kind."""
        unit = self.unit_by_row.get(row.row)
        return same(row.unit_type), unit.kind if unit else row.kind

    def header(self, name):
        """The header of the column of a field, or nothing."""
        column = self.columns.get(name)
        return "" if column is None else self.table.headers[column]

    def error(self, code, /, row=None, name=None, **params):
        """Note an error; without a row it is one of the header."""
        row = self.table.header_row_number if row is None else row
        self.errors.append(RowError(row, self.header(name), code, params))

    def warning(self, code, /, name=None, **params):
        """Note something worth knowing about a column."""
        row = self.table.header_row_number
        self.warnings.append(RowError(row, self.header(name), code, params))


class RealestateImportInventory(models.AbstractModel):
    """Kind ``inventory``: what a file of units means in this database."""

    _name = "realestate.import.inventory"
    _description = "Import: Inventory"

    def _match_inventory(self, headers):
        """The field of each column whose header tells it."""
        match = match_columns(headers)
        fields = {column: name for name, column in match.mapping.items()}
        for column in match.leftovers:
            if fold(headers[column]) in PROJECT_HEADERS:
                fields[column] = "project"
                break
        return fields

    def _import_inventory(self, dry_run):
        """Check the units of the file and load them unless something is wrong."""
        plan = self._plan_inventory()
        project = None
        if not dry_run and not plan.errors:
            self._refuse_stale(plan)
        if not dry_run and not plan.errors:
            project, failure = self._load(lambda: self._load_inventory(plan))
            plan.project = project or plan.project
            if failure:
                plan.error(failure[0], row=0, **failure[1])
        return self._report_inventory(plan, dry_run, loaded=bool(project))

    # === PLAN === #

    def _plan_inventory(self):
        mapping, twice = self._get_mapping()
        plan = InventoryPlan(
            self._read_table(),
            mapping,
            project=self.env["realestate.project"],
            makes_new=self.mode != "update",
        )
        for name, headers in twice.items():
            plan.error("field_twice", field=name, headers=", ".join(headers))
        self._plan_units(plan)
        if "building" not in plan.columns and not self._get_building_name():
            plan.error("building_column_missing")
        self._plan_project(plan)
        self._plan_currency(plan)
        self._plan_buildings(plan)
        self._plan_phases(plan)
        self._refuse_existing(plan)
        self._plan_changes(plan)
        self._plan_types(plan)
        self._plan_links(plan)
        self._refuse_statuses(plan)
        self._refuse_priceless(plan)
        plan.errors += plan.found.errors
        plan.errors.sort(key=lambda error: error.row)
        plan.warnings += plan.found.warnings
        return plan

    def _plan_units(self, plan, currency=None):
        """Read the rows, in ``currency`` or in the one the file names."""
        has_column = "building" in plan.columns
        units = {name: plan.columns[name] for name in plan.columns if name in FIELDS}
        plan.found = check_inventory(
            plan.table,
            None if self._is_mapping_automatic() else units,
            decimal_places=(currency or self.company_id.currency_id).decimal_places,
            currency=currency and currency.name,
            building=self._get_building_name() or (None if has_column else NO_BUILDING),
            decimal_comma={"comma": True, "point": False}.get(self.decimal_comma),
            require_floors=self.mode == "create",
        )

    def _get_building_name(self):
        return self.building_id.name or self.building_name

    # === BUILDINGS, TYPES === #

    def _plan_buildings(self, plan):
        """Find the building of each row, or the values of a new one."""
        buildings = self.env["realestate.building"].with_context(active_test=False)
        buildings = buildings.search([("project_id", "in", plan.project.ids)])
        by_name = {same(b.code): b for b in buildings}
        by_name |= {same(b.name): b for b in buildings + self.building_id}
        codes = set(buildings.mapped("code"))
        for row in plan.found.rows:
            key = same(row.building)
            if key in plan.building_by_key:
                continue
            found = by_name.get(key)
            if found and not found.active:
                plan.error(
                    "building_archived", row.row, "building", building=found.name
                )
            if not found and self.mode == "update" and plan.project:
                plan.error(
                    "building_unknown", row.row, "building", building=row.building
                )
            if not found:
                code = short_code(row.building, codes)
                codes.add(code)
                found = {"name": row.building, "code": code}
            plan.building_by_key[key] = found

    def _plan_types(self, plan):
        """Find the unit type of each row that needs one, or the values of a new one."""
        known = self._get_known_types(plan)
        for row in plan.found.rows:
            key = plan.type_key(row)
            if key in plan.type_by_key or not self._needs_type(plan, row):
                continue
            plan.type_by_key[key] = known.get(key) or {
                "name": row.unit_type,
                "kind": key[1],
                "bedrooms": row.bedrooms or 0,
            }

    def _needs_type(self, plan, row):
        unit = plan.unit_by_row.get(row.row)
        changes = plan.changes.get(unit, ()) if unit else None
        if changes is None:
            return bool(row.unit_type)
        return any(change.field == "unit_type" for change in changes)

    def _get_known_types(self, plan):
        """The unit types of the project by name and kind."""
        types = self.env["realestate.unit.type"].search(
            [("project_id", "in", [False, *plan.project.ids])]
        )
        # The project's own type, last in the list, hides the general one.
        own_last = types.sorted(lambda one: bool(one.project_id))
        return {(same(one.name), one.kind): one for one in own_last}

    # === REFUSALS === #

    def _refuse_existing(self, plan):
        """Find the units that are there already: to be updated, or errors."""
        known = self._get_known_units(plan)
        first = {}
        for row in plan.found.rows:
            building = plan.building_by_key[same(row.building)]
            if isinstance(building, dict):
                continue
            key = (building.id, same(row.number))
            unit = known.get(key)
            params = {"number": row.number, "building": building.name}
            # A building may stand in the file by its name and by its code.
            if first.setdefault(key, row) is not row:
                rows = f"{first[key].row}, {row.row}"
                plan.error("number_duplicate", row.row, "number", rows=rows, **params)
            elif unit and not unit.active:
                plan.error("unit_archived", row.row, "number", **params)
            elif unit and self.mode == "create":
                plan.error("unit_exists", row.row, "number", **params)
            elif unit:
                plan.unit_by_row[row.row] = unit
            elif self.mode == "update":
                plan.error("unit_not_there", row.row, "number", **params)

    def _get_known_units(self, plan):
        """The units of the buildings by building and number, archived ones too."""
        records = [b for b in plan.building_by_key.values() if not isinstance(b, dict)]
        units = self.env["realestate.unit"].with_context(active_test=False)
        units = units.search([("building_id", "in", [b.id for b in records])])
        return {(unit.building_id.id, same(unit.number)): unit for unit in units}

    def _refuse_statuses(self, plan):
        """Sold and reserved units come with their papers, not with an inventory."""
        if self.ignore_status:
            return
        new = {row.row for row in plan.rows_new}
        taken = [
            warning
            for warning in plan.found.warnings
            if warning.code == "status_taken" and warning.row in new
        ]
        plan.errors += [replace(warning, code="status_refused") for warning in taken]
        plan.found.warnings = [w for w in plan.found.warnings if w not in taken]

    def _refuse_priceless(self, plan):
        """A unit without a list price does not go on the market."""
        new = plan.rows_new
        released = [row for row in new if row.is_released and self.release]
        if "price_list" in plan.columns:
            for row in released:
                if not row.price_list:
                    plan.error("price_missing", row.row, "price_list")
        elif released:
            plan.error("price_column_missing", count=len(released))
        elif new:
            plan.warning("price_column_absent")
