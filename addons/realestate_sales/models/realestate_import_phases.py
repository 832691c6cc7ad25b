from odoo import api, models

from ..tools.inventory_phase import phases_of_buildings
from ..tools.short_code import short_code
from ..tools.text import same_name as same


class RealestateImport(models.Model):
    """Kind ``inventory``: the phase of each building, as its rows say."""

    # A file for each concern keeps them short.
    _inherit = "realestate.import"  # pylint: disable=consider-merging-classes-inherited

    # === PLAN === #

    @api.model
    def _get_phase_names(self, phase):
        """The ways to name a phase; none where there is none."""
        return frozenset(same(name) for name in (phase.name, phase.code) if name)

    def _plan_phases(self, plan):
        """Find the phase that each building goes into, or the values of a new one."""

        def building_of(row):
            building = plan.building_by_key[same(row.building)]
            # A building may stand in the file by its name and by its code.
            return same(row.building) if isinstance(building, dict) else building

        rows, conflicts = phases_of_buildings(plan.found.rows, building_of)
        for row, first in conflicts:
            plan.error(
                "phase_differs",
                row.row,
                "phase",
                building=row.building,
                phase=row.phase,
                first=first.phase,
                first_row=first.row,
            )
        known = self._get_known_phases(plan) if rows else {}
        codes = {phase.code for phase in known.values()}
        for row in rows.values():
            self._plan_phase(plan, row, known, codes)

    @api.model
    def _get_known_phases(self, plan):
        """The phases of the project by name and by code, archived ones too."""
        phases = self.env["realestate.phase"].with_context(active_test=False)
        phases = phases.search([("project_id", "in", plan.project.ids)])
        by_code = {same(phase.code): phase for phase in phases}
        return by_code | {same(phase.name): phase for phase in phases}

    def _plan_phase(self, plan, row, known, codes):
        """Note into which phase the building of ``row`` goes.

        :param codes: those in use, which a new phase is added to
        """
        building = plan.building_by_key[same(row.building)]
        key = same(row.phase)
        is_new = isinstance(building, dict)
        if not is_new and key in self._get_phase_names(building.phase_id):
            return
        if key not in plan.phase_by_key:
            plan.phase_by_key[key] = known.get(key) or self._prepare_phase(row, codes)
        phase = plan.phase_by_key[key]
        if not isinstance(phase, dict) and not phase.active:
            plan.error("phase_archived", row.row, "phase", phase=phase.name)
        if not is_new:
            self._check_move(plan, row, building)
        plan.phase_by_building[same(row.building)] = key

    @api.model
    def _prepare_phase(self, row, codes):
        code = short_code(row.phase, codes)
        codes.add(code)
        return {"name": row.phase, "code": code}

    def _check_move(self, plan, row, building):
        """Say that a known building goes into another phase, or why it does not."""
        params = {
            "building": building.name,
            "known": building.phase_id.name,
            "phase": row.phase,
        }
        if not building.phase_id:
            plan.warning("phase_given", "phase", **params)
        elif self.mode == "create":
            plan.error("phase_known", row.row, "phase", **params)
        else:
            plan.warning("phase_moved", "phase", **params)

    @api.model
    def _get_fingerprint_facts(self, plan):
        names = {
            key: getattr(building, "id", key)
            for key, building in plan.building_by_key.items()
        }
        moves = [(names[key], phase) for key, phase in plan.phase_by_building.items()]
        return [*super()._get_fingerprint_facts(plan), moves]

    # === LOAD === #

    def _load_phases(self, plan, project):
        """Make the new phases and put the buildings into theirs."""
        phases = self._load_planned("realestate.phase", project, plan.phase_by_key)
        for key, phase in plan.phase_by_building.items():
            building = plan.building_by_key[key]
            if isinstance(building, dict):
                building["phase_id"] = phases[phase].id
            else:
                building.phase_id = phases[phase]
