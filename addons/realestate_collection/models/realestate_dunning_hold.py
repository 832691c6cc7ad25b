from datetime import date, timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.hold import Hold

HOLD_KINDS = [
    ("stop", "Stopped"),
    ("promise", "Promise"),
    ("dispute", "Dispute"),
    ("arrangement", "Arrangement"),
    ("legal", "Legal"),
]


class RealestateDunningHold(models.Model):
    """A time in which a buyer is not dunned, with its reason.

    Made by :meth:`realestate.contract._hold_dunning` and ended by :meth:`_end`, by
    nobody's hand; kept, so that "why was nothing sent" has an answer years later.
    """

    _name = "realestate.dunning.hold"
    _description = "Dunning Hold"
    _inherit = ["realestate.facts.mixin"]
    _order = "date_from desc, id desc"
    _rec_name = "reason"
    _check_company_auto = True

    _fact_fields = frozenset({"date_ended", "user_ended_id", "reason_ended"})

    contract_id = fields.Many2one(
        "realestate.contract",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="contract_id.company_id", store=True, index=True
    )
    project_id = fields.Many2one(
        related="contract_id.project_id", store=True, index=True
    )
    partner_id = fields.Many2one(
        related="contract_id.partner_id", string="Buyer", store=True, index=True
    )
    kind = fields.Selection(HOLD_KINDS, required=True, readonly=True)
    reason = fields.Char(required=True, readonly=True)
    date_from = fields.Date(string="From", required=True, readonly=True)
    date_to = fields.Date(
        string="Until", readonly=True, help="The last day held; empty: no end is set."
    )
    date_made = fields.Date(
        string="Entered on",
        readonly=True,
        help="Decisions of earlier days did not know of it.",
    )
    with_reminders = fields.Boolean(
        string="Reminders Too",
        readonly=True,
        help="Reminders before the due day are held as well.",
    )
    user_id = fields.Many2one("res.users", string="Held by", readonly=True)
    res_model = fields.Char(string="Origin Model", readonly=True)
    res_id = fields.Many2oneReference(
        string="Origin", model_field="res_model", readonly=True
    )
    is_live = fields.Boolean(
        string="Holding", compute="_compute_is_live", search="_search_is_live"
    )

    # How it ended before its time.
    date_ended = fields.Date(
        string="Went On", readonly=True, help="The day from which dunning went on."
    )
    user_ended_id = fields.Many2one("res.users", string="Ended by", readonly=True)
    reason_ended = fields.Char(string="Ended Because", readonly=True)

    _dates_in_order = models.Constraint(
        "CHECK (date_to >= date_from - 1)", "A hold ends no earlier than it begins."
    )
    # The same origin twice is the same hold, whoever comes first.
    _one_per_origin = models.UniqueIndex(
        "(contract_id, res_model, res_id)"
        " WHERE date_ended IS NULL AND res_id IS NOT NULL",
        "This contract is held for the same reason already: read it again.",
    )

    @api.depends("date_from", "date_to")
    def _compute_is_live(self):
        days = {
            # Facts that follow from what the caller may do; nobody writes them.
            company: company._realestate_today()
            for company in self.sudo().company_id
        }
        for hold in self:
            # Whose calendar it is, whoever reads the hold.
            today = days.get(hold.sudo().company_id) or fields.Date.context_today(self)
            hold.is_live = hold._covers(today)

    def _search_is_live(self, operator, value):
        if operator != "in":
            return NotImplemented
        # Whoever searches holds need not read every company; they are few.
        companies = self.env["res.company"].sudo().search([("id", "!=", False)])
        live = Domain.OR(
            Domain("company_id", "=", company.id)
            & self._get_day_domain(company._realestate_today())
            for company in companies
        )
        return live if True in value else ~live

    # === ACTIONS === #

    def action_open_contract(self):
        """Open the contract that is held."""
        self.ensure_one()
        return self.contract_id.get_formview_action()

    def action_open_origin(self):
        """Open what the hold came from: the promise, the dispute, the arrangement."""
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id).get_formview_action()

    # === BUSINESS === #

    @api.model
    def _get_day_domain(self, day):
        """The holds of which ``day`` is a day."""
        until = Domain("date_to", "=", False) | Domain("date_to", ">=", day)
        return Domain("date_from", "<=", day) & until

    def _covers(self, day):
        self.ensure_one()
        begun = self.date_from and self.date_from <= day
        return bool(begun and (not self.date_to or day <= self.date_to))

    def _get_text(self):
        """Why these hold, as sentences: the longest first; False where none does."""
        decisions = self.env["realestate.dunning.decision"]
        longest_first = self.sorted(lambda hold: hold.date_to or date.max, reverse=True)
        texts = (
            decisions._explain("held", hold._to_hold().params, None)
            for hold in longest_first
        )
        return " ".join(texts) or False

    def _to_hold(self):
        """This hold as the pure decision takes it."""
        self.ensure_one()
        return Hold(
            self.kind,
            self.date_from,
            self.date_to or None,
            self.reason,
            self.with_reminders,
        )

    def _end(self, day=None, reason=None):
        """Let the dunning go on from ``day``, today where none is given; the days
        before stay held. A hold that is over stays as it is.

        :param reason: text kept with the hold
        :return: the holds that ended by this
        """
        ended = self.browse()
        # Holds are written by nobody's hand: this method is the door.
        for hold in self.sudo().filtered(lambda hold: not hold.date_ended):
            goes_on = day or hold.company_id._realestate_today()
            if not hold.date_to or hold.date_to >= goes_on:
                ended |= hold
                last = max(goes_on, hold.date_from) - timedelta(days=1)
                hold._write_facts(date_to=last)
            hold._write_facts(
                date_ended=hold.date_to + timedelta(days=1),
                user_ended_id=self.env.uid,
                reason_ended=reason or False,
            )
        return ended.with_env(self.env)
