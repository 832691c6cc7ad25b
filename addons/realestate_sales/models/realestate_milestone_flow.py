from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .collision import collide


class RealestateMilestone(models.Model):
    """How a milestone is reported, certified, reached and taken back.

    Reaching one makes money due from hundreds of buyers. So whoever reports it from the
    site does not approve it, where the project asks for a certificate; and each buyer
    is told, with the date until which to pay.
    """

    # A file for each concern keeps them short.
    _inherit = "realestate.milestone"  # pylint: disable=consider-merging-classes-inherited

    _fact_fields = frozenset(
        {"date_reached", "date_reported", "user_reported_id"}
        | {"date_approved", "user_approved_id"}
    )

    date_reported = fields.Date(
        string="Reported as Reached on", readonly=True, copy=False, tracking=True
    )
    user_reported_id = fields.Many2one(
        "res.users", string="Reported by", readonly=True, copy=False
    )
    date_approved = fields.Date(string="Approved on", readonly=True, copy=False)
    user_approved_id = fields.Many2one(
        "res.users", string="Approved by", readonly=True, copy=False, tracking=True
    )
    needs_certificate = fields.Boolean(related="project_id.milestone_needs_certificate")
    state = fields.Selection(
        [("planned", "Planned"), ("reported", "Reported"), ("reached", "Reached")],
        compute="_compute_state",
        store=True,
        index=True,
    )
    installment_count = fields.Integer(
        string="Instalments", compute="_compute_installment_count"
    )
    notice_ids = fields.One2many("realestate.milestone.notice", "milestone_id")
    notice_count = fields.Integer(
        string="Notices", compute="_compute_installment_count"
    )

    @api.depends("date_reported", "date_reached")
    def _compute_state(self):
        for milestone in self:
            if milestone.date_reached:
                milestone.state = "reached"
            else:
                milestone.state = "reported" if milestone.date_reported else "planned"

    def _compute_installment_count(self):
        installments = self.env["realestate.installment"]._read_group(
            [("milestone_id", "in", self.ids), ("is_void", "=", False)],
            ["milestone_id"],
            ["__count"],
        )
        # How many were told is no secret, whom is.
        notices = (
            self.env["realestate.milestone.notice"]
            .sudo()
            ._read_group(
                [("milestone_id", "in", self.ids)], ["milestone_id"], ["__count"]
            )
        )
        installments, notices = dict(installments), dict(notices)
        for milestone in self:
            milestone.installment_count = installments.get(milestone, 0)
            milestone.notice_count = notices.get(milestone, 0)

    # === ACTIONS === #

    def action_report(self, date=None):
        """Report from the site that the milestone is reached; somebody else approves.

        :param date: calendar date it was reached, default today
        """
        self._check_may_report()
        date = self._get_reached_date(date)
        for milestone in self.filtered(lambda one: one.state == "planned"):
            milestone._check_certificate()
            # Whoever reports need not have the right to change milestones.
            milestone.sudo()._write_facts(
                date_reported=date, user_reported_id=self.env.uid
            )
        return True

    def action_reach(self, date=None):
        """Approve that the milestone was reached: its instalments get their due dates
        and the buyers are told.

        :param date: calendar date, default the day reported, else today
        """
        self.check_access("write")
        for milestone in self.filtered(lambda one: not one.date_reached):
            collide(milestone)
            milestone._check_approver()
            milestone._check_certificate()
            milestone._write_facts(
                date_reached=milestone._get_reached_date(
                    date or milestone.date_reported
                ),
                date_approved=fields.Date.context_today(self),
                user_approved_id=self.env.uid,
            )
            # Milestones are kept by site staff, instalments by nobody's hand.
            items = self.env["realestate.installment"].sudo()
            items = items._date_by_milestone(milestone.sudo())
            milestone.sudo()._tell_buyers("reached", items)
        return True

    def action_withdraw(self, reason=None):
        """Take back what was reported or reached: what is not paid is not due any more.

        Instalments that were only planned lose their date; unpaid invoices get a credit
        note; what was paid stays, and its contracts are named in the history.

        :param reason: text kept in the history and told to the buyers; required
        """
        self.check_access("write")
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(
                self.env._("Say why the milestone is taken back: the reason is kept.")
            )
        for milestone in self.filtered(lambda one: one.state != "planned"):
            collide(milestone)
            # Instalments and entries are not the supervisor's to write.
            milestone.sudo()._withdraw(reason.strip())
            milestone._write_facts(
                date_reached=False,
                date_approved=False,
                user_approved_id=False,
                date_reported=False,
                user_reported_id=False,
            )
        return True

    def action_open_installments(self):
        """The instalments that this milestone makes due."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Instalments of %(milestone)s", milestone=self.name),
            "res_model": "realestate.installment",
            "view_mode": "list",
            "domain": [("milestone_id", "=", self.id)],
        }

    # === RIGHTS === #

    def _check_may_report(self):
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(
            "realestate_sales.group_officer"
        ):
            raise AccessError(
                self.env._("Milestones are reported by the contract desk.")
            )

    def _check_approver(self):
        reporter = self.user_reported_id
        if self.needs_certificate and not self.env.su and reporter == self.env.user:
            raise AccessError(
                self.env._(
                    "%(milestone)s: you reported it, so a colleague approves it.",
                    milestone=self.name,
                )
            )

    def _check_certificate(self):
        if self.needs_certificate and not self.certificate:
            raise UserError(
                self.env._(
                    "%(milestone)s: attach the certificate of the inspector first. "
                    "Project %(project)s asks for one.",
                    milestone=self.name,
                    project=self.project_id.name,
                )
            )

    def _get_reached_date(self, date):
        today = fields.Date.context_today(self)
        try:
            day = fields.Date.to_date(date) or today
        except (TypeError, ValueError) as error:
            raise UserError(
                self.env._("“%(date)s” is no date. Write it as 2026-12-31.", date=date)
            ) from error
        return day

    # === BUSINESS === #

    def _get_due_date(self, item):
        """As before, and never before the buyer had the project's days of notice."""
        day = super()._get_due_date(item)
        notice = self.project_id.milestone_notice_days
        if not day or not notice or not self.date_approved:
            return day
        return max(day, self.date_approved + timedelta(days=notice))

    def _withdraw(self, reason):
        items = self.env["realestate.installment"].search(
            [("milestone_id", "=", self.id), ("is_void", "=", False)]
        )
        dated = items.filtered("date_due")
        paid = dated.filtered(lambda item: item.state in ("paid", "partial"))
        open_items = dated - paid
        open_items.move_id._realestate_credit(reason)
        open_items.date_due = False
        self._tell_buyers("withdrawn", dated, reason)
        self.message_post(body=self._get_withdrawn_text(reason, paid))

    def _get_withdrawn_text(self, reason, paid):
        text = self.env._("Taken back: %(reason)s", reason=reason)
        if paid:
            names = ", ".join(sorted(set(paid.contract_id.mapped("name"))))
            text += " " + self.env._(
                "Paid already, and so unchanged: %(contracts)s.", contracts=names
            )
        return text

    def _tell_buyers(self, kind, items, reason=False):
        """Write down whom to tell; the job tells them."""
        notices = self.env["realestate.milestone.notice"]
        notices._create_for(self, kind, items, reason)


class RealestateInstallment(models.Model):
    _inherit = "realestate.installment"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _date_by_milestone(self, milestone):
        """Date the instalments that wait for ``milestone``, now that it is reached.

        :return: those that were dated
        """
        waiting = self.search(
            [
                ("milestone_id", "=", milestone.id),
                ("date_due", "=", False),
                ("is_void", "=", False),
            ]
        )
        # Hundreds of contracts of a few plans: as many writes as there are offsets.
        offsets = waiting.grouped(lambda item: (item.offset_months, item.offset_days))
        for items in offsets.values():
            items.date_due = milestone._get_due_date(items[0])
        return waiting
