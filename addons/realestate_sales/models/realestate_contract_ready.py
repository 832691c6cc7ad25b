from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.eligibility import SigningFacts, signing_reasons
from .eligibility_messages import reason_texts


class RealestateContract(models.Model):
    """Whether a contract is ready to be signed by its buyers."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    is_ready_to_sign = fields.Boolean(
        string="Ready to Sign",
        compute="_compute_signing_reasons",
        search="_search_is_ready_to_sign",
        groups="base.group_user",
    )
    signing_reasons = fields.Text(
        string="What Is Missing",
        compute="_compute_signing_reasons",
        groups="base.group_user",
    )

    @api.depends("state", "date_signed", "advance_ids.amount_residual")
    def _compute_signing_reasons(self):
        for contract in self:
            reasons = contract._get_signing_reasons()
            is_over = contract.date_signed or contract.state == "cancelled"
            contract.signing_reasons = "" if is_over else "\n".join(reasons)
            contract.is_ready_to_sign = not reasons

    @api.model
    def _search_is_ready_to_sign(self, operator, value):
        if operator != "in":
            return NotImplemented
        ready = self.search(self._get_signing_candidates_domain()).filtered(
            lambda contract: not contract._get_signing_reasons()
        )
        domain = Domain("id", "in", ready.ids)
        return domain if True in value else ~domain

    # === BUSINESS === #

    def _get_signing_reasons(self):
        """What keeps the contract from being signed, as sentences, beginning with its
        own state. What others require of the step is in it.

        :return: list of sentences with the way out; none: it is ready
        """
        self.ensure_one()
        facts = SigningFacts(
            state=self.state,
            advance_open=self._get_advance_money(),
        )
        reasons = reason_texts(self, signing_reasons(facts))
        if self.state in ("draft", "review", "approved"):
            reasons += self._get_step_problems("sign")
        # What is only a reason here may be a problem of the step, by the settings.
        return list(dict.fromkeys(reasons))

    @api.model
    def _get_signing_candidates_domain(self):
        """Contracts that may be ready: too wide is allowed, too narrow is not. Others
        narrow it by what the database knows, and so spare asking each contract."""
        open_ahead = Domain("is_void", "=", False) & Domain("amount_residual", ">", 0)
        open_ahead &= Domain("kind", "in", ("reservation", "deposit"))
        return Domain("state", "=", "approved") & ~Domain(
            "installment_ids", "any", open_ahead
        )
