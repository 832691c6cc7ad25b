import logging
import re
from datetime import timedelta

from odoo import api, fields, models, modules
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..tools.delivery import LETTER

_logger = logging.getLogger(__name__)

NO_DIGIT = re.compile(r"[^\d+]")
SHORTEST_NUMBER = 6


class RealestateDunningDelivery(models.Model):
    """What each channel needs: an address, a text, and who carries it."""

    # A file for each concern keeps them short.
    _inherit = "realestate.dunning.delivery"  # pylint: disable=consider-merging-classes-inherited

    # === PREPARE === #

    def _prepare_each(self):
        """Make what is to be sent, or say why it cannot be; one failure stops none of
        the others. Letters wait for the post."""
        refused = self._get_refused()
        for delivery in self:
            try:
                with self.env.cr.savepoint():
                    delivery._prepare(refused)
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                raise
            except UserError as error:
                delivery._set_failed("error", str(error))
            except Exception as error:  # one delivery must not stop all
                _logger.exception("%s could not be prepared", delivery.display_name)
                delivery._set_failed("error", str(error))

    def _prepare(self, refused):
        self.ensure_one()
        failure = getattr(self, f"_get_{self.channel}_failure")(refused)
        if failure:
            self._set_failed(failure)
            return
        getattr(self, f"_prepare_{self.channel}")()

    @api.model
    def _get_refused(self):
        """Addresses and numbers that must not be written to."""
        emails = self.partner_id.mapped("email_normalized")
        numbers = [self._get_number(partner) for partner in self.partner_id]
        # The blacklists are kept by others; here they are only obeyed.
        listed = self.env["mail.blacklist"].sudo().search([("email", "in", emails)])
        phones = self.env["phone.blacklist"].sudo()
        phones = phones.search([("number", "in", [n for n in numbers if n])])
        return set(listed.mapped("email")) | set(phones.mapped("number"))

    @api.model
    def _get_number(self, partner):
        """The buyer's number as carriers take it; False where it is none."""
        if not partner.phone:
            return False
        number = partner._phone_format(number=partner.phone) or ""
        # Where numbers are not checked by a library they come as they were typed.
        number = NO_DIGIT.sub("", number)
        return number if len(number) >= SHORTEST_NUMBER else False

    # === E-MAIL === #

    def _get_email_failure(self, refused):
        """Code of what keeps the e-mail from being sent, or None."""
        if not self.level_id.mail_template_id:
            return "no_template"
        email = self.partner_id.email_normalized
        if not email:
            return "no_email"
        self._write_facts(address=email)
        return "blacklisted" if email in refused else None

    def _prepare_email(self):
        """Make the e-mail with its letter. It is kept from Odoo's own mail queue, which
        would send it without another look at the balance."""
        if self.mail_mail_id:
            return
        notice = self.notice_id
        if not notice.attachment_id:
            notice.attachment_id = notice._create_letter()
        mail_id = self.level_id.mail_template_id.send_mail(
            notice.id,
            email_values={
                "model": self.contract_id._name,
                "res_id": self.contract_id.id,
                "recipient_ids": [Command.set(self.partner_id.ids)],
                "email_to": False,
                "auto_delete": False,
                "scheduled_date": fields.Datetime.now() + timedelta(days=3650),
            },
        )
        self._write_facts(mail_mail_id=mail_id)
        self.mail_mail_id.attachment_ids |= notice.attachment_id

    def _send_mails(self):
        """Hand the e-mails to the mail server."""
        mails = self.filtered(lambda one: one.state == "queued").mail_mail_id
        outgoing = mails.filtered(lambda mail: mail.state == "outgoing")
        if outgoing:
            outgoing.scheduled_date = False
            # As Odoo's own mail queue: each mail's fate is kept at once.
            outgoing.send(auto_commit=not modules.module.current_test)
        for delivery in self.filtered(
            lambda one: one.state == "queued" and one.mail_mail_id
        ):
            delivery._follow_mail()

    # === TEXT MESSAGES === #

    def _get_sms_failure(self, refused):
        if not self.level_id.sms_template_id:
            return "no_sms_template"
        if not self.partner_id.phone:
            return "no_phone"
        number = self._get_number(self.partner_id)
        self._write_facts(address=number or self.partner_id.phone)
        if not number:
            return "bad_phone"
        return "phone_blacklisted" if number in refused else None

    def _prepare_sms(self):
        """Write the text message down and say that it is about to be handed over: if
        this job is killed meanwhile nobody knows whether it went, and it is not sent a
        second time."""
        if self.sms_id:
            return
        template = self.level_id.sms_template_id.with_context(
            lang=self.partner_id.lang or self.env.lang
        )
        body = template._render_field("body", self.notice_id.ids)[self.notice_id.id]
        # Odoo's own queue would send it without another look at the balance: it must
        # not find it waiting.
        sms = self.env["sms.sms"].create(
            {"number": self.address, "body": body, "partner_id": self.partner_id.id}
        )
        self.env["sms.tracker"].create(
            {"sms_uuid": sms.uuid, "realestate_delivery_id": self.id}
        )
        sms._update_sms_state_and_trackers("process")
        self._write_facts(sms_id=sms.id, date_handed=fields.Datetime.now())

    def _send_texts(self):
        """Hand the text messages to their provider and take down the answer."""
        handed = self.filtered(
            lambda one: one.state == "queued" and one.sms_id and one.date_handed
        )
        if not handed:
            return
        sms = handed.sms_id
        sms.action_set_outgoing()
        sms.send(unlink_sent=True)
        for delivery in handed:
            if delivery.state == "queued":
                delivery._follow_text()
            if delivery.state != "failed":
                delivery._log_text()

    def _log_text(self):
        """Let the contract's history show what was texted."""
        self.contract_id._message_log(
            body=self.env._(
                "Text message to %(number)s: %(text)s",
                number=self.address,
                text=self.sms_id.body,
            )
        )

    # === LETTERS === #

    def _get_letter_failure(self, _refused):
        partner = self.partner_id
        complete = partner.street and partner.city and partner.country_id
        if not complete:
            return "no_address"
        lines = partner._display_address(without_company=True).splitlines()
        self._write_facts(address=", ".join(line for line in lines if line.strip()))
        return None

    def _prepare_letter(self):
        """Nothing is printed before a post batch collects it."""

    # === CALLS AND VISITS === #

    def _get_call_failure(self, _refused):
        self._write_facts(address=self.partner_id.phone)
        return None if self.partner_id.phone else "no_phone"

    def _get_visit_failure(self, refused):
        return self._get_letter_failure(refused)

    def _prepare_call(self):
        self._plan_task("realestate_collection.mail_activity_type_call")

    def _prepare_visit(self):
        self._plan_task("realestate_collection.mail_activity_type_visit")

    def _plan_task(self, xmlid):
        """Give the officer a task; done, it counts as a delivery."""
        activity = self.notice_id._schedule_activity(self.env.ref(xmlid))
        self._write_facts(activity_id=activity.id)
        self._set_sent()

    # === HOOKS === #

    def _is_job_s(self):
        """Whether the job that sends can carry it: letters wait for the post."""
        self.ensure_one()
        return self.channel != LETTER
