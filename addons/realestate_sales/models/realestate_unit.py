from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, float_compare

from ..tools.floor import NO_FLOOR, floor_key
from .realestate_unit_type import UNIT_KINDS

UNIT_STATES = [
    ("unreleased", "Not Released"),
    ("available", "Available"),
    ("held", "Held"),
    ("reserved", "Reserved"),
    ("contracted", "Contracted"),
    ("handed_over", "Handed Over"),
]
STATE_BY_CLAIM = {
    "hold": "held",
    "reservation": "reserved",
    "contract": "contracted",
}


class RealestateUnit(models.Model):
    """What is sold. Its state is never written: it follows from the live claim."""

    _name = "realestate.unit"
    _description = "Unit"
    _inherit = ["realestate.facts.mixin", "mail.thread"]
    _order = "building_id, floor_sequence, number, id"
    _rec_names_search = ["name", "number"]

    _fact_fields = frozenset({"date_handover", "date_last_claim"})

    name = fields.Char(
        compute="_compute_name", store=True, precompute=True, index="trigram"
    )
    number = fields.Char(required=True)
    active = fields.Boolean(default=True)
    building_id = fields.Many2one(
        "realestate.building", required=True, index=True, ondelete="restrict"
    )
    project_id = fields.Many2one(
        related="building_id.project_id", store=True, index=True
    )
    company_id = fields.Many2one(
        related="project_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="project_id.currency_id", store=True)
    floor = fields.Char(
        help="As on the door: B2, LG, 12A. A villa or a plot stands on none."
    )
    floor_sequence = fields.Integer(
        compute="_compute_floor_sequence",
        store=True,
        precompute=True,
        aggregator=None,
    )
    unit_type_id = fields.Many2one("realestate.unit.type", index=True)
    kind = fields.Selection(
        UNIT_KINDS,
        compute="_compute_kind",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    view = fields.Char()

    # Areas in square metres.
    area_predicted = fields.Float(digits=(12, 2), tracking=True)
    area_measured = fields.Float(digits=(12, 2), tracking=True)
    area = fields.Float(
        compute="_compute_area", store=True, precompute=True, digits=(12, 2)
    )

    # Prices in the project's currency.
    price_list = fields.Monetary(string="List Price", tracking=True)
    price_floor = fields.Monetary(
        string="Floor Price", help="Nobody sells below it without approval."
    )

    is_released = fields.Boolean(string="Released", readonly=True, copy=False)
    date_handover = fields.Date(string="Handed over on", readonly=True, copy=False)
    date_last_claim = fields.Datetime(
        readonly=True,
        copy=False,
        help="Written by every claim, so that a price change running at the same time "
        "meets it and is tried again.",
    )
    claim_ids = fields.One2many("realestate.unit.claim", "unit_id", copy=False)
    live_claim_id = fields.Many2one(
        "realestate.unit.claim", compute="_compute_live_claim_id"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Buyer",
        compute="_compute_partner_id",
        groups="realestate_sales.group_agent",
    )
    claim_user_id = fields.Many2one(
        "res.users", string="Claimed by", compute="_compute_live_claim_id"
    )
    claim_expires_at = fields.Datetime(
        string="Claimed until", compute="_compute_live_claim_id"
    )
    state = fields.Selection(
        UNIT_STATES, compute="_compute_state", search="_search_state"
    )

    _number_unique = models.Constraint(
        "UNIQUE (building_id, number)",
        "This building already has a unit of this number.",
    )
    _areas_positive = models.Constraint(
        "CHECK (area_predicted >= 0 AND area_measured >= 0)",
        "An area cannot be negative.",
    )
    _prices_positive = models.Constraint(
        "CHECK (price_list >= 0 AND price_floor >= 0)", "A price cannot be negative."
    )

    @api.depends("number", "building_id.code")
    def _compute_name(self):
        for unit in self:
            parts = filter(None, (unit.building_id.code, unit.number))
            unit.name = "-".join(parts)

    @api.depends("floor")
    def _compute_floor_sequence(self):
        for unit in self:
            try:
                unit.floor_sequence = floor_key(unit.floor) if unit.floor else NO_FLOOR
            except ValueError:
                # Refused by _check_floor; a compute must not raise.
                unit.floor_sequence = NO_FLOOR

    @api.depends("unit_type_id")
    def _compute_kind(self):
        for unit in self:
            unit.kind = unit.unit_type_id.kind or unit.kind or "home"

    @api.depends("area_predicted", "area_measured")
    def _compute_area(self):
        for unit in self:
            unit.area = unit.area_measured or unit.area_predicted

    @api.depends("claim_ids.live", "claim_ids.expires_at", "claim_ids.kind")
    def _compute_live_claim_id(self):
        # Who holds a unit is nobody's secret inside the company: see
        # _compute_partner_id for what is.
        claims = (
            self.env["realestate.unit.claim"]
            .sudo()
            .search(self._get_live_claim_domain() & Domain("unit_id", "in", self.ids))
        )
        by_unit = {claim.unit_id.id: claim for claim in claims}
        for unit in self:
            claim = by_unit.get(unit._origin.id, claims.browse())
            unit.live_claim_id = claim
            unit.claim_user_id = claim.user_id
            unit.claim_expires_at = claim.expires_at

    @api.depends("live_claim_id")
    @api.depends_context("uid")
    def _compute_partner_id(self):
        """Tell the buyer to those who may see the claim."""
        claims = self.live_claim_id._filtered_access("read")
        for unit in self:
            unit.partner_id = (unit.live_claim_id & claims).partner_id

    @api.depends("live_claim_id", "is_released", "date_handover")
    def _compute_state(self):
        for unit in self:
            claim = unit.live_claim_id.sudo()
            if claim:
                handed_over = claim.kind == "contract" and unit.date_handover
                unit.state = (
                    "handed_over" if handed_over else STATE_BY_CLAIM[claim.kind]
                )
            else:
                unit.state = "available" if unit.is_released else "unreleased"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        live = self._get_live_claim_domain()
        free = ~Domain("claim_ids", "any!", live)
        contracted = Domain("claim_ids", "any!", live & Domain("kind", "=", "contract"))
        handed_over = Domain("date_handover", "!=", False)
        cases = {
            "unreleased": free & Domain("is_released", "=", False),
            "available": free & Domain("is_released", "=", True),
            "held": Domain("claim_ids", "any!", live & Domain("kind", "=", "hold")),
            "reserved": Domain(
                "claim_ids", "any!", live & Domain("kind", "=", "reservation")
            ),
            "contracted": contracted & ~handed_over,
            "handed_over": contracted & handed_over,
        }
        return Domain.OR(cases[state] for state in value if state in cases)

    def _field_to_sql(self, alias, field_expr, query=None):
        """Let lists group by the state although no column holds it."""
        if field_expr != "state":
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields["state"], "read")
        return SQL(
            """COALESCE(
                (SELECT CASE claim.kind
                        WHEN 'hold' THEN 'held'
                        WHEN 'reservation' THEN 'reserved'
                        WHEN 'contract' THEN CASE
                            WHEN %(handover)s IS NULL THEN 'contracted'
                            ELSE 'handed_over' END
                        END
                   FROM realestate_unit_claim claim
                  WHERE claim.unit_id = %(unit)s AND claim.live
                    AND (claim.expires_at IS NULL OR claim.expires_at > %(now)s)),
                CASE WHEN %(released)s THEN 'available' ELSE 'unreleased' END)""",
            unit=SQL.identifier(alias, "id"),
            handover=SQL.identifier(
                alias, "date_handover", to_flush=self._fields["date_handover"]
            ),
            released=SQL.identifier(
                alias, "is_released", to_flush=self._fields["is_released"]
            ),
            now=fields.Datetime.now(),
        )

    @api.constrains("floor")
    def _check_floor(self):
        for unit in self.filtered("floor"):
            try:
                floor_key(unit.floor)
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "Unit %(unit)s: the floor “%(floor)s” cannot be put in order. "
                        "Write it as a number, or as B2, LG, G, M, 12A, PH.",
                        unit=unit.name,
                        floor=unit.floor,
                    )
                ) from error

    @api.constrains("price_list", "price_floor")
    def _check_floor_price(self):
        for unit in self:
            if (
                unit.price_list
                and unit.currency_id.compare_amounts(unit.price_floor, unit.price_list)
                > 0
            ):
                raise ValidationError(
                    self.env._(
                        "Unit %(unit)s: the floor price is above the list price. Lower "
                        "the one or raise the other.",
                        unit=unit.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_claimed(self):
        for unit in self.filtered(lambda u: u.sudo().claim_ids):
            raise UserError(
                self.env._(
                    "Unit %(unit)s has been held, reserved or sold: archive it "
                    "instead.",
                    unit=unit.name,
                )
            )

    def write(self, vals):
        if "active" in vals and not vals["active"]:
            self._check_unclaimed(self.env._("archived"))
        if "building_id" in vals:
            self._check_unclaimed(self.env._("moved to another building"))
        if {"price_list", "price_floor"} & vals.keys():
            self._check_repriceable(vals)
        return super().write(vals)

    def _check_unclaimed(self, what):
        for unit in self.filtered("live_claim_id"):
            raise UserError(
                self.env._(
                    "Unit %(unit)s is %(state)s and cannot be %(what)s. Release the "
                    "claim first.",
                    unit=unit.name,
                    state=unit._state_label(),
                    what=what,
                )
            )

    def _check_repriceable(self, vals):
        for unit in self.filtered("live_claim_id"):
            if any(
                float_compare(
                    vals[field],
                    unit[field],
                    precision_rounding=unit.currency_id.rounding,
                )
                for field in ("price_list", "price_floor")
                if field in vals
            ):
                unit._check_unclaimed(self.env._("repriced"))

    # === BUSINESS === #

    def _state_label(self):
        self.ensure_one()
        return dict(self._fields["state"]._description_selection(self.env))[self.state]

    @api.model
    def _get_live_claim_domain(self):
        """Claims that keep a unit from others now, whether or not a job has run."""
        return Domain("live", "=", True) & (
            Domain("expires_at", "=", False)
            | Domain("expires_at", ">", fields.Datetime.now())
        )
