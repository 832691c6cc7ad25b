from psycopg2.errors import DeadlockDetected, SerializationFailure, UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.fields import Domain

CLAIM_KINDS = [
    ("hold", "Hold"),
    ("reservation", "Reservation"),
    ("contract", "Contract"),
]


class ClaimCollisionError(UserError, ConcurrencyError):
    """The claim met a transaction it cannot see: another claim, or only a job or a
    price change. Called by RPC it is tried again and then knows; others get an answer.
    """


class RealestateUnitClaim(models.Model):
    """The only thing that makes a unit not free.

    The database allows one live claim per unit, whatever runs at the same time. A claim
    past its ``expires_at`` counts as ended although its row still says ``live``: the
    next claim ends it.
    """

    _name = "realestate.unit.claim"
    _description = "Unit Claim"
    _order = "id desc"
    _rec_name = "unit_id"

    unit_id = fields.Many2one(
        "realestate.unit", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="unit_id.company_id", store=True, index=True)
    kind = fields.Selection(CLAIM_KINDS, required=True)
    live = fields.Boolean(default=True)
    expires_at = fields.Datetime(help="In UTC; empty: does not expire by itself.")
    date_end = fields.Datetime()
    user_id = fields.Many2one("res.users", default=lambda self: self.env.user)
    agent_id = fields.Many2one(
        "res.users",
        index="btree_not_null",
        help="Whose buyer it is, although somebody else may draw up the papers.",
    )
    partner_id = fields.Many2one("res.partner", index="btree_not_null")
    origin = fields.Reference(
        [
            ("realestate.reservation", "Reservation"),
            ("realestate.contract", "Contract"),
            ("realestate.unit.queue", "Waiting List"),
        ]
    )

    # The promise of the suite: whatever runs at once, one live claim per unit.
    _one_live = models.UniqueIndex(
        "(unit_id) WHERE live", "This unit is already claimed."
    )
    # For the job and the search of what has run out.
    _expiring = models.Index("(expires_at) WHERE live AND expires_at IS NOT NULL")

    @api.model
    def _take(self, unit, kind, origin=None, partner=None, expires_at=None):
        """See :meth:`realestate.unit._claim`."""
        self._check_claimable(unit)
        values = {
            "unit_id": unit.id,
            "kind": kind,
            "origin": origin and f"{origin._name},{origin.id}",
            "partner_id": partner and partner.id,
            "expires_at": expires_at,
            "user_id": self.env.uid,
            "agent_id": self._get_agent(origin).id,
        }
        try:
            with self.env.cr.savepoint():
                self._make_way(unit, kind, origin)
                unit.sudo()._write_facts(date_last_claim=fields.Datetime.now())
                claim = self.create(values)
        except (UniqueViolation, SerializationFailure, DeadlockDetected) as error:
            raise ClaimCollisionError(
                self.env._(
                    "Unit %(unit)s is being claimed or changed by someone else at this "
                    "moment. Reload to see what became of it, and try again or choose "
                    "another unit.",
                    unit=unit.name,
                )
            ) from error
        unit.invalidate_recordset(["live_claim_id", "partner_id", "state"])
        if not claim._is_offer():
            self.env["realestate.unit.queue"]._accept(claim)
        return claim

    @api.model
    def _get_agent(self, origin):
        if not origin:
            return self.env.user
        if origin._name == "realestate.contract":
            origin = origin.reservation_id or origin
        return origin.user_id or self.env.user

    @api.model
    def _hand_over(self, origins):
        """Let the claims of papers follow to whose buyer it is now."""
        # Claims are written by nobody's hand: see realestate.unit._claim.
        claims = self.sudo()
        for origin in origins:
            claims.search(
                [("origin", "=", f"{origin._name},{origin.id}")]
            ).agent_id = self._get_agent(origin)

    @api.model
    def _check_claimable(self, unit):
        if not unit.active:
            raise UserError(
                self.env._(
                    "Unit %(unit)s is archived: restore it before selling it.",
                    unit=unit.name,
                )
            )
        if not unit.is_released:
            raise UserError(
                self.env._(
                    "Unit %(unit)s is not released to the market: release it first, or "
                    "choose another one.",
                    unit=unit.name,
                )
            )

    @api.model
    def _make_way(self, unit, kind, origin):
        """End what the new claim replaces; refuse when the unit is another's."""
        current = self.search([("unit_id", "=", unit.id), ("live", "=", True)])
        if current and not current._is_expired():
            if not current._yields_to(kind, origin):
                raise UserError(current._taken_message())
        elif not origin or origin._name != "realestate.unit.queue":
            self.env["realestate.unit.queue"]._check_turn(unit)
        current._end()
        current.flush_recordset()

    def _is_expired(self):
        self.ensure_one()
        return bool(self.expires_at) and self.expires_at <= fields.Datetime.now()

    @api.model
    def _get_hold_domain(self, user, company):
        """Holds that ``user`` took by themselves; an offer does not count."""
        return (
            Domain("kind", "=", "hold")
            & Domain("user_id", "=", user.id)
            & Domain("company_id", "=", company.id)
            & Domain("origin", "=", False)
        )

    def _is_offer(self):
        """Whether this is what the waiting list holds for the first in line."""
        self.ensure_one()
        return bool(self.origin) and self.origin._name == "realestate.unit.queue"

    def _yields_to(self, kind, origin):
        """Whether this claim gives way to a new one of ``kind`` by the current user."""
        self.ensure_one()
        if self.kind == "hold":
            return kind != "hold" and self.user_id == self.env.user
        if self.kind == "reservation" and kind == "contract":
            return bool(origin) and self.origin == origin.reservation_id
        return False

    def _taken_message(self):
        self.ensure_one()
        if self.expires_at:
            until = fields.Datetime.context_timestamp(self, self.expires_at)
            return self.env._(
                "Unit %(unit)s is claimed (%(kind)s by %(user)s until %(until)s). "
                "Choose "
                "another unit or ask them to release it.",
                unit=self.unit_id.name,
                kind=self._kind_label(),
                user=self.user_id.name,
                until=until.strftime("%Y-%m-%d %H:%M"),
            )
        return self.env._(
            "Unit %(unit)s is claimed (%(kind)s by %(user)s). Choose another unit.",
            unit=self.unit_id.name,
            kind=self._kind_label(),
            user=self.user_id.name,
        )

    def _kind_label(self):
        return dict(self._fields["kind"]._description_selection(self.env))[self.kind]

    def _end(self):
        """Free the units; ended claims stay as history."""
        live = self.filtered("live")
        live.write({"live": False, "date_end": fields.Datetime.now()})
        live.unit_id.invalidate_recordset(["live_claim_id", "partner_id", "state"])

    def _free(self):
        """End the claims and offer the units to those who wait for them."""
        units = self.unit_id
        self._end()
        self.env["realestate.unit.queue"]._offer(units)

    @api.autovacuum
    def _gc_expired(self):
        """Tidy up: an expired claim blocks nobody even before this runs."""
        self.search(
            [
                ("live", "=", True),
                ("expires_at", "<=", fields.Datetime.now()),
                ("kind", "=", "hold"),
            ],
            limit=1000,
        )._free()
