from odoo import api, fields, models

from ..tools.reminder import local_day, reminder_day


class RealestateApproval(models.Model):
    """How approvers are told: at once, every day from the deadline on, and who is told
    when they do not decide."""

    # A file for each concern keeps them short.
    _inherit = "realestate.approval"  # pylint: disable=consider-merging-classes-inherited

    date_escalated = fields.Datetime(string="Escalated on", readonly=True)
    # The day of the last reminder by user id.
    reminded = fields.Json(readonly=True)

    def _get_approvers(self):
        approvers = super()._get_approvers()
        if not self.date_escalated:
            return approvers
        tiers = self.env["realestate.approval.tier"]
        return approvers | tiers._with_substitutes(
            self.tier_id.escalation_user_id, self.company_id
        )

    # === TELLING === #

    def _tell(self, users, is_reminder=False):
        """Give ``users`` an activity and one mail each, in their language, whose button
        leads to the decision and asks for a login."""
        self.ensure_one()
        for user in users:
            self._schedule_activity(user)
            own = self.with_context(lang=user.lang, tz=user.tz)
            document = own._get_standing_document()
            body = own.env["ir.qweb"]._render(
                "realestate_sales.approval_mail", own._prepare_mail_values(is_reminder)
            )
            document.message_notify(
                partner_ids=user.partner_id.ids,
                subject=own._get_mail_subject(is_reminder),
                body=body,
                force_email_lang=user.lang,
            )

    def _schedule_activity(self, user):
        activities = self.env["mail.activity"]
        if activities.search_count(
            [("realestate_approval_id", "=", self.id), ("user_id", "=", user.id)],
            limit=1,
        ):
            return
        document = self.with_context(
            # The mail of the approval says what the activity's would.
            mail_activity_quick_update=True,
            mail_activity_automation_skip=False,
            lang=user.lang,
        )._get_standing_document()
        document.activity_schedule(
            "realestate_sales.mail_activity_approval",
            date_deadline=self.date_deadline,
            user_id=user.id,
            summary=self.with_context(lang=user.lang)._get_subject(),
            realestate_approval_id=self.id,
        )

    def _get_subject(self):
        return self.env._("%(tier)s: %(document)s", tier=self.step, document=self.name)

    def _get_mail_subject(self, is_reminder):
        if is_reminder:
            return self.env._(
                "Waiting for you: %(subject)s", subject=self._get_subject()
            )
        return self._get_subject()

    def _prepare_mail_values(self, is_reminder):
        kinds = dict(self._get_kinds())
        return {
            "approval": self,
            "is_reminder": is_reminder,
            "kind": kinds[self.kind],
            "amount": self.currency_id.format(self.amount),
            "rows": self._get_summary_rows(),
            "url": f"{self.get_base_url()}/odoo/my-approvals/{self.id}",
        }

    # === CRON === #

    @api.model
    def _cron_remind(self):
        """Remind the approvers of what waits for them on its deadline and each day
        after it, and escalate what the tier says."""
        today = fields.Date.today()
        pending = self.search(
            [
                ("state", "=", "pending"),
                # Somewhere it is tomorrow already.
                ("date_deadline", "<=", fields.Date.add(today, days=1)),
            ]
        )
        for done, approval in enumerate(pending, start=1):
            locked = approval.try_lock_for_update()
            if locked and locked.state == "pending":
                locked._remind_due()
            self.env["ir.cron"]._commit_progress(1, remaining=len(pending) - done)

    def _remind_due(self):
        if not self._get_standing_document() or self._get_before():
            return
        now = fields.Datetime.now()
        escalated = self._escalate(now)
        reminded = dict(self.reminded or {})
        office = self.company_id.partner_id.tz
        for user in self._get_approvers() - self.user_requested_id - escalated:
            last = fields.Date.to_date(reminded.get(str(user.id)))
            day = reminder_day(now, user.tz or office, self.date_deadline, last)
            if day:
                self._tell(user, is_reminder=True)
                reminded[str(user.id)] = fields.Date.to_string(day)
        if reminded != (self.reminded or {}):
            self._write_facts(reminded=reminded)

    def _escalate(self, now):
        """Let the tier's escalation user decide as well; return whom was told."""
        user = self.tier_id.escalation_user_id
        due = fields.Date.add(self.date_deadline, days=self.tier_id.escalation_days)
        today = local_day(now, self.company_id.partner_id.tz)
        if not user or self.date_escalated or today <= due:
            return self.env["res.users"]
        self._write_facts(date_escalated=now)
        self._tell(user, is_reminder=True)
        day = fields.Date.to_string(local_day(now, user.tz))
        self._write_facts(reminded={**(self.reminded or {}), str(user.id): day})
        self._get_standing_document()._message_log(
            body=self.env._(
                "“%(tier)s” has not decided by %(date)s: %(user)s may decide as well.",
                tier=self.step,
                date=fields.Date.to_string(self.date_deadline),
                user=user.name,
            )
        )
        return user
