from odoo import api, fields, models

SIGNATURE_METHODS = [("portal", "In the Portal"), ("paper", "On Paper")]


class RealestateSignature(models.Model):
    """One buyer's signature under the kept text of a contract.

    Nobody has the right to write one: its own methods and those of its contract do.
    """

    _name = "realestate.signature"
    _description = "Signature"
    _inherit = ["realestate.state.mixin"]
    _order = "contract_id desc, id"
    _rec_name = "partner_id"
    _check_company_auto = True

    _fact_fields = frozenset(
        {"email", "date_expiry", "reason", "method", "date_signed", "user_id"}
        | {"document_id"}
        | {"signed_name", "drawing", "ip", "user_agent", "tz", "sent_to"}
        | {"code_digest", "code_sent_at", "code_tries", "code_window_at", "code_sends"}
    )
    _state_moves = {
        "signed": {"open"},
        "refused": {"open"},
        "void": {"open", "refused", "signed"},
    }

    contract_id = fields.Many2one(
        "realestate.contract",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="contract_id.company_id", store=True, index=True
    )
    project_id = fields.Many2one(
        related="contract_id.project_id", store=True, index=True
    )
    buyer_id = fields.Many2one(
        "realestate.contract.buyer",
        string="Party",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        "res.partner", string="Buyer", required=True, readonly=True, index=True
    )
    signer_id = fields.Many2one(
        "res.partner",
        required=True,
        readonly=True,
        index=True,
        help="Who signs: the buyer, or the proxy of the buyer.",
    )
    is_by_proxy = fields.Boolean(compute="_compute_is_by_proxy")
    email = fields.Char(
        string="E-mail",
        readonly=True,
        help="Of the signer when it was asked for: the code is sent there.",
    )
    date_expiry = fields.Datetime(
        string="Open until", readonly=True, help="Until then it may be signed online."
    )
    is_expired = fields.Boolean(compute="_compute_is_expired")
    has_login = fields.Boolean(
        string="Portal Login",
        compute="_compute_has_login",
        help="Without a login the signer cannot sign online.",
    )
    state = fields.Selection(
        [
            ("open", "To Sign"),
            ("signed", "Signed"),
            ("refused", "Refused"),
            ("void", "Void"),
        ],
        default="open",
        required=True,
        readonly=True,
        index=True,
    )
    reason = fields.Text(
        readonly=True, help="Why the buyer does not sign, or why it counts no longer."
    )

    # What was done, how, and the proof of it.
    method = fields.Selection(SIGNATURE_METHODS, readonly=True)
    date_signed = fields.Datetime(string="Signed on", readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="Recorded by",
        readonly=True,
        help="Who of the desk has recorded a signature on paper.",
    )
    text_sha256 = fields.Char(
        string="Text (SHA-256)", readonly=True, help="Of the text that is signed."
    )
    document_id = fields.Many2one("realestate.document", string="Scan", readonly=True)
    signed_name = fields.Char(string="Name Typed", readonly=True)
    drawing = fields.Binary(string="Drawn Signature", attachment=True, readonly=True)
    ip = fields.Char(string="IP Address", readonly=True)
    user_agent = fields.Char(string="Browser", readonly=True)
    tz = fields.Char(string="Time Zone", readonly=True)
    sent_to = fields.Char(string="Code Sent to", readonly=True)

    # What is kept of the codes, see tools.one_time_code.
    code_digest = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    code_sent_at = fields.Datetime(readonly=True, groups=fields.NO_ACCESS)
    code_tries = fields.Integer(readonly=True, groups=fields.NO_ACCESS)
    code_window_at = fields.Datetime(readonly=True, groups=fields.NO_ACCESS)
    code_sends = fields.Integer(readonly=True, groups=fields.NO_ACCESS)

    _buyer_unique = models.UniqueIndex(
        "(buyer_id) WHERE state IN ('open', 'signed')",
        "This buyer has been asked to sign already.",
    )

    @api.depends("partner_id", "signer_id")
    def _compute_is_by_proxy(self):
        for signature in self:
            signature.is_by_proxy = signature.signer_id != signature.partner_id

    @api.depends("state", "date_expiry")
    def _compute_is_expired(self):
        now = fields.Datetime.now()
        for signature in self:
            expiry = signature.date_expiry
            signature.is_expired = signature.state == "open" and bool(
                expiry and expiry <= now
            )

    @api.depends("signer_id.user_ids")
    def _compute_has_login(self):
        for signature in self:
            # Who has a login is not everybody's to read, this one's is.
            users = signature.sudo().signer_id.user_ids
            signature.has_login = bool(users.filtered(lambda u: u.active and u.share))

    # === ACTIONS === #

    def action_send_again(self):
        """Mail the invitation again; it stands anew, and a refusal is asked again."""
        self.contract_id._check_may_ask()
        self.contract_id._check_to_be_signed()
        # Signatures are written by nobody's hand; the check above is the door.
        own = self.sudo()
        refused = own.filtered(lambda signature: signature.state == "refused")
        refused._update_state("void")
        asked = own.contract_id._ask_signatures()
        asked |= own.filtered(lambda signature: signature.state == "open")
        asked._invite()
        return True

    def action_open_scan(self):
        """Show the scan of a signature on paper."""
        self.ensure_one()
        return self.document_id.action_open()
