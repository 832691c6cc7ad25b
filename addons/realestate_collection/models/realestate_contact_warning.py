"""What speaks against contacting a buyer now, and contacts made all the same."""

import json

from odoo import api, fields, models
from odoo.tools import format_datetime

from ..tools.delivery import CALL, EMAIL, SMS, VISIT
from .delivery_messages import AGAIN, OUTSIDE

#: Ways of contact that rules speak of, as officers take them down.
RULED = (CALL, VISIT, EMAIL, SMS)


class RealestateContract(models.Model):
    """Warnings before a contact. Whoever was called was called: it is never refused."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    def _get_contact_warning(self, channel, moment=None):
        """What a task that is to be done now should wait for, as a sentence; False
        where nothing speaks against it.

        :param channel: call, visit, sms or email
        """
        wait = self._find_contact_waits((channel,), moment).get(channel)
        return wait and self._explain_contact_wait(wait, channel) or False

    def _get_contact_warnings(self):
        """What speaks against contacting this buyer now: ``{channel: sentence}``,
        channels that are free left out."""
        return {
            channel: " ".join(
                (
                    self._explain_contact_wait(wait, channel, texts=OUTSIDE),
                    self._explain_again(wait),
                )
            )
            for channel, wait in self._find_contact_waits(RULED).items()
        }

    def _find_contact_waits(self, channels, moment=None):
        """What contacts have to wait for: ``{channel:`` :class:`..tools.contact.Wait`
        ``}``, in the buyer's time, with the rules that bind for one so late."""
        self.ensure_one()
        # Rules bind everybody; only managers read them.
        if not self.env["realestate.contact.rule"].sudo().search_count([], limit=1):
            return {}
        # Facts that follow from what the caller may do; nobody writes them.
        deliveries = self.env["realestate.dunning.delivery"].sudo()
        past = deliveries._get_past_contacts(self.partner_id).get(
            self.partner_id.commercial_partner_id, []
        )
        contract = self.with_context(realestate_days_late=self._get_days_late())
        waits = {
            channel: contract._get_contact_wait(channel, moment, past)
            for channel in channels
        }
        return {channel: wait for channel, wait in waits.items() if wait}

    def _get_overdue_items(self):
        """The instalments that are overdue today where the company is."""
        today = self.company_id._realestate_today()
        return self.installment_ids.filtered(
            lambda one: (
                one.amount_residual > 0 and one.date_due and one.date_due < today
            )
        )

    def _get_days_late(self):
        """How many days the oldest overdue instalment is late; 0: none is."""
        days = self._get_overdue_items().mapped("date_due")
        return (self.company_id._realestate_today() - min(days)).days if days else 0

    def _explain_contact_wait(self, wait, channel, **texts):
        deliveries = self.env["realestate.dunning.delivery"]
        params = deliveries._prepare_wait_params(wait)
        until = self._to_contact_utc(wait.until)
        return deliveries._explain_wait(wait.reason, params, channel, until, **texts)

    def _explain_again(self, wait):
        until = self._to_contact_utc(wait.until)
        return str(AGAIN) % {
            "until": format_datetime(self.env, until, dt_format="short")
        }

    def _to_contact_utc(self, local):
        zone = self.project_id._get_contact_zone(self.partner_id)
        return self.env["realestate.dunning.delivery"]._to_utc(local, zone)

    def _find_broken_rule(self, kind, values):
        """Values of an event made now, of what it is outside of; none where it keeps
        to the rules."""
        if kind not in RULED or values["direction"] != "out":
            return {}
        wait = self._find_contact_waits((kind,)).get(kind)
        if not wait:
            return {}
        params = self.env["realestate.dunning.delivery"]._prepare_wait_params(wait)
        return {
            "is_outside_rules": True,
            "rule_code": wait.reason,
            "rule_detail": json.dumps(params),
        }


class RealestateCollectionEvent(models.Model):
    """Whether a contact kept to the rules, as they were when it was made."""

    # A file for each concern keeps them short.
    _inherit = "realestate.collection.event"  # pylint: disable=consider-merging-classes-inherited

    is_outside_rules = fields.Boolean(
        string="Outside Contact Rules",
        readonly=True,
        help="Made outside the hours or beyond the rate that were allowed then.",
    )
    rule_code = fields.Char(string="Rule Broken", readonly=True)
    rule_detail = fields.Char(string="Rule Broken (details)", readonly=True)
    rule_reason = fields.Char(string="Outside of", compute="_compute_rule_reason")

    # Few of very many.
    _outside = models.Index("(company_id, date DESC) WHERE is_outside_rules")

    @api.depends("is_outside_rules", "rule_code", "rule_detail", "kind")
    @api.depends_context("lang")
    def _compute_rule_reason(self):
        deliveries = self.env["realestate.dunning.delivery"]
        for event in self:
            event.rule_reason = event.rule_code and deliveries._explain_wait(
                event.rule_code,
                json.loads(event.rule_detail or "{}"),
                event.kind,
                texts=OUTSIDE,
            )
