from odoo import models

from .realestate_import_inventory import same


class RealestateImportLoad(models.AbstractModel):
    """Kind ``inventory``: write what was planned, in one batch per model."""

    _name = "realestate.import.load"
    _description = "Import: Loading of an Inventory"

    def _load_inventory(self, plan):
        """Make the new units, update the known ones, price both by an approved price
        list, release them.

        :return: the project they are in
        """
        # A message per unit would say what this import and the price list say.
        reason = self._get_area_reason()
        silent = self.with_context(tracking_disable=True, realestate_area_reason=reason)
        project = plan.project or silent._load_project(plan)
        types = silent._load_planned("realestate.unit.type", project, plan.type_by_key)
        silent._load_phases(plan, project)
        units = silent._load_units(plan, project, types)
        pairs = list(zip(units, plan.rows_new, strict=True))
        silent._load_changes(plan, types)
        silent._load_links(plan, pairs)
        prices = self._get_price_changes(plan)
        silent._load_prices(project, {**self._get_new_prices(pairs), **prices})
        silent._load_statuses(plan, pairs)
        self._post_on_project(plan, project)
        return project

    def _load_project(self, plan):
        return self.env["realestate.project"].create(
            {**plan.project_values, "currency_id": plan.currency.id}
        )

    def _load_units(self, plan, project, types):
        buildings = self._load_planned(
            "realestate.building", project, plan.building_by_key
        )
        return self.env["realestate.unit"].create(
            [
                self._prepare_unit(
                    row,
                    buildings[same(row.building)],
                    types.get((same(row.unit_type), row.kind)),
                )
                for row in plan.rows_new
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
            "is_corner": row.is_corner,
            "area_predicted": float(row.area_predicted or 0),
            "area_measured": float(row.area_measured or 0),
        }
        if row.floor:
            values["floor"] = row.floor
        return values

    def _get_new_prices(self, pairs):
        """{unit: (list price, floor price)} of the new units that have one."""
        return {
            unit: (float(row.price_list), float(row.price_floor or 0))
            for unit, row in pairs
            if row.price_list
        }

    def _load_prices(self, project, prices):
        """Approve a version of the project's prices that changes those of the file.

        A version is the whole price list: all other prices stay as they are.
        """
        if prices:
            pricelist = self.env["realestate.pricelist"]._make_next_version(project)
            pricelist._write_prices(prices)
            pricelist.action_approve()

    def _post_on_project(self, plan, project):
        """Say on the project what was loaded, unless nothing was."""
        source = {
            "file": self.filename or self.env._("a file"),
            "link": self._get_html_link(title=str(self.id)),
        }
        new, changed = len(plan.rows_new), len(plan.changes)
        if changed:
            project.message_post(
                body=self.env._(
                    "%(changed)s units updated and %(new)s made from %(file)s by "
                    "import %(link)s.",
                    changed=changed,
                    new=new,
                    **source,
                )
            )
        elif new:
            project.message_post(
                body=self.env._(
                    "%(count)s units loaded from %(file)s by import %(link)s.",
                    count=new,
                    **source,
                )
            )
