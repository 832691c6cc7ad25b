from odoo import models
from odoo.tools import html2plaintext


class RealestateContract(models.Model):
    """The wording of a contract as approvers and reviewers are shown it."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    def _get_approval_summary(self, kind):
        if kind == "contract":
            rows = super()._get_approval_summary(kind)
            return [*rows, *self._get_clause_summary()]
        if kind != "terms":
            return super()._get_approval_summary(kind)
        terms = html2plaintext(self.note or "").strip()
        return [
            ("buyer", self.env._("Buyer"), self.partner_id.name),
            ("terms", self.env._("Special terms"), terms or self.env._("None")),
            *self._get_clause_summary(),
        ]

    def _get_term_facts(self):
        clauses = self._get_clause_summary()
        changed = [(label, text) for _key, label, text in clauses]
        return [*super()._get_term_facts(), *changed]

    def _get_clause_summary(self):
        """Rows of the clauses that differ from the standard."""
        rows = []
        # Who approves the contract is shown its wording, whoever keeps clauses.
        for clause in self.sudo().clause_ids.filtered("is_changed"):
            label = clause.title or clause.clause_id.name or self.env._("Clause")
            text = clause.body_text
            if clause.is_removed:
                text = self.env._("left out: %(text)s", text=text)
            rows.append((f"clause {clause.id}", label, text))
        return rows
