from odoo import api, fields, models
from odoo.exceptions import UserError

ITEM_KINDS = [
    ("contract", "Sales Contract"),
    ("statement", "Statement of Account"),
    ("notice", "Notice"),
    ("proof", "Proof of Receipt"),
    ("arrears", "Arrears"),
    ("hold", "Nothing Holds the Dunning"),
    ("address", "Address of the Buyer"),
]
PROBLEMS = [
    ("no_notice", "No notice was sent"),
    ("no_letter", "The letter was not kept"),
    ("no_proof", "No proof that the buyer received it"),
    ("not_delivered", "It was not delivered"),
    ("unreadable", "The file cannot be read"),
    ("not_drawn", "The paper cannot be drawn"),
    ("held", "The dunning is held"),
    ("no_arrears", "Nothing is overdue"),
    ("no_address", "No street or city is known"),
]


class RealestateCancellationPackage(models.Model):
    """Everything that the manager looks at before a notice of cancellation goes out:
    contract, statement, notices with proof of receipt, history, what is missing; in
    one PDF that is kept as it was approved.
    """

    _name = "realestate.cancellation.package"
    _description = "Cancellation Package"
    _inherit = ["realestate.debt.mixin"]
    _order = "id desc"

    _approval_kind = "cancellation"
    _fact_fields = frozenset(
        {
            "amount_open",
            "amount_overdue",
            "date",
            "date_oldest",
            "document_id",
            "file",
            "file_name",
            "page_count",
            "sha256",
        }
    )
    _state_moves = {
        "draft": {"submitted", "approved"},
        "submitted": {"draft"},
        "approved": {"submitted"},
        "cancelled": {"draft", "submitted", "approved"},
    }

    date = fields.Date(string="Put Together On", readonly=True, copy=False)
    date_oldest = fields.Date(string="Overdue Since", readonly=True, copy=False)
    days_late = fields.Integer(compute="_compute_days_late")
    amount_overdue = fields.Monetary(string="Overdue", readonly=True, copy=False)
    amount_open = fields.Monetary(string="Open in All", readonly=True, copy=False)
    item_ids = fields.One2many(
        "realestate.cancellation.item",
        "package_id",
        string="Checklist",
        readonly=True,
    )
    missing_count = fields.Integer(string="Missing", compute="_compute_missing_count")
    file = fields.Binary(
        string="PDF",
        attachment=True,
        readonly=True,
        copy=False,
        groups="realestate_collection.group_officer",
    )
    file_name = fields.Char(readonly=True, copy=False)
    page_count = fields.Integer(string="Pages", readonly=True, copy=False)
    sha256 = fields.Char(string="SHA-256", readonly=True, copy=False)
    document_id = fields.Many2one(
        "realestate.document",
        string="Kept Document",
        readonly=True,
        copy=False,
        groups="realestate_sales.group_officer,realestate_sales.group_reader",
    )
    note = fields.Text(help="For who approves: why something missing does not matter.")
    is_outdated = fields.Boolean(
        string="Outdated",
        compute="_compute_is_outdated",
        help="What is overdue is no longer what it was put together for.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "To Approve"),
            ("approved", "Approved"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )

    _one_live = models.UniqueIndex(
        "(contract_id) WHERE state IN ('draft', 'submitted', 'approved')",
        "This contract has a cancellation package already.",
    )

    @api.depends("date", "date_oldest")
    def _compute_days_late(self):
        for package in self:
            both = package.date and package.date_oldest
            days = (package.date - package.date_oldest).days if both else 0
            package.days_late = days

    @api.depends("item_ids.problem")
    def _compute_missing_count(self):
        for package in self:
            package.missing_count = len(package.item_ids.filtered("problem"))

    @api.depends("date_oldest", "contract_id", "state")
    def _compute_is_outdated(self):
        for package in self:
            package.is_outdated = bool(
                package.date_oldest
                and package.state != "cancelled"
                and package._get_oldest() != package.date_oldest
            )

    # === HOOKS === #

    @api.model
    def _get_term_fields(self):
        return super()._get_term_fields() | {"note"}

    def _get_problems(self):
        problems = super()._get_problems()
        if not self.sha256:
            problems.append(self.env._("Put the package together first."))
        elif self.is_outdated:
            problems.append(
                self.env._(
                    "What is overdue has changed since: put the package together again."
                )
            )
        return problems

    def _set_approved(self):
        result = super()._set_approved()
        for package in self:
            package._keep()
            package._release_notices()
        return result

    # === ACTIONS === #

    def action_open_file(self):
        """Open the PDF."""
        self.ensure_one()
        if not self.sha256:
            raise UserError(
                self.env._("%(package)s: put it together first.", package=self.name)
            )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file/{self.file_name}",
            "target": "new",
        }

    # === BUSINESS === #

    def _get_oldest(self):
        """Since when something is overdue now; None where nothing is."""
        self.ensure_one()
        return self.contract_id._get_debt()[2] if self.contract_id else None

    def _is_valid(self):
        """Whether a notice of cancellation may go out by this package."""
        self.ensure_one()
        approved = self.state == "approved" and self._is_approved("cancellation")
        return approved and not self.is_outdated

    def _release_notices(self):
        """Notices that wait for the package are looked at at once."""
        # Facts that follow from what the caller may do; nobody writes them.
        waiting = self.contract_id.sudo().notice_ids.filtered(
            lambda notice: notice.state == "queued" and notice.level_id.needs_package
        )
        if waiting:
            waiting._send_soon()


class RealestateCancellationItem(models.Model):
    """One thing that a cancellation needs, and what is wrong with it."""

    _name = "realestate.cancellation.item"
    _description = "Item of a Cancellation Package"
    _order = "package_id, sequence, id"

    package_id = fields.Many2one(
        "realestate.cancellation.package",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="package_id.company_id", store=True, index=True
    )
    sequence = fields.Integer()
    kind = fields.Selection(ITEM_KINDS, required=True)
    subject = fields.Char()
    problem = fields.Selection(PROBLEMS, string="What is Missing")
    is_there = fields.Boolean(string="There", compute="_compute_is_there")
    page_count = fields.Integer(string="Pages")

    @api.depends("problem")
    def _compute_is_there(self):
        for item in self:
            item.is_there = not item.problem
