from odoo import models
from odoo.tools import html2plaintext

#: Characters of the special terms that an approver is shown.
TERMS_SHOWN = 400


class RealestateContract(models.Model):
    """Approval of a contract by tiers, where the company has set them up."""

    _name = "realestate.contract"
    # A file for each concern keeps them short.
    _inherit = ["realestate.contract", "realestate.approval.mixin"]

    _approval_kind = "contract"

    # === ACTIONS === #

    def action_submit(self):
        """Hand the draft to review, and ask the tiers that have to approve it."""
        drafts = self.filtered(lambda contract: contract.state == "draft")
        result = super().action_submit()
        drafts._request_approval("contract")
        return result

    def action_draft(self):
        """Send contracts back to their officers; their approvals are void."""
        result = super().action_draft()
        # Approvals are written by nobody's hand.
        self.sudo()._void_approvals("contract")
        return result

    def action_approve(self):
        """Approve the terms: by the tiers asked for, else by a supervisor."""
        by_tiers = self.filtered(
            lambda contract: (
                contract.state == "review" and contract._get_approvals("contract")
            )
        )
        for contract in by_tiers:
            pending = contract._get_approvals("contract").filtered(
                lambda approval: approval.state == "pending"
            )
            # The decision is the user's own: the approval checks who that is.
            pending[:1].sudo(False).action_approve()
        others = self - by_tiers
        return super(RealestateContract, others).action_approve() if others else True

    # === HOOKS === #

    def _get_approval_facts(self, kind):
        if kind != "contract":
            return super()._get_approval_facts(kind)
        lines = self.line_ids.sorted("id")
        buyers = self.buyer_ids.sorted("id")
        return {
            "project": self.project_id.id,
            "plan": self.plan_id.id,
            "dates": [self.date_contract, self.date_start],
            "buyers": [[b.partner_id.id, b.share, b.is_main] for b in buyers],
            "units": [[line.unit_id.id, line.price] for line in lines],
            "instalments": [
                [part.sequence, part.date_due or None, part.amount_due]
                for part in self.installment_ids.sorted("sequence")
            ],
            "terms": self.note or "",
        }

    def _get_approval_summary(self, kind):
        if kind != "contract":
            return super()._get_approval_summary(kind)
        money = self.currency_id.format
        rows = [("project", self.env._("Project"), self.project_id.name)]
        for buyer in self.buyer_ids:
            share = f"{buyer.share:.2f} %"
            name = buyer.partner_id.name
            rows.append((f"buyer {buyer.partner_id.id}", self.env._("Buyer"), name))
            rows.append((f"share {buyer.partner_id.id}", self.env._("Share"), share))
        for line in self.line_ids:
            rows.append(
                (f"unit {line.unit_id.id}", line.unit_id.name, money(line.price))
            )
        terms = html2plaintext(self.note or "").strip()[:TERMS_SHOWN]
        return [
            *rows,
            ("price", self.env._("Price"), money(self.amount_total)),
            ("plan", self.env._("Payment plan"), self.plan_id.name),
            *self._get_schedule_summary(),
            ("terms", self.env._("Special terms"), terms or self.env._("None")),
        ]

    def _get_schedule_summary(self):
        parts = self.installment_ids.filtered(lambda part: not part.is_void)
        dates = sorted(filter(None, parts.mapped("date_due")))
        text = str(len(parts))
        if dates:
            text = self.env._(
                "%(count)s, from %(first)s to %(last)s",
                count=len(parts),
                first=self._summary_date(dates[0]),
                last=self._summary_date(dates[-1]),
            )
        return [
            (
                "date",
                self.env._("Contract date"),
                self._summary_date(self.date_contract),
            ),
            ("schedule", self.env._("Instalments"), text),
        ]

    def _get_approval_measure(self, kind):
        if kind != "contract":
            return super()._get_approval_measure(kind)
        listed = sum(self.line_ids.mapped("price_list"))
        discount = (listed - self.amount_total) / listed * 100 if listed else 0
        return self.amount_total, max(round(discount, 2), 0)

    def _on_approved(self, kind):
        if kind == "contract":
            # The tiers have decided in the place of the supervisor.
            self.sudo()._approve_terms()
        return super()._on_approved(kind)

    def _on_refused(self, kind, reason):
        if kind == "contract":
            # Sending back is what a refusal means.
            self.sudo()._update_state("draft")
        return super()._on_refused(kind, reason)

    def _action_cancel(self):
        # Approvals are written by nobody's hand; none counts any more.
        self.sudo()._void_approvals()
        return super()._action_cancel()
