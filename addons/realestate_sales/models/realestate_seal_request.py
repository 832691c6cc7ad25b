from odoo import api, fields, models
from odoo.exceptions import UserError

from .collision import collide

#: What a request asks for, and so what stays as it was approved.
TERM_FIELDS = {
    "seal_id",
    "contract_ids",
    "copies",
    "papers",
    "purpose",
    "company_id",
}


class RealestateSealRequest(models.Model):
    """Asks for a seal on contracts or other papers (用章申請).

    A leader approves, the keeper of the seal stamps and counts. Once stamped it is an
    entry of the seal's register.
    """

    _name = "realestate.seal.request"
    _description = "Seal Request"
    _inherit = [
        "realestate.state.mixin",
        "realestate.approval.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "id desc"
    _check_company_auto = True

    _fact_fields = frozenset(
        {"name", "user_id", "date_requested", "user_approved_id", "date_approved"}
        | {"refuse_reason", "user_stamped_id", "date_stamped", "stamped_copies"}
        | {"stamp_note"}
    )
    _state_moves = {
        "draft": {"submitted", "refused"},
        "submitted": {"draft"},
        "approved": {"submitted"},
        "refused": {"submitted"},
        "stamped": {"approved"},
        "cancelled": {"draft", "submitted", "approved", "refused"},
    }

    name = fields.Char(
        string="Number", readonly=True, copy=False, default="/", index="trigram"
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    seal_id = fields.Many2one(
        "realestate.seal",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
        default=lambda self: self._default_seal(),
        tracking=True,
    )
    keeper_id = fields.Many2one(related="seal_id.keeper_id")
    user_id = fields.Many2one(
        "res.users",
        string="Requested by",
        readonly=True,
        copy=False,
        default=lambda self: self.env.user,
    )
    contract_ids = fields.Many2many(
        "realestate.contract",
        "realestate_seal_request_contract_rel",
        "request_id",
        "contract_id",
        string="Contracts",
        check_company=True,
        domain="[('company_id', '=', company_id), ('state', '=', 'signed')]",
    )
    project_id = fields.Many2one(
        "realestate.project", compute="_compute_project_id", store=True, index=True
    )
    contract_count = fields.Integer(compute="_compute_copies_total")
    papers = fields.Text(
        help="What is to be stamped beside or instead of contracts, one a line."
    )
    copies = fields.Integer(
        string="Copies of Each", required=True, default=2, tracking=True
    )
    copies_total = fields.Integer(
        string="Copies to Stamp",
        compute="_compute_copies_total",
        help="Copies of each contract and of each line of the other papers.",
    )
    purpose = fields.Text(required=True)
    amount_total = fields.Monetary(string="Value", compute="_compute_amount_total")

    # What happened.
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("stamped", "Stamped"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    date_requested = fields.Datetime(string="Requested on", readonly=True, copy=False)
    user_approved_id = fields.Many2one(
        "res.users", string="Approved by", readonly=True, copy=False
    )
    date_approved = fields.Datetime(string="Approved on", readonly=True, copy=False)
    refuse_reason = fields.Text(
        string="Refused because", readonly=True, copy=False, tracking=True
    )
    user_stamped_id = fields.Many2one(
        "res.users", string="Stamped by", readonly=True, copy=False
    )
    date_stamped = fields.Datetime(string="Stamped on", readonly=True, copy=False)
    stamped_copies = fields.Integer(readonly=True, copy=False)
    stamp_note = fields.Text(
        string="Note on the Count",
        readonly=True,
        copy=False,
        help="Why fewer copies were stamped than approved.",
    )

    _copies_positive = models.Constraint(
        "CHECK (copies > 0)", "At least one copy is stamped."
    )
    _name_unique = models.UniqueIndex(
        "(company_id, name) WHERE name != '/'", "This number is taken."
    )

    @api.model
    def _default_seal(self):
        return self.env["realestate.seal"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        )

    @api.depends("contract_ids.project_id")
    def _compute_project_id(self):
        for request in self:
            projects = request.contract_ids.project_id
            request.project_id = projects if len(projects) == 1 else False

    @api.depends("contract_ids", "papers", "copies")
    def _compute_copies_total(self):
        for request in self:
            request.contract_count = len(request.contract_ids)
            papers = len(request._get_paper_names())
            request.copies_total = (request.contract_count + papers) * request.copies

    @api.depends("contract_ids.amount_total", "currency_id")
    def _compute_amount_total(self):
        today = fields.Date.context_today(self)
        for request in self:
            request.amount_total = sum(
                contract.currency_id._convert(
                    contract.amount_total,
                    request.currency_id,
                    request.company_id,
                    contract.date_contract or today,
                )
                for contract in request.contract_ids
            )

    @api.model_create_multi
    def create(self, vals_list):
        requests = super().create(vals_list)
        for request in requests:
            number = self.env["ir.sequence"].with_company(request.company_id)
            request._write_facts(name=number.next_by_code(self._name))
        return requests

    def write(self, vals):
        if TERM_FIELDS & vals.keys():
            self._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        for request in self.filtered(lambda one: one.state != "draft"):
            raise UserError(
                self.env._(
                    "%(request)s stays as the record of what was asked for: cancel it.",
                    request=request.name,
                )
            )

    def _check_draft(self):
        for request in self.filtered(lambda one: one.state != "draft"):
            raise UserError(
                self.env._(
                    "%(request)s is “%(state)s”: what it asks for stays as it is. Set "
                    "it back to draft, or make another one.",
                    request=request.name,
                    state=request._state_label(request.state),
                )
            )
        # Submitted at this moment it would ask for what it was before.
        collide(self)

    # === BUSINESS === #

    def _get_paper_names(self):
        """The other papers, one a line."""
        self.ensure_one()
        return [
            line.strip() for line in (self.papers or "").splitlines() if line.strip()
        ]

    def _get_problems(self):
        """What keeps the request from being submitted or stamped, as sentences."""
        self.ensure_one()
        problems = []
        if not self.contract_ids and not self._get_paper_names():
            problems.append(
                self.env._("Name the contracts or the papers to be stamped.")
            )
        problems += [
            self.env._(
                "Contract %(contract)s is “%(state)s”: the seal comes after the "
                "buyers' signatures. Take it out, or have it signed first.",
                contract=contract.name,
                state=contract._state_label(contract.state),
            )
            for contract in self.contract_ids
            if contract.state != "signed"
        ]
        problems += [
            self.env._(
                "Contract %(contract)s is asked for in %(request)s already: take it "
                "out, or cancel that request.",
                contract=contract.name,
                request=other.name,
            )
            for contract in self.contract_ids
            for other in contract._get_seal_requests() - self
            if other.state in ("submitted", "approved")
            and other.seal_id == self.seal_id
        ]
        return problems
