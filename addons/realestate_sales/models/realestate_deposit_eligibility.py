from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import money
from ..tools.eligibility import DepositFacts, deposit_reasons
from .eligibility_messages import reason_texts


class RealestateDeposit(models.Model):
    """Whether a deposit agreement may be signed."""

    # A file for each concern keeps them short.
    _inherit = "realestate.deposit"  # pylint: disable=consider-merging-classes-inherited

    reasons = fields.Text(string="What Is Missing", compute="_compute_reasons")
    is_eligible = fields.Boolean(string="Ready", compute="_compute_reasons")

    @api.depends("amount", "date_deposit", "date_sign_by", "reservation_id", "state")
    def _compute_reasons(self):
        for deposit in self:
            is_draft = deposit.state == "draft" and deposit.reservation_id
            reasons = deposit._get_reasons() if is_draft else []
            deposit.reasons = "\n".join(reasons)
            deposit.is_eligible = is_draft and not reasons

    # === BUSINESS === #

    def _check_eligible(self):
        self.ensure_one()
        reasons = self._get_reasons()
        if reasons:
            raise UserError(
                self.env._(
                    "Deposit agreement %(name)s cannot be signed yet:\n%(reasons)s",
                    name=self.name,
                    reasons="\n".join(f"• {reason}" for reason in reasons),
                )
            )

    def _get_reasons(self):
        """What keeps the agreement from being signed, as sentences."""
        self.ensure_one()
        return reason_texts(self, deposit_reasons(self._get_facts()))

    def _get_facts(self):
        reservation = self.reservation_id

        def amount(value):
            return money.to_money(value, self.currency_id.decimal_places)

        return DepositFacts(
            reservation_state=reservation.state,
            holds_unit=reservation._holds_unit(),
            amount=amount(self.amount),
            fee=amount(self.fee),
            fee_open=amount(reservation._get_advance_open()),
            price=amount(self.price),
            date_deposit=self.date_deposit or fields.Date.context_today(self),
            date_sign_by=self.date_sign_by or None,
            today=fields.Date.context_today(self),
            cooling_off=reservation.date_cooling_off or None,
            missing=tuple(self._get_missing_details()),
        )

    def _get_missing_details(self):
        """What is not known of the buyer and stands in the agreement, as labels."""
        partner = self.partner_id
        wanted = {
            self.env._("address"): partner.street,
            self.env._("country"): partner.country_id,
            self.env._("phone or e-mail"): partner.phone or partner.email,
        }
        return [label for label, known in wanted.items() if not known]
