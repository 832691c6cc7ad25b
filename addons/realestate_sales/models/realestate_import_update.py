import hashlib
import json
from collections import defaultdict
from decimal import Decimal

from odoo import api, fields, models

from ..tools.inventory import RowError, missing_floors
from ..tools.inventory_update import PRICE_FIELDS, KnownUnit, compare_unit
from ..tools.text import same_name as same
from .collision import collide

#: Changes that are written as they are; the others have ways of their own.
PLAIN_FIELDS = ("floor", "view", "is_corner")
AREA_KINDS = {"area_predicted": "predicted", "area_measured": "measured"}


class RealestateImport(models.Model):
    """Kind ``inventory``: known units, updated by building and number."""

    # A file for each concern keeps them short.
    _inherit = "realestate.import"  # pylint: disable=consider-merging-classes-inherited

    mode = fields.Selection(
        [
            ("create", "Make new units"),
            ("update", "Update known units"),
            ("both", "Make new and update known units"),
        ],
        string="What to Do",
        default="create",
        required=True,
        help="A unit is known by its building and number. Empty cells change nothing.",
    )

    @api.model
    def _get_input_fields(self):
        return super()._get_input_fields() | {"mode"}

    # === PLAN === #

    def _plan_changes(self, plan):
        """Compare each row with its unit; note what differs, and what must not."""
        taken = {w.row for w in plan.found.warnings if w.code == "status_taken"}
        types = self._get_known_types(plan)
        states = dict(
            self.env["realestate.unit"]
            ._fields["state"]
            ._description_selection(self.env)
        )
        for row in plan.found.rows:
            unit = plan.unit_by_row.get(row.row)
            if not unit:
                continue
            found = compare_unit(
                row,
                self._get_known_unit(unit, states),
                is_taken=row.row in taken,
                with_status=self.release,
                ignore_taken=self.ignore_status,
                known_types=types,
            )
            self._plan_change(plan, row, unit, found)
        known = plan.unit_by_row
        plan.found.warnings = [
            warning
            for warning in plan.found.warnings
            if warning.code != "status_taken" or warning.row not in known
        ]
        if self.mode == "both":
            for row in missing_floors(plan.found.rows):
                if row.row not in known:
                    plan.error("floor_missing", row.row, "floor", building=row.building)

    def _plan_change(self, plan, row, unit, found):
        kinds = dict(unit._fields["kind"]._description_selection(self.env))
        for name, code, params in found.errors:
            if code == "kind_fixed":
                params = {key: kinds[kind] for key, kind in params.items()}
            params = {
                key: self._format_value(plan, name, value)
                if isinstance(value, Decimal)
                else value
                for key, value in params.items()
            }
            plan.error(code, row.row, name, number=row.number, **params)
        if found.changes:
            plan.changes[unit] = found.changes

    @api.model
    def _get_known_unit(self, unit, states):
        """The facts of a unit as the pure tool compares them."""

        def exact(amount, digits=2):
            return Decimal(f"{amount or 0:.{digits}f}")

        places = unit.currency_id.decimal_places
        return KnownUnit(
            kind=unit.kind,
            floor=unit.floor or "",
            floor_sequence=unit.floor_sequence,
            unit_type=unit.unit_type_id.name or "",
            view=unit.view or "",
            area_predicted=exact(unit.area_predicted),
            area_measured=exact(unit.area_measured),
            price_list=exact(unit.price_list, places),
            price_floor=exact(unit.price_floor, places),
            is_released=unit.is_released,
            claim=unit.live_claim_id and states[unit.state] or "",
            delivery_standard=unit.delivery_standard_id.name or "",
            main_unit=unit.main_unit_id.name or "",
            main_names=self._get_main_names(unit),
            phase=unit.phase_id.name or "",
            phase_names=self._get_phase_names(unit.phase_id),
            is_corner=unit.is_corner,
        )

    # === WHAT WAS CHECKED === #

    def _refuse_stale(self, plan):
        """Load what the check has shown, or nothing: others work meanwhile."""
        checked = self.state == "checked" and self.report.get("fingerprint")
        if checked and checked != self._get_fingerprint(plan):
            plan.errors.append(RowError(0, "", "changed_since_check", {}))

    @api.model
    def _get_fingerprint(self, plan):
        """A short text that is another one when the plan would do something else."""
        text = json.dumps(self._get_fingerprint_facts(plan), default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    @api.model
    def _get_fingerprint_facts(self, plan):
        """What loading the plan does, as a list of lists."""
        changes = [
            (unit.id, change.field, str(change.old), str(change.new))
            for unit, found in plan.changes.items()
            for change in found
        ]
        return [changes, [row.row for row in plan.rows_new]]

    # === LOAD === #

    def _load_changes(self, plan, types):
        """Write what differs, but prices and statuses: all units with the same news at
        once.

        :param types: unit types by name and kind
        """
        # Two imports at once would each go by what the other is changing.
        collide(plan.project)
        for (name, value), ids in self._get_news(plan).items():
            units = self.env["realestate.unit"].browse(ids)
            if name == "unit_type":
                for kind, alike in units.grouped("kind").items():
                    alike.unit_type_id = types[same(value), kind]
            elif name in PLAIN_FIELDS:
                units.write({name: value})
        for name, kind in AREA_KINDS.items():
            self._load_areas(plan, name, kind)

    @api.model
    def _get_news(self, plan):
        """The ids of the units that get a value, by field and value."""
        news = defaultdict(list)
        for unit, changes in plan.changes.items():
            for change in changes:
                news[change.field, change.new].append(unit.id)
        return news

    def _load_areas(self, plan, name, kind):
        """Measure the units whose area the file changes; the file is the reason."""
        areas = {
            unit: float(change.new)
            for unit, changes in plan.changes.items()
            for change in changes
            if change.field == name
        }
        if areas:
            units = self.env["realestate.unit"]
            today = fields.Date.context_today(self)
            units._measure(areas, self._get_area_reason(), today, kind)

    def _get_area_reason(self):
        return self.env._(
            "Import of %(file)s", file=self.filename or self.env._("a file")
        )

    @api.model
    def _get_price_changes(self, plan):
        """{unit: (list price, floor price)} of the known units with a new price."""
        prices = {}
        for unit, changes in plan.changes.items():
            news = {c.field: c.new for c in changes if c.field in PRICE_FIELDS}
            if news:
                now = ((name, news.get(name, unit[name])) for name in PRICE_FIELDS)
                prices[unit] = tuple(float(price) for _name, price in now)
        return prices

    def _load_statuses(self, plan, pairs):
        """Put units on the market and take them off it, priced as they are now.

        :param pairs: each new unit with its row
        """
        news = self._get_news(plan)
        released = news["is_released", True]
        if self.release:
            released += [unit.id for unit, row in pairs if row.is_released]
        units = self.env["realestate.unit"]
        units.browse(released).action_release_to_market()
        file = self.filename or self.env._("a file")
        why = self.env._("Not available in %(file)s.", file=file)
        units.browse(news["is_released", False]).action_withdraw(why)
