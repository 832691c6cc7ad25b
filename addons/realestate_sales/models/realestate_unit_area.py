from collections import defaultdict
from contextlib import suppress

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, float_compare

AREA_FIELDS = {"predicted": "area_predicted", "measured": "area_measured"}
AREA_DIGITS = 2
LARGEST_AREA = 10**9
#: More different areas than these are written by one statement.
MANY_AREAS = 20


class RealestateUnit(models.Model):
    """The areas of a unit and how they came about."""

    # A file for each concern keeps them short.
    _inherit = "realestate.unit"  # pylint: disable=consider-merging-classes-inherited

    measure_ids = fields.One2many(
        "realestate.unit.measure", "unit_id", string="Area History", readonly=True
    )

    @api.model_create_multi
    def create(self, vals_list):
        units = super().create(vals_list)
        measured = units.filtered("area_measured")
        reason = self.env.context.get("realestate_area_reason")
        measured._keep_area(
            "measured",
            dict.fromkeys(measured, 0),
            fields.Date.context_today(self),
            str(reason or self.env._("Entered with the unit")),
        )
        return units

    def write(self, vals):
        self._check_measured_by_button(vals)
        changed = self._get_area_changes("area_predicted", vals)
        result = super().write(vals)
        if changed:
            self._keep_area(
                "predicted",
                changed,
                fields.Date.context_today(self),
                self.env._("Changed at the unit"),
            )
        return result

    # === ACTIONS === #

    def action_measure(self, area, reason, date=None, kind="measured"):
        """Give the units an area and keep what it was, why and since when.

        :param area: square metres, more than 0
        :param reason: text kept with the area; required
        :param date: day of the survey or of the plan, not in the future; default today
        :param kind: ``measured``, or ``predicted`` for a change of the plans
        :return: True
        """
        self.check_access("write")
        field = AREA_FIELDS.get(kind) if isinstance(kind, str) else None
        if not field:
            raise UserError(
                self.env._(
                    "“%(kind)s” is no kind of area: it is “measured” or “predicted”.",
                    kind=kind,
                )
            )
        area = self._read_area(area)
        reason = self._read_area_reason(reason)
        day = self._read_survey_day(date)
        self._measure(dict.fromkeys(self, area), reason, day, kind)
        return True

    def action_survey(self):
        """Open the form that takes the areas of these units."""
        self.check_access("write")
        survey = self.env["realestate.unit.survey"]._open_for(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Enter Areas"),
            "res_model": survey._name,
            "res_id": survey.id,
            "view_mode": "form",
            "target": "new",
        }

    # === BUSINESS === #

    @api.model
    def _measure(self, areas, reason, day, kind):
        """Give many units their areas, which are checked already: see
        :meth:`action_measure`.

        :param areas: `realestate.unit` record -> its area now
        """
        field = AREA_FIELDS[kind]
        # What is measured comes after what was planned.
        counted = "area" if kind == "measured" else field
        before = {unit: unit[counted] for unit in areas}
        alike = defaultdict(list)
        for unit, area in areas.items():
            alike[area].append(unit.id)
        if len(alike) > MANY_AREAS:
            self._write_areas(field, areas)
        else:
            for area, ids in alike.items():
                self.browse(ids)._write_facts(**{field: area})
        self._keep_area(kind, before, day, reason)

    @api.model
    def _write_areas(self, field, areas):
        """Write many different areas by one statement: the history is their trail."""
        units = self.browse([unit.id for unit in areas])
        self.flush_model([field])
        self.env.cr.execute(
            SQL(
                """UPDATE realestate_unit unit
                      SET %(field)s = given.area, write_uid = %(user)s,
                          write_date = %(now)s
                     FROM unnest(%(ids)s::int[], %(areas)s::numeric[])
                          AS given (id, area)
                    WHERE unit.id = given.id""",
                field=SQL.identifier(field),
                user=self.env.uid,
                now=fields.Datetime.now(),
                ids=units.ids,
                areas=list(areas.values()),
            )
        )
        units.invalidate_recordset([field], flush=False)
        units.modified([field])
        units._notify_board()

    def _keep_area(self, kind, before, day, reason):
        """Write the history.

        :param before: `realestate.unit` record -> its area before
        """
        # The history is nobody's to write: this method is the door.
        self.env["realestate.unit.measure"].sudo().create(
            [
                {
                    "unit_id": unit.id,
                    "kind": kind,
                    "date": day,
                    "area_before": area,
                    "area": unit[AREA_FIELDS[kind]],
                    "reason": reason,
                    "user_id": self.env.uid,
                }
                for unit, area in before.items()
            ]
        )

    def _get_area_changes(self, field, vals):
        """The units whose area ``vals`` changes, with their area before."""
        if field not in vals:
            return {}
        after = self._fields[field].convert_to_cache(vals[field], self)
        return {
            unit: unit[field]
            for unit in self
            if float_compare(unit[field], after, precision_digits=AREA_DIGITS)
        }

    def _check_measured_by_button(self, vals):
        for unit in self._get_area_changes("area_measured", vals):
            raise UserError(
                self.env._(
                    "Unit %(unit)s: the measured area is not written by hand. Use "
                    "“Enter Areas”, which keeps the reason.",
                    unit=unit.name,
                )
            )

    def _read_area(self, area):
        is_number = isinstance(area, int | float) and not isinstance(area, bool)
        if is_number and 0 < round(area, AREA_DIGITS) < LARGEST_AREA:
            return round(area, AREA_DIGITS)
        raise UserError(
            self.env._(
                "“%(area)s” is no area. Give square metres, more than 0.", area=area
            )
        )

    def _read_area_reason(self, reason):
        if isinstance(reason, str) and reason.strip():
            return reason.strip()
        raise UserError(
            self.env._(
                "Say why the area changes, such as “Survey of the finished floor”: the "
                "reason is kept with the area."
            )
        )

    def _read_survey_day(self, date):
        today = fields.Date.context_today(self)
        # What is no day at all is refused below like a day to come.
        with suppress(AttributeError, TypeError, ValueError):
            day = fields.Date.to_date(date) or today
            if day <= today:
                return day
        raise UserError(
            self.env._(
                "“%(date)s” is no day of a survey. Give a day as 2026-12-31, not later "
                "than today.",
                date=date,
            )
        )
