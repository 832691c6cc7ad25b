from odoo import models
from odoo.fields import Command

from .realestate_import_inventory import same


class RealestateImportLoad(models.AbstractModel):
    """Kind ``inventory``: write what was planned, in one batch per model."""

    _name = "realestate.import.load"
    _description = "Import: Loading of an Inventory"

    def _load_inventory(self, plan):
        """Make the units, price them by an approved price list, release them.

        :return: the project they are in
        """
        # A message per unit would say what this import and the price list say.
        reason = self.env._(
            "Import of %(file)s", file=self.filename or self.env._("a file")
        )
        silent = self.with_context(tracking_disable=True, realestate_area_reason=reason)
        project = plan.project or silent._load_project(plan)
        pairs = list(
            zip(silent._load_units(plan, project), plan.found.rows, strict=True)
        )
        silent._load_prices(project, pairs)
        if self.release:
            released = [unit.id for unit, row in pairs if row.is_released]
            silent.env["realestate.unit"].browse(released).action_release_to_market()
        self._post_on_project(plan, project)
        return project

    def _load_project(self, plan):
        return self.env["realestate.project"].create(
            {**plan.project_values, "currency_id": plan.currency.id}
        )

    def _load_units(self, plan, project):
        buildings = self._load_planned(
            "realestate.building", project, plan.building_by_key
        )
        types = self._load_planned("realestate.unit.type", project, plan.type_by_key)
        return self.env["realestate.unit"].create(
            [
                self._prepare_unit(
                    row,
                    buildings[same(row.building)],
                    types.get((same(row.unit_type), row.kind)),
                )
                for row in plan.found.rows
            ]
        )

    def _load_planned(self, model, project, planned):
        """The record of each name in the file, made where it is new."""
        new = {key: vals for key, vals in planned.items() if isinstance(vals, dict)}
        records = self.env[model].create(
            [{**vals, "project_id": project.id} for vals in new.values()]
        )
        return {**planned, **dict(zip(new, records, strict=True))}

    def _prepare_unit(self, row, building, unit_type):
        values = {
            "number": row.number,
            "building_id": building.id,
            "unit_type_id": unit_type and unit_type.id,
            "kind": row.kind,
            "view": row.view,
            "area_predicted": float(row.area_predicted or 0),
            "area_measured": float(row.area_measured or 0),
        }
        if row.floor:
            values["floor"] = row.floor
        return values

    def _load_prices(self, project, pairs):
        """Approve a version of the project's prices that adds those of the file.

        A version is the whole price list, so units priced before stay in it.
        """
        lines = [
            {
                "unit_id": unit.id,
                "price_list": float(row.price_list),
                "price_floor": float(row.price_floor or 0),
            }
            for unit, row in pairs
            if row.price_list
        ]
        if not lines:
            return
        new = self.env["realestate.unit"].union(*(unit for unit, _row in pairs))
        lines += [
            {
                "unit_id": unit.id,
                "price_list": unit.price_list,
                "price_floor": unit.price_floor,
            }
            for unit in (project.unit_ids - new).filtered("price_list")
        ]
        pricelist = self.env["realestate.pricelist"].create(
            {
                "project_id": project.id,
                "line_ids": [Command.create(line) for line in lines],
            }
        )
        pricelist.action_approve()

    def _post_on_project(self, plan, project):
        project.message_post(
            body=self.env._(
                "%(count)s units loaded from %(file)s by import %(link)s.",
                count=len(plan.found.rows),
                file=self.filename or self.env._("a file"),
                link=self._get_html_link(title=str(self.id)),
            )
        )
