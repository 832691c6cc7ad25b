from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .collision import collide
from .given import given_records


class RealestateDocument(models.Model):
    """Where the original of a document lies, and who has it."""

    # A file for each concern keeps them short.
    _inherit = "realestate.document"  # pylint: disable=consider-merging-classes-inherited

    archive_box_id = fields.Many2one(
        "realestate.archive.box",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
    )
    archive_place = fields.Char(
        related="archive_box_id.place", string="Place", groups="base.group_user"
    )
    archive_position = fields.Char(
        string="Position", readonly=True, copy=False, groups="base.group_user"
    )
    date_archived = fields.Date(
        string="Archived on", readonly=True, copy=False, groups="base.group_user"
    )
    user_archived_id = fields.Many2one(
        "res.users",
        string="Archived by",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
    loan_ids = fields.One2many(
        "realestate.document.loan", "document_id", groups="base.group_user"
    )
    loan_id = fields.Many2one(
        "realestate.document.loan",
        string="Open Loan",
        compute="_compute_loan_id",
        groups="base.group_user",
    )
    borrower_id = fields.Many2one(
        "res.partner", compute="_compute_loan_id", groups="base.group_user"
    )
    is_lent = fields.Boolean(
        string="Lent",
        compute="_compute_loan_id",
        search="_search_is_lent",
        groups="base.group_user",
    )

    @api.model
    def _get_fact_fields(self):
        return super()._get_fact_fields() | {
            "archive_box_id",
            "archive_position",
            "date_archived",
            "user_archived_id",
        }

    @api.depends("loan_ids.state")
    def _compute_loan_id(self):
        for document in self:
            # Whoever sees the document may know who has it.
            loans = document.sudo().loan_ids
            loan = loans.filtered(lambda one: one.state == "out")[:1]
            document.loan_id = loan.sudo(False)
            document.borrower_id = loan.borrower_id.sudo(False)
            document.is_lent = bool(loan)

    def _search_is_lent(self, operator, value):
        if operator != "in":
            return NotImplemented
        lent = Domain("loan_ids", "any", [("state", "=", "out")])
        return Domain.OR(lent if wanted else ~lent for wanted in value)

    # === ACTIONS === #

    def action_put_in_box(self, box, position=""):
        """File originals in a box, or move them to another.

        :param box: a box of the documents' company, or its id
        :param position: where in the box, such as a number; text
        """
        self._check_may_archive()
        box = given_records(self.env, "realestate.archive.box", box)
        # Lent at this moment, it cannot be filed.
        collide(self)
        # Where originals lie is written by nobody's hand.
        for document in self.sudo():
            document._check_archivable(box)
            document._write_facts(
                archive_box_id=box.id,
                archive_position=str(position or "").strip() or False,
                date_archived=document.date_archived or fields.Date.context_today(self),
                user_archived_id=self.env.uid,
            )
        return True

    def action_take_out(self, reason=None):
        """Take originals out of the archive for good, such as to give them back.

        :param reason: text kept in the document's history; required
        """
        self._check_may_archive()
        collide(self)
        # Where originals lie is written by nobody's hand.
        for document in self.sudo().filtered("archive_box_id"):
            document._check_not_lent()
            reason_text = document._clean_reason(reason)
            document._message_log(
                body=self.env._(
                    "Taken out of box %(box)s: %(reason)s",
                    box=document.archive_box_id.name,
                    reason=reason_text,
                )
            )
            document._write_facts(
                archive_box_id=False,
                archive_position=False,
                date_archived=False,
                user_archived_id=False,
            )
        return True

    # === CHECKS === #

    def _check_may_archive(self):
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(
            "realestate_sales.group_archivist"
        ):
            raise AccessError(
                self.env._("Only an archivist files originals and takes them out.")
            )

    def _check_archivable(self, box):
        self.ensure_one()
        self._check_not_lent()
        # A box of another company is refused, not read.
        if len(box) != 1 or box.sudo().company_id != self.company_id:
            raise UserError(
                self.env._(
                    "%(document)s: choose a box of %(company)s.",
                    document=self.display_name,
                    company=self.company_id.name,
                )
            )
        if self.state not in ("received", "accepted", "expired"):
            raise UserError(
                self.env._(
                    "%(document)s is “%(state)s”: there is no original to be filed.",
                    document=self.display_name,
                    state=self._state_label(self.state),
                )
            )

    def _check_not_lent(self):
        for document in self.filtered("is_lent"):
            raise UserError(
                self.env._(
                    "%(document)s is lent to %(borrower)s: it has to come back first.",
                    document=document.display_name,
                    borrower=document.borrower_id.name,
                )
            )
