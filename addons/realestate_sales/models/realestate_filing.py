from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from .realestate_filing_rule import FILING_KINDS

#: What waits for us, and what therefore can be late.
OURS = ("open", "prepared", "rejected")
#: What a filing is of stays once it has left the house.
TERM_FIELDS = {"kind", "contract_id", "filed_id", "date_event", "origin", "what"}
CHANGES = [
    ("buyer", "Buyers"),
    ("unit", "Unit"),
    ("price", "Price"),
    ("area", "Area"),
    ("plan", "Payment Plan"),
    ("other", "Something Else"),
]


class RealestateFiling(models.Model):
    """What the authority is told of a contract: that it was made, changed or ended."""

    _name = "realestate.filing"
    _description = "Filing"
    _inherit = ["realestate.state.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_due, id"
    _check_company_auto = True
    _rec_names_search = ["name", "number", "contract_id"]

    _fact_fields = frozenset(
        {"name", "number", "date_prepared", "date_submitted", "date_accepted"}
        | {"date_rejected", "reject_reason", "cancel_reason"}
    )
    _state_moves = {
        "open": set(),
        "prepared": {"open", "rejected"},
        "submitted": {"prepared"},
        "accepted": {"submitted"},
        "rejected": {"submitted"},
        "cancelled": {"open", "prepared", "rejected"},
    }

    name = fields.Char(
        string="Reference", readonly=True, copy=False, default="/", index="trigram"
    )
    kind = fields.Selection(
        FILING_KINDS, string="Filing of", required=True, default="contract"
    )
    contract_id = fields.Many2one(
        "realestate.contract",
        required=True,
        index=True,
        ondelete="restrict",
    )
    project_id = fields.Many2one(
        related="contract_id.project_id", store=True, index=True
    )
    company_id = fields.Many2one(
        related="contract_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="contract_id.currency_id")
    partner_id = fields.Many2one(related="contract_id.partner_id", string="Main Buyer")
    unit_names = fields.Char(related="contract_id.unit_names")
    user_id = fields.Many2one(
        "res.users",
        string="Filing Officer",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        compute="_compute_user_id",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        index=True,
    )

    # What changed.
    filed_id = fields.Many2one(
        "realestate.filing",
        string="Filed before",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('contract_id', '=', contract_id), ('kind', '=', 'contract'),"
        " ('state', '=', 'accepted')]",
        help="The filing that this one changes or ends.",
    )
    what = fields.Selection(CHANGES, string="What Changed")
    origin = fields.Reference(
        selection="_selection_origin",
        string="Because of",
        help="The record that changed or ended the contract.",
    )
    change_note = fields.Text(string="Change in Words")
    change_ids = fields.One2many(
        "realestate.filing", "filed_id", string="Changes and Termination"
    )

    # The law.
    rule_id = fields.Many2one(
        "realestate.filing.rule",
        compute="_compute_rule_id",
        store=True,
        precompute=True,
    )
    source = fields.Char(string="Legal Source", related="rule_id.source")
    authority_id = fields.Many2one(related="rule_id.authority_id")
    date_event = fields.Date(
        string="Counted from",
        compute="_compute_date_event",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    date_due = fields.Date(
        string="File by",
        compute="_compute_date_due",
        store=True,
        precompute=True,
        index=True,
    )
    date_remind = fields.Date(compute="_compute_date_due", store=True, precompute=True)
    is_overdue = fields.Boolean(
        string="Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )
    is_due_soon = fields.Boolean(
        string="Due Soon", compute="_compute_is_overdue", search="_search_is_due_soon"
    )
    was_late = fields.Boolean(
        string="Filed Late", compute="_compute_was_late", store=True
    )

    # What happened.
    state = fields.Selection(
        [
            ("open", "To Prepare"),
            ("prepared", "Prepared"),
            ("submitted", "Submitted"),
            ("rejected", "Rejected"),
            ("accepted", "Accepted"),
            ("cancelled", "Cancelled"),
        ],
        default="open",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    number = fields.Char(
        string="Filing Number",
        readonly=True,
        copy=False,
        tracking=True,
        index="trigram",
        help="The number that the authority gave.",
    )
    date_prepared = fields.Date(string="Prepared on", readonly=True, copy=False)
    date_submitted = fields.Date(string="Submitted on", readonly=True, copy=False)
    date_accepted = fields.Date(string="Accepted on", readonly=True, copy=False)
    date_rejected = fields.Date(string="Rejected on", readonly=True, copy=False)
    reject_reason = fields.Text(string="Rejected because", readonly=True, copy=False)
    cancel_reason = fields.Text(string="Cancelled because", readonly=True, copy=False)
    is_ended = fields.Boolean(string="Terminated", compute="_compute_is_ended")
    note = fields.Text()

    _one_of_contract = models.UniqueIndex(
        "(contract_id) WHERE kind = 'contract' AND state != 'cancelled'",
        "The contract has a filing already: file a change of it.",
    )
    _one_end = models.UniqueIndex(
        "(filed_id) WHERE kind = 'termination' AND state != 'cancelled'",
        "This filing is being terminated already.",
    )
    _number_unique = models.UniqueIndex(
        "(company_id, number) WHERE kind = 'contract' AND state != 'cancelled'"
        " AND number IS NOT NULL",
        "Another contract is filed under this number.",
    )

    @api.model
    def _selection_origin(self):
        """Models whose records change or end a contract; later ones add theirs."""
        return [("realestate.contract", self.env._("Contract"))]

    # === COMPUTES === #

    @api.depends("contract_id")
    def _compute_user_id(self):
        for filing in self:
            filing.user_id = filing.user_id or filing.project_id.filing_user_id

    @api.depends("contract_id", "kind")
    def _compute_date_event(self):
        for filing in self:
            if filing.kind == "contract":
                filing.date_event = filing.contract_id._get_filing_event()
            else:
                filing.date_event = filing.date_event or fields.Date.context_today(self)

    @api.depends("contract_id", "kind", "date_event")
    def _compute_rule_id(self):
        rules = self.env["realestate.filing.rule"]
        for filing in self:
            day = filing.date_event or fields.Date.context_today(self)
            filing.rule_id = rules._get_rule(filing.project_id, filing.kind, day)

    @api.depends("rule_id", "date_event")
    def _compute_date_due(self):
        for filing in self:
            # Who opens a filing need not read the rule.
            rule = filing.rule_id.sudo()
            due = rule._get_deadline(filing.date_event)
            filing.date_due = due
            filing.date_remind = due and due - timedelta(days=rule.remind_days)

    @api.depends("state", "date_due", "date_remind")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for filing in self:
            due = filing.date_due if filing.state in OURS else False
            filing.is_overdue = bool(due and due < today)
            filing.is_due_soon = bool(due and filing.date_remind <= today <= due)

    @api.model
    def _search_is_overdue(self, operator, value):
        late = Domain("date_due", "<", fields.Date.context_today(self))
        return self._search_ours(late, operator, value)

    @api.model
    def _search_is_due_soon(self, operator, value):
        today = fields.Date.context_today(self)
        soon = Domain("date_remind", "<=", today) & Domain("date_due", ">=", today)
        return self._search_ours(soon, operator, value)

    @api.model
    def _search_ours(self, domain, operator, value):
        if operator != "in":
            return NotImplemented
        domain &= Domain("state", "in", OURS)
        return Domain.OR(domain if wanted else ~domain for wanted in value)

    @api.depends("date_submitted", "date_due")
    def _compute_was_late(self):
        for filing in self:
            due, sent = filing.date_due, filing.date_submitted
            filing.was_late = bool(due and sent and sent > due)

    @api.depends("change_ids.kind", "change_ids.state")
    def _compute_is_ended(self):
        for filing in self:
            filing.is_ended = any(
                one.kind == "termination" and one.state == "accepted"
                for one in filing.change_ids
            )

    # === CHECKS === #

    @api.constrains("kind", "filed_id", "contract_id", "origin")
    def _check_tied(self):
        # What is checked may be more than the writer reads.
        for filing in self.sudo():
            problem = filing._get_tie_problem()
            if problem:
                raise ValidationError(
                    self.env._(
                        "%(filing)s: %(problem)s",
                        filing=filing.display_name,
                        problem=problem,
                    )
                )

    def _get_tie_problem(self):
        """Why the filing cannot be of what it says, as a sentence; False if it can."""
        filed = self.filed_id
        if self.kind == "contract":
            return filed and self.env._("The filing of a contract changes no other.")
        if not filed:
            return self.env._(
                "Say which filing of the contract is changed or ended (“Filed before”)."
            )
        if filed.contract_id != self.contract_id or filed.kind != "contract":
            return self.env._(
                "“Filed before” has to be the filing of contract %(contract)s.",
                contract=self.contract_id.name,
            )
        if filed.state != "accepted":
            return self.env._(
                "%(filing)s is not accepted yet: there is nothing to change.",
                filing=filed.name,
            )
        origin = self.origin
        if origin and origin._name == "realestate.contract":
            other = origin != self.contract_id
            return other and self.env._("“Because of” is another contract.")
        return False

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        # One that was cancelled makes room for the next.
        self.flush_model(["state"])
        filings = super().create(vals_list)
        for filing in filings:
            # Numbers are drawn for people who may not see sequences.
            numbers = self.env["ir.sequence"].sudo().with_company(filing.company_id)
            filing._write_facts(name=numbers.next_by_code(self._name))
            filing._log_step("open")
        return filings

    def write(self, vals):
        if TERM_FIELDS & vals.keys():
            self._check_ours(vals)
        return super().write(vals)

    def _check_ours(self, vals):
        for filing in self:
            fixed = "date_event" in vals and filing.kind == "contract"
            if fixed or filing.state not in OURS:
                raise UserError(
                    self.env._(
                        "%(filing)s: what is filed and the day it counts from stay as "
                        "they are.",
                        filing=filing.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        for filing in self:
            raise UserError(
                self.env._(
                    "%(filing)s stays with its contract: cancel it.", filing=filing.name
                )
            )
