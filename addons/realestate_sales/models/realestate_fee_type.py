from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ..tools import fee, money
from ..tools.checklist import KINDS
from .realestate_unit_type import UNIT_KINDS

OWNERSHIPS = [
    ("behalf", "Held for an authority"),
    ("own", "Income of the company"),
]
FORMULAS = [
    (fee.PRICE, "% of the price"),
    (fee.NET, "% of the price without it"),
    (fee.FIXED, "Fixed amount"),
    (fee.AREA, "Amount per m²"),
    (fee.LOAN, "% of the loan"),
]
PAYERS = [("buyer", "Buyer"), ("seller", "Seller")]
DUE_RULES = [
    ("signing", "At signing"),
    ("days", "Days after signing"),
    ("handover", "With the handover"),
    ("date", "On a date"),
]


class RealestateFeeType(models.Model):
    """A fee, duty or tax that a sale brings about: how much, for whom, when.

    One without a company is a ready one: contracts take it from there by
    :meth:`_take_over`, which makes the company's own.
    """

    _name = "realestate.fee.type"
    _description = "Fee Type"
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Short name for integrations: DEED_TAX …")
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", index=True, default=lambda self: self.env.company
    )
    jurisdiction_id = fields.Many2one("realestate.jurisdiction", index=True)
    ownership = fields.Selection(
        OWNERSHIPS, string="Whose Money", required=True, default="behalf"
    )
    payer = fields.Selection(
        PAYERS,
        string="Borne By",
        required=True,
        default="buyer",
        help="What the seller pays is shown in the cost list and never charged.",
    )
    in_price = fields.Boolean(
        string="Inside the Price",
        help="Part of the price as agreed: shown in the cost list, not charged again.",
    )
    source = fields.Char(translate=True, help="The law, decree or tariff it rests on.")
    note = fields.Text(translate=True, help="What the contract desk has to know.")

    # How much.
    formula = fields.Selection(FORMULAS, required=True, default=fee.PRICE)
    rate = fields.Float(
        digits=(16, 6), help="A percentage, an amount, or an amount for a square metre."
    )
    currency_id = fields.Many2one(
        "res.currency",
        help="Of the amounts; only contracts in this currency bear the fee. Empty: "
        "contracts in any, which only a percentage without limits can do.",
    )
    amount_min = fields.Monetary(string="At Least")
    amount_max = fields.Monetary(string="At Most", help="0: without limit.")
    rounding_unit = fields.Monetary(
        string="Rounded To", help="1,000 for a multiple of 1,000. 0: the minor unit."
    )

    # Who bears it; everything empty: every contract.
    project_ids = fields.Many2many(
        "realestate.project",
        string="In Projects",
        check_company=True,
        help="Empty: in all projects of the company.",
    )
    unit_kind = fields.Selection(UNIT_KINDS, string="Only for Units of Kind")
    unit_type_ids = fields.Many2many(
        "realestate.unit.type", string="Only for Unit Types"
    )
    is_person = fields.Boolean(string="Persons")
    is_couple = fields.Boolean(string="Couples")
    is_company = fields.Boolean(string="Companies")
    is_foreigner = fields.Boolean(string="Foreigners")
    is_minor = fields.Boolean(string="Minors")
    is_automatic = fields.Boolean(
        string="Added by Itself",
        default=True,
        help="To each contract it applies to; otherwise an officer adds it.",
    )

    # When, and to whom.
    due_rule = fields.Selection(
        DUE_RULES, string="Due", required=True, default="signing"
    )
    due_days = fields.Integer(string="Days after Signing")
    date_due = fields.Date(string="Due On")
    partner_id = fields.Many2one(
        "res.partner",
        string="Public Authority",
        help="To whom it is paid out. Needed before the first payout.",
    )
    product_id = fields.Many2one(
        "product.product",
        string="Charge",
        check_company=True,
        domain="[('type', '=', 'service')]",
        help="The product of the invoice's line. Empty: the one for fees of this kind.",
    )
    account_id = fields.Many2one(
        "account.account",
        check_company=True,
        domain="[('account_type', '=', 'liability_current')]",
        help="Where it is held until it is paid out. Empty: the company's account.",
    )

    _code_unique = models.UniqueIndex(
        "(COALESCE(company_id, 0), COALESCE(jurisdiction_id, 0), code)",
        "Another type of fee of this company has this code.",
    )
    _rate_positive = models.Constraint(
        "CHECK (rate >= 0 AND amount_min >= 0 AND amount_max >= 0"
        " AND rounding_unit >= 0 AND due_days >= 0)",
        "Rate, limits, rounding and days of a fee are 0 or more.",
    )

    @api.constrains(
        *("formula", "rate", "amount_min", "amount_max", "rounding_unit", "currency_id")
    )
    def _check_formula(self):
        for kind in self:
            kind._check_currency()
            try:
                places = kind.currency_id.decimal_places if kind.currency_id else 6
                facts = fee.Facts(Decimal(1), Decimal(1), Decimal(1))
                fee.compute_fee(kind._get_formula(places), facts, places)
            except (ValueError, ArithmeticError) as error:
                raise ValidationError(
                    self.env._(
                        "Fee type %(name)s: its limits contradict each other, or a "
                        "figure is finer than the currency or too large. Correct "
                        "“At Least”, “At Most” and “Rounded To”.",
                        name=kind.name,
                    )
                ) from error

    def _check_currency(self):
        self.ensure_one()
        amounts = self.amount_min or self.amount_max or self.rounding_unit
        needed = amounts or self.formula in (fee.FIXED, fee.AREA)
        if needed and not self.currency_id:
            raise ValidationError(
                self.env._(
                    "Fee type %(name)s has amounts: say in which currency they are.",
                    name=self.name,
                )
            )

    @api.constrains("in_price", "formula", "payer", "due_rule", "date_due")
    def _check_sense(self):
        for kind in self:
            problem = kind._get_contradiction()
            if problem:
                raise ValidationError(
                    self.env._(
                        "Fee type %(name)s: %(problem)s",
                        name=kind.name,
                        problem=problem,
                    )
                )

    def _get_contradiction(self):
        if self.formula == fee.NET and not self.in_price:
            return self.env._(
                "a percentage of the price without the fee is for a fee inside the "
                "price. Tick “Inside the Price”, or take the percentage of the price."
            )
        if self.in_price and self.payer == "seller":
            return self.env._(
                "what is inside the price is paid by the buyer, with the price."
            )
        if self.due_rule == "date" and not self.date_due:
            return self.env._("say on which date it is due.")
        return False

    # === BUSINESS === #

    def _get_formula(self, decimal_places):
        """The formula as :mod:`..tools.fee` computes it."""
        self.ensure_one()

        def exact(amount):
            return money.to_money(amount, decimal_places)

        return fee.Formula(
            kind=self.formula,
            rate=money.to_money(self.rate, 6),
            minimum=exact(self.amount_min),
            maximum=exact(self.amount_max),
            unit=exact(self.rounding_unit),
        )

    def _get_buyer_kinds(self):
        """The kinds of buyers that bear it, see ``tools.checklist``; none: all."""
        self.ensure_one()
        return frozenset(kind for kind in KINDS if self[f"is_{kind}"])

    def _applies_to(self, contract, kinds):
        """Whether a contract whose buyers are of ``kinds`` bears this fee."""
        self.ensure_one()
        asked = self._get_buyer_kinds()
        return (
            (not self.currency_id or self.currency_id == contract.currency_id)
            and (not self.project_ids or contract.project_id in self.project_ids)
            and (not asked or bool(asked & kinds))
            and bool(self._filter_lines(contract.line_ids))
        )

    def _filter_lines(self, lines):
        """Those of the contract's lines whose units bear this fee."""
        self.ensure_one()
        return lines.filtered(
            lambda line: (
                (not self.unit_kind or line.unit_id.kind == self.unit_kind)
                and (
                    not self.unit_type_ids
                    or line.unit_id.unit_type_id in self.unit_type_ids
                )
            )
        )

    def _get_liability_account(self, company):
        """The account that it is held on, or an error with the way out."""
        self.ensure_one()
        # The set-up is accounting's; whoever invoices needs it.
        account = self.sudo().account_id or company.sudo().realestate_fee_account_id
        if not account:
            raise UserError(
                self.env._(
                    "Fee type %(name)s is held for an authority and has no account: "
                    "fill in “Account” there, or “Fees Held for Authorities” in "
                    "Settings → Real Estate.",
                    name=self.name,
                )
            )
        return account

    def _get_product(self):
        """The charge of the invoice's line."""
        self.ensure_one()
        xmlid = "product_fee_behalf" if self.ownership == "behalf" else "product_fee"
        # Read for people who may not see products.
        return (
            self.sudo().product_id or self.env.ref(f"realestate_sales.{xmlid}").sudo()
        )

    def _take_over(self, project):
        """Make ready types those of the project's company, or add the project to the
        company's own of that code; return them.
        """
        company = project.company_id
        taken = self.browse()
        for ready in self:
            own = self.with_context(active_test=False).search(
                [
                    ("company_id", "=", company.id),
                    ("jurisdiction_id", "=", ready.jurisdiction_id.id),
                    ("code", "=", ready.code),
                ]
            )
            if own:
                # One for all projects stays one for all.
                if not own.active:
                    own.write(ready._prepare_own_values(project))
                elif own.project_ids:
                    own.project_ids += project
            else:
                own = ready.copy(ready._prepare_own_values(project))
            taken |= own
        return taken

    def _prepare_own_values(self, project):
        self.ensure_one()
        return {
            "company_id": project.company_id.id,
            "project_ids": [Command.set(project.ids)],
            "active": True,
        }
