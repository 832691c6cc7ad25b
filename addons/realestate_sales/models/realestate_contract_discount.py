from odoo import api, fields, models
from odoo.exceptions import UserError


class RealestateApprovalTier(models.Model):
    # Each kind in the file of its concern.
    _inherit = "realestate.approval.tier"  # pylint: disable=consider-merging-classes-inherited

    kind = fields.Selection(
        selection_add=[("discount", "Discount")], ondelete={"discount": "cascade"}
    )


class RealestateContractLine(models.Model):
    # A file for each concern keeps them short.
    _inherit = "realestate.contract.line"  # pylint: disable=consider-merging-classes-inherited

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.contract_id._void_outdated("discount")
        return lines

    def write(self, vals):
        result = super().write(vals)
        self.contract_id._void_outdated("discount")
        return result

    def unlink(self):
        contracts = self.contract_id
        result = super().unlink()
        contracts.exists()._void_outdated("discount")
        return result

    def _discount_text(self):
        """List price, discount, reason and price of the line, as a sentence."""
        self.ensure_one()
        money = self.currency_id.format
        if not self.discount_amount:
            return money(self.price)
        text = self.env._(
            "%(price)s: %(list)s less %(amount)s (%(percent).2f %%)",
            price=money(self.price),
            list=money(self.price_list),
            amount=money(self.discount_amount),
            percent=self.discount_percent,
        )
        why = filter(None, (self.discount_reason_id.name, self.discount_note))
        return ", ".join([text, *why])

    def _is_discount_free(self):
        """Whether the discount is within what its reason allows without asking."""
        self.ensure_one()
        return not self.discount_amount or (
            self.discount_percent <= self.discount_reason_id.percent_free
        )


class RealestateContract(models.Model):
    """Discounts: a reason where reasons are set up, an approval where tiers are.

    Without tiers, who approves the contract approves its discounts.
    """

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    needs_discount_approval = fields.Boolean(
        compute="_compute_needs_discount_approval", groups="base.group_user"
    )
    is_discount_pending = fields.Boolean(
        compute="_compute_needs_discount_approval", groups="base.group_user"
    )

    @api.depends(
        "approval_ids.state",
        "line_ids.discount_amount",
        "line_ids.discount_reason_id",
        "partner_id",
    )
    def _compute_needs_discount_approval(self):
        for contract in self:
            # Whoever may see the contract may know what it waits for.
            own = contract.sudo()
            states = own._get_approvals("discount").mapped("state")
            contract.is_discount_pending = "pending" in states
            contract.needs_discount_approval = bool(own._get_discount_tiers())

    def write(self, vals):
        result = super().write(vals)
        if "partner_id" in vals:
            self._void_outdated("discount")
        return result

    # === ACTIONS === #

    def action_request_discount(self, reason=None):
        """Ask the tiers that approve the discounts.

        :param reason: text kept with what is asked; required
        """
        self.check_access("write")
        for contract in self:
            if not isinstance(reason, str) or not reason.strip():
                raise UserError(
                    self.env._("Say why the discount is given: the reason is kept.")
                )
            waits = contract.state in ("draft", "review")
            if not waits or not contract.needs_discount_approval:
                raise UserError(
                    self.env._(
                        "%(document)s asks for no approval of its discounts.",
                        document=contract.display_name,
                    )
                )
            contract._request_approval("discount", reason)
        return True

    # === HOOKS === #

    def _get_approval_facts(self, kind):
        if kind != "discount":
            return super()._get_approval_facts(kind)
        return {
            "buyer": self.partner_id.id,
            "discounts": [
                [
                    line.unit_id.id,
                    line.price_list,
                    line.discount_amount,
                    line.discount_reason_id.id,
                ]
                for line in self.line_ids.sorted(lambda line: line.unit_id.id)
            ],
        }

    def _get_approval_measure(self, kind):
        if kind != "discount":
            return super()._get_approval_measure(kind)
        lines = self._get_discount_lines()
        percent = max(lines.mapped("discount_percent"), default=0)
        return sum(lines.mapped("discount_amount")), percent

    def _get_approval_summary(self, kind):
        if kind == "contract":
            return self._with_discounts(super()._get_approval_summary(kind))
        if kind != "discount":
            return super()._get_approval_summary(kind)
        return [
            ("buyer", self.env._("Buyer"), self.partner_id.name),
            *(
                (f"unit {line.unit_id.id}", line.unit_id.name, line._discount_text())
                for line in self.line_ids
            ),
            (
                "total",
                self.env._("Discounts together"),
                self.currency_id.format(self.amount_discount),
            ),
        ]

    def _with_discounts(self, rows):
        texts = {
            f"unit {line.unit_id.id}": line._discount_text()
            for line in self.line_ids.filtered("discount_amount")
        }
        return [(key, label, texts.get(key, text)) for key, label, text in rows]

    def _request_by_reason(self, kind, reason):
        if kind != "discount":
            return super()._request_by_reason(kind, reason)
        return self.action_request_discount(reason)

    # === BUSINESS === #

    def _get_discount_lines(self):
        """The lines whose discount somebody may have to approve."""
        return self.line_ids.filtered(lambda line: not line._is_discount_free())

    def _get_discount_tiers(self):
        """The tiers whose approval the discounts still need."""
        self.ensure_one()
        tiers = self.env["realestate.approval.tier"]
        if not self._get_discount_lines() or self._is_approved("discount"):
            return tiers
        if self.company_id not in tiers._get_companies("discount"):
            return tiers
        return self._choose_tiers("discount", *self._measure_approval("discount"))

    def _get_problems(self):
        problems = super()._get_problems()
        given = self.line_ids.filtered("discount_amount")
        for line in given.filtered(lambda line: not line.discount_reason_id):
            if self._has_discount_reasons():
                problems.append(
                    self.env._(
                        "Say why unit %(unit)s has a discount of %(discount)s: choose "
                        "the reason in its line.",
                        unit=line.unit_id.name,
                        discount=self.currency_id.format(line.discount_amount),
                    )
                )
        # Tiers are not everybody's to read.
        tiers = self.sudo()._get_discount_tiers()
        if tiers:
            problems.append(
                self.env._(
                    "The discounts are approved by %(tiers)s: ask for it with “Ask for "
                    "the Discount”, or take them back.",
                    tiers=", ".join(f"“{tier.name}”" for tier in tiers),
                )
            )
        return problems

    def _has_discount_reasons(self):
        """Whether the company has set up the reasons that discounts are given for."""
        self.ensure_one()
        # That there are any is no secret.
        return bool(
            self.env["realestate.discount.reason"]
            .sudo()
            .search_count([("company_id", "in", (False, self.company_id.id))], limit=1)
        )
