from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.realestate_sales.tools import money
from odoo.addons.realestate_sales.tools.dates import add_months

from ..tools.arrangement import (
    ArrangementError,
    build_parts,
    check_terms,
)

#: Interval to months and days between two parts.
INTERVALS = {"month": (1, 0), "fortnight": (0, 14), "week": (0, 7)}
LIVE = ("submitted", "approved", "offered", "accepted")
ACCEPTANCES = [("portal", "In the Portal"), ("paper", "On Paper")]


class RealestateArrangement(models.Model):
    """New dates for what is overdue: simulated, approved, accepted by the buyer.

    What falls due besides is paid on its day as before. Whether the arrangement is
    kept follows from money, see :mod:`.realestate_arrangement_money`.
    """

    _name = "realestate.arrangement"
    _description = "Arrangement"
    _inherit = ["realestate.debt.mixin"]
    _order = "id desc"

    _approval_kind = "arrangement"
    _fact_fields = frozenset(
        {
            "accepted_address",
            "accepted_agent",
            "accepted_by_id",
            "accepted_how",
            "amount_missing",
            "amount_received",
            "date_accepted",
            "date_ended",
            "date_expiry",
            "date_offered",
            "refuse_reason",
        }
    )
    _state_moves = {
        "draft": {"submitted", "approved", "offered", "refused", "expired"},
        "submitted": {"draft"},
        "approved": {"submitted"},
        "offered": {"approved"},
        # From kept: money that had come was taken back.
        "accepted": {"offered", "kept"},
        "refused": {"offered"},
        "expired": {"offered"},
        "kept": {"accepted"},
        "broken": {"accepted"},
        "cancelled": {
            "draft",
            "submitted",
            "approved",
            "offered",
            "accepted",
            "refused",
            "expired",
        },
    }

    date = fields.Date(
        string="Arrears As Of",
        required=True,
        default=lambda self: self.env.company._realestate_today(),
        help="What was due before this day and is open.",
    )
    amount = fields.Monetary(
        string="Arrears", compute="_compute_amount", store=True, readonly=True
    )
    amount_down = fields.Monetary(string="Down Payment")
    date_down = fields.Date(string="Down Payment Until")
    part_count = fields.Integer(string="Parts", default=3, required=True)
    interval = fields.Selection(
        [
            ("month", "Every month"),
            ("fortnight", "Every two weeks"),
            ("week", "Every week"),
        ],
        default="month",
        required=True,
    )
    date_first = fields.Date(
        string="First Part",
        required=True,
        default=lambda self: add_months(self.env.company._realestate_today(), 1),
    )
    line_ids = fields.One2many(
        "realestate.arrangement.line",
        "arrangement_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
        copy=False,
    )
    amount_lines = fields.Monetary(
        string="Parts Together", compute="_compute_amount_lines"
    )
    date_last = fields.Date(
        string="Last Part", compute="_compute_date_last", store=True
    )
    terms_problem = fields.Char(compute="_compute_terms_problem")
    note = fields.Text(
        string="To the Buyer", help="Printed on the agreement, in the buyer's language."
    )
    reason = fields.Text(help="Why new dates are given: for who approves.")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "To Approve"),
            ("approved", "Approved"),
            ("offered", "Offered"),
            ("accepted", "Running"),
            ("kept", "Kept"),
            ("broken", "Broken"),
            ("refused", "Refused by the Buyer"),
            ("expired", "Expired"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )

    # What happened, and when.
    date_offered = fields.Datetime(string="Offered On", readonly=True, copy=False)
    date_expiry = fields.Date(
        string="Offer Stands Until", readonly=True, copy=False, index="btree_not_null"
    )
    date_accepted = fields.Datetime(string="Accepted On", readonly=True, copy=False)
    accepted_how = fields.Selection(
        ACCEPTANCES, string="Accepted", readonly=True, copy=False
    )
    accepted_by_id = fields.Many2one(
        "res.users", string="Accepted By", readonly=True, copy=False
    )
    accepted_address = fields.Char(string="From Address", readonly=True, copy=False)
    accepted_agent = fields.Char(string="With Browser", readonly=True, copy=False)
    refuse_reason = fields.Char(string="Refused Because", readonly=True, copy=False)
    date_ended = fields.Date(string="Ended On", readonly=True, copy=False)
    amount_received = fields.Monetary(
        string="Received",
        readonly=True,
        copy=False,
        help="Money that came in for the arrears, beyond what fell due besides.",
    )
    amount_missing = fields.Monetary(
        string="Missing",
        readonly=True,
        copy=False,
        help="What was late beyond the days of grace.",
    )

    _one_live = models.UniqueIndex(
        "(contract_id) WHERE state IN ('submitted', 'approved', 'offered', 'accepted')",
        "This contract has an arrangement under way.",
    )
    # What the job looks at every day.
    _running = models.Index(
        "(company_id, state) WHERE state IN ('offered', 'accepted')"
    )
    _terms_sane = models.Constraint(
        "CHECK (part_count BETWEEN 1 AND 120 AND amount_down >= 0)",
        "An arrangement has 1 to 120 parts and no negative down payment.",
    )

    @api.depends("contract_id", "date")
    def _compute_amount(self):
        for arrangement in self:
            arrangement.amount = arrangement._get_arrears()

    @api.depends(
        "amount", "amount_down", "date_down", "part_count", "interval", "date_first"
    )
    def _compute_line_ids(self):
        for arrangement in self:
            if arrangement.state != "draft":
                continue
            try:
                parts = arrangement._build_parts()
            except ArrangementError:
                parts = []
            arrangement.line_ids = [Command.clear()] + [
                Command.create(
                    {
                        "date": part.date,
                        "amount": float(part.amount),
                        "is_down": part.is_down,
                    }
                )
                for part in parts
            ]

    @api.depends("line_ids.amount")
    def _compute_amount_lines(self):
        for arrangement in self:
            lines = arrangement.line_ids
            arrangement.amount_lines = arrangement.currency_id._realestate_round(
                sum(lines.mapped("amount"))
            )

    @api.depends("line_ids.date")
    def _compute_date_last(self):
        for arrangement in self:
            dates = [line.date for line in arrangement.line_ids if line.date]
            arrangement.date_last = max(dates, default=False)

    @api.depends("amount", "amount_down", "date_down", "part_count", "date_first")
    def _compute_terms_problem(self):
        for arrangement in self:
            arrangement.terms_problem = False
            if arrangement.contract_id:
                try:
                    arrangement._build_parts()
                except ArrangementError as error:
                    arrangement.terms_problem = arrangement._explain_terms(error.code)

    # === ACTIONS === #

    def action_refresh(self):
        """Take over what is open today; the parts are laid out anew."""
        self.check_access("write")
        self._check_is_draft()
        for arrangement in self:
            arrangement.date = arrangement.company_id._realestate_today()
            arrangement._write_facts(amount=arrangement._get_arrears())
        return True

    def action_open_contract(self):
        """Open the contract that is in arrears."""
        self.ensure_one()
        return self.contract_id.get_formview_action()

    def action_print(self):
        """Print the agreement in the buyer's language."""
        report = self.env.ref("realestate_collection.action_report_arrangement")
        return report.report_action(self)

    # === HOOKS === #

    @api.model
    def _get_term_fields(self):
        return super()._get_term_fields() | {
            "amount_down",
            "date",
            "date_down",
            "date_first",
            "interval",
            "line_ids",
            "note",
            "part_count",
        }

    def _get_problems(self):
        problems = super()._get_problems()
        if self.contract_id.state != "active":
            problems.append(self.env._("The contract is not running."))
        problems += self._get_amount_problems()
        problems += self._get_date_problems()
        return problems

    # === TERMS === #

    def _get_arrears(self):
        """What was due before the day and is open now."""
        self.ensure_one()
        contract = self.contract_id._origin
        if not contract or not self.date:
            return 0.0
        # What is open is its readers' to see, the entries are not.
        sums = contract.sudo()._sum_open_before(self.date)
        amount = max(sums.get(contract.id, 0.0), 0.0)
        return self.currency_id._realestate_round(amount)

    def _build_parts(self):
        """The parts that the terms ask for.

        :raises ArrangementError: when they are no arrangement
        """
        self.ensure_one()
        decimals = self.currency_id.decimal_places
        amount = money.to_money(self.amount, decimals)
        down = money.to_money(self.amount_down, decimals)
        check_terms(amount, self.part_count, down)
        if not self.date_first:
            raise ArrangementError("date_first")
        shares = money.split_evenly(amount - down, self.part_count, decimals)
        days = [self._get_day(number) for number in range(self.part_count)]
        return build_parts(shares, days, down=down, date_down=self.date_down or None)

    def _get_day(self, number):
        months, days = INTERVALS[self.interval or "month"]
        day = add_months(self.date_first, months * number)
        return fields.Date.add(day, days=days * number)

    def _explain_terms(self, code):
        """Why the terms are no arrangement."""
        return {
            "amount": self.env._("Nothing is overdue: there is nothing to arrange."),
            "count": self.env._("An arrangement has 1 to 120 parts."),
            "down": self.env._("The down payment is less than the arrears."),
            "date_down": self.env._(
                "The down payment has a day, no later than the first part."
            ),
            "date_first": self.env._("Say when the first part is due."),
            "small": self.env._(
                "The arrears are too small for so many parts: choose fewer."
            ),
        }[code]

    def _get_amount_problems(self):
        compare = self.currency_id.compare_amounts
        if compare(self.amount, 0) <= 0:
            return [self._explain_terms("amount")]
        problems = []
        if compare(self.amount_lines, self.amount):
            problems.append(
                self.env._(
                    "The parts come to %(parts)s, the arrears to %(arrears)s.",
                    parts=self.currency_id.format(self.amount_lines),
                    arrears=self.currency_id.format(self.amount),
                )
            )
        if any(compare(line.amount, 0) <= 0 for line in self.line_ids):
            problems.append(self.env._("Each part is above zero."))
        if compare(self._get_arrears(), self.amount):
            problems.append(
                self.env._(
                    "What is open has changed since: take it over with “Refresh”."
                )
            )
        return problems

    def _get_date_problems(self):
        today = self.company_id._realestate_today()
        dates = self.line_ids.mapped("date")
        problems = []
        if self.date > today:
            problems.append(self.env._("The arrears are those of today or earlier."))
        if dates and min(dates) < today:
            problems.append(self.env._("The first part is due today or later."))
        if len(set(dates)) < len(dates):
            problems.append(self.env._("Two parts are due on the same day."))
        return problems

    def _check_live(self):
        """Refuse a second arrangement by name, before the database does."""
        self.ensure_one()
        other = self.search(
            [
                ("contract_id", "=", self.contract_id.id),
                ("state", "in", LIVE),
                ("id", "!=", self.id),
            ],
            limit=1,
        )
        if other:
            raise UserError(
                self.env._(
                    "Contract %(contract)s has the arrangement %(other)s, which is "
                    "“%(state)s”: end that one first.",
                    contract=self.contract_id.name,
                    other=other.name,
                    state=other._state_label(other.state),
                )
            )

    def _check_complete(self):
        self._check_live()
        return super()._check_complete()
