from odoo import api, fields, models
from odoo.fields import Command

from .realestate_debt_option import OPTION_KINDS

#: Figures that a proposal starts with, to be judged: recovery in percent, months.
STARTS = {
    "restructure": (90, 12),
    "cancel": (60, 6),
    "legal": (70, 18),
    "agency": (50, 9),
    "write_off": (0, 0),
}


class RealestateDebtProposal(models.Model):
    """What to do with a debt that may not come in: the ways are compared, one is
    proposed, approved by who may give up so much, and carried out.
    """

    _name = "realestate.debt.proposal"
    _description = "Bad-Debt Proposal"
    _inherit = ["realestate.debt.mixin"]
    _order = "id desc"

    _approval_kind = "bad_debt"
    _fact_fields = frozenset(
        {
            "arrangement_id",
            "case_id",
            "date_executed",
            "move_id",
            "package_id",
            "user_executed_id",
        }
    )
    _state_moves = {
        "draft": {"submitted", "approved"},
        "submitted": {"draft"},
        "approved": {"submitted"},
        "executed": {"approved"},
        "cancelled": {"draft", "submitted", "approved"},
    }

    case_id = fields.Many2one(
        "realestate.collection.case",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    date = fields.Date(
        string="As Of",
        required=True,
        default=lambda self: self.env.company._realestate_today(),
    )
    amount = fields.Monetary(
        string="Debt",
        compute="_compute_amount",
        store=True,
        help="Everything invoiced and open, less the buyer's credit.",
    )
    amount_overdue = fields.Monetary(
        string="Overdue", compute="_compute_amount", store=True
    )
    days_late = fields.Integer(compute="_compute_amount", store=True)
    rate = fields.Float(
        string="Discount Rate (% a year)",
        digits=(5, 2),
        required=True,
        default=lambda self: self.env.company.realestate_discount_rate,
    )
    option_ids = fields.One2many(
        "realestate.debt.option",
        "proposal_id",
        string="Ways",
        copy=True,
        default=lambda self: self._prepare_options(),
    )
    kind = fields.Selection(OPTION_KINDS, string="Proposed", tracking=True)
    best_kind = fields.Selection(
        OPTION_KINDS, string="Worth Most", compute="_compute_best_kind"
    )
    amount_given_up = fields.Monetary(
        string="To Write Off",
        compute="_compute_amount_given_up",
        store=True,
        readonly=False,
        help="The oldest first.",
    )
    loss_percent = fields.Float(
        string="Loss (%)", digits=(5, 2), compute="_compute_loss_percent"
    )
    reason = fields.Text(help="Why this way: for who approves.")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "To Approve"),
            ("approved", "Approved"),
            ("executed", "Carried Out"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )

    # What came of it.
    date_executed = fields.Date(string="Carried Out On", readonly=True, copy=False)
    user_executed_id = fields.Many2one(
        "res.users", string="Carried Out By", readonly=True, copy=False
    )
    move_id = fields.Many2one(
        "account.move", string="Write-Off", readonly=True, copy=False
    )
    arrangement_id = fields.Many2one(
        "realestate.arrangement", readonly=True, copy=False
    )
    package_id = fields.Many2one(
        "realestate.cancellation.package", readonly=True, copy=False
    )

    _one_live = models.UniqueIndex(
        "(contract_id) WHERE state IN ('submitted', 'approved')",
        "This contract has a bad-debt proposal under way.",
    )
    _rate_sane = models.Constraint(
        "CHECK (rate BETWEEN 0 AND 100)", "The discount rate is 0 to 100 % a year."
    )

    @api.model
    def _prepare_options(self):
        return [
            Command.create(
                {
                    "kind": kind,
                    "recovery": STARTS[kind][0],
                    "months": STARTS[kind][1],
                    "sequence": number * 10,
                }
            )
            for number, (kind, _label) in enumerate(OPTION_KINDS, 1)
        ]

    @api.depends("contract_id", "date")
    def _compute_amount(self):
        for proposal in self:
            amount, overdue, days = proposal._get_debt()
            proposal.amount = amount
            proposal.amount_overdue = overdue
            proposal.days_late = days

    @api.depends("amount", "kind")
    def _compute_amount_given_up(self):
        for proposal in self:
            if proposal.kind != "write_off":
                proposal.amount_given_up = 0.0
            elif not proposal.amount_given_up:
                proposal.amount_given_up = proposal.amount

    @api.depends("option_ids.amount_present", "option_ids.kind")
    def _compute_best_kind(self):
        for proposal in self:
            options = proposal.option_ids
            best = max(options, key=lambda one: one.amount_present, default=None)
            proposal.best_kind = best.kind if best else False

    @api.depends("kind", "option_ids.recovery")
    def _compute_loss_percent(self):
        for proposal in self:
            chosen = proposal._get_chosen()
            loss = 100 - chosen.recovery if chosen else 0.0
            proposal.loss_percent = min(max(loss, 0.0), 100.0)

    @api.model_create_multi
    def create(self, vals_list):
        proposals = super().create(vals_list)
        for proposal in proposals:
            proposal._write_facts(case_id=proposal.contract_id._get_case().id)
        return proposals

    # === HOOKS === #

    @api.model
    def _get_term_fields(self):
        return super()._get_term_fields() | {
            "amount_given_up",
            "date",
            "kind",
            "option_ids",
            "rate",
        }

    def _get_problems(self):
        problems = super()._get_problems()
        compare = self.currency_id.compare_amounts
        if compare(self.amount, 0) <= 0:
            problems.append(self.env._("Nothing is open: there is no debt."))
        elif compare(self._get_debt()[0], self.amount):
            problems.append(
                self.env._(
                    "What is open has changed since: take it over with “Refresh”."
                )
            )
        if not self._get_chosen():
            problems.append(self.env._("Choose one of the ways that are compared."))
        if not (self.reason or "").strip():
            problems.append(self.env._("Say why: who approves reads it."))
        given_up = self.amount_given_up
        if self.kind == "write_off" and (
            compare(given_up, 0) <= 0 or compare(given_up, self.amount) > 0
        ):
            problems.append(
                self.env._("What is written off is above zero and within the debt.")
            )
        return problems

    # === ACTIONS === #

    def action_refresh(self):
        """Take over what is open today."""
        self.check_access("write")
        self._check_is_draft()
        for proposal in self:
            amount, overdue, days = proposal._get_debt()
            proposal._write_facts(
                date=proposal.company_id._realestate_today(),
                amount=amount,
                amount_overdue=overdue,
                days_late=days,
                amount_given_up=amount if proposal.kind == "write_off" else 0.0,
            )
        return True

    # === BUSINESS === #

    def _get_debt(self):
        """What is open less credit, what of it is overdue, and the days since the
        oldest of it."""
        self.ensure_one()
        contract = self.contract_id._origin
        if not contract:
            return 0.0, 0.0, 0
        amount, overdue, oldest = contract._get_debt()
        today = contract.company_id._realestate_today()
        return amount, overdue, (today - oldest).days if oldest else 0

    def _get_chosen(self):
        self.ensure_one()
        return self.option_ids.filtered(lambda one: one.kind and one.kind == self.kind)[
            :1
        ]
