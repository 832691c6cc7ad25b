from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .realestate_dunning_hold import HOLD_KINDS

OFFICERS = "realestate_collection.group_officer"


class RealestateContract(models.Model):
    """What keeps the buyer of a contract from being dunned."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    dunning_hold_ids = fields.One2many(
        "realestate.dunning.hold", "contract_id", string="Holds", groups=OFFICERS
    )
    is_dunning_held = fields.Boolean(
        string="Dunning Held",
        compute="_compute_dunning_held",
        search="_search_is_dunning_held",
        groups=OFFICERS,
    )
    dunning_held_text = fields.Char(
        string="Why Dunning is Held", compute="_compute_dunning_held", groups=OFFICERS
    )

    def _compute_dunning_held(self):
        holds = self.env["realestate.dunning.hold"].search(
            Domain("contract_id", "in", self.ids) & Domain("is_live", "=", True)
        )
        by_contract = holds.grouped("contract_id")
        for contract in self:
            live = by_contract.get(contract, holds.browse())
            contract.is_dunning_held = bool(live)
            contract.dunning_held_text = live._get_text()

    def _search_is_dunning_held(self, operator, value):
        if operator != "in":
            return NotImplemented
        held = Domain("dunning_hold_ids", "any", [("is_live", "=", True)])
        return held if True in value else ~held

    # === BUSINESS === #

    def _hold_dunning(
        self,
        kind,
        reason,
        date_to=None,
        origin=None,
        date_from=None,
        with_reminders=None,
    ):
        """Send these buyers nothing about what is late until ``date_to``.

        The same origin twice is the same hold, updated: its reason, kind and end, not
        its beginning. The rights are the caller's to check.

        :param kind: stop, promise, dispute, arrangement or legal
        :param reason: text that staff read in "why not dunned"; required
        :param date_to: the last day held; none: until somebody ends it
        :param origin: the record it comes from, at most one per contract and hold
        :param date_from: the first day held, default today
        :param with_reminders: hold reminders before the due day too; default for stop
        :return: `realestate.dunning.hold`, one per contract, in their order
        """
        self._check_hold(kind, reason)
        if with_reminders is None:
            with_reminders = kind == "stop"
        holds = self.env["realestate.dunning.hold"]
        values = {
            "kind": kind,
            "reason": reason.strip(),
            "date_to": date_to or False,
            "with_reminders": kind == "stop"
            if with_reminders is None
            else with_reminders,
        }
        for contract in self:
            # Holds are written by nobody's hand: this method is the door.
            holds |= contract.sudo()._hold_one(values, origin, date_from)
        return holds.with_env(self.env)

    def _hold_one(self, values, origin, date_from):
        self.ensure_one()
        today = self.company_id._realestate_today()
        hold = self._get_hold_of(origin, today)
        if hold:
            hold._write_facts(**values)
            return hold
        return hold.create(
            {
                **values,
                "contract_id": self.id,
                "date_from": date_from or today,
                "date_made": today,
                "user_id": self.env.uid,
                "res_model": origin._name if origin else False,
                "res_id": origin.id if origin else False,
            }
        )

    def _get_hold_of(self, origin, today):
        """The hold of ``origin`` that is not over; what is over stays history."""
        holds = self.env["realestate.dunning.hold"]
        if not origin:
            return holds
        hold = holds.search(
            [
                ("contract_id", "=", self.id),
                ("res_model", "=", origin._name),
                ("res_id", "=", origin.id),
                ("date_ended", "=", False),
            ]
        )
        if hold.date_to and hold.date_to < today:
            hold._end()
            # The database allows one that is not over per origin.
            hold.flush_recordset()
            return holds
        return hold

    def _check_hold(self, kind, reason):
        if kind not in dict(HOLD_KINDS):
            raise UserError(
                self.env._(
                    "A hold of the dunning is of the kind stop, promise, dispute, "
                    "arrangement or legal, not “%(kind)s”.",
                    kind=kind,
                )
            )
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(
                self.env._(
                    "Say why the dunning is held: everybody who asks why nothing was "
                    "sent reads it."
                )
            )
