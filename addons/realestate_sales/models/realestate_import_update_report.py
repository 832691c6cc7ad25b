from decimal import Decimal

from odoo import api, fields, models
from odoo.tools.misc import formatLang

from ..tools.inventory_update import PRICE_FIELDS, UPDATED_FIELDS

AREA_FIELDS = ("area_predicted", "area_measured")


class RealestateImport(models.Model):
    """What an update changes: by row and column, old and new."""

    # A file for each concern keeps them short.
    _inherit = "realestate.import"  # pylint: disable=consider-merging-classes-inherited

    change_ids = fields.One2many("realestate.import.change", "import_id", copy=False)
    change_count = fields.Integer(string="Changes", readonly=True, copy=False)
    is_idle = fields.Boolean(compute="_compute_is_idle")

    @api.depends("report")
    def _compute_is_idle(self):
        for record in self:
            changes = (record.report or {}).get("changes", {})
            record.is_idle = changes.get("idle", False)

    # === ACTIONS === #

    def action_open_changes(self):
        """Open all that the file changes, to search, group and export."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Changes"),
            "res_model": "realestate.import.change",
            "view_mode": "list",
            "domain": [("import_id", "=", self.id)],
        }

    # === REPORT === #

    @api.model
    def _get_fact_fields(self):
        return super()._get_fact_fields() | {"change_ids", "change_count"}

    def _note(self, report):
        updates = report.pop("updates", [])
        result = super()._note(report)
        # Nobody writes the changes by hand.
        self.sudo().change_ids.unlink()
        self.env["realestate.import.change"]._note(self, updates)
        self._write_facts(change_count=len(updates))
        for change in updates:
            del change["old_text"], change["new_text"]
        report["updates"] = updates
        return result

    def _forget_check(self):
        checked = self.filtered(lambda record: record.state in ("checked", "failed"))
        # What a check found is written by nobody's hand.
        checked.sudo().change_ids.unlink()
        return super()._forget_check()

    def _report_inventory(self, plan, dry_run, loaded):
        report = super()._report_inventory(plan, dry_run, loaded)
        if self.kind == "inventory":
            report["mode"] = self.mode
            report["updates"] = self._report_updates(plan)
            report["fingerprint"] = self._get_fingerprint(plan)
        return report

    def _report_updates(self, plan):
        """Every cell that differs, with texts for people."""
        rows = {unit: row for row, unit in plan.unit_by_row.items()}
        return [
            {
                "row": rows[unit],
                "column": plan.header(change.field),
                "field": change.field,
                "unit_id": unit.id,
                "unit": unit.name,
                "old": self._report_value(change.old),
                "new": self._report_value(change.new),
                "old_text": self._format_value(plan, change.field, change.old),
                "new_text": self._format_value(plan, change.field, change.new),
            }
            for unit, changes in plan.changes.items()
            for change in changes
        ]

    @api.model
    def _report_value(self, value):
        return float(value) if isinstance(value, Decimal) else value

    def _format_value(self, plan, name, value):
        """A value as people of the user's language write it; a dash for none."""
        if name == "is_released":
            return self.env._("on the market") if value else self.env._("not released")
        if name == "is_corner":
            return self._get_yes_no(value)
        if not value or name not in PRICE_FIELDS + AREA_FIELDS:
            return value or "–"
        places = plan.currency.decimal_places if name in PRICE_FIELDS else 2
        return formatLang(self.env, float(value), digits=places)

    def _report_changes(self, plan):
        changes = super()._report_changes(plan)
        if self.mode == "create" or self.kind != "inventory":
            return changes
        new, changed = len(plan.rows_new), len(plan.changes)
        fields_changed = [c.field for found in plan.changes.values() for c in found]
        return {
            **changes,
            "units_new": new,
            "units_changed": changed,
            "units_same": self._count_same(plan),
            "units_released": self._count_released(plan),
            "cells": {
                name: fields_changed.count(name)
                for name in UPDATED_FIELDS
                if name in fields_changed
            },
            "prices": self._report_prices_changed(plan),
            "idle": not (new or changed),
        }

    @api.model
    def _count_same(self, plan):
        """How many known units are as the file says."""
        wrong = {error.row for error in plan.errors}
        return sum(
            row not in wrong and unit not in plan.changes
            for row, unit in plan.unit_by_row.items()
        )

    def _count_released(self, plan):
        """How many units the file puts on the market."""
        new = sum(row.is_released for row in plan.rows_new) if self.release else 0
        return new + len(self._get_news(plan)["is_released", True])

    @api.model
    def _report_prices_changed(self, plan):
        """The list prices of the units that get another one: how many, and their sums
        before and after."""
        changed = [
            change
            for found in plan.changes.values()
            for change in found
            if change.field == "price_list"
        ]
        return {
            "count": len(changed),
            "before": float(sum(change.old for change in changed)),
            "after": float(sum(change.new for change in changed)),
        }

    def _get_report_message(self, report):
        if self.mode == "create" or not report["ok"]:
            return super()._get_report_message(report)
        changes = report["changes"]
        counts = {
            name: self._format_count(changes[f"units_{name}"])
            for name in ("changed", "new", "same")
        }
        if changes["idle"]:
            return self.env._(
                "Nothing to change: all %(same)s units are as the file says.", **counts
            )
        project = changes["project"]["name"]
        if report["loaded"]:
            return self.env._(
                "%(changed)s units were updated and %(new)s made in %(project)s; "
                "%(same)s were as the file says.",
                project=project,
                **counts,
            )
        return self.env._(
            "Nothing is wrong: %(changed)s units of %(project)s can be updated and "
            "%(new)s made; %(same)s are as the file says.",
            project=project,
            **counts,
        )

    # === SUMMARY === #

    def _prepare_summary_values(self):
        values = super()._prepare_summary_values()
        report, changes = self.report, self.report["changes"]
        if report.get("mode", "create") == "create":
            return {**values, "is_update": False}
        labels = dict(self.env["realestate.import.column"]._get_field_names())
        prices = changes["prices"]
        before, after = prices["before"], prices["after"]
        return {
            **values,
            "is_update": True,
            "cells": [(labels[name], n) for name, n in changes["cells"].items()],
            "price_before": self._format_total(before, report["currency"]),
            "price_after": self._format_total(after, report["currency"]),
            "price_percent": before
            and formatLang(self.env, (after - before) / before * 100, digits=1),
            "is_dearer": after >= before,
        }
