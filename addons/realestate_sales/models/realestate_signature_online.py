import base64
from datetime import datetime, time, timedelta
from zoneinfo import available_timezones

from odoo import fields, models
from odoo.tools import format_duration

from ..tools import drawing, one_time_code
from .collision import collide

#: How long an invitation stands.
OPEN_FOR = timedelta(days=30)
MAX_NAME = 120
MAX_AGENT = 400


class RealestateSignature(models.Model):
    """Signing in the portal: a code by mail, a typed name and a drawn signature.

    Called as superuser by the portal, which has made sure that the user is the signer.
    What does not go through is said in a text and not raised: wrong tries are kept.
    """

    # A file for each concern keeps them short.
    _inherit = "realestate.signature"  # pylint: disable=consider-merging-classes-inherited

    # === INVITATION === #

    def _invite(self):
        """Tell the signers where to sign, and let the invitation stand anew."""
        until = fields.Datetime.now() + OPEN_FOR
        for signature in self:
            signature._write_facts(
                email=signature.signer_id.email_normalized, date_expiry=until
            )
            if signature.email:
                signature._send_mail(
                    "realestate_sales.signature_invitation",
                    signature._in_language()._get_invitation_subject(),
                    {"url": signature._get_url()},
                )

    def _get_url(self):
        """Where to sign. It needs the login of the signer: no token signs."""
        return f"{self.get_base_url()}{self.contract_id.access_url}/sign"

    def _get_invitation_subject(self):
        return self.env._(
            "Sign your contract %(contract)s", contract=self.contract_id.name
        )

    def _in_language(self):
        return self.with_context(lang=self.signer_id.lang or self.env.lang)

    def _send_mail(self, template, subject, values):
        """Mail the signer once this transaction is kept; the mail is then deleted."""
        self.ensure_one()
        signature = self._in_language()
        body = signature.env["ir.qweb"]._render(
            template,
            {"signature": signature, "contract": signature.contract_id, **values},
            lang=signature.env.lang,
        )
        mail = self.env["mail.mail"].create(
            {
                "subject": subject,
                "body_html": body,
                "email_to": self.email,
                "email_from": self._get_sender(),
                "auto_delete": True,
            }
        )
        mail.send_after_commit()

    def _get_sender(self):
        senders = (
            self.company_id,
            self.contract_id.user_id,
            self.env.ref("base.partner_root"),
        )
        return next((one.email_formatted for one in senders if one.email), "")

    # === CODE === #

    def _send_code(self):
        """Mail a new code to the signer.

        :return: what keeps it from being sent, or False
        """
        self.ensure_one()
        # Two clicks at once must not send two codes.
        collide(self.contract_id)
        message = self._closed_message()
        if message:
            return message
        if not self.email:
            return self.env._(
                "There is no e-mail address of yours on file. Ask your contact at the "
                "contract desk to enter it."
            )
        record, now = self._get_code_record(), fields.Datetime.now()
        wait = record.wait(now)
        if wait:
            return self._wait_message(wait)
        code = one_time_code.draw_code()
        self._write_code_record(record.sent(code, self._get_code_context(), now))
        self._write_facts(sent_to=one_time_code.mask_email(self.email))
        subject = self._in_language().env._("Your code to sign your contract")
        self._send_mail("realestate_sales.signature_code", subject, {"code": code})
        return False

    def _get_code_context(self):
        """What a code is good for: this signature under this text."""
        return f"{self._name},{self.id},{self.text_sha256}"

    def _get_code_record(self):
        return one_time_code.CodeRecord(
            digest=self.code_digest or "",
            sent_at=self.code_sent_at or None,
            tries=self.code_tries,
            window_at=self.code_window_at or None,
            sends=self.code_sends,
        )

    def _write_code_record(self, record):
        self._write_facts(
            code_digest=record.digest or False,
            code_sent_at=record.sent_at,
            code_tries=record.tries,
            code_window_at=record.window_at,
            code_sends=record.sends,
        )

    # === SIGNING === #

    def _sign_online(self, code, name, image, **proof):
        """Sign.

        :param code: text typed by the signer
        :param name: text typed by the signer
        :param image: PNG as base64 text
        :param proof: ``ip``, ``user_agent`` and ``tz`` of the browser
        :return: why it is not signed, or False
        """
        self.ensure_one()
        # Cancelled at this moment, or signed by another at this moment: one of the two
        # is tried again and sees it.
        collide(self.contract_id)
        message = self._closed_message()
        if message:
            return message
        try:
            content = drawing.read_drawing(image)
        except drawing.DrawingError as error:
            return self._drawing_message(error.code)
        name = name.strip() if isinstance(name, str) else ""
        if not name or len(name) > MAX_NAME:
            return self.env._("Type your name as it stands in your passport.")
        message = self._take_code(code)
        if message:
            return message
        self._set_signed(
            "portal",
            signed_name=name,
            drawing=base64.b64encode(content),
            **self._clean_proof(**proof),
        )
        self.contract_id._finish_signing(self)
        return False

    def _take_code(self, code):
        """Use up the code, or count the wrong try; what is wrong with it, or False."""
        record = self._get_code_record()
        verdict = record.judge(
            code if isinstance(code, str) else "",
            self._get_code_context(),
            fields.Datetime.now(),
        )
        if verdict == one_time_code.RIGHT:
            self._write_code_record(record.used())
            return False
        if verdict == one_time_code.WRONG:
            record = record.tried()
            self._write_code_record(record)
        return self._code_message(verdict, one_time_code.MAX_TRIES - record.tries)

    def _clean_proof(self, ip="", user_agent="", tz=""):
        return {
            "ip": str(ip or "")[:64],
            "user_agent": str(user_agent or "")[:MAX_AGENT],
            "tz": tz if tz in available_timezones() else False,
        }

    def _set_signed(self, method, date=None, **values):
        now = fields.Datetime.now()
        for signature in self:
            signature._update_state(
                "signed",
                method=method,
                date_signed=date or now,
                text_sha256=signature.contract_id.paper_sha256,
                code_digest=False,
                **values,
            )

    def _set_signed_on_paper(self, day, scan=None):
        """Record signatures on paper.

        :param day: calendar date of the signatures
        :param scan: document with the scan, if there is one
        """
        today = fields.Date.context_today(self)
        noon = datetime.combine(day, time(12))
        self._set_signed(
            "paper",
            # Of another day only the date is known.
            date=None if day == today else noon,
            user_id=self.env.uid,
            document_id=scan.id if scan else False,
        )

    def _refuse_online(self, reason):
        """Say that one does not sign; the officer is told.

        :return: what is wrong, or False
        """
        self.ensure_one()
        collide(self.contract_id)
        message = self._closed_message()
        if message:
            return message
        if not isinstance(reason, str) or not reason.strip():
            return self.env._("Say what keeps you from signing: we will call you.")
        self._update_state("refused", reason=reason.strip()[:2000], code_digest=False)
        self.contract_id._tell_refused(self)
        return False

    # === MESSAGES === #

    def _closed_message(self):
        """Why nothing can be signed, or False."""
        contract = self.contract_id
        if self.state == "signed":
            return self.env._("You have signed this contract already.")
        if self.state != "open" or contract.state != "approved":
            return self.env._(
                "Contract %(contract)s is not open for signature any more. Ask your "
                "contact at the contract desk.",
                contract=contract.name,
            )
        if self.is_expired:
            return self.env._(
                "This invitation has expired. Ask your contact at the contract desk "
                "to send it again."
            )
        if self.buyer_id._get_signer() != self.signer_id:
            return self.env._(
                "You are not named to sign for %(buyer)s any more. Ask your contact at "
                "the contract desk.",
                buyer=self.partner_id.name,
            )
        if self.text_sha256 != contract.paper_sha256:
            return self.env._(
                "The text of the contract has changed. Ask your contact at the "
                "contract desk to send it again."
            )
        if contract._get_step_problems("sign"):
            return self.env._(
                "Contract %(contract)s is not ready to be signed yet: the contract "
                "desk still waits for papers. Your contact will tell you.",
                contract=contract.name,
            )
        return False

    def _wait_message(self, wait):
        hours = wait.total_seconds() / 3600
        if hours < 1 / 30:
            return self.env._(
                "A code was sent just now. Look into your mailbox, or ask for another "
                "one in %(seconds)s seconds.",
                seconds=int(wait.total_seconds()) + 1,
            )
        return self.env._(
            "Too many codes were sent. You can ask for another one in %(time)s hours.",
            time=format_duration(hours),
        )

    def _code_message(self, verdict, left):
        if verdict == one_time_code.WRONG and left > 0:
            return self.env._(
                "This is not the code we sent. You have %(count)s tries left.",
                count=left,
            )
        if verdict == one_time_code.EXPIRED:
            return self.env._("This code has expired. Ask for a new one.")
        if verdict == one_time_code.UNSENT:
            return self.env._("Ask for a code first: it is sent to your mailbox.")
        return self.env._("There were too many wrong tries. Ask for a new code.")

    def _drawing_message(self, code):
        if code == "too_large":
            return self.env._("The picture of the signature is too large. Draw it.")
        if code == "unreadable":
            return self.env._("The signature did not arrive whole. Draw it again.")
        return self.env._("Draw your signature.")
