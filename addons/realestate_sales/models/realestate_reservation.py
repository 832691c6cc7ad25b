from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command


class RealestateReservation(models.Model):
    """A buyer's claim on a unit until a contract follows or the time is up.

    It claims its unit from the moment it is written down.
    """

    _name = "realestate.reservation"
    _description = "Reservation"
    _inherit = [
        "realestate.advance.mixin",
        "realestate.state.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_reservation desc, id desc"
    _check_company_auto = True

    _fact_fields = frozenset({"contract_id", "cancel_reason"})
    _state_moves = {
        "confirmed": {"draft"},
        "converted": {"confirmed"},
        "expired": {"draft", "confirmed"},
        "cancelled": {"draft", "confirmed"},
    }

    name = fields.Char(readonly=True, copy=False, default="/", index="trigram")
    unit_id = fields.Many2one(
        "realestate.unit",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('state', 'in', ('available', 'held'))]",
        tracking=True,
    )
    project_id = fields.Many2one(related="unit_id.project_id", store=True, index=True)
    company_id = fields.Many2one(related="unit_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="unit_id.currency_id", store=True)
    partner_id = fields.Many2one(
        "res.partner", string="Buyer", required=True, index=True, tracking=True
    )
    user_id = fields.Many2one(
        "res.users", string="Agent", default=lambda self: self.env.user, tracking=True
    )
    plan_id = fields.Many2one(
        "realestate.payment.plan", string="Payment Plan", check_company=True
    )
    price = fields.Monetary(
        compute="_compute_price", store=True, readonly=False, tracking=True
    )
    # What the project asks for: see realestate_reservation_fee.py.
    fee = fields.Monetary(string="Reservation Fee", tracking=True)
    date_reservation = fields.Date(
        string="Reserved on",
        required=True,
        default=fields.Date.context_today,
        copy=False,
    )
    date_expiry = fields.Datetime(
        string="Expires",
        compute="_compute_date_expiry",
        store=True,
        readonly=False,
        copy=False,
        tracking=True,
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("confirmed", "Confirmed"),
            ("converted", "Converted"),
            ("expired", "Expired"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    contract_id = fields.Many2one("realestate.contract", readonly=True, copy=False)
    cancel_reason = fields.Text(readonly=True, copy=False)

    _amounts_positive = models.Constraint(
        "CHECK (price >= 0 AND fee >= 0)", "Price and fee cannot be negative."
    )

    @api.depends("unit_id")
    def _compute_price(self):
        for reservation in self.filtered(lambda r: r.state == "draft"):
            reservation.price = reservation.unit_id.price_list

    @api.depends("unit_id")
    def _compute_date_expiry(self):
        for reservation in self.filtered(lambda r: not r.date_expiry):
            company = reservation.unit_id.company_id or self.env.company
            days = company.sudo().realestate_reservation_days
            reservation.date_expiry = fields.Datetime.now() + timedelta(days=days)

    @api.constrains("price", "fee")
    def _check_fee(self):
        for reservation in self:
            if (
                reservation.currency_id.compare_amounts(
                    reservation.fee, reservation.price
                )
                > 0
            ):
                raise ValidationError(
                    self.env._(
                        "Reservation of %(unit)s: the fee is above the price. Lower "
                        "the "
                        "fee.",
                        unit=reservation.unit_id.name,
                    )
                )

    @api.constrains("partner_id")
    def _check_partner(self):
        for reservation in self.filtered(lambda r: not r.partner_id.active):
            raise ValidationError(
                self.env._(
                    "Buyer %(partner)s is archived: restore the contact or choose "
                    "another one.",
                    partner=reservation.partner_id.name,
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                # Numbers are drawn for people who may not see sequences.
                vals["name"] = (
                    self.env["ir.sequence"]
                    .sudo()
                    .next_by_code("realestate.reservation")
                )
        reservations = super().create(vals_list)
        for reservation in reservations.sorted("unit_id"):
            reservation._claim_unit()
        return reservations

    def write(self, vals):
        if "unit_id" in vals:
            for reservation in self.filtered(lambda r: r.unit_id.id != vals["unit_id"]):
                raise UserError(
                    self.env._(
                        "Reservation %(name)s holds unit %(unit)s: cancel it and "
                        "reserve "
                        "the other unit.",
                        name=reservation.name,
                        unit=reservation.unit_id.name,
                    )
                )
        self._check_terms_open(vals)
        result = super().write(vals)
        if "date_expiry" in vals:
            self._prolong_claim()
        return result

    def _check_terms_open(self, vals):
        if not {"price", "fee", "partner_id", "plan_id"} & vals.keys():
            return
        for reservation in self.filtered(lambda r: r.state != "draft"):
            raise UserError(
                self.env._(
                    "Reservation %(name)s is confirmed: its buyer, price, fee and plan "
                    "stay. Cancel it and make a new one.",
                    name=reservation.name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_cancelled(self):
        for reservation in self.filtered(
            lambda r: r.state not in ("cancelled", "expired")
        ):
            raise UserError(
                self.env._(
                    "Reservation %(name)s still holds its unit: cancel it first.",
                    name=reservation.name,
                )
            )

    # === ACTIONS === #

    def action_confirm(self):
        """Confirm the reservation; its fee, if any, is invoiced."""
        self.check_access("write")
        for reservation in self.filtered(lambda r: r.state != "confirmed"):
            reservation._check_not_expired()
            if reservation._update_state("confirmed"):
                reservation._invoice_fee()
        return True

    def action_cancel(self, reason=None):
        """Cancel the reservation, free the unit and credit the fee invoice.

        :param reason: text kept with the record; required
        """
        self.check_access("write")
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(
                self.env._("Say why the reservation is cancelled: the reason is kept.")
            )
        for reservation in self._update_state(
            "cancelled", cancel_reason=reason.strip()
        ):
            reservation._release_unit()
            reservation._credit_fee()
        return True

    def action_convert(self):
        """Turn the reservation into a draft contract with its schedule.

        :return: the `realestate.contract`; the same one when called again
        """
        self.ensure_one()
        self.check_access("write")
        if self.state == "converted":
            return self.contract_id
        self._check_not_expired()
        if self.state != "confirmed":
            raise UserError(self._state_move_message("converted"))
        return self.env["realestate.contract"].create(self._prepare_contract_values())

    def action_convert_and_open(self):
        """Convert and show the contract."""
        contract = self.action_convert()
        return {
            "type": "ir.actions.act_window",
            "res_model": "realestate.contract",
            "res_id": contract.id,
            "view_mode": "form",
        }

    # === BUSINESS === #

    def _prepare_contract_values(self):
        self.ensure_one()
        if not self.plan_id:
            raise UserError(
                self.env._(
                    "Reservation %(name)s has no payment plan: choose one, the "
                    "contract's schedule follows from it.",
                    name=self.name,
                )
            )
        return {
            "project_id": self.project_id.id,
            "reservation_id": self.id,
            "partner_id": self.partner_id.id,
            "plan_id": self.plan_id.id,
            "line_ids": [
                Command.create({"unit_id": self.unit_id.id, "price": self.price})
            ],
        }

    def _convert_to(self, contract):
        """Close the reservation that ``contract`` was made from."""
        self.ensure_one()
        if self.partner_id != contract.partner_id or self.unit_id not in (
            contract.line_ids.unit_id
        ):
            raise UserError(
                self.env._(
                    "Reservation %(name)s is of unit %(unit)s for %(partner)s: its "
                    "contract is made from it with “Make Contract”.",
                    name=self.name,
                    unit=self.unit_id.name,
                    partner=self.partner_id.name,
                )
            )
        self._update_state("converted", contract_id=contract.id)

    def _claim_unit(self):
        self.ensure_one()
        if self.date_expiry and self.date_expiry <= fields.Datetime.now():
            raise UserError(
                self.env._(
                    "The reservation of %(unit)s would expire in the past. Give a "
                    "later "
                    "time.",
                    unit=self.unit_id.name,
                )
            )
        self.unit_id._claim(
            "reservation",
            origin=self,
            partner=self.partner_id,
            expires_at=self.date_expiry,
        )

    def _get_claims(self):
        # Read and ended for sales staff, who cannot write claims.
        return (
            self.env["realestate.unit.claim"]
            .sudo()
            .search(
                [
                    ("origin", "in", [f"{self._name},{record.id}" for record in self]),
                    ("live", "=", True),
                ]
            )
        )

    def _release_unit(self):
        self._get_claims()._free()

    def _prolong_claim(self):
        for reservation in self.filtered(lambda r: r.state in ("draft", "confirmed")):
            reservation._check_not_expired(by_claim=True)
            reservation._get_claims().write({"expires_at": reservation.date_expiry})

    def _check_not_expired(self, by_claim=False):
        """Refuse to go on with a reservation whose time is up: the unit may already be
        somebody else's."""
        self.ensure_one()
        claim = self._get_claims()[:1]
        over = not claim or (not by_claim and claim._is_expired())
        if self.state in ("draft", "confirmed") and over:
            raise UserError(
                self.env._(
                    "Reservation %(name)s expired on %(date)s. Reserve the unit again "
                    "if "
                    "it is still free.",
                    name=self.name,
                    date=fields.Datetime.context_timestamp(
                        self, self.date_expiry
                    ).strftime("%Y-%m-%d %H:%M"),
                )
            )

    # === CRON === #

    @api.model
    def _cron_expire(self, limit=200):
        """Mark reservations whose time is up and free their units' claims."""
        domain = [
            ("state", "in", ("draft", "confirmed")),
            ("date_expiry", "<=", fields.Datetime.now()),
        ]
        due = self.search(domain, limit=limit)
        for reservation in due.try_lock_for_update():
            reservation._update_state("expired")
            reservation._release_unit()
            reservation._notify_expired()
            self.env["ir.cron"]._commit_progress(1)
        self.env["ir.cron"]._commit_progress(remaining=self.search_count(domain))

    def _notify_expired(self):
        """The fee of an expired reservation is the manager's decision: ask for it."""
        if self.move_id:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=self.user_id.id or self.env.uid,
                summary=self.env._("Decide on the fee of an expired reservation"),
            )
