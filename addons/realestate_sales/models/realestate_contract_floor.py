from odoo import api, fields, models
from odoo.exceptions import UserError

from .realestate_floor_approval import FLOOR_FACTS


class RealestateContractLine(models.Model):
    _name = "realestate.contract.line"
    _inherit = ["realestate.contract.line", "realestate.floor.approval"]

    @api.model
    def _get_fact_fields(self):
        return super()._get_fact_fields() | FLOOR_FACTS


class RealestateContract(models.Model):
    """A contract below the floor price is reviewed once its prices are approved."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    needs_floor_approval = fields.Boolean(
        compute="_compute_needs_floor_approval", groups="base.group_user"
    )

    @api.depends("line_ids.is_below_floor", "line_ids.is_floor_approved")
    def _compute_needs_floor_approval(self):
        for contract in self:
            contract.needs_floor_approval = any(
                line._needs_floor_approval() for line in contract.line_ids
            )

    # === ACTIONS === #

    def action_approve_floor(self, reason=None):
        """Approve the prices of a draft that are below the floor price.

        :param reason: text kept with each of these prices; required
        :raises AccessError: when the caller is no supervisor or manager
        """
        self.check_access("write")
        self.env["realestate.contract.line"]._check_may_approve_floor(reason)
        for contract in self:
            lines = contract.line_ids.filtered(lambda one: one._needs_floor_approval())
            if contract.state not in ("draft", "review") or not lines:
                raise UserError(
                    self.env._(
                        "Contract %(contract)s asks for no approval of its prices.",
                        contract=contract.name,
                    )
                )
            lines._approve_floor(reason)
            for line in lines:
                contract.message_post(body=line._floor_approved_message())
        return True

    # === BUSINESS === #

    def _get_problems(self):
        lines = self.line_ids.filtered(lambda line: line._needs_floor_approval())
        return super()._get_problems() + [line._floor_price_message() for line in lines]

    def _take_floor_approval(self, reservation):
        """Carry over what was approved for the reservation, at the same price."""
        self.ensure_one()
        if not reservation.is_floor_approved:
            return
        line = self.line_ids.filtered(lambda one: one.unit_id == reservation.unit_id)
        if line and not self.currency_id.compare_amounts(line.price, reservation.price):
            values = reservation._read_format(FLOOR_FACTS - {"floor_user_id"})[0]
            values.pop("id")
            line._write_facts(floor_user_id=reservation.floor_user_id.id, **values)
