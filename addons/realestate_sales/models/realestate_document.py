from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

#: States in which somebody still has to hand the paper in.
OWED = ("missing", "refused", "expired")
#: What stays once there is a file.
ORIGIN_FIELDS = {"contract_id", "partner_id", "type_id"}


class RealestateDocument(models.Model):
    """A paper of a contract: one that a buyer owes, or one that the company made.

    What was handed in, accepted, refused or waived, by whom and when, are facts; the
    file is read through :meth:`action_open` and :meth:`read_file` only.
    """

    _name = "realestate.document"
    _description = "Document"
    _inherit = ["realestate.state.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "contract_id desc, partner_id, type_id, id"
    _check_company_auto = True

    _fact_fields = frozenset(
        {
            "date_decided",
            "date_expiry_told",
            "date_received",
            "file",
            "filename",
            "file_size",
            "is_automatic",
            "mimetype",
            "refuse_reason",
            "sha256",
            "user_decided_id",
            "user_received_id",
            "waive_reason",
        }
    )
    _state_moves = {
        "missing": {"waived"},
        "received": {"missing", "refused", "expired"},
        "accepted": {"received"},
        "refused": {"received", "accepted"},
        "waived": {"missing", "received", "refused", "expired"},
        "expired": {"accepted"},
    }

    name = fields.Char(
        compute="_compute_name", store=True, readonly=False, precompute=True
    )
    type_id = fields.Many2one(
        "realestate.document.type", required=True, index=True, ondelete="restrict"
    )
    side = fields.Selection(related="type_id.side", store=True)
    is_identity = fields.Boolean(related="type_id.is_identity", store=True)
    blocks = fields.Selection(related="type_id.blocks")
    contract_id = fields.Many2one(
        "realestate.contract", required=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Buyer",
        index=True,
        ondelete="restrict",
        help="Whose paper it is; empty for a paper of the whole contract.",
    )
    company_id = fields.Many2one(
        related="contract_id.company_id", store=True, index=True
    )
    project_id = fields.Many2one(
        related="contract_id.project_id", store=True, index=True
    )
    user_id = fields.Many2one(
        related="contract_id.user_id", store=True, groups="base.group_user"
    )
    is_automatic = fields.Boolean(
        string="From the Checklist", readonly=True, copy=False
    )
    lang = fields.Selection(
        selection="_get_languages", string="Language", help="Of the paper."
    )
    note = fields.Text(groups="base.group_user")

    # When.
    date_due = fields.Date(string="Due", tracking=True)
    date_expiry = fields.Date(string="Expires", tracking=True, copy=False)
    date_expiry_told = fields.Date(
        string="Told of the Expiry on",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
    is_owed = fields.Boolean(
        string="Still Owed", compute="_compute_is_owed", search="_search_is_owed"
    )
    is_late = fields.Boolean(
        string="Late", compute="_compute_is_owed", search="_search_is_late"
    )

    # The file; nobody reads it as a field.
    file = fields.Binary(
        string="File Content",
        attachment=True,
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
    )
    filename = fields.Char(string="File", readonly=True, copy=False)
    file_size = fields.Integer(string="Size (bytes)", readonly=True, copy=False)
    mimetype = fields.Char(string="File Type", readonly=True, copy=False)
    sha256 = fields.Char(string="SHA-256", readonly=True, copy=False)

    state = fields.Selection(
        [
            ("missing", "Missing"),
            ("received", "To Check"),
            ("accepted", "Accepted"),
            ("refused", "Refused"),
            ("waived", "Waived"),
            ("expired", "Expired"),
        ],
        default="missing",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    date_received = fields.Datetime(string="Handed in on", readonly=True, copy=False)
    user_received_id = fields.Many2one(
        "res.users",
        string="Handed in by",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
    date_decided = fields.Datetime(string="Decided on", readonly=True, copy=False)
    user_decided_id = fields.Many2one(
        "res.users",
        string="Decided by",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
    refuse_reason = fields.Text(string="Why Refused", readonly=True, copy=False)
    waive_reason = fields.Text(
        string="Why Waived", readonly=True, copy=False, groups="base.group_user"
    )

    _checklist_unique = models.UniqueIndex(
        "(contract_id, partner_id, type_id) WHERE is_automatic",
        "The checklist of this buyer has that paper already.",
    )

    @api.model
    def _get_languages(self):
        return self.env["res.lang"].get_installed()

    @api.depends("type_id")
    def _compute_name(self):
        for document in self:
            document.name = document.type_id.name

    @api.depends("name", "partner_id.name")
    def _compute_display_name(self):
        for document in self:
            # Who may see the paper may know whose it is.
            names = (document.name, document.sudo().partner_id.name)
            document.display_name = " – ".join(filter(None, names))

    @api.depends("state", "side", "date_due", "date_expiry")
    def _compute_is_owed(self):
        today = fields.Date.context_today(self)
        for document in self:
            is_owed = document.state in OWED or document._is_past(today)
            document.is_owed = is_owed and document.side == "buyer"
            due = document.date_due
            document.is_late = document.is_owed and bool(due and due < today)

    def _is_past(self, today):
        """Whether it was accepted and has run out since, job or no job."""
        expiry = self.date_expiry
        return self.state == "accepted" and bool(expiry and expiry < today)

    def _search_is_owed(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        past = Domain("state", "=", "accepted") & Domain("date_expiry", "<", today)
        owed = Domain("side", "=", "buyer") & (Domain("state", "in", OWED) | past)
        return Domain.OR(owed if wanted else ~owed for wanted in value)

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        late = Domain("is_owed", "=", True) & Domain("date_due", "<", today)
        return Domain.OR(late if wanted else ~late for wanted in value)

    @api.constrains("partner_id", "type_id", "contract_id")
    def _check_partner(self):
        # What is checked may be more than the writer reads.
        for document in self.sudo():
            buyers = document.contract_id.buyer_ids.partner_id
            if document.side == "buyer" and not document.partner_id:
                raise ValidationError(
                    self.env._(
                        "%(document)s of contract %(contract)s: say which buyer hands "
                        "it in.",
                        document=document.name,
                        contract=document.contract_id.name,
                    )
                )
            if document.partner_id and document.partner_id not in buyers:
                raise ValidationError(
                    self.env._(
                        "%(document)s: %(partner)s does not buy by contract "
                        "%(contract)s. Choose one of its buyers.",
                        document=document.name,
                        partner=document.partner_id.name,
                        contract=document.contract_id.name,
                    )
                )

    def write(self, vals):
        if ORIGIN_FIELDS & vals.keys():
            self._check_unused(ORIGIN_FIELDS & vals.keys())
        if "date_expiry" in vals:
            self._check_expiry_open(fields.Date.to_date(vals["date_expiry"]))
        return super().write(vals)

    def _check_unused(self, names):
        for document in self.filtered(lambda d: d.state != "missing"):
            raise UserError(
                self.env._(
                    "%(document)s is “%(state)s”: whose paper it is and of what type "
                    "stays. Add another document.",
                    document=document.display_name,
                    state=document._state_label(document.state),
                )
            )

    def _check_expiry_open(self, date):
        for document in self.filtered(
            lambda d: d.state in ("accepted", "expired") and d.date_expiry != date
        ):
            raise UserError(
                self.env._(
                    "%(document)s is “%(state)s”: its expiry was checked with it. "
                    "Refuse it, and have a newer one handed in.",
                    document=document.display_name,
                    state=document._state_label(document.state),
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        for document in self.filtered(lambda d: d.state != "missing"):
            raise UserError(
                self.env._(
                    "%(document)s is “%(state)s” and stays in the file: waive it, if "
                    "it is not needed.",
                    document=document.display_name,
                    state=document._state_label(document.state),
                )
            )
