from decimal import Decimal

from odoo import api, models
from odoo.tools.misc import formatLang

from ..tools.inventory import FIELDS
from .realestate_import_image_messages import IMAGE_MESSAGES
from .realestate_import_messages import CHECK_MESSAGES, IMPORT_MESSAGES
from .realestate_import_price_messages import PRICE_MESSAGES
from .realestate_import_update_messages import UPDATE_MESSAGES
from .realestate_unit_type import UNIT_KINDS

NO_TOTALS = {
    "units": 0,
    "released": 0,
    "by_kind": {},
    "area_predicted": 0.0,
    "price_list": 0.0,
    "buildings": [],
    "floors": [],
}
MESSAGES = (
    CHECK_MESSAGES | IMPORT_MESSAGES | PRICE_MESSAGES | UPDATE_MESSAGES | IMAGE_MESSAGES
)


class RealestateImportReport(models.AbstractModel):
    """Kind ``inventory``: say what was found, for people and for JSON."""

    _name = "realestate.import.report"
    _description = "Import: Report of an Inventory"

    def _report_inventory(self, plan, dry_run, loaded):
        """The report of :meth:`run`."""
        found = plan.found
        labels = self._get_field_labels()
        headers = plan.table.headers
        taken = set(plan.columns.values())
        report = {
            "kind": self.kind,
            "dry_run": dry_run,
            "ok": not plan.errors,
            "loaded": loaded,
            "filename": self.filename or "",
            "sheet": plan.table.sheet or "",
            "rows_read": found.rows_read,
            "columns": {name: headers[column] for name, column in plan.columns.items()},
            "leftovers": [h for c, h in enumerate(headers) if c not in taken],
            "currency": plan.currency.name or "",
            "area_unit": found.area_unit or "",
            "errors": [self._report_issue(issue, labels) for issue in plan.errors],
            "warnings": [self._report_issue(issue, labels) for issue in plan.warnings],
            "totals": self._report_totals(found.totals),
            "changes": self._report_changes(plan),
        }
        report["message"] = self._get_report_message(report)
        return report

    def _get_field_labels(self):
        labels = dict(self.env["realestate.import.column"]._get_field_names())
        # The checks of the file name a field by its English label.
        return labels | {field.label: labels[name] for name, field in FIELDS.items()}

    def _report_issue(self, issue, labels):
        params = {
            name: format(value, "f") if isinstance(value, Decimal) else value
            for name, value in issue.params.items()
        }
        if "field" in params:
            params["field"] = labels.get(params["field"], params["field"])
        return {
            "row": issue.row,
            "column": issue.column,
            "code": issue.code,
            "message": self._format_issue(issue.code, params),
        }

    @api.model
    def _format_issue(self, code, params):
        return str(MESSAGES[code]) % params

    def _report_totals(self, totals):
        """The sums, exact until here, as numbers of JSON; zero when nothing was
        read.
        """
        return NO_TOTALS | {
            name: float(value) if isinstance(value, Decimal) else value
            for name, value in totals.items()
        }

    def _report_changes(self, plan):
        """What loading the file makes, or has made."""
        project = plan.project
        return {
            "project": {
                "id": project.id or False,
                "name": project.name or plan.project_values.get("name") or "",
                "code": project.code or plan.project_values.get("code") or "",
                "is_new": bool(plan.project_values),
            },
            "buildings_new": self._planned_names(plan.building_by_key, is_new=True),
            "buildings_known": self._planned_names(plan.building_by_key, is_new=False),
            "phases_new": self._planned_names(plan.phase_by_key, is_new=True),
            "unit_types_new": self._planned_names(plan.type_by_key, is_new=True),
            "units": len(plan.found.rows),
            "units_priced": sum(bool(row.price_list) for row in plan.found.rows),
            "units_released": self.release
            and sum(row.is_released for row in plan.found.rows)
            or 0,
        }

    def _planned_names(self, planned, is_new):
        return [
            one["name"] for one in planned.values() if isinstance(one, dict) == is_new
        ]

    def _get_report_message(self, report):
        count = self._format_count(report["changes"]["units"])
        errors = len(report["errors"])
        project = report["changes"]["project"]["name"]
        if report["loaded"]:
            return self.env._(
                "%(count)s units were loaded into %(project)s.",
                count=count,
                project=project,
            )
        if report["ok"]:
            return self.env._(
                "Nothing is wrong: %(count)s units can be loaded into %(project)s.",
                count=count,
                project=project,
            )
        if errors == 1:
            return self.env._(
                "Nothing was loaded: there is one error. Correct it and check again."
            )
        return self.env._(
            "Nothing was loaded: there are %(count)s errors. Correct them in the file, "
            "or the match of its columns, and check again.",
            count=self._format_count(errors),
        )

    # === SUMMARY === #

    def _prepare_summary_values(self):
        """What the summary of the form is rendered with."""
        report, totals = self.report, self.report["totals"]
        kinds = dict(
            self.env["realestate.unit"]._fields["kind"]._description_selection(self.env)
        )
        by_kind = totals["by_kind"]
        return {
            "report": report,
            "changes": report["changes"],
            "totals": totals,
            "kinds": [
                (kinds[kind], by_kind[kind])
                for kind, _label in UNIT_KINDS
                if kind in by_kind
            ],
            "buildings": self._prepare_elevations(totals["floors"]),
            "count": self._format_count,
            "area": formatLang(self.env, totals["area_predicted"], digits=2),
            "price": self._format_total(totals["price_list"], report["currency"]),
        }

    def _format_count(self, count):
        return formatLang(self.env, count, digits=0)

    def _format_total(self, amount, currency):
        """A total to compare with that of the source: cents only where there are."""
        decimals = self._get_currency(currency).decimal_places
        return formatLang(self.env, amount, digits=decimals if amount % 1 else 0)

    def _prepare_elevations(self, floors):
        """Each building as its floors from top to bottom, with a width in percent."""
        most = max((floor["units"] for floor in floors), default=0)
        elevations = {}
        for floor in reversed(floors):
            line = {
                "floor": floor["floor"],
                "units": floor["units"],
                "percent": max(2, round(100 * floor["units"] / most)),
            }
            elevations.setdefault(floor["building"], []).append(line)
        return sorted(elevations.items())
