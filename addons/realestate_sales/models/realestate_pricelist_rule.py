from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import formatLang

from ..tools.floor import floor_key
from ..tools.pricing import Rule
from .pricing_messages import EFFECT_MESSAGES
from .realestate_unit_type import UNIT_KINDS

#: How a rule of a kind usually counts.
METHOD_BY_KIND = {
    "base": "per_area",
    "floor": "per_floor",
    "view": "percent",
    "corner": "percent",
    "type": "per_area",
}
VALUE_DIGITS = (16, 4)


class RealestatePricelistRule(models.Model):
    """One step of the price calculation: what it adds, and to which units."""

    _name = "realestate.pricelist.rule"
    _description = "Price Rule"
    _inherit = ["realestate.facts.mixin"]
    _order = "pricelist_id, sequence, id"
    _check_company_auto = True

    pricelist_id = fields.Many2one(
        "realestate.pricelist", required=True, index=True, ondelete="cascade"
    )
    project_id = fields.Many2one(related="pricelist_id.project_id")
    company_id = fields.Many2one(related="pricelist_id.company_id", store=True)
    currency_id = fields.Many2one(related="pricelist_id.currency_id")
    sequence = fields.Integer(default=10)
    name = fields.Char(
        required=True, translate=True, help="As the price calculation form prints it."
    )
    kind = fields.Selection(
        [
            ("base", "Base"),
            ("floor", "Floor Rise"),
            ("view", "View"),
            ("corner", "Corner"),
            ("type", "Unit Type"),
            ("custom", "Other"),
        ],
        required=True,
        default="base",
        help="The base is what percentages are taken of.",
    )
    method = fields.Selection(
        [
            ("per_area", "Per m²"),
            ("amount", "Amount"),
            ("percent", "Percentage"),
            ("per_floor", "Per Floor"),
        ],
        compute="_compute_method",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    value = fields.Float(
        digits=VALUE_DIGITS,
        required=True,
        help="An amount in the project's currency, or a percentage; below zero for a "
        "deduction.",
    )
    percent_of = fields.Selection(
        [("base", "Base"), ("total", "Price so Far")],
        string="Percent of",
        required=True,
        default="base",
    )
    floor_unit = fields.Selection(
        [("amount", "Amount"), ("area", "Per m²"), ("percent", "% of Base")],
        string="A Floor Adds",
        required=True,
        default="amount",
    )

    # Which units; what is empty holds for all.
    building_ids = fields.Many2many(
        "realestate.building",
        domain="[('project_id', '=', project_id)]",
        check_company=True,
    )
    unit_type_ids = fields.Many2many(
        "realestate.unit.type",
        domain="[('project_id', 'in', [False, project_id])]",
        check_company=True,
    )
    unit_kind = fields.Selection(UNIT_KINDS)
    floor_from = fields.Char(
        string="From Floor",
        help="As on the door: B2, G, 12A. For a floor rise the next floor counts 1; "
        "empty: the lowest floor above the basements counts 0.",
    )
    floor_to = fields.Char(
        string="To Floor", help="For a floor rise: floors above it count no more."
    )
    view = fields.Char(help="As it is written at the units; capitals do not matter.")
    is_corner = fields.Boolean(
        string="Corner Only",
        compute="_compute_is_corner",
        store=True,
        readonly=False,
        precompute=True,
    )
    effect = fields.Char(compute="_compute_effect")

    @api.depends("kind")
    def _compute_method(self):
        for rule in self:
            rule.method = METHOD_BY_KIND.get(rule.kind) or rule.method or "amount"

    @api.depends("kind")
    def _compute_is_corner(self):
        for rule in self:
            rule.is_corner = rule.kind == "corner"

    @api.depends("method", "value", "percent_of", "floor_unit")
    def _compute_effect(self):
        for rule in self:
            is_percent = "percent" in (rule.method, rule.floor_unit)
            digits = 2 if is_percent else rule.currency_id.decimal_places
            value = formatLang(self.env, rule.value, digits=digits)
            message = EFFECT_MESSAGES[rule._get_code()]
            rule.effect = str(message) % {"value": value}

    @api.constrains("floor_from", "floor_to")
    def _check_floors(self):
        for rule in self:
            for label in filter(None, (rule.floor_from, rule.floor_to)):
                try:
                    floor_key(label)
                except ValueError as error:
                    raise ValidationError(
                        self.env._(
                            "Rule %(rule)s: the floor “%(floor)s” cannot be put in "
                            "order. Write it as a number, or as B2, LG, G, M, 12A, PH.",
                            rule=rule.name,
                            floor=label,
                        )
                    ) from error

    @api.constrains("building_ids", "unit_type_ids", "pricelist_id")
    def _check_project(self):
        for rule in self:
            project = rule.pricelist_id.project_id
            others = rule.building_ids.project_id | rule.unit_type_ids.project_id
            if others - project:
                raise ValidationError(
                    self.env._(
                        "Rule %(rule)s names buildings or unit types of another "
                        "project than %(project)s: take them out.",
                        rule=rule.name,
                        project=project.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules.pricelist_id._check_draft()
        return rules

    def write(self, vals):
        self.pricelist_id._check_draft()
        result = super().write(vals)
        self.pricelist_id._check_draft()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_approved(self):
        self.pricelist_id._check_draft()

    # === BUSINESS === #

    def _get_code(self):
        """The code of the step this rule makes; see :mod:`..tools.pricing`."""
        self.ensure_one()
        if self.method == "percent":
            return f"percent_{self.percent_of}"
        if self.method == "per_floor" and self.floor_unit != "amount":
            return f"per_floor_{self.floor_unit}"
        return self.method

    def _to_rule(self):
        """The rule as the pure tool takes it."""
        self.ensure_one()
        return Rule(
            name=self.name,
            kind=self.kind,
            method=self.method,
            value=Decimal(f"{self.value:.{VALUE_DIGITS[1]}f}").normalize() + 0,
            percent_of=self.percent_of,
            floor_unit=self.floor_unit,
            buildings=frozenset(self.building_ids.ids),
            unit_types=frozenset(self.unit_type_ids.ids),
            unit_kind=self.unit_kind or None,
            floor_from=floor_key(self.floor_from) if self.floor_from else None,
            floor_to=floor_key(self.floor_to) if self.floor_to else None,
            view=(self.view or "").strip(),
            is_corner=self.is_corner,
            key=self.id,
        )
