import json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import risk
from .case_messages import RISKS

NEXT_ACTIONS = [
    ("call", "Call"),
    ("visit", "Visit"),
    ("write", "Write"),
    ("answer", "Answer"),
    ("money", "Look for the money"),
    ("escalate", "Hand over"),
]
STAGES = [
    ("new", "New"),
    ("working", "In Work"),
    ("promised", "Promised"),
    ("disputed", "Disputed"),
    ("arranged", "Arranged"),
    ("escalated", "Escalated"),
    ("legal", "Legal"),
]


class RealestateCollectionCase(models.Model):
    """A contract that is late enough for somebody to own it.

    Opened by rule, closed by money; every figure follows from facts and is written by
    :mod:`.realestate_collection_case_refresh` alone. People decide who owns it and
    what comes next.
    """

    _name = "realestate.collection.case"
    _description = "Collection Case"
    _inherit = ["realestate.state.mixin"]
    _order = "date_next, risk desc, id"
    _rec_names_search = ["contract_id.name", "partner_id.name"]
    _check_company_auto = True

    _state_moves = {"open": set(), "closed": {"open"}}
    # What people write; all else is a fact.
    _free_fields = frozenset({"date_next", "next_action"})

    contract_id = fields.Many2one(
        "realestate.contract",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        "res.partner", string="Buyer", readonly=True, index=True, ondelete="restrict"
    )
    project_id = fields.Many2one(
        "realestate.project", readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    team_id = fields.Many2one(
        "realestate.collection.team",
        readonly=True,
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    user_id = fields.Many2one(
        "res.users", string="Owner", readonly=True, index=True, check_company=True
    )

    # Facts.
    state = fields.Selection(
        [("open", "Open"), ("closed", "Ended")],
        default="open",
        required=True,
        readonly=True,
        index=True,
    )
    stage = fields.Selection(
        STAGES, default="new", required=True, readonly=True, group_expand=True
    )
    amount_overdue = fields.Monetary(
        string="Overdue",
        readonly=True,
        aggregator=None,
        help="Instalments past their day, less the buyer's credit and what a bank is "
        "still to pay.",
    )
    amount_open = fields.Monetary(
        string="Open",
        readonly=True,
        aggregator=None,
        help="Everything invoiced and not paid, fees included, less credit.",
    )
    item_count = fields.Integer(string="Instalments Overdue", readonly=True)
    date_oldest = fields.Date(string="Overdue Since", readonly=True)
    days_late = fields.Integer(readonly=True, aggregator="max")
    risk = fields.Integer(readonly=True, aggregator="avg")
    risk_band = fields.Selection(
        [("low", "Low"), ("medium", "Medium"), ("high", "High")],
        string="Risk Class",
        readonly=True,
    )
    risk_factors = fields.Char(readonly=True)
    risk_explanation = fields.Text(
        string="Why this Risk", compute="_compute_risk_explanation"
    )
    date_refreshed = fields.Date(readonly=True)
    is_manual = fields.Boolean(
        string="Opened by Hand",
        readonly=True,
        help="Stays open until money settles what becomes overdue, or until it is "
        "closed by hand.",
    )
    open_reason = fields.Char(readonly=True)
    close_reason = fields.Char(readonly=True)
    date_opened = fields.Date(required=True, readonly=True)
    date_closed = fields.Date(readonly=True)

    # Work.
    next_action = fields.Selection(NEXT_ACTIONS)
    date_next = fields.Date(string="Next Action On")
    date_last_contact = fields.Datetime(string="Last Contact", readonly=True)
    has_reply = fields.Boolean(
        string="Unanswered Reply",
        readonly=True,
        help="The buyer has written and nobody has answered yet.",
    )
    escalation = fields.Integer(string="Escalation Level", readonly=True)
    event_ids = fields.One2many("realestate.collection.event", "case_id")
    promise_ids = fields.One2many("realestate.promise", "case_id")
    dispute_ids = fields.One2many("realestate.dispute", "case_id")

    # Two who open a case at once meet this.
    _one_open = models.UniqueIndex(
        "(contract_id) WHERE state = 'open'",
        "This contract has an open case already.",
    )
    # The queue of an officer, and of everybody.
    _queue_of_user = models.Index(
        "(user_id, date_next, risk DESC, id) WHERE state = 'open'"
    )
    _queue = models.Index("(company_id, date_next, risk DESC, id) WHERE state = 'open'")

    @api.model
    def _get_fact_fields(self):
        stored = {
            name
            for name, field in self._fields.items()
            if field.store and field.type != "one2many"
        }
        free = self._free_fields | set(models.MAGIC_COLUMNS)
        return super()._get_fact_fields() | (stored - free)

    @api.depends("contract_id.name")
    def _compute_display_name(self):
        for case in self:
            case.display_name = case.contract_id.name or self.env._("Case")

    @api.depends("risk_factors", "risk")
    @api.depends_context("lang")
    def _compute_risk_explanation(self):
        for case in self:
            lines = []
            for code, points, value in json.loads(case.risk_factors or "[]"):
                text = str(RISKS[code]) % {"value": value}
                lines.append(f"+{points}  {text}")
            case.risk_explanation = "\n".join(lines)

    # === ACTIONS === #

    def action_assign(self, user):
        """Hand the cases, and the activities of their contracts to come, to ``user``
        (a record or an id). For collection managers and leaders of the cases' teams.

        :return: True
        """
        user = self.contract_id._read_record("res.users", user)
        self._check_may_lead()
        self._check_assignee(user)
        # Whoever may lead the team owns no contract.
        cases = self.sudo().filtered(lambda case: case.user_id != user)
        cases._write_facts(user_id=user.id)
        cases.contract_id.collector_id = user
        for case in cases:
            case._log("note", note=self.env._("Handed to %(user)s", user=user.name))
        return True

    def action_close(self, reason):
        """Close cases that nothing is overdue on any more, or that were opened by hand.

        :param reason: text, required
        """
        reason = str(reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why the case is closed."))
        self._check_may_work()
        for case in self.filtered(lambda case: case.state == "open"):
            if case.amount_overdue:
                raise UserError(
                    self.env._(
                        "Case %(case)s: %(amount)s is overdue. It closes by itself "
                        "when that is paid.",
                        case=case.display_name,
                        amount=case.currency_id.format(case.amount_overdue),
                    )
                )
        # The right was checked; facts are written by nobody's hand.
        self.sudo()._set_closed(reason)
        return True

    def action_open_contract(self):
        """Open the contract of this case."""
        self.ensure_one()
        return self.contract_id._get_records_action()

    # === BUSINESS === #

    def _get_leader(self):
        """Who leads the team of this case; nobody where it has none."""
        return self.team_id.user_id

    def _check_may_work(self):
        """Officers work on the cases they see."""
        self.check_access("read")
        self.env["realestate.contract"]._check_may_log()

    def _check_may_lead(self):
        self._check_may_work()
        user = self.env.user
        if self.env.su or user.has_group("realestate_collection.group_manager"):
            return
        if any(case.team_id.user_id != user for case in self):
            raise AccessError(
                self.env._(
                    "Only collection managers and the leader of its team hand a case "
                    "to somebody else."
                )
            )

    def _check_assignee(self, user):
        """Who gets a case must be able to see it."""
        # Names and companies of people and banks, for who sees the record.
        is_officer = user and user.sudo().has_group(
            "realestate_collection.group_officer"
        )
        for case in self:
            # Names and companies of people and banks, for who sees the record.
            if not is_officer or case.company_id not in user.sudo().company_ids:
                raise UserError(
                    self.env._(
                        "Case %(case)s: %(user)s is no collection officer of "
                        "%(company)s. Choose somebody who is.",
                        case=case.display_name,
                        user=user.name or self.env._("nobody"),
                        company=case.company_id.name,
                    )
                )

    def _log(self, kind, **values):
        """Note something that happened on these cases; returns the events."""
        return self.env["realestate.collection.event"]._record(
            [
                {
                    "case_id": case.id,
                    "contract_id": case.contract_id.id,
                    "kind": kind,
                    **values,
                }
                for case in self
            ]
        )

    def _set_closed(self, reason):
        """Close what is open; the reason is kept as it was at that time."""
        for company, cases in self.grouped("company_id").items():
            cases._update_state(
                "closed",
                close_reason=reason,
                date_closed=company._realestate_today(),
                has_reply=False,
                next_action=False,
                date_next=False,
            )

    @api.model
    def _rate(self, facts):
        """Columns of a case's risk from :class:`..tools.risk.RiskFacts`."""
        result = risk.assess(facts)
        factors = [(each.code, each.points, each.value) for each in result.factors]
        return result.score, risk.band(result.score), json.dumps(factors)
