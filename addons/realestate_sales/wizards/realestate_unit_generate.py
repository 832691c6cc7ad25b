from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.unit_pattern_messages import PATTERN_MESSAGES
from ..tools.floor import floor_key
from ..tools.unit_pattern import (
    USUAL_PATTERNS,
    PatternError,
    guess_pattern,
    natural,
    read_unit,
    same_number,
)
from ..tools.unit_plan import Stack, plan_units

#: How many numbers a message names before it says how many more there are.
NAMED = 10


class RealestateUnitGenerate(models.TransientModel):
    """The floors and units of a building by pattern, seen before they are made."""

    _name = "realestate.unit.generate"
    _description = "Generate Units"

    building_id = fields.Many2one("realestate.building", required=True)
    project_id = fields.Many2one(related="building_id.project_id")
    floors_there = fields.Char(
        string="Floors so far", compute="_compute_floors_there", readonly=True
    )
    floors = fields.Char(
        help="Of the lines that name none: B2-B1, G, 2-25, 12A. Empty for villas and "
        "plots, which stand on none."
    )
    floors_without = fields.Char(
        string="Leave out", help="4, 13, 14 or *4 for every floor that ends in 4."
    )
    floor_source = fields.Char(
        string="Copy Floor", help="A floor of this building to take the lines from."
    )
    pattern = fields.Char(
        string="Number Pattern",
        compute="_compute_pattern",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="{building}, {floor} and {unit}; {unit:02} has two digits.",
    )
    line_ids = fields.One2many(
        "realestate.unit.generate.line",
        "generate_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.depends("building_id")
    def _compute_floors_there(self):
        for wizard in self:
            units = wizard._units_there().filtered("floor")
            floors = {unit.floor_sequence: unit.floor for unit in units}
            wizard.floors_there = ", ".join(floors[key] for key in sorted(floors))

    @api.depends("building_id", "floor_source")
    def _compute_pattern(self):
        for wizard in self:
            there = wizard._units_there()
            units = wizard._source_units() or there.filtered(
                lambda unit: unit.kind == "home"
            )
            pairs = [(unit.floor or "", unit.number) for unit in units or there]
            code = wizard.building_id.code or ""
            current = wizard.pattern or USUAL_PATTERNS[0]
            found = guess_pattern(pairs, code, [current]) or guess_pattern(pairs, code)
            wizard.pattern = found or current

    @api.depends("building_id", "floor_source")
    def _compute_line_ids(self):
        for wizard in self:
            values = wizard._prepare_copied_lines()
            if values:
                wizard.line_ids = [Command.clear(), *map(Command.create, values)]
            else:
                wizard.line_ids = wizard.line_ids

    # === ACTIONS === #

    def action_generate(self):
        """Make all of the units, or none.

        :return: the action that shows them
        :raises UserError: when they cannot be made as they are written
        """
        self.ensure_one()
        planned, _taken, problem = self._plan()
        if problem or not planned:
            raise UserError(problem or self._nothing_message())
        # A message per unit would say what the one on the project says.
        units = self.env["realestate.unit"].with_context(tracking_disable=True)
        units.create([self._prepare_unit(unit) for unit in planned])
        self.project_id.message_post(
            body=self.env._(
                "%(count)s units made by pattern in %(building)s.",
                count=len(planned),
                building=self.building_id.name,
            )
        )
        return self._get_units_action()

    # === BUSINESS === #

    def _units_there(self):
        """Every unit of the building, archived ones too: their numbers are taken."""
        self.ensure_one()
        units = self.env["realestate.unit"].with_context(active_test=False)
        if not self.building_id:
            return units
        return units.search_fetch(
            [("building_id", "=", self.building_id.id)],
            ["number", "floor", "floor_sequence", "kind", "active"],
        )

    def _source_units(self):
        """The units of the floor to copy."""
        self.ensure_one()
        key = self._source_key()
        return self._units_there().filtered(
            lambda unit: unit.active and unit.floor_sequence == key
        )

    def _plan(self):
        """What the lines come to.

        :return: the planned units, the numbers of them that are taken, and what keeps
            them from being made as a sentence or False
        """
        self.ensure_one()
        stacks = [Stack(line.units or "", line.floors or "") for line in self.line_ids]
        try:
            planned = plan_units(
                stacks,
                self.floors or "",
                self.floors_without or "",
                self.pattern or "",
                self.building_id.code or "",
            )
        except PatternError as error:
            return [], set(), str(PATTERN_MESSAGES[error.code]) % error.params
        there = {same_number(unit.number) for unit in self._units_there()}
        taken = {unit.number for unit in planned if same_number(unit.number) in there}
        return planned, taken, self._source_message() or self._taken_message(taken)

    def _prepare_unit(self, planned):
        line = self.line_ids[planned.stack]
        return {
            "building_id": self.building_id.id,
            "number": planned.number,
            "floor": planned.floor or False,
            "unit_type_id": line.unit_type_id.id,
            "kind": line.kind,
            "area_predicted": line.area,
            "view": line.view,
            "is_corner": line.is_corner,
        }

    def _prepare_copied_lines(self):
        """The places of the floor to copy, in their order; none where it has none."""
        self.ensure_one()
        code = self.building_id.code or ""
        places = {
            read_unit(self.pattern or "", unit.number, code, unit.floor or ""): unit
            for unit in self._source_units()
        }
        places.pop(None, None)
        return [
            {
                "units": place,
                "unit_type_id": unit.unit_type_id.id,
                "kind": unit.kind,
                "area": unit.area_predicted or unit.area,
                "view": unit.view,
                "is_corner": unit.is_corner,
            }
            for place, unit in sorted(places.items(), key=lambda p: natural(p[0]))
        ]

    def _source_key(self):
        try:
            return floor_key(self.floor_source or "")
        except ValueError:
            return None

    def _source_message(self):
        """What is wrong with the floor to copy, or False."""
        if not self.floor_source or self._prepare_copied_lines():
            return False
        if self._source_units():
            return self.env._(
                "The numbers of floor %(floor)s do not follow the pattern: change the "
                "pattern, or write the lines by hand and clear “Copy Floor”.",
                floor=self.floor_source,
            )
        return self.env._(
            "Building %(building)s has no unit on floor %(floor)s to copy. Choose one "
            "of %(floors)s.",
            building=self.building_id.name,
            floor=self.floor_source,
            floors=self.floors_there or self.env._("none"),
        )

    def _taken_message(self, taken):
        """Which numbers the building has already, or False."""
        if not taken:
            return False
        numbers = sorted(taken, key=natural)
        named = ", ".join(numbers[:NAMED])
        if len(numbers) > NAMED:
            named = self.env._(
                "%(some)s and %(count)s more", some=named, count=len(numbers) - NAMED
            )
        return self.env._(
            "Building %(building)s has these numbers already, archived units counted: "
            "%(numbers)s. Leave their floors or units out, or change the pattern.",
            building=self.building_id.name,
            numbers=named,
        )

    def _nothing_message(self):
        return self.env._(
            "Add a line for the units of a floor: the building appears here before "
            "anything is made."
        )

    def _get_units_action(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "realestate_sales.realestate_unit_action"
        )
        action["domain"] = [("building_id", "=", self.building_id.id)]
        action["context"] = {"search_default_unreleased": 1}
        return action
