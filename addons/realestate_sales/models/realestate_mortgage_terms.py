from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from ..tools.mortgage import DONE
from .realestate_mortgage import TERMS


class RealestateMortgage(models.Model):
    """What may be lent to whom, and until when that may change."""

    # A file for each concern keeps them short.
    _inherit = "realestate.mortgage"  # pylint: disable=consider-merging-classes-inherited

    @api.constrains("contract_id", "partner_id", "programme_id", "amount")
    def _check_loan(self):
        # What is checked may be more than the writer reads.
        for mortgage in self.sudo():
            problem = mortgage._get_loan_problem()
            if problem:
                raise ValidationError(problem)

    def _check_terms_open(self, vals):
        for mortgage in self:
            given = TERMS & vals.keys() if mortgage.date_submitted else set()
            if "contract_id" in vals and mortgage.contract_id.id != vals["contract_id"]:
                given.add("contract_id")
            if given or (mortgage.is_ended and mortgage.stage != DONE):
                raise UserError(
                    self.env._(
                        "Mortgage %(mortgage)s waits for “%(stage)s”: its contract, "
                        "and once it was submitted its terms, stay. Cancel it and "
                        "take up another one, or step back.",
                        mortgage=mortgage.name,
                        stage=mortgage._get_stage_label(),
                    )
                )

    # === BUSINESS === #

    def _get_loan_problem(self):
        """What makes the mortgage impossible, or an empty text."""
        names = {"mortgage": self.name, "contract": self.contract_id.name}
        if self.contract_id.state in ("completed", "cancelled"):
            return self.env._(
                "Contract %(contract)s has ended: it takes no mortgage.", **names
            )
        if self.partner_id not in self.contract_id.buyer_ids.partner_id:
            return self.env._(
                "%(partner)s does not buy by contract %(contract)s: choose one of its "
                "buyers as borrower.",
                partner=self.partner_id.name,
                **names,
            )
        if self.currency_id.compare_amounts(self.amount, self.price) > 0:
            return self.env._(
                "The loan of %(amount)s is more than the price of contract "
                "%(contract)s, %(price)s.",
                amount=self.currency_id.format(self.amount),
                price=self.currency_id.format(self.price),
                **names,
            )
        return self._get_programme_problem()

    def _get_programme_problem(self):
        programme, project = self.programme_id, self.project_id
        if programme.project_ids and project not in programme.project_ids:
            return self.env._(
                "%(programme)s is not offered in project %(project)s: choose another "
                "programme.",
                programme=programme.display_name,
                project=project.name,
            )
        parts = {"commercial": self.amount_commercial, "fund": self.amount_fund}
        wanted = parts.keys() if self.kind == "combined" else {self.kind}
        if any(bool(amount) != (kind in wanted) for kind, amount in parts.items()):
            return self.env._(
                "%(programme)s is a “%(kind)s”: enter the amount of that and no other.",
                programme=programme.display_name,
                kind=dict(programme._fields["kind"]._description_selection(self.env))[
                    self.kind
                ],
            )
        return ""
