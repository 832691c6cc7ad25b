from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

#: What may be added to an entry later.
OPEN_FIELDS = {"note", "tracking_number", "drawing"}


class RealestateDocumentIssue(models.Model):
    """The register of copies handed out: which copy, to whom, when, how."""

    _name = "realestate.document.issue"
    _description = "Issued Copy"
    _inherit = ["realestate.state.mixin", "mail.thread"]
    _order = "date desc, id desc"
    _check_company_auto = True

    _fact_fields = frozenset(
        {"user_id", "date_returned", "user_returned_id", "return_reason"}
    )
    _state_moves = {"returned": {"issued"}}

    name = fields.Char(compute="_compute_name", store=True)
    contract_id = fields.Many2one(
        "realestate.contract", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="contract_id.company_id", store=True, index=True
    )
    project_id = fields.Many2one(
        related="contract_id.project_id", store=True, index=True
    )
    document_id = fields.Many2one(
        "realestate.document",
        string="Paper",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('contract_id', '=', contract_id), "
        "('state', 'in', ('received', 'accepted'))]",
    )
    copy_number = fields.Integer(
        string="Copy No.",
        compute="_compute_copy_number",
        store=True,
        readonly=False,
        precompute=True,
    )
    partner_id = fields.Many2one(
        "res.partner", string="Issued to", required=True, ondelete="restrict"
    )
    date = fields.Date(
        string="Issued on", required=True, default=fields.Date.context_today
    )
    channel = fields.Selection(
        [("hand", "Handed Over"), ("post", "By Post"), ("email", "By E-mail")],
        string="How",
        required=True,
        default="hand",
    )
    tracking_number = fields.Char(tracking=True)
    drawing = fields.Binary(string="Receiver's Signature", attachment=True, copy=False)
    is_signed = fields.Boolean(string="Receipt Signed", compute="_compute_is_signed")
    note = fields.Text()
    user_id = fields.Many2one(
        "res.users",
        string="Issued by",
        readonly=True,
        copy=False,
        default=lambda self: self.env.user,
    )
    state = fields.Selection(
        [("issued", "Issued"), ("returned", "Returned")],
        default="issued",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    date_returned = fields.Date(string="Returned on", readonly=True, copy=False)
    user_returned_id = fields.Many2one(
        "res.users", string="Taken Back by", readonly=True, copy=False
    )
    return_reason = fields.Text(string="Why Returned", readonly=True, copy=False)

    _copy_unique = models.UniqueIndex(
        "(document_id, copy_number) WHERE state = 'issued'",
        "This copy has been issued already.",
    )
    _copy_positive = models.Constraint(
        "CHECK (copy_number > 0)", "Copies are numbered from 1."
    )

    @api.depends("document_id", "copy_number")
    def _compute_name(self):
        for issue in self:
            issue.name = self.env._(
                "%(paper)s, copy %(number)s",
                paper=issue.document_id.name or "",
                number=issue.copy_number,
            )

    @api.depends("document_id")
    def _compute_copy_number(self):
        for issue in self:
            if issue.copy_number and issue._origin:
                continue
            # Copies of other desks count as well.
            last = self.sudo().search(
                [("document_id", "=", issue.document_id.id)],
                order="copy_number desc",
                limit=1,
            )
            issue.copy_number = last.copy_number + 1

    @api.depends("drawing")
    def _compute_is_signed(self):
        # Who reads the register may know whether a receipt was signed; the picture
        # itself need not be fetched for it.
        attachments = self.env["ir.attachment"].sudo()
        signed = attachments.search(
            [
                ("res_model", "=", self._name),
                ("res_field", "=", "drawing"),
                ("res_id", "in", self.ids),
            ]
        )
        signed_ids = set(signed.mapped("res_id"))
        for issue in self:
            issue.is_signed = issue._origin.id in signed_ids

    @api.constrains("contract_id", "document_id")
    def _check_document(self):
        # What is checked may be more than the writer reads.
        for issue in self.sudo():
            document = issue.document_id
            if document.contract_id != issue.contract_id:
                raise ValidationError(
                    self.env._(
                        "%(document)s is no paper of contract %(contract)s.",
                        document=document.display_name,
                        contract=issue.contract_id.name,
                    )
                )
            if document.state not in ("received", "accepted"):
                raise ValidationError(
                    self.env._(
                        "%(document)s is “%(state)s”: there is nothing to issue.",
                        document=document.display_name,
                        state=document._state_label(document.state),
                    )
                )

    @api.constrains("date")
    def _check_date(self):
        today = fields.Date.context_today(self)
        for issue in self.filtered(lambda one: one.date > today):
            raise ValidationError(
                self.env._(
                    "%(issue)s: %(date)s is in the future. Record it when it has been "
                    "handed out.",
                    issue=issue.name,
                    date=issue.date,
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        # One that has come back makes room for the next.
        self.flush_model(["state"])
        issues = super().create(vals_list)
        issues._write_facts(user_id=self.env.uid)
        return issues

    def write(self, vals):
        if vals.keys() - OPEN_FIELDS or (
            "drawing" in vals and any(self.mapped("is_signed"))
        ):
            raise UserError(
                self.env._(
                    "An entry of the issue register stays as it is. Take the copy back "
                    "and issue another one."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        if self:
            raise UserError(
                self.env._("Entries of the issue register stay: take the copy back.")
            )

    # === ACTIONS === #

    def action_return(self, reason=None):
        """The copy has come back.

        :param reason: text kept with the entry; required
        """
        self.check_access("write")
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(
                self.env._("Say why the copy came back: the reason is kept.")
            )
        self._update_state(
            "returned",
            date_returned=fields.Date.context_today(self),
            user_returned_id=self.env.uid,
            return_reason=reason.strip(),
        )
        return True


class RealestateContract(models.Model):
    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    issue_ids = fields.One2many(
        "realestate.document.issue",
        "contract_id",
        string="Issued Copies",
        groups="realestate_sales.group_agent,realestate_sales.group_reader",
    )
