from odoo import api, fields, models
from odoo.tools import formatLang

from ..tools.affordability import Household, LoanPart, check_loan
from ..tools.money import to_money
from .mortgage_messages import AFFORDABILITY_MESSAGES


class RealestateMortgage(models.Model):
    """Whether the borrower can carry the loan, by the rules of the programme."""

    # A file for each concern keeps them short.
    _inherit = "realestate.mortgage"  # pylint: disable=consider-merging-classes-inherited

    income = fields.Monetary(
        string="Income a Month",
        groups="realestate_sales.group_loan_officer,realestate_sales.group_supervisor",
        help="Of the household, after tax.",
    )
    debts = fields.Monetary(
        string="Other Debts a Month",
        groups="realestate_sales.group_loan_officer,realestate_sales.group_supervisor",
    )
    amount_instalment = fields.Monetary(
        string="First Instalment", compute="_compute_affordability"
    )
    amount_interest = fields.Monetary(
        string="Interest in All", compute="_compute_affordability"
    )
    ltv = fields.Float(
        string="Loan to Value (%)",
        digits=(7, 2),
        compute="_compute_affordability",
        aggregator=None,
    )
    debt_ratio = fields.Float(
        string="Debt to Income (%)",
        digits=(7, 2),
        compute="_compute_affordability",
        aggregator=None,
        groups="realestate_sales.group_loan_officer,realestate_sales.group_supervisor",
    )
    amount_max = fields.Monetary(
        string="Largest Loan",
        compute="_compute_affordability",
        help="What this programme would lend for this price and income. 0: no limit.",
    )
    is_affordable = fields.Boolean(compute="_compute_affordability")
    affordability = fields.Text(
        string="What Stands against It",
        compute="_compute_affordability",
        groups="realestate_sales.group_loan_officer,realestate_sales.group_supervisor",
    )

    @api.depends(
        "amount_commercial",
        "amount_fund",
        "months",
        "programme_id",
        "price",
        "income",
        "debts",
    )
    @api.depends_context("lang")
    def _compute_affordability(self):
        for mortgage in self:
            # The figures are whoever's who reads the mortgage; income is not.
            own = mortgage.sudo()
            result = own.programme_id._check_affordability(
                own.currency_id,
                own.price,
                own.amount_commercial,
                own.amount_fund,
                own.months,
                own.income,
                own.debts,
            )
            mortgage.update(own.programme_id._prepare_affordability(result, own))


class RealestateBankProgramme(models.Model):
    _inherit = "realestate.bank.programme"  # pylint: disable=consider-merging-classes-inherited

    def _check_affordability(
        self, currency, price, commercial, fund, months, income, debts
    ):
        """Ask the pure check, in money of ``currency``; None while something that it
        needs is not there yet."""
        if not self or not currency or not 0 < months <= 600:
            return None
        places = currency.decimal_places
        amounts = [
            to_money(one or 0, places)
            for one in (price, commercial, fund, income, debts)
        ]
        if min(amounts) < 0:
            return None
        price, commercial, fund, income, debts = amounts
        rates = self._get_rates()
        return check_loan(
            price,
            LoanPart(commercial, rates["commercial"]),
            LoanPart(fund, rates["fund"]),
            months,
            self.method,
            Household(income, debts),
            self._get_rules(currency),
            places,
        )

    def _prepare_affordability(self, result, record):
        """Values of the computed fields; ``record`` has the currency."""
        if not result:
            return {
                "amount_instalment": 0.0,
                "amount_interest": 0.0,
                "ltv": 0.0,
                "debt_ratio": 0.0,
                "amount_max": 0.0,
                "is_affordable": False,
                "affordability": False,
            }
        texts = [
            self._explain_problem(problem, record.currency_id)
            for problem in result.problems
        ]
        return {
            "amount_instalment": float(result.instalment),
            "amount_interest": float(result.interest),
            "ltv": float(result.ltv or 0),
            "debt_ratio": float(result.debt_ratio or 0),
            "amount_max": float(result.amount_max or 0),
            "is_affordable": not texts,
            "affordability": "\n".join(texts) or False,
        }

    def _explain_problem(self, problem, currency):
        """A sentence in the user's language; money as money, percent as percent."""
        money = {"ltv": ("maximum",), "fund": ("maximum",), "income": ("wanted",)}
        values = {
            name: currency.format(float(value))
            if name in money.get(problem.code, ())
            else self._format_number(value)
            for name, value in problem.params.items()
        }
        return str(AFFORDABILITY_MESSAGES[problem.code]) % values

    def _format_number(self, value):
        digits = 0 if value == int(value) else 2
        return formatLang(self.env, float(value), digits=digits)
