from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

#: What :mod:`..tools.affordability` says, in the user's language, by its codes.
AFFORDABILITY_MESSAGES = {
    "months": _lt("The bank lends for %(maximum)s months at most."),
    "ltv": _lt("The bank lends %(percent)s %% of the price at most: %(maximum)s."),
    "fund": _lt("The housing fund lends %(maximum)s at most."),
    "no_income": _lt("Enter the income of the household."),
    "income": _lt(
        "The household has to earn %(factor)s times the instalment: %(wanted)s a month."
    ),
    "debt_ratio": _lt(
        "Instalment and other debts take %(ratio)s %% of the income; the bank allows "
        "%(maximum)s %%."
    ),
}
