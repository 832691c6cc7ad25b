from odoo import api, fields, models

#: States of contracts whose buyers are told.
TOLD = ("approved", "signed", "sealed", "active")
#: Notices sent between two commits.
BATCH = 20


class RealestateMilestoneNotice(models.Model):
    """Tells the buyers of a contract that a milestone is reached, or is not after all.

    Written down when it happens and sent by a job, so that hundreds of e-mails neither
    keep the supervisor waiting nor get lost.
    """

    _name = "realestate.milestone.notice"
    _description = "Milestone Notice"
    _order = "id desc"
    _rec_name = "contract_id"

    milestone_id = fields.Many2one(
        "realestate.milestone", required=True, index=True, ondelete="cascade"
    )
    contract_id = fields.Many2one(
        "realestate.contract", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="contract_id.company_id", store=True, index=True
    )
    project_id = fields.Many2one(
        related="contract_id.project_id", store=True, index=True
    )
    partner_id = fields.Many2one(related="contract_id.partner_id", string="Main Buyer")
    currency_id = fields.Many2one(related="contract_id.currency_id")
    kind = fields.Selection(
        [("reached", "Reached"), ("withdrawn", "Taken Back")], required=True
    )
    date_reached = fields.Date(string="Reached on")
    date_due = fields.Date(string="To Pay by")
    amount = fields.Monetary(string="To Pay")
    reason = fields.Text()
    state = fields.Selection(
        [("waiting", "To Send"), ("sent", "Sent"), ("failed", "Not Sent")],
        default="waiting",
        required=True,
        index=True,
    )
    date_sent = fields.Datetime(string="Sent on")
    message = fields.Char(string="Why Not")

    @api.model
    def _create_for(self, milestone, kind, items, reason):
        """Write down one notice for each contract of ``items``."""
        told = items.filtered(lambda item: item.contract_id.state in TOLD)
        return self.create(
            [
                {
                    "milestone_id": milestone.id,
                    "contract_id": contract.id,
                    "kind": kind,
                    "date_reached": milestone.date_reached,
                    "date_due": min(
                        filter(None, own.mapped("date_due")), default=False
                    ),
                    "amount": contract.currency_id.round(sum(own.mapped("amount_due"))),
                    "reason": reason,
                }
                for contract, own in told.grouped("contract_id").items()
            ]
        )

    def _update_state(self, state, **values):
        """The only writer of the state."""
        self.write({"state": state, **values})

    def action_send_again(self):
        """Send what failed once more, now that what was wrong is put right."""
        self.check_access("read")
        # Notices are written by nobody's hand.
        failed = self.sudo().filtered(lambda notice: notice.state == "failed")
        failed._update_state("waiting", message=False)
        failed._send()
        return True

    def _send(self):
        template = self.env.ref("realestate_sales.mail_template_milestone")
        for notice in self.filtered(lambda one: one.state == "waiting"):
            buyers = notice._get_recipients()
            if not buyers:
                notice._fail()
                continue
            template.send_mail(
                notice.id, email_values={"recipient_ids": [*map(int, buyers.ids)]}
            )
            notice._update_state("sent", date_sent=fields.Datetime.now())
            notice.contract_id._message_log(body=notice._get_log_text())

    def _get_recipients(self):
        return self.contract_id.buyer_ids.partner_id.filtered("email")

    def _fail(self):
        contract = self.contract_id
        officer = contract.user_id
        contract = contract.with_context(lang=officer.lang or self.env.lang)
        text = contract.env._("No buyer has an e-mail address.")
        self._update_state("failed", message=text)
        if officer:
            contract.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=officer.id,
                summary=contract.env._(
                    "Tell the buyer about %(milestone)s",
                    milestone=self.milestone_id.name,
                ),
                note=text,
            )

    def _get_log_text(self):
        if self.kind == "withdrawn":
            return self.env._(
                "The buyers were told that %(milestone)s is not reached after all.",
                milestone=self.milestone_id.name,
            )
        return self.env._(
            "The buyers were told that %(milestone)s is reached.",
            milestone=self.milestone_id.name,
        )

    @api.model
    def _cron_send(self):
        """Send what waits, in batches that are each committed."""
        waiting = [("state", "=", "waiting")]
        while notices := self.search(waiting, limit=BATCH, order="id"):
            notices._send()
            left = self.search_count(waiting)
            if not self.env["ir.cron"]._commit_progress(len(notices), remaining=left):
                return
