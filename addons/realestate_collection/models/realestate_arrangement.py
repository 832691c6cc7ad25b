from odoo import api, fields, models
from odoo.fields import Command

from odoo.addons.realestate_sales.tools.dates import add_months

from ..tools.arrangement import ArrangementError

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
    accepted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
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
