from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang

from .pricing_messages import STEP_MESSAGES


class RealestatePricelist(models.Model):
    """How a price came about, in the language of the context."""

    # A file for each concern keeps them short.
    _inherit = "realestate.pricelist"  # pylint: disable=consider-merging-classes-inherited

    # === ACTIONS === #

    def action_preview(self):
        """Show how the rules price one unit, without writing anything."""
        self.ensure_one()
        unit = self.line_ids[:1].unit_id or self.project_id.unit_ids[:1]
        return self._open_preview(unit)

    def action_compare(self):
        """Compare this version with the effective one, or with the one before it."""
        self.ensure_one()
        others = self.search(
            [("project_id", "=", self.project_id.id), ("id", "!=", self.id)]
        )
        before = others.filtered(lambda other: other.version < self.version)
        effective = others.filtered(lambda other: other.state == "effective")
        other = effective or before[:1] or others[:1]
        if not other:
            raise UserError(
                self.env._(
                    "%(name)s is the only price list of %(project)s: there is nothing "
                    "to compare it with.",
                    name=self.name,
                    project=self.project_id.name,
                )
            )
        comparison = self.env["realestate.pricelist.comparison"].create(
            {"pricelist_id": self.id, "other_id": other[:1].id}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Compare %(name)s", name=self.name),
            "res_model": comparison._name,
            "res_id": comparison.id,
            "view_mode": "form",
        }

    # === BUSINESS === #

    def _open_preview(self, unit):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Price Calculation"),
            "res_model": "realestate.pricelist.preview",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_pricelist_id": self.id,
                "default_unit_id": unit.id,
            },
        }

    def _explain(self, unit, price=None, is_manual=False):
        """The calculation of the price of ``unit``, ready to be printed.

        :param price: the list price it has; where the rules come to another one, a last
            row says why. None: whatever the rules come to
        :return: dict of rows (name, text, amount, total) and the list and floor price
        :raises UserError: when no price follows from the rules and none is given
        """
        self.ensure_one()
        try:
            computed = self._price_units(unit)[unit]
        except UserError:
            if price is None:
                raise
            return {"rows": [self._explain_whole(price)], "price_list": price}
        currency = self.currency_id
        rows = [self._explain_step(step) for step in computed.steps]
        total = float(computed.price_list)
        if price is not None and currency.compare_amounts(price, total):
            reason = "manual" if is_manual or not rows else "changed"
            rest = self._explain_rest(currency.round(price - total), price, reason)
            rows.append(rest)
            total = price
        return {
            "rows": rows,
            "price_list": total,
            "price_floor": float(computed.price_floor),
        }

    def _explain_step(self, step):
        code = step.code
        if code == "rounding":
            code = f"rounding_{step.params['rounding']}"
        elif step.params.get("floors") == 1:
            code = f"{code}_one"
        # By its id: the name in the reader's language.
        rule = self.env["realestate.pricelist.rule"].browse(step.rule and step.rule.key)
        return {
            "name": rule.name or self.env._("Rounding"),
            "text": str(STEP_MESSAGES[code]) % self._format_params(step),
            "amount": float(step.amount),
            "total": float(step.total),
        }

    def _explain_rest(self, amount, total, reason="manual"):
        return {
            "name": self.env._("Adjustment"),
            "text": str(STEP_MESSAGES[reason]),
            "amount": amount,
            "total": total,
        }

    @api.model
    def _explain_whole(self, price):
        return {
            "name": self.env._("List price"),
            "text": str(STEP_MESSAGES["given"]),
            "amount": price,
            "total": price,
        }

    def _format_params(self, step):
        """The figures of a step as texts, with the decimals they need."""
        places = self.currency_id.decimal_places
        digits = {"of": places, "step": places, "area": 2, "floors": 0}
        if "value" in step.params:
            value = step.params["value"].normalize()
            is_percent = "percent" in step.code
            least = 0 if is_percent else places
            digits["value"] = max(least, -value.as_tuple().exponent)
        return {
            name: formatLang(self.env, float(value), digits=digits[name])
            for name, value in step.params.items()
            if name in digits
        }
