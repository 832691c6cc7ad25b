from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools.mortgage import ENDED, STAGES, stage_of

#: The fact that passes each stage, and those that end the mortgage.
FACT_OF = {
    "documents": "date_documents",
    "appointment": "date_visited",
    "notary": "date_notarized",
    "submission": "date_submitted",
    "bank": "date_approved",
    "contract": "date_sealed",
    "registration": "date_registered",
    "release": "date_released",
    "papers": "date_returned",
    "refused": "date_refused",
    "cancelled": "date_cancelled",
}
STAGE_LABELS = [
    ("documents", "Documents"),
    ("appointment", "Bank Appointment"),
    ("notary", "Notarization"),
    ("submission", "Submission"),
    ("bank", "Bank's Decision"),
    ("contract", "Loan Contract"),
    ("registration", "Registration"),
    ("release", "Release"),
    ("papers", "Return of Papers"),
    ("done", "Done"),
    ("refused", "Refused"),
    ("cancelled", "Cancelled"),
]
#: What the bank was asked for.
TERMS = {"programme_id", "amount_commercial", "amount_fund", "months", "partner_id"}


class RealestateMortgage(models.Model):
    """A bank's loan to the buyer of a contract, from its papers to its money.

    What happened is a date written by the buttons; what it waits for follows from
    them. That money was released is never written: it is what accounting has received
    (see the collection addon).
    """

    _name = "realestate.mortgage"
    _description = "Mortgage"
    _inherit = ["realestate.facts.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_start desc, id desc"
    _check_company_auto = True

    _fact_fields = frozenset(
        {
            "amount_approved",
            "box_id",
            "cancel_reason",
            "name",
            "origin_id",
            "refuse_reason",
            "way_out",
        }
    ).union(FACT_OF.values())

    name = fields.Char(readonly=True, copy=False, default="/", index="trigram")
    contract_id = fields.Many2one(
        "realestate.contract",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        domain="[('state', 'not in', ('completed', 'cancelled'))]",
    )
    project_id = fields.Many2one(
        related="contract_id.project_id", store=True, index=True
    )
    company_id = fields.Many2one(
        related="contract_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="contract_id.currency_id", store=True)
    unit_names = fields.Char(related="contract_id.unit_names")
    price = fields.Monetary(related="contract_id.amount_total")
    partner_id = fields.Many2one(
        "res.partner",
        string="Borrower",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        index=True,
        tracking=True,
        help="The buyer who takes the loan up.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Loan Officer",
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        tracking=True,
        index=True,
    )
    note = fields.Html(string="Notes")

    # The loan.
    programme_id = fields.Many2one(
        "realestate.bank.programme",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
        domain="['|', ('project_ids', '=', False), ('project_ids', 'in', project_id)]",
    )
    bank_id = fields.Many2one(
        related="programme_id.partner_id", string="Bank", store=True, index=True
    )
    kind = fields.Selection(related="programme_id.kind", store=True)
    amount_commercial = fields.Monetary(string="Commercial Loan", tracking=True)
    amount_fund = fields.Monetary(string="Housing Fund Loan", tracking=True)
    amount = fields.Monetary(
        string="Loan", compute="_compute_amount", store=True, precompute=True
    )
    months = fields.Integer(
        string="Term (months)", default=240, required=True, aggregator=None
    )
    reference = fields.Char(string="File Number", copy=False, help="The bank's own.")
    registration_number = fields.Char(copy=False)

    # What it waits for.
    stage = fields.Selection(
        STAGE_LABELS,
        string="Waits for",
        compute="_compute_stage",
        store=True,
        index=True,
        tracking=True,
        group_expand="_expand_stages",
    )
    date_stage = fields.Date(string="Since", compute="_compute_stage", store=True)
    date_limit = fields.Date(
        string="Limit",
        compute="_compute_date_limit",
        store=True,
        help="The last day that the stage may take with this bank.",
    )
    days_in_stage = fields.Integer(string="Days", compute="_compute_days_in_stage")
    is_late = fields.Boolean(
        string="Late", compute="_compute_days_in_stage", search="_search_is_late"
    )
    is_ended = fields.Boolean(compute="_compute_days_in_stage")
    date_appointment = fields.Datetime(
        string="Appointment at the Bank",
        copy=False,
        tracking=True,
        help="Shown to the buyer.",
    )
    appointment_place = fields.Char(
        string="Branch", help="Where the buyer goes; shown to the buyer."
    )
    date_release_expected = fields.Date(
        string="Release Expected by",
        copy=False,
        tracking=True,
        help="What the bank has announced; else the days of its programme count.",
    )

    # Facts.
    date_start = fields.Date(
        string="Taken up on",
        required=True,
        default=fields.Date.context_today,
        copy=False,
    )
    date_documents = fields.Date(string="Papers Complete", readonly=True, copy=False)
    date_visited = fields.Date(string="Been at the Bank", readonly=True, copy=False)
    date_notarized = fields.Date(string="Notarized on", readonly=True, copy=False)
    date_submitted = fields.Date(string="Submitted on", readonly=True, copy=False)
    date_approved = fields.Date(string="Approved on", readonly=True, copy=False)
    amount_approved = fields.Monetary(
        string="Approved Loan", readonly=True, copy=False, tracking=True
    )
    date_sealed = fields.Date(string="Loan Contract Sealed", readonly=True, copy=False)
    date_registered = fields.Date(string="Registered on", readonly=True, copy=False)
    date_returned = fields.Date(string="Papers Returned", readonly=True, copy=False)
    box_id = fields.Many2one(
        "realestate.archive.box",
        string="Archived in",
        readonly=True,
        copy=False,
        check_company=True,
    )
    date_refused = fields.Date(string="Refused on", readonly=True, copy=False)
    refuse_reason = fields.Text(string="Why Refused", readonly=True, copy=False)
    way_out = fields.Selection(
        [
            ("bank", "Another Bank"),
            ("plan", "Another Payment Plan"),
            ("cancel", "Cancellation of the Contract"),
        ],
        readonly=True,
        copy=False,
        tracking=True,
    )
    date_cancelled = fields.Date(string="Cancelled on", readonly=True, copy=False)
    cancel_reason = fields.Text(readonly=True, copy=False)
    origin_id = fields.Many2one(
        "realestate.mortgage",
        string="Instead of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The mortgage that was refused before.",
    )

    # Whatever runs at the same time.
    _one_live = models.UniqueIndex(
        "(contract_id) WHERE date_refused IS NULL AND date_cancelled IS NULL",
        "The contract has a mortgage already: open that one.",
    )
    # Who waits too long, day by day.
    _limit = models.Index("(date_limit) WHERE date_limit IS NOT NULL")
    _amounts_positive = models.Constraint(
        "CHECK (amount_commercial >= 0 AND amount_fund >= 0 AND amount > 0)",
        "Enter the loan: more than 0.",
    )
    _term_positive = models.Constraint(
        "CHECK (months > 0 AND months <= 600)", "The term is 1 to 600 months."
    )

    @api.model
    def _expand_stages(self, stages, domain):
        """The columns of the board: everything under way, and the ends in use."""
        shown = {*STAGES, *stages}
        return [stage for stage, _label in STAGE_LABELS if stage in shown]

    @api.depends("contract_id")
    def _compute_partner_id(self):
        for mortgage in self:
            if not mortgage.partner_id or mortgage.partner_id not in (
                mortgage.contract_id.buyer_ids.partner_id
            ):
                mortgage.partner_id = mortgage.contract_id.partner_id

    @api.depends("amount_commercial", "amount_fund")
    def _compute_amount(self):
        for mortgage in self:
            mortgage.amount = mortgage.currency_id._realestate_round(
                mortgage.amount_commercial + mortgage.amount_fund
            )

    @api.depends(
        "date_start",
        "programme_id.has_appointment",
        "programme_id.has_notary",
        "programme_id.has_registration",
        *FACT_OF.values(),
    )
    def _compute_stage(self):
        for mortgage in self:
            mortgage.stage, mortgage.date_stage = stage_of(
                {stage: mortgage[fact] for stage, fact in FACT_OF.items()},
                mortgage.date_start,
                mortgage.programme_id._get_skipped() if mortgage.programme_id else (),
            )

    @api.depends(
        "stage",
        "date_stage",
        "date_release_expected",
        *(f"programme_id.days_{stage}" for stage in STAGES),
    )
    def _compute_date_limit(self):
        for mortgage in self:
            days = mortgage.programme_id._get_days(mortgage.stage)
            limit = days and fields.Date.add(mortgage.date_stage, days=days)
            if mortgage.stage == "release" and mortgage.date_release_expected:
                limit = mortgage.date_release_expected
            mortgage.date_limit = limit

    @api.depends("stage", "date_stage", "date_limit")
    def _compute_days_in_stage(self):
        today = fields.Date.context_today(self)
        for mortgage in self:
            mortgage.is_ended = mortgage.stage in ENDED
            waits = not mortgage.is_ended and mortgage.date_stage
            mortgage.days_in_stage = max((today - waits).days, 0) if waits else 0
            limit = mortgage.date_limit
            mortgage.is_late = bool(waits and limit and limit < today)

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain("date_limit", "<", fields.Date.context_today(self))
        return Domain.OR(late if wanted else ~late for wanted in value)

    @api.model_create_multi
    def create(self, vals_list):
        # The one before, ended in this transaction, makes room.
        self.flush_model(["date_refused", "date_cancelled"])
        mortgages = super().create(vals_list)
        for mortgage in mortgages:
            # Numbers are drawn for people who may not see sequences.
            numbers = self.env["ir.sequence"].sudo()
            mortgage._write_facts(name=numbers.next_by_code("realestate.mortgage"))
        mortgages._sync_documents()
        return mortgages

    def write(self, vals):
        self._check_terms_open(vals)
        result = super().write(vals)
        if TERMS & vals.keys():
            self._sync_documents()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_new(self):
        for mortgage in self:
            if any(mortgage[fact] for fact in FACT_OF.values()):
                raise UserError(
                    self.env._(
                        "Mortgage %(mortgage)s has a history: cancel it instead.",
                        mortgage=mortgage.name,
                    )
                )

    def unlink(self):
        contracts = self.contract_id
        result = super().unlink()
        contracts._sync_loan_documents()
        return result

    # === BUSINESS === #

    def _get_stage_label(self):
        self.ensure_one()
        stages = self._fields["stage"]._description_selection(self.env)
        return dict(stages).get(self.stage, "")
