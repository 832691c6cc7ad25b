from odoo import api, fields, models
from odoo.tools import format_amount, format_date


class RealestatePaymentPlan(models.Model):
    """A plan made for one contract: it changes with the draft and is offered to nobody
    else.
    """

    _name = "realestate.payment.plan"
    # A file for each concern keeps them short.
    _inherit = ["realestate.facts.mixin", "realestate.payment.plan"]

    _fact_fields = frozenset({"contract_id", "standard_id"})

    contract_id = fields.Many2one(
        "realestate.contract",
        string="Made for",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="cascade",
    )
    standard_id = fields.Many2one(
        "realestate.payment.plan",
        string="Made from",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    contract_state = fields.Selection(related="contract_id.state")

    def write(self, vals):
        self._check_contract_open()
        # The lines of one form are saved one by one: the schedule follows them all.
        whole = self.with_context(realestate_plan_whole=True)
        result = super(RealestatePaymentPlan, whole).write(vals)
        self._follow_in_contract()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_if_open(self):
        self._check_contract_open()

    # === BUSINESS === #

    def _check_contract_open(self):
        """Refuse to change the plan of a contract that one may not change now."""
        for contract in self.contract_id:
            contract.check_access("write")
            contract._check_terms_open()

    def _follow_in_contract(self):
        """Compute the instalments of the contracts these plans were made for."""
        contracts = self.contract_id
        contracts.filtered(lambda one: one.plan_id in self)._refresh_schedule()

    def _follow_lines(self):
        """Follow lines that were saved by themselves. A context that says otherwise
        only leaves it to the submission, which computes every schedule again."""
        if not self.env.context.get("realestate_plan_whole"):
            self._follow_in_contract()


class RealestatePaymentPlanLine(models.Model):
    # A file for each concern keeps them short.
    _inherit = "realestate.payment.plan.line"  # pylint: disable=consider-merging-classes-inherited

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._follow_in_contract()
        return lines

    def write(self, vals):
        self.plan_id._check_contract_open()
        result = super().write(vals)
        self._follow_in_contract()
        return result

    def unlink(self):
        plans = self.plan_id
        plans._check_contract_open()
        result = super().unlink()
        plans.exists()._follow_lines()
        return result

    def _follow_in_contract(self):
        self.plan_id._check_contract_open()
        self.plan_id._follow_lines()

    def _get_text(self, currency):
        """The line in words, such as “20 %, 24 × every month”."""
        self.ensure_one()
        text = {
            "percent": self.env._("%(value)g %%", value=self.value),
            "amount": format_amount(self.env, self.value, currency),
            "balance": self.env._("the rest"),
        }[self.amount_type]
        if self.count > 1:
            text = self._get_parts_text(text)
        if self.interest_rate:
            text = self.env._(
                "%(text)s, interest %(rate)g %%", text=text, rate=self.interest_rate
            )
        return ", ".join(filter(None, (text, self._get_due_text())))

    def _get_parts_text(self, amount):
        if self.interval_months == 1:
            return self.env._(
                "%(amount)s in %(count)s monthly parts", amount=amount, count=self.count
            )
        return self.env._(
            "%(amount)s in %(count)s parts, one every %(months)s months",
            amount=amount,
            count=self.count,
            months=self.interval_months,
        )

    def _get_due_text(self):
        """When the line falls due, in words."""
        if self.trigger == "date":
            return format_date(self.env, self.date_fixed)
        months, days = self.offset_months, self.offset_days
        parts = [
            self.env._("%(months)s months", months=months) if months else "",
            self.env._("%(days)s days", days=days) if days else "",
        ]
        span = " + ".join(filter(None, parts))
        start = self.milestone_code
        if self.trigger != "milestone":
            start = self.env._("the start")
        if not span:
            return self.env._("at %(moment)s", moment=start)
        return self.env._("%(span)s after %(moment)s", span=span, moment=start)
