from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.mortgage import asked_for

#: Contracts whose buyers owe papers.
OPEN_STATES = ("review", "approved", "signed", "sealed", "active")
KINDS = ("commercial", "fund")
SITUATIONS = ("married", "self_employed", "foreigner")


class RealestateDocumentType(models.Model):
    """With which loans, and of which borrowers, a paper is asked."""

    _inherit = "realestate.document.type"  # pylint: disable=consider-merging-classes-inherited

    is_mortgage_commercial = fields.Boolean(string="Commercial Loans")
    is_mortgage_fund = fields.Boolean(string="Housing Fund Loans")
    is_borrower_married = fields.Boolean(
        string="Only of Married Borrowers",
        help="Ticked for no situation, it is asked of every borrower.",
    )
    is_borrower_self_employed = fields.Boolean(string="Only of the Self-Employed")
    is_borrower_foreigner = fields.Boolean(string="Only of Foreigners")

    def _is_asked_for(self, kind, situations):
        """Whether a loan of ``kind`` asks this of a borrower in ``situations``."""
        self.ensure_one()
        return asked_for(
            {one for one in KINDS if self[f"is_mortgage_{one}"]},
            {one for one in SITUATIONS if self[f"is_borrower_{one}"]},
            kind,
            situations,
        )


class RealestateMortgage(models.Model):
    """The papers of a mortgage: lines of the contract's own checklist."""

    # A file for each concern keeps them short.
    _inherit = "realestate.mortgage"  # pylint: disable=consider-merging-classes-inherited

    is_married = fields.Boolean(
        string="Married", compute="_compute_situation", store=True, readonly=False
    )
    is_self_employed = fields.Boolean(string="Self-Employed")
    is_foreigner = fields.Boolean(
        string="Foreigner", compute="_compute_situation", store=True, readonly=False
    )
    document_ids = fields.Many2many(
        "realestate.document",
        string="Papers",
        compute="_compute_document_ids",
        groups="realestate_sales.group_agent,realestate_sales.group_reader",
    )
    missing_count = fields.Integer(
        string="Papers Missing", compute="_compute_document_ids"
    )

    @api.depends("partner_id")
    def _compute_situation(self):
        for mortgage in self:
            # Facts about persons decide, whoever asks for the list.
            borrower = mortgage.partner_id.sudo()
            spouse = (
                borrower.realestate_spouse_id or borrower.realestate_spouse_of_ids[:1]
            )
            country = mortgage.contract_id._get_project_country()
            nationality = borrower.realestate_nationality_id
            mortgage.is_married = bool(spouse)
            mortgage.is_foreigner = bool(
                nationality and country and nationality != country
            )

    @api.depends("contract_id.document_ids.state", "partner_id", "programme_id")
    def _compute_document_ids(self):
        for mortgage in self:
            papers = mortgage._get_papers()
            mortgage.document_ids = papers.filtered("id").sudo(False)
            settled = papers.filtered(lambda one: one._is_settled()).type_id
            wanted = mortgage._get_wanted_types()
            mortgage.missing_count = len(wanted - settled)

    def write(self, vals):
        result = super().write(vals)
        if {f"is_{situation}" for situation in SITUATIONS} & vals.keys():
            self._sync_documents()
        return result

    # === BUSINESS === #

    def _get_wanted_types(self):
        """The types of papers the bank wants of the borrower."""
        self.ensure_one()
        # The checklist is the same whoever looks.
        types = self.env["realestate.document.type"].sudo()
        situations = {one for one in SITUATIONS if self[f"is_{one}"]}
        kind = self.programme_id.kind
        if not kind:
            return types
        loan_types = types.search(
            [
                ("side", "=", "buyer"),
                "|",
                ("is_mortgage_commercial", "=", True),
                ("is_mortgage_fund", "=", True),
            ]
        )
        wanted = loan_types.filtered(lambda one: one._is_asked_for(kind, situations))
        wanted |= self.programme_id.sudo().document_type_ids.filtered("active")
        return wanted.filtered(
            lambda one: not one.project_ids or self.project_id in one.project_ids
        )

    def _get_papers(self):
        """The documents of the borrower that the bank wants, as superuser."""
        self.ensure_one()
        wanted = self._get_wanted_types()
        # Whose papers they are was checked with the mortgage.
        return self.contract_id.sudo().document_ids.filtered(
            lambda one: one.partner_id == self.partner_id and one.type_id in wanted
        )

    def _get_missing_types(self):
        """The types of papers that nobody has accepted or waived yet."""
        self.ensure_one()
        papers = self._get_papers()
        settled = papers.filtered(lambda one: one._is_settled()).type_id
        return self._get_wanted_types() - settled

    def _check_papers_there(self):
        missing = self._get_missing_types()
        if missing:
            raise UserError(
                self.env._(
                    "Mortgage %(mortgage)s: %(papers)s of %(partner)s: each has to be "
                    "accepted, or waived by a supervisor (page Papers).",
                    mortgage=self.name,
                    papers=", ".join(f"“{one.name}”" for one in missing),
                    partner=self.partner_id.name,
                )
            )

    def _sync_documents(self):
        """Bring the checklist of the contracts in line with what the banks want."""
        self.contract_id._sync_loan_documents()


class RealestateContract(models.Model):
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    def _sync_loan_documents(self):
        """Like the checklist's own button, for contracts that have a checklist."""
        # The checklist follows from the loan, whoever takes it up.
        contracts = self.exists().sudo()
        contracts.filtered(lambda one: one.state in OPEN_STATES)._sync_documents()

    def _get_required_documents(self, types):
        """What buyers owe, and what the bank of a loan wants of the borrower."""
        required = super()._get_required_documents(types)
        mortgage = self.sudo().mortgage_id
        if not mortgage or mortgage.date_documents:
            wanted = mortgage._get_papers().type_id if mortgage else types.browse()
        else:
            wanted = mortgage._get_wanted_types()
        return required + [
            (mortgage.partner_id.with_env(self.env), kind)
            for kind in types & wanted
            if (mortgage.partner_id, kind) not in required
        ]


class RealestateDocument(models.Model):
    _inherit = "realestate.document"  # pylint: disable=consider-merging-classes-inherited

    def _check_may_upload(self):
        """Loan officers bring in the papers of loans."""
        if self.env.user.has_group("realestate_sales.group_loan_officer"):
            kind = self.type_id
            if kind.is_mortgage_commercial or kind.is_mortgage_fund:
                self.check_access("read")
                return
        super()._check_may_upload()
