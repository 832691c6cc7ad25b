import logging
from datetime import timedelta

from odoo import api, fields, models, modules
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..tools.dunning import decide
from ..tools.ladder import SEND

_logger = logging.getLogger(__name__)

#: Notices of one transaction: a letter takes a fifth of a second.
BATCH = 20


class RealestateDunningNotice(models.Model):
    """Sending: the balance is looked at again at the last moment, and every failure
    comes to light at once."""

    _inherit = "realestate.dunning.notice"

    @api.model
    def _cron_send(self):
        """Send what waits, batch by batch. Killed at any point it goes on: letters that
        were made are sent after another look at the balance, and none twice."""
        crons = self.env["ir.cron"]
        skipped = self.browse()
        while waiting := self._next_to_send(skipped):
            batch = waiting.sudo().try_lock_for_update()
            batch._prepare_sending()
            left = self.search_count([("state", "=", "queued")])
            crons._commit_progress(remaining=left)
            batch._send_prepared()
            skipped |= waiting.filtered(lambda notice: notice.state == "queued")
            left = self.search_count([("state", "=", "queued")])
            if not crons._commit_progress(len(batch), remaining=left - len(skipped)):
                break

    @api.model
    def _next_to_send(self, skipped):
        return self.search(
            [("state", "=", "queued"), ("id", "not in", skipped.ids)],
            order="id",
            limit=BATCH,
        )

    # === PREPARE === #

    def _prepare_sending(self):
        """Call off what is no longer called for, and write the letters of the rest."""
        self._follow_mails()
        waiting = self.filtered(lambda notice: notice.state == "queued")
        waiting = waiting._call_off_stale()
        blocked = waiting._get_blacklisted()
        for notice in waiting:
            try:
                with self.env.cr.savepoint():
                    notice._prepare_one(blocked)
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                raise
            except UserError as error:
                notice._set_failed("error", str(error))
            except Exception as error:  # one letter must not stop all
                _logger.exception("Notice %s could not be prepared", notice.name)
                notice._set_failed("error", str(error))

    def _call_off_stale(self):
        """Decide anew, as if these notices had not been made; call off those that
        would not be made now.

        :return: those that still stand
        """
        stand = self.browse()
        for company, notices in self.grouped("company_id").items():
            decisions = notices._decide_anew(company)
            for notice in notices:
                reason, params = decisions.get(notice) or ("inactive", {})
                if reason is None:
                    stand |= notice
                else:
                    notice._set_cancelled(reason, params)
        return stand

    def _decide_anew(self, company):
        """``{notice: (reason, params)}``; the reason is None where it still stands."""
        today = company._realestate_today()
        ladders = self.env["realestate.dunning.ladder"]
        by_project = ladders._get_by_project(company)
        facts_list = self.env["realestate.dunning.facts"]._collect(
            company,
            today,
            ladders._get_reminder_days(company),
            contracts=self.contract_id,
            without=self,
        )
        by_contract = {notice.contract_id.id: notice for notice in self}
        result = {}
        for facts in facts_list:
            notice = by_contract[facts.contract_id]
            ladder = by_project.get(facts.project_id, by_project[None])
            currency = notice.currency_id
            levels = ladder._get_levels(currency, today)
            decision = decide(facts.account, levels, today, ladder.retry_days or 1)
            result[notice] = notice._compare(decision)
        for notice in self - self.browse(notice.id for notice in result):
            if notice.contract_id.state == "active":
                result[notice] = ("paid_up", {})
        return result

    def _compare(self, decision):
        """Whether ``decision`` still asks for this notice; take over its figures."""
        self.ensure_one()
        if decision.action != SEND:
            return decision.reason, decision.params
        if decision.level.code != self.level_id.id:
            return "changed", {"level": decision.level.name}
        self.write({"amount": float(decision.amount), "days": decision.days})
        return None, {}

    def _get_blacklisted(self):
        """The addresses of these buyers that must not be written to."""
        emails = self.partner_id.mapped("email_normalized")
        # The blacklist is kept by others; here it is only obeyed.
        listed = self.env["mail.blacklist"].sudo().search([("email", "in", emails)])
        return set(listed.mapped("email"))

    def _prepare_one(self, blacklisted):
        """Write the letter and the e-mail, or say why not; schedule the activity."""
        self.ensure_one()
        level = self.level_id
        if level.send_email:
            failure = self._get_email_failure(blacklisted)
            if failure:
                self._set_failed(failure)
                return
            if not self.mail_mail_id:
                self._create_mail()
        if level.create_activity and level.activity_type_id:
            self._schedule_activity()
        if not level.send_email:
            self._set_sent()

    def _get_email_failure(self, blacklisted):
        """Code of what keeps the e-mail from being sent, or None."""
        self.ensure_one()
        if not self.level_id.mail_template_id:
            return "no_template"
        email = self.partner_id.email_normalized
        if not email:
            return "no_email"
        return "blacklisted" if email in blacklisted else None

    def _create_mail(self):
        """Make the e-mail with its letter. It is kept from Odoo's own mail queue, which
        would send it without another look at the balance."""
        self.ensure_one()
        self.email_to = self.partner_id.email_normalized
        self.attachment_id = self._create_letter()
        mail_id = self.level_id.mail_template_id.send_mail(
            self.id,
            email_values={
                "model": self.contract_id._name,
                "res_id": self.contract_id.id,
                "recipient_ids": [Command.set(self.partner_id.ids)],
                "email_to": False,
                "auto_delete": False,
                "scheduled_date": fields.Datetime.now() + timedelta(days=3650),
            },
        )
        self.mail_mail_id = mail_id
        self.mail_mail_id.attachment_ids |= self.attachment_id

    def _create_letter(self):
        """The letter as a PDF attached to the contract; none where the level has "
        "none."""
        self.ensure_one()
        report = self.level_id.report_id
        attachments = self.env["ir.attachment"]
        if not report:
            return attachments
        content, _type = report._render_qweb_pdf(report, self.ids)
        return attachments.create(
            {
                "name": f"{self.name.replace('/', '-')}.pdf",
                "raw": content,
                "mimetype": "application/pdf",
                "res_model": self.contract_id._name,
                "res_id": self.contract_id.id,
            }
        )

    def _schedule_activity(self):
        self.ensure_one()
        self.contract_id._schedule_quietly(
            activity_type_id=self.level_id.activity_type_id.id,
            summary=self.name,
            note=self.env._(
                "%(amount)s is overdue, %(days)s days.",
                amount=self.currency_id.format(self.amount),
                days=self.days,
            ),
        )

    # === SEND === #

    def _send_prepared(self):
        """Hand the e-mails to the mail server and take down what became of them."""
        mails = self.filtered(lambda notice: notice.state == "queued").mail_mail_id
        outgoing = mails.filtered(lambda mail: mail.state == "outgoing")
        if outgoing:
            outgoing.scheduled_date = False
            # As Odoo's own mail queue: each mail's fate is kept at once.
            outgoing.send(auto_commit=not modules.module.current_test)
        self._follow_mails()

    def _follow_mails(self):
        """Let the notices follow the fate of their e-mails."""
        for notice in self.filtered(lambda n: n.state == "queued" and n.mail_mail_id):
            mail = notice.mail_mail_id
            if mail.state in ("sent", "received"):
                notice._set_sent()
            elif mail.state in ("exception", "cancel"):
                notice._set_failed("error", mail.failure_reason or mail.failure_type)

    # === TRANSITIONS === #

    def _set_sent(self):
        self._update_state("sent", date_sent=fields.Datetime.now())

    def _set_cancelled(self, reason, params):
        detail = self.env["realestate.dunning.decision"]._write_json(params)
        self._update_state("cancelled", failure_code=reason, failure_detail=detail)
        self.mail_mail_id.filtered(lambda mail: mail.state == "outgoing").cancel()

    def _set_bounced(self):
        for notice in self:
            notice._set_failed("bounced")

    def _set_failed(self, code, detail=False):
        """Record that the notice was not delivered and tell the officer now."""
        self.ensure_one()
        self._update_state("failed", failure_code=code, failure_detail=detail)
        self.contract_id._schedule_once(
            "realestate_collection.mail_activity_type_undelivered",
            note=self.env._(
                "%(notice)s was not delivered: %(reason)s",
                notice=self.name,
                reason=self.failure_reason,
            ),
        )
