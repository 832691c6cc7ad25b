from datetime import timedelta
from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class RealestateUnit(models.Model):
    """The doors to a unit: hold, reserve."""

    # A file for each concern keeps them short.
    _inherit = "realestate.unit"  # pylint: disable=consider-merging-classes-inherited

    # === ACTIONS === #

    def action_hold(self, expires_at=None):
        """Hold the units for the calling user.

        :param expires_at: UTC datetime (or its text), default the company's duration
        :return: True
        :raises UserError: when a unit is claimed, not released, or the time has passed
        """
        self.check_access("read")
        self._check_may_claim()
        for unit in self.sorted("id"):
            until = unit._get_hold_expiry(expires_at)
            unit._check_hold_limit(until)
            unit._claim("hold", expires_at=until)
        return True

    def action_release(self):
        """End the holds of the calling user; a supervisor may end anybody's."""
        self.check_access("read")
        self._check_may_claim()
        supervisor = self.env.user.has_group("realestate_sales.group_supervisor")
        for unit in self:
            claim = unit.live_claim_id.sudo()
            if claim.kind != "hold":
                raise UserError(
                    self.env._(
                        "Unit %(unit)s is not held. A reservation or contract is ended "
                        "by cancelling it.",
                        unit=unit.name,
                    )
                )
            if claim.user_id != self.env.user and not supervisor:
                raise AccessError(
                    self.env._(
                        "Unit %(unit)s is held by %(user)s: only they or a supervisor "
                        "may release it.",
                        unit=unit.name,
                        user=claim.user_id.name,
                    )
                )
            claim._free()
        return True

    def action_reserve(self, partner, plan, fee, expires_at=None):
        """Reserve the unit for a buyer.

        :param partner: `res.partner` record or id
        :param plan: `realestate.payment.plan` record or id
        :param fee: amount in the project's currency, 0 for none
        :param expires_at: UTC datetime (or its text), default the company's duration
        :return: the draft `realestate.reservation`, which claims the unit already
        """
        self.ensure_one()
        values = {
            "unit_id": self.id,
            "partner_id": self._to_id("res.partner", partner),
            "plan_id": self._to_id("realestate.payment.plan", plan),
            "fee": self._to_amount(fee),
        }
        if expires_at:
            values["date_expiry"] = self._to_datetime(expires_at)
        return self.env["realestate.reservation"].create(values)

    def action_reserve_form(self):
        """Open a new reservation of this unit."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reserve %(unit)s", unit=self.name),
            "res_model": "realestate.reservation",
            "view_mode": "form",
            "context": {"default_unit_id": self.id},
        }

    # === BUSINESS === #

    def _check_may_claim(self):
        if not self.env.su and not self.env.user.has_group(
            "realestate_sales.group_agent"
        ):
            raise AccessError(
                self.env._("Only sales staff may hold, release or reserve units.")
            )

    def _get_hold_limit(self):
        # Limits are the manager's to see and change; they bind everybody.
        limits = self.env["realestate.hold.limit"].sudo()
        return limits._get_for(self.company_id, self.env.user)

    def _check_hold_limit(self, until):
        if not self.env.su:
            self._get_hold_limit()._check_hold(self, self.env.user, until)

    def _get_hold_expiry(self, expires_at):
        self.ensure_one()
        now = fields.Datetime.now()
        if not expires_at:
            hours = self.company_id.sudo().realestate_hold_hours
            return now + timedelta(
                hours=min(hours, self._get_hold_limit().hold_hours or hours)
            )
        expires_at = self._to_datetime(expires_at)
        if expires_at <= now:
            raise UserError(
                self.env._(
                    "Unit %(unit)s: the hold would end in the past. Give a later time.",
                    unit=self.name,
                )
            )
        return expires_at

    def _to_datetime(self, value):
        try:
            return fields.Datetime.to_datetime(value)
        except (TypeError, ValueError) as error:
            raise UserError(
                self.env._(
                    "“%(value)s” is no date and time. Write it as 2026-12-31 18:00:00, "
                    "in UTC.",
                    value=value,
                )
            ) from error

    def _to_id(self, model, value):
        """The id of a record of ``model``, given as ``value`` itself or by its id."""
        is_record = isinstance(value, models.BaseModel) and value._name == model
        number = value.id if is_record else value
        is_id = isinstance(number, int) and not isinstance(number, bool)
        if is_id and self.env[model].browse(number).exists():
            return number
        raise UserError(
            self.env._(
                "Unit %(unit)s: “%(value)s” is no %(model)s. Give the id of one that "
                "exists.",
                unit=self.name,
                value=value,
                model=self.env[model]._description,
            )
        )

    def _to_amount(self, value):
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            return value
        raise UserError(
            self.env._(
                "Unit %(unit)s: the fee “%(value)s” is no number. Give it in "
                "%(currency)s, or 0 for none.",
                unit=self.name,
                value=value,
                currency=self.currency_id.name,
            )
        )

    def _claim(self, kind, origin=None, partner=None, expires_at=None):
        """Claim this unit for ``origin``, taking over the origin's or, for a
        reservation, the calling user's own earlier claim.

        :return: the new claim
        :raises UserError: when somebody else's claim is live, also when it was made by
            a transaction that this one cannot see
        """
        self.ensure_one()
        # Claims are written by nobody's hand: this method is the door.
        return (
            self.env["realestate.unit.claim"]
            .sudo()
            ._take(self, kind, origin=origin, partner=partner, expires_at=expires_at)
        )
