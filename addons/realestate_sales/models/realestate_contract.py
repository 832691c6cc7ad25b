from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain

LOCKED_FIELDS = {
    "project_id",
    "partner_id",
    "buyer_ids",
    "line_ids",
    "plan_id",
    "reservation_id",
    "date_start",
    "reservation_fee",
}


class RealestateContract(models.Model):
    """The sale of one or more units to one or more buyers, paid by a schedule."""

    _name = "realestate.contract"
    _description = "Sales Contract"
    _inherit = [
        "realestate.state.mixin",
        "portal.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_contract desc, id desc"
    _check_company_auto = True

    _fact_fields = frozenset(
        {
            "amount_total",
            "cancel_reason",
            "date_active",
            "date_approved",
            "date_cancelled",
            "date_sealed",
            "date_signed",
            "reservation_fee",
            "user_approved_id",
        }
    )
    _state_moves = {
        "draft": {"review"},
        "review": {"draft"},
        "approved": {"review"},
        "signed": {"approved"},
        "sealed": {"signed"},
        "active": {"sealed"},
        "completed": {"active"},
        "cancelled": {"draft", "review", "approved", "signed", "sealed", "active"},
    }

    name = fields.Char(readonly=True, copy=False, default="/", index="trigram")
    project_id = fields.Many2one(
        "realestate.project", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="project_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="project_id.currency_id", store=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Main Buyer",
        required=True,
        index=True,
        tracking=True,
        help="The instalments are invoiced to this buyer.",
    )
    buyer_ids = fields.One2many("realestate.contract.buyer", "contract_id")
    line_ids = fields.One2many("realestate.contract.line", "contract_id")
    unit_ids = fields.Many2many("realestate.unit", compute="_compute_unit_ids")
    unit_names = fields.Char(string="Units", compute="_compute_unit_ids")
    user_id = fields.Many2one(
        "res.users",
        string="Contract Officer",
        default=lambda self: self.env.user,
        tracking=True,
        index=True,
    )
    reservation_id = fields.Many2one(
        "realestate.reservation", copy=False, index=True, groups="base.group_user"
    )

    # Terms.
    plan_id = fields.Many2one(
        "realestate.payment.plan",
        string="Payment Plan",
        check_company=True,
        tracking=True,
    )
    date_contract = fields.Date(
        string="Contract Date",
        required=True,
        default=fields.Date.context_today,
        copy=False,
        tracking=True,
    )
    date_start = fields.Date(
        string="Plan Start",
        compute="_compute_date_start",
        store=True,
        readonly=False,
        help="Month n of the plan falls on this day of the month.",
    )
    reservation_fee = fields.Monetary(
        compute="_compute_reservation_fee", store=True, help="Part of the price."
    )
    note = fields.Html(string="Special Terms")
    installment_ids = fields.One2many("realestate.installment", "contract_id")
    amount_total = fields.Monetary(
        string="Price", compute="_compute_amount_total", store=True, tracking=True
    )

    # What the buyer owes; facts of accounting.
    amount_invoiced = fields.Monetary(string="Invoiced", compute="_compute_amounts")
    amount_paid = fields.Monetary(string="Paid", compute="_compute_amounts")
    amount_residual = fields.Monetary(
        string="Open", compute="_compute_amounts", help="Invoiced and not yet paid."
    )
    amount_overdue = fields.Monetary(string="Overdue", compute="_compute_amounts")
    amount_unbilled = fields.Monetary(
        string="Not Yet Invoiced", compute="_compute_amounts"
    )

    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("review", "In Review"),
            ("approved", "Approved"),
            ("signed", "Signed by Buyer"),
            ("sealed", "Sealed"),
            ("active", "Active"),
            ("completed", "Completed"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    user_approved_id = fields.Many2one(
        "res.users",
        string="Approved by",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
    date_approved = fields.Date(string="Approved on", readonly=True, copy=False)
    date_signed = fields.Date(string="Signed on", readonly=True, copy=False)
    date_sealed = fields.Date(string="Sealed on", readonly=True, copy=False)
    date_active = fields.Date(string="Running since", readonly=True, copy=False)
    date_cancelled = fields.Date(string="Cancelled on", readonly=True, copy=False)
    cancel_reason = fields.Text(readonly=True, copy=False, groups="base.group_user")

    # People know the buyer or the unit, hardly ever the number.
    _rec_names_search = ["name", "partner_id", "line_ids.unit_id"]

    _name_unique = models.UniqueIndex(
        "(company_id, name) WHERE name != '/'", "This contract number is taken."
    )

    @api.depends("line_ids.unit_id")
    def _compute_unit_ids(self):
        # All at once: assigning below checks the access to each contract's units alone.
        self.line_ids.unit_id.fetch(["name", "company_id"])
        for contract in self:
            units = contract.line_ids.unit_id
            contract.unit_ids = units
            contract.unit_names = ", ".join(filter(None, units.mapped("name")))

    @api.depends("name", "partner_id.name", "unit_names")
    @api.depends_context("formatted_display_name")
    def _compute_display_name(self):
        """The number; where one is chosen from a list, with buyer and units."""
        for contract in self:
            name = contract.name
            if self.env.context.get("formatted_display_name"):
                # Who reads a contract reads in it whose and of what it is.
                own = contract.sudo()
                parts = filter(None, [own.partner_id.name, own.unit_names])
                name = f"{name}\t--{' · '.join(parts)}--"
            contract.display_name = name

    @api.depends("date_contract")
    def _compute_date_start(self):
        for contract in self.filtered(lambda c: c.state in (False, "draft")):
            contract.date_start = contract.date_contract

    @api.depends("reservation_id.fee")
    def _compute_reservation_fee(self):
        for contract in self:
            contract.reservation_fee = contract.reservation_id.fee

    @api.depends("line_ids.price")
    def _compute_amount_total(self):
        for contract in self:
            contract.amount_total = contract.currency_id._realestate_round(
                sum(contract.line_ids.mapped("price"))
            )

    @api.depends(
        "installment_ids.amount_due",
        "installment_ids.amount_paid",
        "installment_ids.amount_residual",
        "installment_ids.date_due",
        "installment_ids.state",
    )
    def _compute_amounts(self):
        billed, planned, overdue = self._group_installments()
        for contract in self:
            invoiced, paid, residual = billed.get(contract._origin, (0, 0, 0))
            contract.amount_invoiced = invoiced
            contract.amount_paid = paid
            contract.amount_residual = residual
            contract.amount_unbilled = planned.get(contract._origin, 0)
            contract.amount_overdue = overdue.get(contract._origin, 0)

    def _group_installments(self):
        """Sums by contract, made by the database in one query each: of what is billed
        (invoiced, paid, open), of what is planned, and of what is overdue.
        """
        standing = Domain("contract_id", "in", self.ids) & Domain("is_void", "=", False)
        planned = Domain("state", "=", "planned")

        def group(domain, *fields_):
            return self.env["realestate.installment"]._read_group(
                standing & domain, ["contract_id"], [f"{name}:sum" for name in fields_]
            )

        billed = group(~planned, "amount_billed", "amount_paid", "amount_residual")
        return (
            {contract: sums for contract, *sums in billed},
            dict(group(planned, "amount_due")),
            dict(group(Domain("is_overdue", "=", True), "amount_residual")),
        )

    def _compute_access_url(self):
        for contract in self:
            contract.access_url = f"/my/contracts/{contract.id}"

    @api.constrains("partner_id")
    def _check_partner(self):
        for contract in self.filtered(lambda c: not c.partner_id.active):
            raise ValidationError(
                self.env._(
                    "Contract %(contract)s: buyer %(partner)s is archived. Restore the "
                    "contact or choose another one.",
                    contract=contract.name,
                    partner=contract.partner_id.name,
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        projects = self.env["realestate.project"]
        reservations = self.env["realestate.reservation"]
        for vals in vals_list:
            if vals.get("reservation_id"):
                reservations.browse(vals["reservation_id"])._check_not_expired()
            project = projects.browse(vals.get("project_id"))
            if project:
                vals["name"] = project._next_contract_number()
            if not vals.get("buyer_ids") and vals.get("partner_id"):
                vals["buyer_ids"] = [
                    Command.create({"partner_id": vals["partner_id"], "is_main": True})
                ]
        contracts = super().create(vals_list)
        for contract in contracts.filtered("reservation_id"):
            contract.reservation_id._convert_to(contract)
        # The schedule came with the lines.
        return contracts

    def write(self, vals):
        if LOCKED_FIELDS & vals.keys():
            self._check_terms_open()
        self._check_origin_stays(vals)
        result = super().write(vals)
        if LOCKED_FIELDS & vals.keys() or "date_contract" in vals:
            self._refresh_schedule()
        return result

    def _check_origin_stays(self, vals):
        for field in ("name", "project_id", "reservation_id"):
            for contract in self.filtered(lambda c: field in vals):  # noqa: B023
                value = contract._fields[field].convert_to_write(
                    contract[field], contract
                )
                if vals[field] != value:
                    raise UserError(
                        self.env._(
                            "Contract %(contract)s keeps its number, its project and "
                            "the reservation it was made from: make another one.",
                            contract=contract.name,
                        )
                    )

    def _check_terms_open(self):
        for contract in self.filtered(lambda c: c.state != "draft"):
            raise UserError(
                self.env._(
                    "Contract %(contract)s is “%(state)s”: its parties, units, prices "
                    "and plan stay. Send it back to draft while it is in review; "
                    "later, "
                    "amend it.",
                    contract=contract.name,
                    state=contract._state_label(contract.state),
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        for contract in self:
            if contract.state != "draft" or contract.reservation_id:
                raise UserError(
                    self.env._(
                        "Contract %(contract)s cannot be deleted: cancel it, so that "
                        "its "
                        "number and history stay.",
                        contract=contract.name,
                    )
                )
        self._end_claims()
