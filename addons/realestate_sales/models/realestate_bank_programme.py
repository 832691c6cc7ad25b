from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.affordability import LoanRules
from ..tools.money import to_money
from ..tools.mortgage import OPTIONAL, STAGES

KINDS = [
    ("commercial", "Commercial Loan"),
    ("fund", "Housing Fund Loan"),
    ("combined", "Combined Loan"),
]


class RealestateBankProgramme(models.Model):
    """A loan that a bank of the panel offers the buyers of some projects."""

    _name = "realestate.bank.programme"
    _description = "Loan Programme"
    _inherit = ["mail.thread"]
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, tracking=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Bank",
        required=True,
        index=True,
        tracking=True,
        domain="[('is_company', '=', True)]",
        help="Payments of this partner on a contract are releases of its loan.",
    )
    project_ids = fields.Many2many(
        "realestate.project",
        string="Only in Projects",
        check_company=True,
        help="Empty: in all projects of the company.",
    )
    kind = fields.Selection(KINDS, required=True, default="commercial", tracking=True)
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
        help="Of the limits in money.",
    )
    date_end = fields.Date(
        string="Offered until", help="Empty: until it is archived.", tracking=True
    )
    note = fields.Html(string="Terms", translate=True)

    # Terms.
    rate = fields.Float(
        string="Rate (% a Year)", digits=(7, 4), tracking=True, aggregator=None
    )
    rate_fund = fields.Float(
        string="Rate of the Fund (% a Year)",
        digits=(7, 4),
        tracking=True,
        aggregator=None,
    )
    method = fields.Selection(
        [("annuity", "Equal Instalments"), ("principal", "Equal Principal")],
        string="Repayment",
        required=True,
        default="annuity",
    )
    months_max = fields.Integer(
        string="Longest Term (months)", default=360, aggregator=None
    )
    ltv_max = fields.Float(
        string="Loan to Value (%)",
        digits=(5, 2),
        default=70.0,
        aggregator=None,
        help="The loan in percent of the price. 0: no limit.",
    )
    amount_fund_max = fields.Monetary(
        string="At Most from the Fund", aggregator=None, help="0: no limit."
    )
    income_factor = fields.Float(
        string="Income to Instalment",
        digits=(5, 2),
        default=2.0,
        aggregator=None,
        help="The household earns at least so many times the instalment. 0: not asked.",
    )
    debt_ratio_max = fields.Float(
        string="Debt to Income (%)",
        digits=(5, 2),
        default=55.0,
        aggregator=None,
        help="Instalment and other debts in percent of the income. 0: not asked.",
    )

    # Way.
    has_appointment = fields.Boolean(string="Appointment at the Bank", default=True)
    has_notary = fields.Boolean(string="Notarized", default=True)
    has_registration = fields.Boolean(string="Mortgage Registered", default=True)
    document_type_ids = fields.Many2many(
        "realestate.document.type",
        string="Besides",
        domain="[('side', '=', 'buyer')]",
        help="Papers this bank wants of every borrower, besides those that its kind "
        "of loan and the borrower's situation ask for.",
    )
    # Days a mortgage may stay in each stage; 0: no limit.
    days_documents = fields.Integer(string="Documents", default=14)
    days_appointment = fields.Integer(string="Bank Appointment", default=7)
    days_notary = fields.Integer(string="Notarization", default=7)
    days_submission = fields.Integer(string="Submission", default=3)
    days_bank = fields.Integer(string="Bank's Decision", default=15)
    days_contract = fields.Integer(string="Loan Contract", default=7)
    days_registration = fields.Integer(string="Registration", default=15)
    days_release = fields.Integer(string="Release", default=10)
    days_papers = fields.Integer(string="Return of Papers", default=30)

    mortgage_ids = fields.One2many("realestate.mortgage", "programme_id")
    mortgage_count = fields.Integer(compute="_compute_mortgage_count")

    _terms_sane = models.Constraint(
        "CHECK (rate >= 0 AND rate <= 100 AND rate_fund >= 0 AND rate_fund <= 100"
        " AND months_max > 0 AND months_max <= 600 AND ltv_max >= 0 AND ltv_max <= 100"
        " AND amount_fund_max >= 0 AND income_factor >= 0 AND debt_ratio_max >= 0"
        " AND debt_ratio_max <= 100)",
        "Rates and percentages are between 0 and 100, the term between 1 and 600 "
        "months, and no limit is negative.",
    )
    _days_positive = models.Constraint(
        "CHECK (LEAST(days_documents, days_appointment, days_notary, days_submission,"
        " days_bank, days_contract, days_registration, days_release, days_papers)"
        " >= 0)",
        "The days of a stage are 0 (no limit) or more.",
    )

    def _compute_mortgage_count(self):
        groups = self.env["realestate.mortgage"]._read_group(
            [("programme_id", "in", self.ids)], ["programme_id"], ["__count"]
        )
        counts = dict(groups)
        for programme in self:
            programme.mortgage_count = counts.get(programme, 0)

    @api.depends("name", "partner_id.name")
    def _compute_display_name(self):
        for programme in self:
            # Whoever may choose a programme may know whose it is.
            parts = (programme.sudo().partner_id.name, programme.name)
            programme.display_name = " – ".join(filter(None, parts))

    @api.constrains("company_id")
    def _check_company_stays(self):
        for programme in self:
            if programme.mortgage_ids.company_id - programme.company_id:
                raise ValidationError(
                    self.env._(
                        "Programme %(programme)s has mortgages of another company: "
                        "make another programme.",
                        programme=programme.name,
                    )
                )

    # === ACTIONS === #

    def action_open_mortgages(self):
        """Open the mortgages of this programme."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "realestate_sales.realestate_mortgage_action"
        )
        action["domain"] = [("programme_id", "=", self.id)]
        action["context"] = {"default_programme_id": self.id}
        return action

    # === BUSINESS === #

    def _get_skipped(self):
        """The stages that this bank does not ask for."""
        self.ensure_one()
        return tuple(
            stage
            for stage, asked in zip(
                OPTIONAL,
                (self.has_appointment, self.has_notary, self.has_registration),
                strict=True,
            )
            if not asked
        )

    def _get_days(self, stage):
        """How long a mortgage may wait in ``stage``; 0: without end."""
        return self[f"days_{stage}"] if self and stage in STAGES else 0

    def _get_rates(self):
        """Percent a year by part of the loan; one of the fund alone is its own."""
        self.ensure_one()
        return {
            "commercial": Decimal(str(self.rate)),
            "fund": Decimal(str(self.rate_fund)),
        }

    def _get_rules(self, currency):
        """What the bank asks of a loan in ``currency``, as the pure check takes it.

        The fund's maximum is money: it is left out where the loan is in another.
        """
        self.ensure_one()
        fund_max = self.amount_fund_max if currency == self.currency_id else 0
        return LoanRules(
            months_max=self.months_max,
            ltv_max=Decimal(str(self.ltv_max)),
            fund_max=to_money(fund_max, currency.decimal_places),
            income_factor=Decimal(str(self.income_factor)),
            debt_ratio_max=Decimal(str(self.debt_ratio_max)),
        )

    @api.model
    def _get_offered_domain(self, project):
        """The programmes that buyers of ``project`` may choose today."""
        today = fields.Date.context_today(self)
        return [
            ("company_id", "=", project.company_id.id),
            "|",
            ("project_ids", "=", False),
            ("project_ids", "in", project.ids),
            "|",
            ("date_end", "=", False),
            ("date_end", ">=", today),
        ]
