from datetime import timedelta

from odoo import fields, models

from ..tools.checklist import PaperType, required_papers


class RealestateContract(models.Model):
    """The checklist of a contract: which papers each buyer owes."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    document_ids = fields.One2many(
        "realestate.document",
        "contract_id",
        string="Documents",
        groups="realestate_sales.group_agent,realestate_sales.group_reader",
    )
    document_owed_count = fields.Integer(
        string="Documents Owed",
        compute="_compute_document_counts",
        groups="realestate_sales.group_agent,realestate_sales.group_reader",
    )
    document_check_count = fields.Integer(
        string="Documents to Check",
        compute="_compute_document_counts",
        groups="realestate_sales.group_agent,realestate_sales.group_reader",
    )

    def _compute_document_counts(self):
        documents = self.env["realestate.document"]
        here = ("contract_id", "in", self.ids)

        def count(condition):
            return dict(
                documents._read_group([here, condition], ["contract_id"], ["__count"])
            )

        owed = count(("is_owed", "=", True))
        to_check = count(("state", "=", "received"))
        for contract in self:
            contract.document_owed_count = owed.get(contract, 0)
            contract.document_check_count = to_check.get(contract, 0)

    # === ACTIONS === #

    def action_submit(self):
        """Hand the draft to review, and say which papers its buyers owe."""
        drafts = self.filtered(lambda contract: contract.state == "draft")
        result = super().action_submit()
        drafts._sync_documents()
        return result

    def action_sync_documents(self):
        """Bring the checklist in line with the buyers as they are today."""
        self.check_access("write")
        self._sync_documents()
        return True

    # === BUSINESS === #

    def _sync_documents(self):
        """Ask for each paper that a buyer owes once, and no longer for those that
        nobody owes any more; what was handed in stays.
        """
        # The checklist is written by nobody's hand.
        documents = self.env["realestate.document"].sudo()
        types = self.env["realestate.document.type"].sudo()
        types = types.search([("side", "=", "buyer")])
        missing, values_list = documents, []
        for contract in self.sudo():
            asked = {
                (document.partner_id, document.type_id): document
                for document in contract.document_ids
                if document.is_automatic
            }
            required = contract._get_required_documents(types)
            values_list += [
                contract._prepare_document_values(partner, kind)
                for partner, kind in required
                if (partner, kind) not in asked
            ]
            for pair, document in asked.items():
                if pair not in required and document.state == "missing":
                    missing |= document
        missing.unlink()
        made = documents.with_context(mail_create_nolog=True).create(values_list)
        made._write_facts(is_automatic=True)
        # Lines that were there are asked again too: a paper may have come since.
        asked_for = self.sudo().document_ids.filtered("is_automatic")
        (asked_for | made)._carry_over()
        return made.sudo(False)

    def _prepare_document_values(self, partner, kind):
        today = fields.Date.context_today(self)
        return {
            "contract_id": self.id,
            "partner_id": partner.id,
            "type_id": kind.id,
            "name": kind.with_context(lang=self.user_id.lang).name,
            "date_due": today + timedelta(days=kind.days_due),
        }

    def _get_required_documents(self, types):
        """(partner, type) of each paper of ``types`` that the buyers owe."""
        self.ensure_one()
        types = types.filtered(
            lambda kind: not kind.project_ids or self.project_id in kind.project_ids
        )
        buyers = self.buyer_ids.sorted(lambda buyer: (not buyer.is_main, buyer.id))
        return [
            (self.env["res.partner"].browse(partner), types.browse(kind))
            for partner, kind in required_papers(
                buyers.partner_id._prepare_checklist_buyers(),
                [PaperType(kind.id, kind._get_kinds()) for kind in types],
                self._get_project_country().code or "",
                fields.Date.context_today(self),
            )
        ]

    def _get_project_country(self):
        # Buyers see what they owe and do not read projects.
        project = self.project_id.sudo()
        return project.jurisdiction_id.country_id or project.company_id.country_id

    # === HOOKS === #

    def _get_step_problems(self, step):
        # Whoever takes the step is told what is missing, whether or not the papers are
        # theirs to see.
        return super()._get_step_problems(step) + self.sudo()._get_paper_problems(step)

    def _get_paper_problems(self, step):
        """The papers that ``step`` waits for: those that the buyers owe by now, with or
        without a line in the checklist, and those added by hand.
        """
        blocking = self.env["realestate.document.type"]._get_blocking(step)
        if not blocking:
            return []
        found = self.document_ids.filtered(lambda one: one.type_id in blocking)
        problems = [
            document._get_step_problem()
            for document in found
            if not document._is_settled()
        ]
        asked = blocking.filtered(lambda kind: kind.side == "buyer")
        there = {(document.partner_id, document.type_id) for document in found}
        return problems + [
            self.env._(
                "“%(paper)s” of %(partner)s is missing: press “Update Checklist” on "
                "the page Documents.",
                paper=kind.name,
                partner=partner.name,
            )
            for partner, kind in self._get_required_documents(asked)
            if (partner, kind) not in there
        ]


class RealestateDocument(models.Model):
    _inherit = "realestate.document"  # pylint: disable=consider-merging-classes-inherited

    def _is_settled(self):
        """Whether nothing waits for this paper any more: today's question."""
        self.ensure_one()
        if self.side == "company":
            return self.state in ("received", "accepted", "waived")
        accepted = self.state == "accepted" and not self.is_owed
        return accepted or self.state == "waived"

    def _get_step_problem(self):
        state = "expired" if self.is_owed and self.state == "accepted" else self.state
        return self.env._(
            "“%(document)s” is “%(state)s”: it has to be accepted, or waived by a "
            "supervisor (page Documents).",
            document=self.display_name,
            state=self._state_label(state),
        )
