from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty

from .realestate_contract_clause import marked_changes


class RealestateApprovalTier(models.Model):
    _inherit = "realestate.approval.tier"

    kind = fields.Selection(
        selection_add=[("terms", "Changed Wording")], ondelete={"terms": "cascade"}
    )


class RealestateContract(models.Model):
    """Wording that differs from the standard is approved by a lawyer."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    has_changed_terms = fields.Boolean(
        string="Changed Wording",
        compute="_compute_has_changed_terms",
        store=True,
        groups="base.group_user",
        help="Clauses differ from the standard, or there are special terms.",
    )
    is_terms_approved = fields.Boolean(
        string="Wording Approved",
        compute="_compute_is_terms_approved",
        groups="base.group_user",
    )
    is_terms_mine = fields.Boolean(
        string="Wording Mine to Approve",
        compute="_compute_is_terms_mine",
        groups="base.group_user",
    )
    terms_comparison = fields.Html(
        string="Standard and Contract",
        compute="_compute_terms_comparison",
        sanitize=False,
        groups="base.group_user",
    )

    @api.depends("note", "clause_ids.is_changed")
    def _compute_has_changed_terms(self):
        for contract in self:
            contract.has_changed_terms = not is_html_empty(contract.note) or any(
                contract.clause_ids.mapped("is_changed")
            )

    @api.depends("approval_ids.state", "note", "clause_ids.is_changed")
    def _compute_is_terms_approved(self):
        for contract in self:
            contract.is_terms_approved = contract._is_approved("terms")

    @api.depends("state", "approval_ids.state")
    @api.depends_context("uid")
    def _compute_is_terms_mine(self):
        for contract in self:
            contract.is_terms_mine = contract.state == "review" and any(
                approval._is_decidable_by(self.env.user)
                for approval in contract._get_approvals("terms")
            )

    @api.depends("note", "clause_ids", "state")
    @api.depends_context("lang")
    def _compute_terms_comparison(self):
        for contract in self:
            contract.terms_comparison = self.env["ir.qweb"]._render(
                "realestate_sales.terms_comparison",
                {
                    "contract": contract,
                    "languages": contract._prepare_comparison(),
                    "note": marked_changes("", contract.note),
                },
            )

    # === ACTIONS === #

    def action_submit(self):
        """Hand the draft to review, and ask a lawyer where its wording is changed."""
        drafts = self.filtered(lambda contract: contract.state == "draft")
        result = super().action_submit()
        drafts.filtered("has_changed_terms")._request_approval("terms")
        return result

    def action_draft(self):
        """Send contracts back to their officers; their approvals are void."""
        result = super().action_draft()
        # Approvals are written by nobody's hand.
        self.sudo()._void_approvals("terms")
        return result

    def action_approve(self):
        """Approve: lawyers the changed wording, then the others the contract."""
        others = self.filtered(lambda contract: not contract.is_terms_mine)
        (self - others).action_approve_terms()
        return super(RealestateContract, others).action_approve() if others else True

    def action_approve_terms(self):
        """Approve the changed wording, as a lawyer or by the tiers there are for it."""
        for contract in self:
            pending = contract._get_approvals("terms").filtered(
                lambda approval: approval.state == "pending"
            )
            if contract.state != "review" or not pending:
                raise UserError(
                    self.env._(
                        "Contract %(contract)s does not wait for an approval of its "
                        "wording.",
                        contract=contract.name,
                    )
                )
            # The decision is the user's own: the approval checks who that is.
            pending[:1].sudo(False).action_approve()
        return True

    def action_compare_terms(self):
        """Show the contract's wording next to the standard."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Standard ↔ %(contract)s", contract=self.name),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [
                (
                    self.env.ref(
                        "realestate_sales.realestate_contract_view_form_comparison"
                    ).id,
                    "form",
                )
            ],
        }

    # === BUSINESS === #

    def _get_problems(self):
        problems = super()._get_problems()
        waits = self.state == "review" and self.has_changed_terms
        if waits and not self._is_approved("terms"):
            problems.append(
                self.env._(
                    "Its wording differs from the standard (%(changes)s): a lawyer has "
                    "to approve it first.",
                    changes=", ".join(self._get_changed_names()),
                )
            )
        return problems

    def _get_changed_names(self):
        """What differs from the standard, as short names."""
        self.ensure_one()
        changed = self.sudo().clause_ids.filtered("is_changed")
        names = dict.fromkeys(
            one.title or one.clause_id.name or self.env._("clause without a heading")
            for one in changed
        )
        if not is_html_empty(self.note):
            names[self.env._("special terms")] = None
        return [f"“{name}”" for name in names]

    def _prepare_comparison(self):
        """For each language of the paper its clauses next to the standard."""
        self.ensure_one()
        languages = []
        for lang in self._get_text_languages():
            rows = self._get_rows_in(lang)
            languages.append(
                {
                    "name": self.env["realestate.clause.version"]._get_language_name(
                        lang
                    ),
                    "clauses": rows,
                }
            )
        return languages

    # === HOOKS === #

    def _get_approval_group(self, kind):
        if kind == "terms":
            return self.env.ref("realestate_sales.group_lawyer")
        return super()._get_approval_group(kind)

    def _get_approval_facts(self, kind):
        if kind not in ("contract", "terms"):
            return super()._get_approval_facts(kind)
        wording = [
            [
                row.clause_id.id or None,
                row.version_id.id or None,
                row.sequence,
                row.lang,
                row.title or "",
                row.body or "",
                row.is_removed,
            ]
            for row in self.clause_ids.sorted("id")
        ]
        if kind == "contract":
            return {**super()._get_approval_facts(kind), "clauses": wording}
        return {"terms": self.note or "", "clauses": wording}

    def _get_approval_measure(self, kind):
        if kind == "terms":
            return self.amount_total, 0
        return super()._get_approval_measure(kind)

    def _on_refused(self, kind, reason):
        if kind == "terms":
            # Sending back is what a refusal means.
            self.sudo()._update_state("draft")
            self.sudo()._void_approvals("contract")
        return super()._on_refused(kind, reason)
