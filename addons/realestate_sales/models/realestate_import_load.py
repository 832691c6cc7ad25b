from odoo import fields, models
from odoo.fields import Command

from .realestate_import_inventory import same


class RealestateImport(models.Model):
    """Kind ``inventory``: write what was planned, in one batch per model."""

    _inherit = "realestate.import"

    def _load_inventory(self, plan):
        """Make the units, price them by an approved price list, release them."""
        # A message per unit would say what this import and the price list say.
        self = self.with_context(tracking_disable=True)
        plan.project = plan.project or self._load_project(plan)
        buildings = self._load_buildings(plan)
        types = self._load_types(plan)
        rows = plan.found.rows
        units = self.env["realestate.unit"].create(
            [
                self._prepare_unit(
                    row,
                    buildings[same(row.building)],
                    types.get((same(row.unit_type), row.kind)),
                )
                for row in rows
            ]
        )
        self._load_prices(plan, units)
        if self.release:
            released = [
                unit.id
                for unit, row in zip(units, rows, strict=True)
                if row.is_released
            ]
            units.browse(released).action_release_to_market()
        self._post_on_project(plan)

    def _load_project(self, plan):
        return self.env["realestate.project"].create(
            {**plan.project_values, "currency_id": plan.currency.id}
        )

    def _load_buildings(self, plan):
        """The building of each name in the file, made where it is new."""
        return self._load_planned("realestate.building", plan, plan.building_by_key)

    def _load_types(self, plan):
        """The unit type of each name and kind in the file, made where it is new."""
        return self._load_planned("realestate.unit.type", plan, plan.type_by_key)

    def _load_planned(self, model, plan, planned):
        new = {key: vals for key, vals in planned.items() if isinstance(vals, dict)}
        records = self.env[model].create(
            [{**vals, "project_id": plan.project.id} for vals in new.values()]
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

    def _load_prices(self, plan, units):
        """Approve a version of the project's prices that adds those of the file.

        A version is the whole price list, so units priced before stay in it.
        """
        lines = [
            {
                "unit_id": unit.id,
                "price_list": float(row.price_list),
                "price_floor": float(row.price_floor or 0),
            }
            for unit, row in zip(units, plan.found.rows, strict=True)
            if row.price_list
        ]
        if not lines:
            return
        before = plan.project.unit_ids.filtered("price_list") - units
        lines += [
            {
                "unit_id": unit.id,
                "price_list": unit.price_list,
                "price_floor": unit.price_floor,
            }
            for unit in before
        ]
        pricelist = self.env["realestate.pricelist"].create(
            {
                "project_id": plan.project.id,
                "date_effective": fields.Date.context_today(self),
                "line_ids": [Command.create(line) for line in lines],
            }
        )
        pricelist.action_approve()

    def _post_on_project(self, plan):
        plan.project.message_post(
            body=self.env._(
                "%(count)s units loaded from %(file)s by import %(link)s.",
                count=len(plan.found.rows),
                file=self.filename or self.env._("a file"),
                link=self._get_html_link(title=str(self.id)),
            )
        )
