from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import UserError

from ..tools.approval import deviation


class RealestateApprovalTier(models.Model):
    # Each kind in the file of its concern.
    _inherit = "realestate.approval.tier"  # pylint: disable=consider-merging-classes-inherited

    kind = fields.Selection(
        selection_add=[("pricelist", "Price List")], ondelete={"pricelist": "cascade"}
    )


class RealestatePricelist(models.Model):
    """Approval of a price list by tiers where the company has set them up, measured by
    its biggest deviation from the prices in force; else by a manager."""

    _name = "realestate.pricelist"
    # A file for each concern keeps them short.
    _inherit = [
        "realestate.pricelist",
        "mail.activity.mixin",
        "realestate.approval.mixin",
    ]

    _approval_kind = "pricelist"

    # === ACTIONS === #

    def action_request_approval(self):
        """Ask the tiers that have to approve the drafts.

        :raises UserError: for a list that prices nothing, comes too late or needs none
        """
        self._check_is_manager()
        for pricelist in self:
            pricelist._check_priced()
            pricelist._check_not_before_effective()
            if pricelist.state != "draft":
                raise UserError(pricelist._state_move_message("approved"))
            pricelist._request_approval("pricelist")
            if not pricelist._get_approvals("pricelist"):
                raise UserError(
                    self.env._(
                        "Price list %(name)s needs no approval by others: a sales "
                        "manager approves it.",
                        name=pricelist.name,
                    )
                )
        return True

    def action_approve(self):
        """Approve the version: by the tiers asked for, else by a manager."""
        drafts = self.filtered(lambda pricelist: pricelist.state == "draft")
        by_tiers = drafts.filtered(lambda p: p._get_approvals("pricelist"))
        for pricelist in by_tiers:
            pending = pricelist._get_approvals("pricelist").filtered(
                lambda approval: approval.state == "pending"
            )
            # The decision is the user's own: the approval checks who that is.
            pending[:1].sudo(False).action_approve()
        others = self - by_tiers
        # Tiers are not everybody's to read.
        for pricelist in (drafts - by_tiers).sudo():
            tiers = pricelist._choose_tiers(
                "pricelist", *pricelist._measure_approval("pricelist")
            )
            if tiers:
                raise UserError(pricelist._approval_tiers_message(tiers))
        return super(RealestatePricelist, others).action_approve() if others else True

    def action_draft(self):
        """Take back the approval, which is void then."""
        result = super().action_draft()
        # Approvals are written by nobody's hand.
        self.sudo()._void_approvals("pricelist")
        return result

    # === HOOKS === #

    def _get_approval_facts(self, kind):
        if kind != "pricelist":
            return super()._get_approval_facts(kind)
        return {
            "date": self.date_effective,
            "prices": [
                [line.unit_id.id, line.price_list, line.price_floor]
                for line in self.line_ids.sorted(lambda line: line.unit_id.id)
            ],
        }

    def _get_approval_summary(self, kind):
        if kind != "pricelist":
            return super()._get_approval_summary(kind)
        before = self._get_prices_before()
        lines = self.line_ids
        prices = lines.mapped("price_list")
        changed = lines.filtered(lambda line: line.price_list != before[line.unit_id])
        money = self.currency_id.format
        date = self._summary_date(self.date_effective)
        return [
            ("project", self.env._("Project"), self.project_id.name),
            ("date", self.env._("Effective from"), date),
            ("units", self.env._("Units"), str(len(lines))),
            ("changed", self.env._("Prices changed"), str(len(changed))),
            ("before", self.env._("All units before"), money(sum(before.values()))),
            ("after", self.env._("All units after"), money(sum(prices))),
            ("lowest", self.env._("Lowest price"), money(min(prices, default=0))),
            ("highest", self.env._("Highest price"), money(max(prices, default=0))),
        ]

    def _get_approval_measure(self, kind):
        if kind != "pricelist":
            return super()._get_approval_measure(kind)
        before = self._get_prices_before()
        pairs = [
            (Decimal(str(before[line.unit_id])), Decimal(str(line.price_list)))
            for line in self.line_ids
        ]
        return sum(self.line_ids.mapped("price_list")), float(deviation(pairs))

    def _on_approved(self, kind):
        if kind == "pricelist":
            # The tiers have decided in the place of the manager.
            self.sudo()._approve()
        return super()._on_approved(kind)

    # === BUSINESS === #

    def _get_prices_before(self):
        """The list prices in force by unit; a unit without a list has its own."""
        self.ensure_one()
        in_force = self.search(
            [("project_id", "=", self.project_id.id), ("state", "=", "effective")]
        )
        prices = {line.unit_id: line.price_list for line in in_force.line_ids}
        return {
            unit: prices.get(unit, unit.price_list) for unit in self.line_ids.unit_id
        }

    def _check_draft(self):
        result = super()._check_draft()
        # What is about to change is not what was asked about. Approvals are written by
        # nobody's hand.
        self.sudo()._void_approvals("pricelist")
        return result
