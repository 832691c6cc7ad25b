from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

#: Agreed with the buyer once the agreement is signed.
TERMS = {"reservation_id", "amount", "date_deposit", "date_sign_by", "note"}


class RealestateDeposit(models.Model):
    """A deposit agreement: the buyer of a reserved unit pays more, and both sides
    undertake to sign the contract by a day.

    The reservation fee counts towards the deposit; the rest is invoiced when the
    agreement is signed.
    """

    _name = "realestate.deposit"
    _description = "Deposit Agreement"
    _inherit = [
        "realestate.advance.mixin",
        "realestate.state.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_deposit desc, id desc"
    _check_company_auto = True

    _fact_fields = frozenset(
        {"cancel_reason", "contract_id", "date_cancelled", "date_signed", "name"}
    )
    _state_moves = {
        "signed": {"draft"},
        "converted": {"signed"},
        "cancelled": {"draft", "signed"},
        "forfeited": {"cancelled"},
    }

    name = fields.Char(readonly=True, copy=False, default="/", index="trigram")
    reservation_id = fields.Many2one(
        "realestate.reservation",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('state', '=', 'confirmed')]",
        tracking=True,
    )
    unit_id = fields.Many2one(related="reservation_id.unit_id", store=True, index=True)
    project_id = fields.Many2one(
        related="reservation_id.project_id", store=True, index=True
    )
    company_id = fields.Many2one(
        related="reservation_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="reservation_id.currency_id", store=True)
    partner_id = fields.Many2one(
        related="reservation_id.partner_id", string="Buyer", store=True, index=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="Contract Officer",
        default=lambda self: self.env.user,
        tracking=True,
        index=True,
    )

    # Terms.
    price = fields.Monetary(related="reservation_id.amount_total")
    fee = fields.Monetary(related="reservation_id.fee")
    amount = fields.Monetary(
        string="Deposit",
        required=True,
        tracking=True,
        help="In all: the reservation fee counts towards it.",
    )
    amount_rest = fields.Monetary(
        string="Besides the Fee",
        compute="_compute_amount_rest",
        help="Invoiced when the agreement is signed.",
    )
    date_deposit = fields.Date(
        string="Agreement Date",
        required=True,
        default=fields.Date.context_today,
        copy=False,
    )
    date_sign_by = fields.Date(
        string="Contract Signed by",
        compute="_compute_date_sign_by",
        store=True,
        readonly=False,
        copy=False,
        tracking=True,
        help="Until this day the unit is kept for the buyer.",
    )
    note = fields.Html(string="Agreed Besides")
    move_id = fields.Many2one(string="Invoice")

    # Facts.
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("signed", "Signed"),
            ("converted", "Contract Made"),
            ("cancelled", "Cancelled"),
            ("forfeited", "Forfeited"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    date_signed = fields.Date(string="Signed on", readonly=True, copy=False)
    date_cancelled = fields.Date(string="Cancelled on", readonly=True, copy=False)
    cancel_reason = fields.Text(readonly=True, copy=False)
    contract_id = fields.Many2one("realestate.contract", readonly=True, copy=False)
    amount_open = fields.Monetary(
        string="Open",
        compute="_compute_amount_open",
        help="What the buyer still owes of the deposit, the fee included.",
    )

    _amount_positive = models.Constraint(
        "CHECK (amount >= 0)", "The deposit cannot be negative."
    )
    # Whatever runs at the same time.
    _one_standing = models.UniqueIndex(
        "(reservation_id) WHERE state IN ('draft', 'signed')",
        "The reservation has a deposit agreement already: open that one.",
    )

    @api.depends("amount", "fee")
    def _compute_amount_rest(self):
        for deposit in self:
            rest = max(deposit.amount - deposit.fee, 0)
            deposit.amount_rest = deposit.currency_id._realestate_round(rest)

    @api.depends("date_deposit", "reservation_id")
    def _compute_date_sign_by(self):
        for deposit in self.filtered(lambda d: d.state in (False, "draft")):
            company = deposit.reservation_id.company_id or self.env.company
            # Settings of the company are for everybody to follow.
            days = company.sudo().realestate_deposit_days
            day = deposit.date_deposit or fields.Date.context_today(self)
            deposit.date_sign_by = day + timedelta(days=days)

    @api.depends("state", "move_id.amount_residual", "reservation_id.move_id")
    def _compute_amount_open(self):
        for deposit in self:
            deposit.amount_open = deposit._get_open()

    @api.constrains("amount", "reservation_id")
    def _check_amount(self):
        for deposit in self:
            if deposit.currency_id.compare_amounts(deposit.amount, deposit.fee) < 0:
                raise ValidationError(
                    self.env._(
                        "Deposit of %(unit)s: %(amount)s is less than the reservation "
                        "fee of %(fee)s, which counts towards it. Enter the deposit in "
                        "all.",
                        unit=deposit.unit_id.name,
                        amount=deposit.currency_id.format(deposit.amount),
                        fee=deposit.currency_id.format(deposit.fee),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        deposits = super().create(vals_list)
        for deposit in deposits:
            # Numbers are drawn for people who may not see sequences.
            numbers = self.env["ir.sequence"].sudo()
            deposit._write_facts(name=numbers.next_by_code("realestate.deposit"))
        return deposits

    def write(self, vals):
        if TERMS & vals.keys():
            self._check_terms_open()
        return super().write(vals)

    def _check_terms_open(self):
        for deposit in self.filtered(lambda d: d.state != "draft"):
            raise UserError(
                self.env._(
                    "Deposit agreement %(name)s is “%(state)s”: its terms stay. Cancel "
                    "it and make a new one, or extend its term.",
                    name=deposit.name,
                    state=deposit._state_label(deposit.state),
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        for deposit in self.filtered(lambda d: d.state != "draft"):
            raise UserError(
                self.env._(
                    "Deposit agreement %(name)s was signed: cancel it, so that its "
                    "number and history stay.",
                    name=deposit.name,
                )
            )

    # === ACTIONS === #

    def action_sign(self, date=None):
        """Record that the agreement is signed: its rest is invoiced, and the unit is
        kept for the buyer until the contract's term.

        :param date: calendar date of the signature, default today
        :raises UserError: naming every reason why it cannot be signed yet
        """
        self.check_access("write")
        for deposit in self.filtered(lambda d: d.state == "draft"):
            deposit._check_eligible()
            day = deposit._read_day(date)
            if deposit._update_state("signed", date_signed=day):
                deposit._invoice_rest()
                deposit.reservation_id._keep_until(deposit.date_sign_by)
        return True

    def action_extend(self, date_sign_by, reason):
        """Put off the day by which the contract is to be signed.

        :param date_sign_by: calendar date, later than the present one
        :param reason: text kept with the record; required
        """
        self.check_access("write")
        reason = self.reservation_id._read_reason(reason)
        for deposit in self:
            day = deposit._read_day(date_sign_by, is_past=False)
            deposit._check_extension(day)
            before = deposit.date_sign_by
            deposit._write_facts(date_sign_by=day)
            deposit.reservation_id._keep_until(day)
            deposit.message_post(
                body=self.env._(
                    "Extended from %(before)s to %(after)s: %(reason)s",
                    before=before,
                    after=day,
                    reason=reason,
                )
            )
        return True

    def action_cancel(self, reason=None):
        """End the agreement without a contract; what was invoiced is credited.

        The reservation stays as it is: cancelling that ends both.

        :param reason: text kept with the record; required
        :raises AccessError: for a signed one, unless a supervisor decides
        """
        self.check_access("write")
        reason = self.reservation_id._read_reason(reason)
        signed = self.filtered(lambda d: d.state == "signed")
        if signed and not signed.reservation_id._is_supervisor():
            raise AccessError(
                self.env._("Only a supervisor cancels a signed deposit agreement.")
            )
        self._end(reason)
        return True

    def action_open_reservation(self):
        """Open the reservation this deposit is for."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "realestate.reservation",
            "res_id": self.reservation_id.id,
            "view_mode": "form",
        }

    # === BUSINESS === #

    def _read_day(self, value, is_past=True):
        """The calendar date of ``value``, default today; one to come is refused where
        it says when something happened."""
        today = fields.Date.context_today(self)
        try:
            day = fields.Date.to_date(value) or today
        except (TypeError, ValueError) as error:
            raise UserError(
                self.env._("“%(date)s” is no date. Write it as 2026-12-31.", date=value)
            ) from error
        if is_past and day > today:
            raise UserError(
                self.env._(
                    "%(date)s is in the future: record it when it has happened.",
                    date=day,
                )
            )
        return day

    def _check_extension(self, day):
        if self.state != "signed" or (self.date_sign_by and day <= self.date_sign_by):
            raise UserError(
                self.env._(
                    "Deposit agreement %(name)s is “%(state)s” until %(date)s: only a "
                    "signed one is extended, to a later day.",
                    name=self.name,
                    state=self._state_label(self.state),
                    date=self.date_sign_by,
                )
            )
