from collections import defaultdict

from odoo import api, models

from ..tools.text import same_name as same
from .realestate_unit_attached import ATTACHED_KINDS, MAIN_KINDS


class RealestateImport(models.Model):
    """Kind ``inventory``: what a row names besides its unit, the standard it is
    delivered in and the home that it is sold with."""

    # A file for each concern keeps them short.
    _inherit = "realestate.import"  # pylint: disable=consider-merging-classes-inherited

    # === PLAN === #

    @api.model
    def _get_main_names(self, unit):
        """The ways to name the unit that ``unit`` is sold with."""
        main = unit.main_unit_id
        if not main:
            return frozenset()
        names = self._get_place_names(main.building_id, main.number)
        is_near = main.building_id == unit.building_id
        return frozenset({*names, *({same(main.number)} if is_near else ())})

    @api.model
    def _get_place_names(self, building, number):
        """A unit by building and number, however they are joined.

        :param building: a record, or the name of one to be made
        """
        names = [building] if isinstance(building, str) else [*building.mapped("name")]
        if not isinstance(building, str):
            names.append(building.code)
        return {
            same(f"{name}{sign}{number}") for name in names for sign in ("-", " ", "/")
        }

    def _plan_links(self, plan):
        """Find what the rows name, or note that it is not there."""
        rows = [row for row in plan.found.rows if self._is_linking(plan, row)]
        if any(row.delivery_standard for row in rows):
            self._plan_standards(plan, rows)
        if any(row.main_unit for row in rows):
            self._plan_mains(plan, rows)

    def _is_linking(self, plan, row):
        """Whether a row is of a new unit, or changes what it names."""
        unit = plan.unit_by_row.get(row.row)
        if not unit:
            return plan.makes_new and bool(row.delivery_standard or row.main_unit)
        return any(
            change.field in ("delivery_standard", "main_unit")
            for change in plan.changes.get(unit, ())
        )

    def _plan_standards(self, plan, rows):
        standards = self.env["realestate.delivery.standard"].search(
            [("project_id", "in", [False, *plan.project.ids])]
        )
        own_last = standards.sorted(lambda one: bool(one.project_id))
        known = {same(one.code): one for one in own_last if one.code}
        known |= {same(one.name): one for one in own_last}
        for row in rows:
            key = same(row.delivery_standard)
            if key and key not in known:
                name = row.delivery_standard
                params = {"value": name}
                plan.error("standard_unknown", row.row, "delivery_standard", **params)
        plan.standard_by_key = known

    def _plan_mains(self, plan, rows):
        """Find the unit each row names: in the file or in the project, by building and
        number, or by a number of the same building, or of one unit alone."""
        places = self._get_places(plan)
        for row in rows:
            if not row.main_unit:
                continue
            near = same(row.building), same(row.main_unit)
            found = places.get(near) or places.get(same(row.main_unit)) or ()
            if len(found) != 1:
                plan.error("main_unknown", row.row, "main_unit", main=row.main_unit)
                continue
            (main,) = found
            self._check_main(plan, row, main)
            plan.main_by_row[row.row] = main

    def _get_places(self, plan):
        """What may be meant by a text, or by (building, number): units of the project,
        and rows of new units, each once."""
        places = defaultdict(dict)
        units = self.env["realestate.unit"].search(
            [("project_id", "=", plan.project.id or 0)]
        )
        for unit in units:
            building = unit.building_id
            keys = {same(unit.number)} | self._get_place_names(building, unit.number)
            keys |= {
                (same(name), same(unit.number))
                for name in (building.name, building.code)
            }
            for key in keys:
                places[key][unit] = None
        for row in plan.rows_new:
            building = plan.building_by_key[same(row.building)]
            if isinstance(building, dict):
                building = row.building
            keys = {same(row.number), (same(row.building), same(row.number))}
            for key in keys | self._get_place_names(building, row.number):
                places[key][row] = None
        return {key: tuple(found) for key, found in places.items()}

    def _check_main(self, plan, row, main):
        unit = plan.unit_by_row.get(row.row)
        kind = unit.kind if unit else row.kind
        if kind not in ATTACHED_KINDS or main.kind not in MAIN_KINDS:
            params = {"number": row.number, "main": row.main_unit}
            plan.error("main_kind", row.row, "main_unit", **params)
        elif isinstance(main, models.BaseModel) and main.live_claim_id:
            params = {"main": main.name, "state": main._state_label()}
            plan.error("main_claimed", row.row, "main_unit", **params)

    # === LOAD === #

    def _load_links(self, plan, pairs):
        """Write what the rows name: all units with the same at once."""
        unit_by_row = {row.row: unit for unit, row in pairs}
        unit_by_row |= plan.unit_by_row
        standards, mains = defaultdict(list), defaultdict(list)
        for row in plan.found.rows:
            unit = unit_by_row[row.row]
            if not self._is_linking(plan, row):
                continue
            if row.delivery_standard:
                standard = plan.standard_by_key[same(row.delivery_standard)]
                standards[standard].append(unit.id)
            if row.row in plan.main_by_row:
                main = plan.main_by_row[row.row]
                main = (
                    main
                    if isinstance(main, models.BaseModel)
                    else unit_by_row[main.row]
                )
                mains[main].append(unit.id)
        units = self.env["realestate.unit"]
        for standard, ids in standards.items():
            units.browse(ids).delivery_standard_id = standard
        for main, ids in mains.items():
            units.browse(ids).main_unit_id = main
