from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .collision import collide


class RealestateDocumentLoan(models.Model):
    """An original that is lent from the archive, until it is back."""

    _name = "realestate.document.loan"
    _description = "Loan of an Original"
    _inherit = ["realestate.state.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_out desc, id desc"
    _rec_name = "document_id"

    _fact_fields = frozenset({"date_back", "user_back_id", "user_out_id", "note_back"})
    _state_moves = {"back": {"out"}}

    document_id = fields.Many2one(
        "realestate.document",
        string="Original",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('archive_box_id', '!=', False), ('is_lent', '=', False)]",
    )
    contract_id = fields.Many2one(
        related="document_id.contract_id", store=True, index=True
    )
    company_id = fields.Many2one(
        related="document_id.company_id", store=True, index=True
    )
    project_id = fields.Many2one(
        related="document_id.project_id", store=True, index=True
    )
    box_id = fields.Many2one(
        related="document_id.archive_box_id", string="Archive Box", store=True
    )
    borrower_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="restrict"
    )
    purpose = fields.Char(required=True)
    date_out = fields.Date(
        string="Lent on", required=True, default=fields.Date.context_today
    )
    date_due = fields.Date(string="Back by", required=True, tracking=True)
    date_back = fields.Date(string="Came Back on", readonly=True, copy=False)
    user_out_id = fields.Many2one(
        "res.users",
        string="Lent by",
        readonly=True,
        copy=False,
        default=lambda self: self.env.user,
    )
    user_back_id = fields.Many2one(
        "res.users", string="Taken Back by", readonly=True, copy=False
    )
    note_back = fields.Text(
        string="Note on the Return", readonly=True, copy=False, tracking=True
    )
    is_overdue = fields.Boolean(
        string="Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )
    state = fields.Selection(
        [("out", "Lent"), ("back", "Given Back")],
        default="out",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )

    _one_open = models.UniqueIndex(
        "(document_id) WHERE state = 'out'", "This original is lent already."
    )
    _in_order = models.Constraint(
        "CHECK (date_due >= date_out)", "An original comes back after it went out."
    )

    @api.depends("state", "date_due")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for loan in self:
            due = loan.date_due
            loan.is_overdue = loan.state == "out" and bool(due and due < today)

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        late = Domain("state", "=", "out") & Domain("date_due", "<", today)
        return Domain.OR(late if wanted else ~late for wanted in value)

    @api.model_create_multi
    def create(self, vals_list):
        documents = self.env["realestate.document"].browse(
            vals["document_id"] for vals in vals_list if vals.get("document_id")
        )
        # Lent by another at this moment, one of the two is tried again and sees it.
        collide(documents)
        for document in documents:
            document._check_lendable()
        for vals in vals_list:
            self._check_not_ahead(fields.Date.to_date(vals.get("date_out")))
        # One that has come back makes room for the next.
        self.flush_model(["state"])
        loans = super().create(vals_list)
        loans._write_facts(user_out_id=self.env.uid)
        return loans

    def write(self, vals):
        if vals.keys() & {"document_id", "borrower_id", "date_out"}:
            raise UserError(
                self.env._(
                    "What was lent, to whom and when stays: take it back and lend it "
                    "anew."
                )
            )
        if vals.keys() & {"date_due", "purpose"}:
            self._check_out()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        if self:
            raise UserError(
                self.env._("Loans stay in the register of the archive: take it back.")
            )

    # === ACTIONS === #

    def action_return(self, note=None):
        """The original is back in its box.

        :param note: text kept with the loan, such as what is damaged; may be empty
        """
        self.check_access("write")
        back = self._update_state(
            "back",
            date_back=fields.Date.context_today(self),
            user_back_id=self.env.uid,
            note_back=note.strip() if isinstance(note, str) else False,
        )
        back.activity_unlink(["realestate_sales.mail_activity_loan"])
        return True

    # === CHECKS === #

    @api.model
    def _check_not_ahead(self, date):
        if date and date > fields.Date.context_today(self):
            raise UserError(
                self.env._(
                    "“Lent on” %(date)s is in the future: lend the original on that "
                    "day.",
                    date=date,
                )
            )

    def _check_out(self):
        for loan in self.filtered(lambda one: one.state != "out"):
            raise UserError(
                self.env._(
                    "%(document)s came back on %(date)s: its loan is closed.",
                    document=loan.document_id.display_name,
                    date=loan.date_back,
                )
            )

    # === CRON === #

    @api.model
    def _cron_remind(self, limit=200):
        """Remind of originals that are overdue: the archive by an activity, the
        borrower by mail; once for each due date."""
        kind = self.env.ref("realestate_sales.mail_activity_loan")
        domain = Domain("is_overdue", "=", True) & Domain(
            "activity_ids", "not any", [("activity_type_id", "=", kind.id)]
        )
        found = self.search(domain, limit=limit)
        for done, loan in enumerate(found, 1):
            loan._remind()
            self.env["ir.cron"]._commit_progress(1, remaining=len(found) - done)

    def _remind(self):
        self.ensure_one()
        user = self.user_out_id
        self.activity_schedule(
            "realestate_sales.mail_activity_loan",
            date_deadline=self.date_due,
            user_id=user.id,
            summary=self.env._("Overdue: %(document)s", document=self.display_name),
        )
        borrower = self.borrower_id
        own = self.with_context(lang=borrower.lang or self.env.lang)
        own.message_notify(
            partner_ids=borrower.ids,
            subject=own.env._(
                "Please give back: %(document)s", document=own.display_name
            ),
            body=own.env._(
                "%(document)s of contract %(contract)s was due back on %(date)s.",
                document=own.document_id.name,
                contract=own.contract_id.name,
                date=own.date_due,
            ),
        )


class RealestateDocument(models.Model):
    _inherit = "realestate.document"  # pylint: disable=consider-merging-classes-inherited

    def _check_lendable(self):
        self.ensure_one()
        self._check_not_lent()
        if not self.archive_box_id:
            raise UserError(
                self.env._(
                    "%(document)s is not in the archive: file it in a box first.",
                    document=self.display_name,
                )
            )
