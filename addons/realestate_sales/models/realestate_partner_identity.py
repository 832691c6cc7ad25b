import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..tools.identity import MASK, mask_number, normalize_number, number_digest

PEPPER = "realestate_sales.identity_pepper"


class RealestatePartnerIdentity(models.Model):
    """An identity paper of a buyer. Its number is kept where nobody reads it: shown are
    its last characters, and who needs it whole says why and leaves a trace.
    """

    _name = "realestate.partner.identity"
    _description = "Identity of a Buyer"
    _inherit = ["realestate.facts.mixin"]
    _order = "partner_id, kind, id"
    _rec_name = "number_shown"
    _rec_names_search = ["partner_id", "number_masked"]

    _fact_fields = frozenset({"number", "number_digest", "number_masked"})

    partner_id = fields.Many2one(
        "res.partner", string="Person", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    kind = fields.Selection(
        [
            ("passport", "Passport"),
            ("id_card", "ID Card"),
            ("tax", "Tax Number"),
            ("registration", "Company Registration"),
            ("visa", "Visa or Permit"),
        ],
        required=True,
        default="id_card",
    )
    number = fields.Char(
        string="Whole Number", readonly=True, copy=False, groups=fields.NO_ACCESS
    )
    number_digest = fields.Char(
        readonly=True, copy=False, index=True, groups=fields.NO_ACCESS
    )
    number_masked = fields.Char(readonly=True, copy=False)
    number_shown = fields.Char(
        string="Number",
        compute="_compute_number_shown",
        inverse="_inverse_number_shown",
        help="Its end only. Type a number over it to enter another one.",
    )
    country_id = fields.Many2one("res.country", string="Issued in")
    issued_by = fields.Char()
    date_issued = fields.Date(string="Issued on")
    date_expiry = fields.Date(string="Expires")
    is_expired = fields.Boolean(compute="_compute_is_expired")
    document_id = fields.Many2one(
        "realestate.document",
        string="Scan",
        domain="[('partner_id', '=', partner_id), ('is_identity', '=', True)]",
    )
    look_ids = fields.One2many(
        "realestate.identity.look",
        "identity_id",
        groups="realestate_sales.group_manager",
    )

    _number_unique = models.UniqueIndex(
        "(partner_id, company_id, kind, number_digest)",
        "This number is entered already.",
    )

    @api.depends("number_masked")
    def _compute_number_shown(self):
        for identity in self:
            identity.number_shown = identity.number_masked

    def _inverse_number_shown(self):
        pepper = self._get_pepper()
        for identity in self:
            typed = identity.number_shown or ""
            if typed == identity.number_masked:
                continue
            if MASK in typed or not normalize_number(typed):
                raise UserError(
                    self.env._(
                        "%(partner)s: type the whole number, or leave it as it was.",
                        partner=identity.partner_id.name,
                    )
                )
            before = identity.number_masked
            # The number goes where nobody reads it.
            identity.sudo()._write_facts(
                number=typed.strip(),
                number_digest=number_digest(typed, pepper),
                number_masked=mask_number(typed),
            )
            identity._log_change(before)

    def _log_change(self, before):
        if before:
            self._record_look(
                "change", self.env._("Instead of %(before)s", before=before)
            )

    @api.depends("date_expiry")
    def _compute_is_expired(self):
        today = fields.Date.context_today(self)
        for identity in self:
            expiry = identity.date_expiry
            identity.is_expired = bool(expiry and expiry < today)

    @api.constrains("date_issued", "date_expiry")
    def _check_dates(self):
        for identity in self:
            issued, expiry = identity.date_issued, identity.date_expiry
            if issued and expiry and issued > expiry:
                raise ValidationError(
                    self.env._(
                        "%(partner)s: a paper issued on %(issued)s does not expire on "
                        "%(expiry)s.",
                        partner=identity.partner_id.name,
                        issued=issued,
                        expiry=expiry,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        identities = super().create(vals_list)
        # What was typed is not what is shown.
        identities.invalidate_recordset(["number_shown"], flush=False)
        for identity in identities.filtered(lambda one: not one.number_masked):
            raise ValidationError(
                self.env._(
                    "%(partner)s: enter the number of the paper.",
                    partner=identity.partner_id.name,
                )
            )
        return identities

    def write(self, vals):
        if {"partner_id", "company_id"} & vals.keys():
            raise UserError(
                self.env._("An identity stays with its person: enter another one.")
            )
        result = super().write(vals)
        # What was typed is not what is shown.
        self.invalidate_recordset(["number_shown"], flush=False)
        return result

    # === ACTIONS === #

    def action_reveal(self, reason=None):
        """The whole number, for those who may read it; the look is recorded.

        :param reason: text kept with the look; required
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("realestate_sales.group_identity"):
            raise AccessError(
                self.env._(
                    "Only who reads ID numbers sees them whole: a right that a "
                    "manager gives."
                )
            )
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(self.env._("Say why you need the number: it is recorded."))
        self._record_look("number", reason.strip())
        # Nobody reads the number as a field.
        return self.sudo().number

    # === BUSINESS === #

    def _record_look(self, kind, reason=None, document=None):
        """Write down who looks at the numbers, and why."""
        # Looks are written by nobody's hand.
        looks = self.env["realestate.identity.look"].sudo()
        return looks.create(
            [
                {
                    "identity_id": identity.id,
                    "partner_id": identity.partner_id.id,
                    "company_id": identity.company_id.id,
                    "number_masked": identity.number_masked,
                    "kind": kind,
                    "reason": reason,
                }
                for identity in self.sudo()
            ]
        )

    @api.model
    def _get_pepper(self):
        """The secret of the fingerprints, made at its first use. It is not that of the
        database, which changes with a copy."""
        # Settings are for administrators.
        parameters = self.env["ir.config_parameter"].sudo()
        pepper = parameters.get_param(PEPPER)
        if not pepper:
            pepper = secrets.token_hex(32)
            parameters.set_param(PEPPER, pepper)
        return pepper
