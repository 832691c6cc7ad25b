from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
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
    company_id = fields.Many2one(related="project_id.company_id", store=True, index=True)
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
    reservation_id = fields.Many2one("realestate.reservation", copy=False, index=True)

    # Terms.
    plan_id = fields.Many2one(
        "realestate.payment.plan", check_company=True, tracking=True
    )
    date_contract = fields.Date(
        required=True, default=fields.Date.context_today, copy=False, tracking=True
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
    amount_invoiced = fields.Monetary(compute="_compute_amounts")
    amount_paid = fields.Monetary(compute="_compute_amounts")
    amount_residual = fields.Monetary(
        string="Open", compute="_compute_amounts", help="Invoiced and not yet paid."
    )
    amount_overdue = fields.Monetary(compute="_compute_amounts")
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
    user_approved_id = fields.Many2one("res.users", readonly=True, copy=False)
    date_approved = fields.Date(readonly=True, copy=False)
    date_signed = fields.Date(readonly=True, copy=False)
    date_sealed = fields.Date(readonly=True, copy=False)
    date_active = fields.Date(readonly=True, copy=False)
    date_cancelled = fields.Date(readonly=True, copy=False)
    cancel_reason = fields.Text(readonly=True, copy=False)

    _name_unique = models.UniqueIndex(
        "(company_id, name) WHERE name != '/'", "This contract number is taken."
    )

    @api.depends("line_ids.unit_id")
    def _compute_unit_ids(self):
        for contract in self:
            units = contract.line_ids.unit_id
            contract.unit_ids = units
            contract.unit_names = ", ".join(filter(None, units.mapped("name")))

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
            contract.amount_total = contract.currency_id.round(
                sum(contract.line_ids.mapped("price"))
            )

    @api.depends(
        "installment_ids.amount",
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
            dict(group(planned, "amount")),
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
        for vals in vals_list:
            project = projects.browse(vals.get("project_id"))
            if vals.get("name", "/") == "/" and project:
                vals["name"] = project._next_contract_number()
            if not vals.get("buyer_ids") and vals.get("partner_id"):
                vals["buyer_ids"] = [
                    Command.create({"partner_id": vals["partner_id"], "is_main": True})
                ]
        contracts = super().create(vals_list)
        contracts._refresh_schedule()
        return contracts

    def write(self, vals):
        if LOCKED_FIELDS & vals.keys():
            self._check_terms_open()
        result = super().write(vals)
        if LOCKED_FIELDS & vals.keys() or "date_contract" in vals:
            self._refresh_schedule()
        return result

    def _check_terms_open(self):
        for contract in self.filtered(lambda c: c.state != "draft"):
            raise UserError(
                self.env._(
                    "Contract %(contract)s is “%(state)s”: its parties, units, prices "
                    "and plan stay. Send it back to draft while it is in review; later, "
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
                        "Contract %(contract)s cannot be deleted: cancel it, so that its "
                        "number and history stay.",
                        contract=contract.name,
                    )
                )
        self._end_claims()

    # === ACTIONS === #

    def action_submit(self):
        """Hand the draft to review. Its parties, units and schedule must be complete."""
        self.check_access("write")
        for contract in self.filtered(lambda c: c.state == "draft"):
            contract._refresh_schedule()
            contract._check_complete()
        self._update_state("review")
        return True

    def action_draft(self):
        """Send a contract in review back to its officer."""
        self.check_access("write")
        self._update_state("draft")
        return True

    def action_approve(self):
        """Approve the terms: from here on they change by amendment only."""
        self._check_is_supervisor()
        for contract in self.filtered(lambda c: c.state == "review"):
            contract._check_complete()
        self._update_state(
            "approved",
            user_approved_id=self.env.uid,
            date_approved=fields.Date.context_today(self),
        )
        return True

    def action_sign(self, date=None):
        """Record the buyer's signature.

        :param date: calendar date of the signature, default today
        """
        return self._set_dated("signed", "date_signed", date)

    def action_seal(self, date=None):
        """Record the company's seal.

        :param date: calendar date of the seal, default today
        """
        return self._set_dated("sealed", "date_sealed", date)

    def action_activate(self):
        """Start the contract: its instalments are billed as they fall due."""
        self.check_access("write")
        moved = self._update_state(
            "active", date_active=fields.Date.context_today(self)
        )
        moved._action_activate()
        return True

    def action_complete(self):
        """Close a contract whose whole price is billed and paid."""
        self.check_access("write")
        for contract in self.filtered(lambda c: c.state == "active"):
            if not contract._is_paid_up():
                raise UserError(
                    self.env._(
                        "Contract %(contract)s is not paid up: %(open)s is open and "
                        "%(unbilled)s not yet invoiced.",
                        contract=contract.name,
                        open=contract.currency_id.format(contract.amount_residual),
                        unbilled=contract.currency_id.format(contract.amount_unbilled),
                    )
                )
        self._update_state("completed")
        return True

    def action_cancel(self, reason=None):
        """Cancel contracts that are not active yet: units are freed, the schedule is
        void and an invoiced fee is credited.

        :param reason: text kept with the record; required
        """
        self._check_is_supervisor()
        if not (reason or "").strip():
            raise UserError(
                self.env._("Say why the contract is cancelled: the reason is kept.")
            )
        for contract in self.filtered(lambda c: c.state == "active"):
            raise UserError(
                self.env._(
                    "Contract %(contract)s is active: it ends by an amendment that "
                    "settles the money.",
                    contract=contract.name,
                )
            )
        moved = self._update_state(
            "cancelled",
            cancel_reason=reason.strip(),
            date_cancelled=fields.Date.context_today(self),
        )
        moved._action_cancel()
        return True

    # === TRANSITIONS === #

    def _set_dated(self, state, field, date):
        self.check_access("write")
        today = fields.Date.context_today(self)
        try:
            day = fields.Date.to_date(date) or today
        except ValueError as error:
            raise UserError(
                self.env._("“%(date)s” is no date. Write it as 2026-12-31.", date=date)
            ) from error
        if day > today:
            raise UserError(
                self.env._(
                    "%(field)s %(date)s is in the future: record it when it has happened.",
                    field=self._fields[field]._description_string(self.env),
                    date=day,
                )
            )
        self._update_state(state, **{field: day})
        return True

    # === BUSINESS === #

    def _check_is_supervisor(self):
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group(
            "realestate_sales.group_supervisor"
        ):
            raise AccessError(
                self.env._("Only a contract supervisor may approve or cancel contracts.")
            )

    def _check_complete(self):
        """Refuse a contract that cannot be reviewed, saying everything that is wrong."""
        self.ensure_one()
        problems = self._get_problems()
        if problems:
            raise UserError(
                self.env._(
                    "Contract %(contract)s is not complete:\n%(problems)s",
                    contract=self.name,
                    problems="\n".join(f"• {problem}" for problem in problems),
                )
            )

    def _get_problems(self):
        """What keeps the contract from review, as sentences. Others add theirs."""
        self.ensure_one()
        problems = []
        if not self.line_ids:
            problems.append(self.env._("It sells no unit: add one."))
        if not self.plan_id:
            problems.append(self.env._("It has no payment plan: choose one."))
        problems += self.buyer_ids._get_problems(self)
        if self.line_ids and self.plan_id and not self._is_schedule_exact():
            problems.append(
                self.env._("The instalments do not come to the price: compute them again.")
            )
        return problems

    def _is_paid_up(self):
        self.ensure_one()
        is_zero = self.currency_id.is_zero
        return is_zero(self.amount_residual) and is_zero(self.amount_unbilled)

    def _end_claims(self):
        origins = [f"{self._name},{contract.id}" for contract in self]
        # Claims are written by nobody's hand.
        self.env["realestate.unit.claim"].sudo().search(
            [("origin", "in", origins), ("live", "=", True)]
        )._end()

    # === HOOKS === #

    def _action_activate(self):
        """What follows activation; downstream addons extend."""

    def _action_cancel(self):
        """What follows cancellation; downstream addons extend."""
        self._end_claims()
        # Instalments and accounting entries are not the canceller's to write.
        self.sudo().installment_ids.is_void = True
        for contract in self.sudo():
            contract.installment_ids.move_id._realestate_credit(contract.cancel_reason)
