from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

#: States of a contract in which its buyers are written to: those they see.
CHASED = ("approved", "signed", "sealed", "active")
#: Days before the due date of the first reminder.
BEFORE_DUE = 3
LATE_ACTIVITY = "realestate_sales.mail_activity_document_late"
CHECK_ACTIVITY = "realestate_sales.mail_activity_document_check"


class RealestateDocument(models.Model):
    """What is owed is asked for: e-mails to buyers, activities for officers."""

    # A file for each concern keeps them short.
    _inherit = "realestate.document"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _cron_chase(self):
        """Once a day: papers that have run out, those about to, and those owed."""
        today = fields.Date.context_today(self)
        self._expire(today)
        self._tell_officers(today)
        self._remind_buyers(today)

    # === EXPIRY === #

    @api.model
    def _expire(self, today):
        """Say so of what has run out. Nothing waits for this: what is owed is known
        from the date."""
        past = self.search([("state", "=", "accepted"), ("date_expiry", "<", today)])
        past._update_state("expired")

    # === OFFICERS === #

    @api.model
    def _tell_officers(self, today):
        late = self.search(
            [("is_late", "=", True), ("contract_id.state", "in", ("review", *CHASED))]
        )
        for contract, documents in late.grouped("contract_id").items():
            contract._tell_late_documents(documents)
        for document in self.search(self._get_expiring_domain(today)):
            document._tell_expiry(today)

    @api.model
    def _get_expiring_domain(self, today):
        """Accepted papers of running contracts that expire within the time that their
        company wants to know before."""
        accepted = [("state", "=", "accepted"), ("date_expiry", ">=", today)]
        groups = self._read_group(accepted, ["company_id"])
        soon = [
            [
                ("company_id", "=", company.id),
                (
                    "date_expiry",
                    "<=",
                    today + timedelta(days=company.realestate_document_expiry_days),
                ),
            ]
            for (company,) in groups
        ]
        return fields.Domain.AND(
            [
                accepted,
                [("side", "=", "buyer"), ("date_expiry_told", "=", False)],
                [("contract_id.state", "in", ("review", *CHASED))],
                fields.Domain.OR(soon),
            ]
        )

    def _tell_expiry(self, today):
        officer = self.contract_id.user_id
        if officer:
            self.with_context(lang=officer.lang).activity_schedule(
                LATE_ACTIVITY,
                date_deadline=self.date_expiry,
                user_id=officer.id,
                summary=self.with_context(lang=officer.lang).env._(
                    "%(document)s expires", document=self.display_name
                ),
            )
        self._write_facts(date_expiry_told=today)

    # === BUYERS === #

    @api.model
    def _remind_buyers(self, today):
        """One e-mail to each buyer who owes something due, listing all that is owed."""
        due = self.search(
            [
                ("is_owed", "=", True),
                ("date_due", "<=", today + timedelta(days=BEFORE_DUE)),
                ("contract_id.state", "in", CHASED),
            ]
        )
        told = self.search(
            [
                ("date_expiry_told", "=", today),
                ("state", "=", "accepted"),
                ("contract_id.state", "in", CHASED),
            ]
        )
        debtors = sorted(
            {(one.partner_id, one.company_id) for one in due | told},
            key=lambda pair: (pair[0].id, pair[1].id),
        )
        for left, (partner, company) in enumerate(reversed(debtors)):
            if self._may_remind(partner, company):
                self._remind_buyer(partner, company)
            self.env["ir.cron"]._commit_progress(1, remaining=left)

    @api.model
    def _may_remind(self, partner, company):
        days = company.realestate_document_reminder_days
        if not days:
            return False
        # Whoever sends one need not read those of others.
        reminders = self.env["realestate.document.reminder"].sudo()
        last = reminders._get_last(partner, company)
        # By the day, not by the hour: the job does not run at the same second.
        today = fields.Date.context_today(self)
        return not last or (today - last.date()).days >= days

    @api.model
    def _remind_buyer(self, partner, company):
        """Write to ``partner`` now about everything owed; nothing owed, no e-mail."""
        here = [
            ("partner_id", "=", partner.id),
            ("company_id", "=", company.id),
            ("contract_id.state", "in", CHASED),
        ]
        owed = self.search([*here, ("is_owed", "=", True)])
        expiring = self.search(
            [*here, ("state", "=", "accepted"), ("date_expiry_told", "!=", False)]
        )
        # Reminders are made by nobody's hand.
        reminders = self.env["realestate.document.reminder"].sudo()
        if not owed and not expiring:
            return reminders
        reminder = reminders.create(
            {
                "partner_id": partner.id,
                "company_id": company.id,
                "document_ids": owed.ids,
                "expiring_ids": expiring.ids,
                "document_count": len(owed | expiring),
            }
        )
        reminder._send()
        return reminder

    # === WHAT FOLLOWS A STEP === #

    def _update_state(self, target, **values):
        moved = super()._update_state(target, **values)
        if target == "received":
            moved._ask_officer_to_check()
        else:
            # Activities are the officers' own; the paper is decided for all of them.
            moved.sudo().activity_unlink([CHECK_ACTIVITY])
        if target in ("received", "accepted", "waived"):
            moved.sudo().activity_unlink([LATE_ACTIVITY])
            moved.sudo().contract_id._close_late_activity()
        return moved

    def _ask_officer_to_check(self):
        """What a buyer has handed in waits for somebody; staff knows by itself."""
        for document in self.filtered(lambda one: one.user_received_id.share):
            officer = document.contract_id.user_id
            if officer:
                document.sudo().activity_schedule(CHECK_ACTIVITY, user_id=officer.id)


class RealestateContract(models.Model):
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    def action_remind_documents(self):
        """Write to the buyers about the papers they owe, now."""
        self.check_access("write")
        documents = self.env["realestate.document"]
        for contract in self:
            owed = contract.document_ids.filtered("is_owed")
            if contract.state not in CHASED or not owed:
                raise UserError(
                    self.env._(
                        "Contract %(contract)s: no buyer is written to. Papers have to "
                        "be owed, and the contract approved and not ended.",
                        contract=contract.name,
                    )
                )
            for partner in owed.partner_id:
                contract._check_not_reminded(partner)
                documents._remind_buyer(partner, contract.company_id)
        return True

    def _check_not_reminded(self, partner):
        documents = self.env["realestate.document"]
        if not documents._may_remind(partner, self.company_id):
            raise UserError(
                self.env._(
                    "%(partner)s has been reminded within %(days)s days, or reminders "
                    "are off: see the settings of Real Estate.",
                    partner=partner.name,
                    days=self.company_id.realestate_document_reminder_days,
                )
            )

    def _tell_late_documents(self, documents):
        """One activity for the officer, however many papers are late."""
        self.ensure_one()
        officer = self.user_id
        kind = self.env.ref(LATE_ACTIVITY)
        if not officer or kind in self.activity_ids.activity_type_id:
            return
        contract = self.with_context(lang=officer.lang)
        count = len(documents)
        contract.activity_schedule(
            LATE_ACTIVITY,
            user_id=officer.id,
            summary=contract.env._("%(count)s documents are late", count=count),
            note=" · ".join(documents.mapped("display_name")),
        )

    def _close_late_activity(self):
        for contract in self:
            if not contract.document_ids.filtered("is_late"):
                contract.activity_unlink([LATE_ACTIVITY])
