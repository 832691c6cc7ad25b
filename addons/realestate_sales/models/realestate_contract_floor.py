from odoo import api, fields, models


class RealestateContractLine(models.Model):
    """A price of a contract: approved with the contract or for its reservation."""

    _name = "realestate.contract.line"
    _inherit = ["realestate.contract.line", "realestate.floor.price"]

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.contract_id._void_outdated("floor")
        return lines

    def write(self, vals):
        result = super().write(vals)
        if {"price", "unit_id"} & vals.keys():
            self.contract_id._void_outdated("floor")
        return result

    def unlink(self):
        contracts = self.contract_id
        result = super().unlink()
        contracts.exists()._void_outdated("floor")
        return result

    # === HOOKS === #

    @api.model
    def _get_floor_paths(self):
        return [
            *super()._get_floor_paths(),
            "contract_id.partner_id",
            "contract_id.approval_ids.state",
            "contract_id.line_ids.price",
            "contract_id.reservation_id",
        ]

    def _get_floor_approval(self):
        if not self.is_below_floor:
            return super()._get_floor_approval()
        if self._is_approved_in_reservation():
            return self.contract_id.reservation_id._get_floor_approved()
        return self.contract_id._get_floor_approved()

    def _is_approved_in_reservation(self):
        """Whether this price of this unit was approved for the same buyer before."""
        self.ensure_one()
        contract = self.contract_id
        reservation = contract.reservation_id
        return (
            reservation.unit_id == self.unit_id
            and reservation.partner_id == contract.partner_id
            and not self.currency_id.compare_amounts(self.price, reservation.price)
            and reservation._is_approved("floor")
        )


class RealestateContract(models.Model):
    """A contract below the floor price is reviewed once its prices are approved."""

    _name = "realestate.contract"
    _inherit = ["realestate.floor.approval", "realestate.contract"]

    needs_floor_approval = fields.Boolean(
        compute="_compute_needs_floor_approval", groups="base.group_user"
    )

    @api.depends("line_ids.is_below_floor", "line_ids.is_floor_approved")
    def _compute_needs_floor_approval(self):
        for contract in self:
            contract.needs_floor_approval = any(
                line._needs_floor_approval() for line in contract.line_ids
            )

    # === HOOKS === #

    @api.model
    def _get_floor_document_paths(self):
        return [*super()._get_floor_document_paths(), "line_ids.is_below_floor"]

    def _get_floor_prices(self):
        # The reservation a contract was made from need not be its reader's to see.
        return self.line_ids.filtered(
            lambda line: (
                line.is_below_floor and not line.sudo()._is_approved_in_reservation()
            )
        )

    def _is_floor_open(self):
        return self.state in ("draft", "review")

    # === BUSINESS === #

    def _get_problems(self):
        lines = self.line_ids.filtered(lambda line: line._needs_floor_approval())
        return super()._get_problems() + [line._floor_price_message() for line in lines]
