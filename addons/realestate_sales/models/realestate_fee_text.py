from odoo import api, models
from odoo.tools.misc import formatLang

from ..tools import fee


class RealestateFeeText(models.AbstractModel):
    """How a fee is computed, in the words of the reader's language."""

    _name = "realestate.fee.text"
    _description = "Explanation of a Fee"

    @api.model
    def _explain(self, record):
        """Base, rate, limits and rounding of a contract's fee, as one sentence."""
        if record.user_override_id:
            return self.env._("As agreed")
        if record.formula == fee.LOAN and not record.base:
            return self.env._("On the loan, once it is known")
        texts = [self._explain_rate(record)]
        amount = record.currency_id.format(record.amount_computed)
        if record.limit == fee.MINIMUM:
            texts.append(self.env._("at least %(amount)s", amount=amount))
        if record.limit == fee.MAXIMUM:
            texts.append(self.env._("at most %(amount)s", amount=amount))
        if record.rounding_unit:
            unit = record.currency_id.format(record.rounding_unit)
            texts.append(self.env._("rounded to %(unit)s", unit=unit))
        return ", ".join(texts)

    @api.model
    def _explain_rate(self, record):
        money = record.currency_id.format
        values = {
            "rate": self._format_rate(record.rate),
            "amount": money(record.rate),
            "base": money(record.base),
            "area": formatLang(self.env, record.base, digits=2),
        }
        if record.formula == fee.PRICE:
            return self.env._("%(rate)s %% of %(base)s", **values)
        if record.formula == fee.NET:
            return self.env._("%(rate)s %% of the price without it", **values)
        if record.formula == fee.AREA:
            return self.env._("%(amount)s × %(area)s m²", **values)
        if record.formula == fee.LOAN:
            return self.env._("%(rate)s %% of the loan of %(base)s", **values)
        return self.env._("Fixed amount")

    @api.model
    def _format_rate(self, rate):
        """A percentage with the decimals it needs: 2, 0.25, 1.125."""
        digits = next(
            (digits for digits in range(6) if round(rate, digits) == round(rate, 6)), 6
        )
        return formatLang(self.env, rate, digits=digits)
