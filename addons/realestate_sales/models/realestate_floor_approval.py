from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class RealestateApprovalTier(models.Model):
    # Each kind in the file of its concern.
    _inherit = "realestate.approval.tier"  # pylint: disable=consider-merging-classes-inherited

    kind = fields.Selection(
        selection_add=[("floor", "Price Below Floor")], ondelete={"floor": "cascade"}
    )


class RealestateFloorApproval(models.AbstractModel):
    """Records whose prices below the floor price are approved: by tiers, measured by
    how far below they are, else by a supervisor.

    The approval is of these prices of these units for this buyer: it is void as soon as
    one of them changes. A heir names this model before its own in ``_inherit``.
    """

    _name = "realestate.floor.approval"
    _description = "Approval of Prices below the Floor Price"
    _inherit = ["realestate.approval.mixin"]

    is_floor_pending = fields.Boolean(
        compute="_compute_is_floor_pending", groups="base.group_user"
    )
    is_floor_by_tiers = fields.Boolean(
        compute="_compute_is_floor_pending", groups="base.group_user"
    )

    @api.depends(lambda self: self._get_floor_document_paths())
    def _compute_is_floor_pending(self):
        for record in self:
            # Whoever may see the record may know what it waits for.
            own = record.sudo()
            states = own._get_approvals("floor").mapped("state")
            record.is_floor_pending = "pending" in states
            tiers = own.env["realestate.approval.tier"]
            if record.company_id in tiers._get_companies("floor"):
                tiers = own._choose_tiers("floor", *own._measure_approval("floor"))
            record.is_floor_by_tiers = bool(tiers)

    def write(self, vals):
        result = super().write(vals)
        if {"price", "unit_id", "partner_id", "line_ids"} & vals.keys():
            self._void_outdated("floor")
        return result

    # === ACTIONS === #

    def action_request_floor(self, reason=None):
        """Ask who approves prices below the floor price: tiers, else supervisors.

        :param reason: text kept with what is asked; required
        """
        self.check_access("write")
        self._check_floor_reason(reason)
        for record in self:
            record._check_floor_open()
            record._request_approval("floor", reason)
        return True

    def action_approve_floor(self, reason=None):
        """Approve the prices below the floor price.

        :param reason: text kept with the approval; required
        :raises AccessError: when the caller is no supervisor or manager
        :raises UserError: when nothing needs it, or where tiers decide
        """
        self.check_access("write")
        self._check_may_approve_floor()
        self._check_floor_reason(reason)
        for record in self:
            record._check_floor_open()
            record._approve_by_rule("floor", reason)
        return True

    # === HOOKS === #

    @api.model
    def _get_floor_document_paths(self):
        """What its prices and their approvals depend on, as paths of fields."""
        return ["approval_ids.state"]

    def _get_floor_prices(self):
        """The prices that the record's own approval is about."""
        raise NotImplementedError

    def _is_floor_open(self):
        """Whether its prices are still to be agreed."""
        raise NotImplementedError

    def _get_approval_facts(self, kind):
        if kind != "floor":
            return super()._get_approval_facts(kind)
        return {
            "buyer": self.partner_id.id,
            "prices": [
                [price.unit_id.id, price.price, price.unit_id.price_floor]
                for price in self._get_floor_prices().sorted("unit_id")
            ],
        }

    def _get_approval_summary(self, kind):
        if kind != "floor":
            return super()._get_approval_summary(kind)
        rows = [("buyer", self.env._("Buyer"), self.partner_id.name)]
        for price in self._get_floor_prices():
            text = self.env._(
                "%(price)s, %(percent).2f %% below the floor price %(floor)s",
                price=price.currency_id.format(price.price),
                percent=price._get_floor_percent(),
                floor=price.currency_id.format(price.unit_id.price_floor),
            )
            rows.append((f"unit {price.unit_id.id}", price.unit_id.name, text))
        return rows

    def _get_approval_measure(self, kind):
        if kind != "floor":
            return super()._get_approval_measure(kind)
        prices = self._get_floor_prices()
        percents = [price._get_floor_percent() for price in prices]
        return sum(prices.mapped("price")), round(max(percents, default=0), 2)

    def _get_approval_group(self, kind):
        if kind != "floor":
            return super()._get_approval_group(kind)
        return self.env.ref("realestate_sales.group_supervisor")

    def _request_by_reason(self, kind, reason):
        if kind != "floor":
            return super()._request_by_reason(kind, reason)
        return self.action_request_floor(reason)

    def _approve_by_reason(self, kind, reason):
        if kind != "floor":
            return super()._approve_by_reason(kind, reason)
        return self.action_approve_floor(reason)

    # === BUSINESS === #

    def _check_floor_open(self):
        self.ensure_one()
        waiting = any(p._needs_floor_approval() for p in self._get_floor_prices())
        if not self._is_floor_open() or not waiting:
            raise UserError(
                self.env._(
                    "%(document)s asks for no approval of its prices.",
                    document=self.display_name,
                )
            )

    def _check_may_approve_floor(self):
        if not self.env.su and not self.env.user.has_group(
            "realestate_sales.group_supervisor"
        ):
            raise AccessError(
                self.env._(
                    "Only a contract supervisor or a sales manager may approve a price "
                    "below the floor price."
                )
            )

    def _check_floor_reason(self, reason):
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(
                self.env._(
                    "Say why the price may be below the floor price: the reason is "
                    "kept."
                )
            )

    def _get_floor_approved(self):
        """The last approval of the prices below the floor price, as they are."""
        self.ensure_one()
        approvals = self._get_approvals("floor")
        return approvals[-1:] if self._is_approved("floor") else approvals[:0]
