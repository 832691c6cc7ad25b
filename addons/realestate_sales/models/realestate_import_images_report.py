import base64
from collections import Counter

from odoo import api, fields, models

#: The order of the list: what needs attention first.
PRIORITIES = {"refused": 4, "left_out": 3, "replace": 2, "new": 1, "same": 0}


class RealestateImport(models.Model):
    """Kind ``images``: say where each file goes, with a small picture of it."""

    # A file for each concern keeps them short.
    _inherit = "realestate.import"  # pylint: disable=consider-merging-classes-inherited

    picture_ids = fields.One2many("realestate.import.picture", "import_id", copy=False)

    @api.model
    def _get_fact_fields(self):
        return super()._get_fact_fields() | {"picture_ids"}

    @api.depends("report")
    def _compute_summary(self):
        images = self.filtered(lambda record: record.kind == "images")
        result = super(RealestateImport, self - images)._compute_summary()
        for record in images:
            record.summary = record.report and self.env["ir.qweb"]._render(
                "realestate_sales.realestate_import_images_summary",
                {"report": record.report, "changes": record.report["changes"]},
            )
        return result

    # === REPORT === #

    def _note(self, report):
        pictures = report.pop("picture_values", [])
        result = super()._note(report)
        # Nobody writes the list by hand.
        lines = self.sudo().picture_ids
        lines.unlink()
        lines.create([{**values, "import_id": self.id} for values in pictures])
        self.invalidate_recordset(["picture_ids"])
        return result

    def _forget_check(self):
        checked = self.filtered(lambda record: record.state in ("checked", "failed"))
        # What a check found is written by nobody's hand.
        checked.sudo().picture_ids.unlink()
        return super()._forget_check()

    def _report_images(self, plan, dry_run, loaded):
        """The report of :meth:`run`; ``pictures`` tells of each file."""
        values = self._prepare_picture_values(plan)
        actions = Counter(one["action"] for one in values)
        changes = {
            "project": {
                "id": plan.project.id or False,
                "name": plan.project.name or "",
            },
            "idle": not actions["new"] and not actions["replace"],
            **{action: actions[action] for action in PRIORITIES},
        }
        report = {
            "kind": self.kind,
            "dry_run": dry_run,
            "ok": not plan.errors,
            "loaded": loaded,
            "filename": self.filename or "",
            "rows_read": len(values),
            "errors": [self._report_issue(error, {}) for error in plan.errors],
            "warnings": [self._report_issue(note, {}) for note in plan.warnings],
            "totals": {"unit_types": len({one.unit_type for one in plan.planned})},
            "changes": changes,
            "pictures": [self._report_picture(one) for one in values],
            "picture_values": values,
        }
        report["message"] = self._get_image_message(report)
        return report

    @api.model
    def _report_picture(self, values):
        names = ("file", "unit_type_id", "unit_id", "kind", "action", "message")
        return {name: values.get(name) or False for name in names}

    def _prepare_picture_values(self, plan):
        """Values of the list, in the order of the files."""
        values = [self._prepare_planned(one) for one in plan.planned]
        for path, action, code, params, picture in plan.problems:
            message = self._format_issue(code, params)
            values.append(
                {
                    "file": path,
                    "action": action,
                    "message": message,
                    "priority": PRIORITIES[action],
                    **self._prepare_picture(picture),
                }
            )
        return values

    def _prepare_planned(self, planned):
        return {
            "file": planned.picture.path,
            "unit_type_id": planned.unit_type.id,
            "unit_id": planned.unit and planned.unit.id,
            "kind": planned.kind,
            "action": planned.action,
            "priority": PRIORITIES[planned.action],
            **self._prepare_picture(planned.picture),
        }

    @api.model
    def _prepare_picture(self, picture):
        if not picture:
            return {}
        return {
            "size": f"{picture.width} × {picture.height}",
            "thumbnail": base64.b64encode(picture.thumbnail()),
        }

    def _get_image_message(self, report):
        changes = report["changes"]
        counts = {
            name: self._format_count(changes[name])
            for name in ("new", "replace", "same", "left_out")
        }
        if report["errors"]:
            return self.env._(
                "Nothing was loaded: %(count)s files cannot be used. Correct the file, "
                "or choose to leave out what fits nothing.",
                count=self._format_count(len(report["errors"])),
            )
        if changes["idle"]:
            return self.env._(
                "Nothing to load: %(same)s pictures are there already and %(left_out)s "
                "fit nothing.",
                **counts,
            )
        if report["loaded"]:
            return self.env._(
                "%(new)s pictures were added and %(replace)s replaced; %(same)s were "
                "there already.",
                **counts,
            )
        return self.env._(
            "Nothing is wrong: %(new)s pictures can be added and %(replace)s replaced; "
            "%(same)s are there already.",
            **counts,
        )
