from odoo import models

from ..tools.short_code import short_code
from .realestate_import_inventory import NO_BUILDING, same


class RealestateImportProject(models.AbstractModel):
    """Kind ``inventory``: which project, in which currency."""

    _name = "realestate.import.project"
    _description = "Import: Project of an Inventory"

    # === PROJECT === #

    def _plan_project(self, plan):
        """Find the project the units go to, or the values of a new one.

        What was chosen goes before what the file says, a column of projects before
        the names of buildings.
        """
        names = self._get_named_projects(plan)
        if len(names) > 1:
            plan.error("project_several", name="project", projects=", ".join(names))
            return
        plan.project = self.project_id or self.building_id.project_id
        if not plan.project:
            self._plan_named_project(plan, self.project_name or "".join(names))
        self._check_project(plan, names)

    def _get_named_projects(self, plan):
        column = plan.columns.get("project")
        if column is None:
            return []
        first = plan.table.first_row_number
        cells = (plan.table.rows[row.row - first][column] for row in plan.found.rows)
        names = (str(cell) for cell in cells if cell is not None)
        return list({same(name): name for name in names}.values())

    def _check_project(self, plan, names):
        project = plan.project
        if project and not project.active:
            plan.error("project_archived", project=project.name)
        if project and names and same(names[0]) not in self._names(project):
            plan.warning(
                "project_other", "project", found=names[0], project=project.name
            )

    def _plan_named_project(self, plan, name):
        projects = self.env["realestate.project"].with_context(active_test=False)
        projects = projects.search([("company_id", "=", self.company_id.id)])
        code = self.project_code and same(self.project_code)
        coded = projects.filtered(lambda project: same(project.code) == code)[:1]
        if coded and name and same(name) not in self._names(coded):
            plan.error("project_code_taken", code=coded.code, project=coded.name)
            return
        if not coded and not name:
            name = self._plan_project_of_buildings(plan, projects)
        plan.project += (
            coded
            or projects.filtered(
                lambda project: name and same(name) in self._names(project)
            )[:1]
        )
        if self.mode == "update" and not plan.project:
            code = "project_not_there" if name else "project_unknown"
            plan.error(code, name="project", project=name)
        elif name and not plan.project:
            plan.project_values = {
                "name": name,
                "code": self.project_code or short_code(name, projects.mapped("code")),
                "company_id": self.company_id.id,
            }

    def _plan_project_of_buildings(self, plan, projects):
        """Find the project by the buildings of the file.

        :return: the name of the project when it is new: that of its only building
        """
        names = {same(row.building): row.building for row in plan.found.rows}
        names.pop(same(NO_BUILDING), None)
        buildings = self.env["realestate.building"].search(
            [("project_id", "in", projects.ids)]
        )
        known = buildings.filtered(lambda b: self._names(b) & names.keys()).project_id
        if len(known) == 1:
            plan.project = known
            plan.warning("project_guessed", "building", project=known.name)
        elif self.mode == "update":
            return None
        elif len(names) == 1:
            return next(iter(names.values()))
        elif names:
            buildings = ", ".join(names.values())
            plan.error("project_missing", name="building", buildings=buildings)
        return None

    def _names(self, record):
        return {same(record.name), same(record.code)}

    # === CURRENCY === #

    def _plan_currency(self, plan):
        """Settle the currency, and read the prices again if that changes them."""
        plan.currency = plan.project.currency_id or self.currency_id
        if self.currency_id and self.currency_id != plan.currency:
            plan.error(
                "currency_other",
                name="price_list",
                found=self.currency_id.name,
                expected=plan.currency.name,
                project=plan.project.name,
            )
        if not plan.currency:
            self._plan_file_currency(plan)
        if not plan.currency.active:
            plan.error(
                "currency_inactive", name="price_list", currency=plan.currency.name
            )
        read_as = self.company_id.currency_id
        if plan.currency and (
            plan.found.currency != plan.currency.name
            or read_as.decimal_places != plan.currency.decimal_places
        ):
            self._plan_units(plan, plan.currency)

    def _plan_file_currency(self, plan):
        code = plan.found.currency
        plan.currency = self.company_id.currency_id
        if code:
            plan.currency = self._get_currency(code)
            if not plan.currency:
                plan.error("currency_unknown", name="price_list", currency=code)
        elif any(row.price_list for row in plan.found.rows):
            plan.warning("currency_assumed", "price_list", currency=plan.currency.name)
