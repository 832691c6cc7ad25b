from odoo import api, fields, models
from odoo.tools.misc import formatLang

from ..tools.unit_pattern import natural


class RealestateUnitGenerate(models.TransientModel):
    """The building as it would be: floors × units, with totals by type."""

    # A file for each concern keeps them short.
    _inherit = "realestate.unit.generate"  # pylint: disable=consider-merging-classes-inherited

    unit_count = fields.Integer(compute="_compute_preview")
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    @api.depends(
        "building_id",
        "floors",
        "floors_without",
        "floor_source",
        "pattern",
        "line_ids.units",
        "line_ids.floors",
        "line_ids.unit_type_id",
        "line_ids.kind",
        "line_ids.area",
        "line_ids.view",
        "line_ids.is_corner",
    )
    def _compute_preview(self):
        for wizard in self:
            planned, taken, problem = wizard._plan()
            wizard.unit_count = 0 if problem else len(planned)
            wizard.preview = self.env["ir.qweb"]._render(
                "realestate_sales.realestate_unit_generate_grid",
                wizard._prepare_grid(planned, taken, problem),
            )

    # === BUSINESS === #

    def _prepare_grid(self, planned, taken, problem):
        """What the preview shows: floors from the top, a column for each place."""
        columns = sorted({unit.unit for unit in planned}, key=natural)
        floors = {}
        for unit in planned:
            floors.setdefault(unit.floor, {})[unit.unit] = unit
        groups = self._prepare_groups(planned)
        return {
            "message": problem or (not planned and self._nothing_message()),
            "is_problem": bool(problem),
            "columns": columns,
            "floors": [(label, floors[label]) for label in reversed(floors)],
            "lines": self.line_ids,
            "groups": groups,
            "group_of": {index: group for group in groups for index in group["stacks"]},
            "details": {
                index: line._describe() for index, line in enumerate(self.line_ids)
            },
            "square": self._format_area,
            "taken": taken,
            "count": len(planned),
            "summary": self._get_summary(
                len(planned), len(list(filter(None, floors))), groups
            ),
        }

    def _get_summary(self, count, floors, groups):
        params = {
            "count": f"{count:,}",
            "area": self._format_area(sum(group["area"] for group in groups)),
        }
        if not floors:
            return self.env._("%(count)s units on no floor, %(area)s m²", **params)
        return self.env._(
            "%(count)s units on %(floors)s floors, %(area)s m²", floors=floors, **params
        )

    def _prepare_groups(self, planned):
        """Counts and areas by type, or by kind where the lines name no type."""
        kinds = dict(self.line_ids._fields["kind"]._description_selection(self.env))
        groups = {}
        for unit in planned:
            line = self.line_ids[unit.stack]
            name = line.unit_type_id.name or kinds.get(line.kind, "")
            group = groups.setdefault(
                name,
                {"name": name, "color": len(groups) % 8, "count": 0, "area": 0.0}
                | {"stacks": set()},
            )
            group["count"] += 1
            group["area"] += line.area
            group["stacks"].add(unit.stack)
        for group in groups.values():
            group["summary"] = self.env._(
                "%(count)s units, %(area)s m²",
                count=f"{group['count']:,}",
                area=self._format_area(group["area"]),
            )
        return list(groups.values())

    def _format_area(self, area):
        return formatLang(self.env, area, digits=2)
