from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.delivery import LETTER


class RealestateDunningDelivery(models.Model):
    """How a delivery moves: by its carrier's reports and by the officer's buttons."""

    # A file for each concern keeps them short.
    _inherit = "realestate.dunning.delivery"  # pylint: disable=consider-merging-classes-inherited

    # === ACTIONS === #

    def action_cancel(self):
        """Call off deliveries that wait or have failed; the notice's others stay.

        :raises AccessError: unless a collection officer calls
        """
        self.notice_id._check_officer()
        # The right was checked; facts are written by nobody's hand.
        self.sudo()._set_cancelled()
        return True

    def action_send_again(self):
        """Put failed deliveries back into the queue; the balance is looked at again."""
        self.notice_id._check_officer()
        # The right was checked; facts are written by nobody's hand.
        self.sudo()._requeue()
        return True

    def action_open_letter(self):
        """Open the letter as it was printed or mailed."""
        self.ensure_one()
        if self.attachment_id:
            return self.notice_id._download(self.attachment_id)
        return self.notice_id.action_open_letter()

    # === TRANSITIONS === #

    def _requeue(self):
        """Make failed deliveries wait to be sent once more."""
        moved = self._update_state(
            "queued",
            failure_code=False,
            failure_detail=False,
            date_handed=False,
            date_returned=False,
            mail_mail_id=False,
            sms_id=False,
        )
        moved.notice_id._follow_deliveries()
        moved.notice_id._send_soon()
        return moved

    def _set_sent(self, **values):
        """Record that the deliveries are on their way.

        :param values: of the deliveries, such as ``date_sent`` of a letter
        """
        values = {"date_sent": fields.Datetime.now(), **values}
        moved = self._update_state(
            "sent", failure_code=False, failure_detail=False, **values
        )
        moved._end_wait()
        moved.notice_id._follow_deliveries()
        return moved

    def _set_received(self, date, **values):
        """Record that the buyer has got it.

        :param date: of receipt, in the company's calendar
        """
        moved = self._update_state("delivered", failure_code=False)
        self._write_facts(date_received=date, **values)
        for delivery in moved.filtered(lambda one: not one.date_sent):
            delivery._write_facts(date_sent=fields.Datetime.now())
        moved._end_wait()
        moved.notice_id._follow_deliveries()
        return moved

    def _set_cancelled(self, code=False, detail=False):
        moved = self._update_state(
            "cancelled", failure_code=code, failure_detail=detail
        )
        moved._end_wait()
        outgoing = moved.mail_mail_id.filtered(lambda mail: mail.state == "outgoing")
        outgoing.cancel()
        # The task is the officer's; what it asked for is no longer called for.
        moved.activity_id.sudo().unlink()
        moved.notice_id._follow_deliveries()
        return moved

    def _set_failed(self, code, detail=False):
        """Record that the deliveries did not arrive, and tell the officer now."""
        moved = self._set_failed_quietly(code, detail)
        moved._tell_failure()
        return moved

    def _set_failed_quietly(self, code, detail=False):
        moved = self._update_state("failed", failure_code=code, failure_detail=detail)
        moved._end_wait()
        moved.notice_id._follow_deliveries()
        return moved

    def _end_wait(self):
        waited = self.filtered("date_wait")
        waited._write_facts(date_wait=False, wait_code=False, wait_detail=False)

    def _tell_failure(self):
        """Give the officer one task a contract that names everything undelivered."""
        for notice in self.notice_id:
            failed = notice.delivery_ids.filtered(lambda one: one.state == "failed")
            reasons = [escape(one.failure_reason or "") for one in failed]
            notice.contract_id._schedule_once(
                "realestate_collection.mail_activity_type_undelivered",
                note=self.env._(
                    "%(notice)s was not delivered: %(reason)s",
                    notice=notice.name,
                    reason=Markup("<br/>").join(reasons),
                ),
            )

    # === LETTERS === #

    def _set_posted(self, date):
        """Record that letters were handed to the post on ``date``."""
        letters = self.filtered(lambda one: one.channel == LETTER)
        noon = fields.Datetime.to_datetime(date).replace(hour=12)
        return letters._set_sent(date_sent=min(noon, fields.Datetime.now()))

    def _set_returned(self, date):
        """Record that the post brought letters back: they did not arrive."""
        for delivery in self:
            if delivery.channel != LETTER or delivery.state not in (
                "sent",
                "delivered",
            ):
                raise UserError(
                    self.env._(
                        "%(delivery)s is no letter that was posted: only those come "
                        "back.",
                        delivery=delivery.display_name,
                    )
                )
        moved = self._set_failed("returned")
        moved._write_facts(date_returned=date)
        return moved

    # === WHAT CARRIERS REPORT === #

    @api.model
    def _receive_bounce(self, contract, email):
        """The last e-mail to ``email`` about ``contract`` came back."""
        sent = self.search(
            [
                ("contract_id", "=", contract.id),
                ("channel", "=", "email"),
                ("state", "in", ("sent", "delivered")),
                ("address", "=", email),
            ],
            order="id desc",
            limit=1,
        )
        return sent._set_failed("bounced")

    def _follow_carriers(self):
        """Take down what became of e-mails and text messages that were made before."""
        for delivery in self.filtered(lambda one: one.state == "queued"):
            if delivery.mail_mail_id:
                delivery._follow_mail()
            elif delivery.date_handed:
                delivery._follow_text()

    def _follow_mail(self):
        mail = self.mail_mail_id
        if mail.state in ("sent", "received"):
            self._set_sent()
        elif mail.state in ("exception", "cancel"):
            self._set_failed("error", mail.failure_reason or mail.failure_type)

    def _follow_text(self):
        """A text message that was handed over and has no answer may have gone out: it
        must not go out twice."""
        sms = self.sms_id
        if sms.state in ("pending", "sent"):
            self._set_sent()
        elif sms.state in ("error", "canceled"):
            self._set_failed(sms.failure_type or "unknown")
        else:
            self._set_failed("handed")
