import json
from datetime import UTC, timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_datetime

from ..tools.contact import HORIZON, Contact
from ..tools.delivery import CALL, EMAIL, SMS, VISIT
from .delivery_messages import PERIODS, WAITS

#: What the job itself sends: it keeps to the rules. Tasks warn whoever does them.
KEPT = (EMAIL, SMS)


class RealestateDunningDelivery(models.Model):
    """Waiting until a buyer may be contacted."""

    # A file for each concern keeps them short.
    _inherit = "realestate.dunning.delivery"  # pylint: disable=consider-merging-classes-inherited

    wait_reason = fields.Char(string="Waits For", compute="_compute_wait_reason")

    @api.depends("wait_code", "wait_detail", "date_wait")
    @api.depends_context("lang", "tz")
    def _compute_wait_reason(self):
        for delivery in self:
            delivery.wait_reason = delivery.wait_code and delivery._explain_wait(
                delivery.wait_code,
                json.loads(delivery.wait_detail or "{}"),
                delivery.channel,
                delivery.date_wait,
            )

    @api.model
    def _explain_wait(self, code, params, channel, until=None, texts=None):
        """What a contact waits for, as a sentence of ``texts``, else :data:`WAITS`."""
        values = dict(params)
        if "period" in values:
            values["period"] = str(PERIODS[values["period"]])
        labels = dict(self._fields["channel"]._description_selection(self.env))
        values["channel"] = labels.get(channel, "")
        if until:
            values["until"] = format_datetime(self.env, until, dt_format="short")
        return str((texts or WAITS)[code]) % values

    @api.model
    def _prepare_wait_params(self, wait):
        rule = wait.rule
        params = {"source": rule.source}
        if wait.period:
            return {**params, "period": wait.period, "count": wait.count}
        hours = {"from": rule.hour_from, "to": rule.hour_to}
        return params | {name: _format_hour(hour) for name, hour in hours.items()}

    def _hold_for_contact(self):
        """Let those wait that must not go out now; return the others.

        What is let through counts at once: two notices of one buyer in one round are
        two contacts.
        """
        asked = self.filtered(lambda one: one.channel in KEPT)
        if not asked or not self.env["realestate.contact.rule"].search_count([]):
            return self
        past = self._get_past_contacts(asked.partner_id)
        held = self.browse()
        for delivery in asked.sorted("id"):
            contacts = past.setdefault(delivery.partner_id.commercial_partner_id, [])
            if delivery._hold_until_allowed(contacts):
                held |= delivery
            else:
                now = fields.Datetime.now()
                contacts.append(Contact(now, delivery.channel))
        return self - held

    def _hold_until_allowed(self, past):
        """Write down until when this delivery waits; whether it does."""
        contract = self.contract_id.with_context(realestate_days_late=self._get_days())
        wait = contract._get_contact_wait(self.channel, past=past)
        if not wait:
            self._end_wait()
            return False
        zone = self.project_id._get_contact_zone(self.partner_id)
        self._write_facts(
            date_wait=self._to_utc(wait.until, zone),
            wait_code=wait.reason,
            wait_detail=json.dumps(self._prepare_wait_params(wait)),
        )
        return True

    def _get_days(self):
        return max(self.notice_id.days, 0)

    @api.model
    def _to_utc(self, local, zone):
        return local.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)

    @api.model
    def _get_past_contacts(self, partners):
        """Earlier contacts with these buyers: ``{commercial partner: [Contact]}``.

        Counted over the buyer, whatever the contract: what was sent, and what officers
        took down.
        """
        since = fields.Datetime.now() - timedelta(days=HORIZON)
        owners = partners.commercial_partner_id
        result = {}
        for partner, moment, channel in self._select_sent(owners, since):
            result.setdefault(partner.commercial_partner_id, []).append(
                Contact(moment, channel)
            )
        for partner, moment, channel in self._select_logged(owners, since):
            result.setdefault(partner.commercial_partner_id, []).append(
                Contact(moment, channel)
            )
        return result

    def _select_sent(self, owners, since):
        sent = self.search(
            [
                ("partner_id.commercial_partner_id", "in", owners.ids),
                ("channel", "in", KEPT),
                ("state", "in", ("sent", "delivered")),
                ("date_sent", ">=", since),
                ("joint_id", "=", False),
            ]
        )
        return [(one.partner_id, one.date_sent, one.channel) for one in sent]

    def _select_logged(self, owners, since):
        events = self.env["realestate.collection.event"].search(
            [
                ("partner_id.commercial_partner_id", "in", owners.ids),
                ("direction", "=", "out"),
                ("kind", "in", (CALL, VISIT, EMAIL, SMS)),
                ("date", ">=", since),
            ]
        )
        return [(one.partner_id, one.date, one.kind) for one in events]


class RealestateDunningNotice(models.Model):
    """What a notice waits for."""

    # A file for each concern keeps them short.
    _inherit = "realestate.dunning.notice"  # pylint: disable=consider-merging-classes-inherited

    wait_reason = fields.Char(string="Waits For", compute="_compute_wait_reason")

    @api.depends("state", "delivery_ids.date_wait", "delivery_ids.state")
    @api.depends_context("lang", "tz")
    def _compute_wait_reason(self):
        for notice in self:
            waiting = notice.delivery_ids.filtered(
                lambda one: one.state == "queued" and one.wait_code
            )
            reasons = waiting.mapped("wait_reason")
            problem = notice.state == "queued" and notice._get_send_problem()
            if problem:
                reasons.insert(0, problem)
            notice.wait_reason = " ".join(reasons) or False

    def _schedule_activity(self, kind):
        """Name beside the task what speaks against doing it now."""
        activity = super()._schedule_activity(kind)
        channels = self._get_task_channels()
        warning = kind in channels and self.contract_id._get_contact_warning(
            channels[kind]
        )
        if warning:
            note = activity.note or Markup("")
            activity.note = note + Markup("<p>%s</p>") % warning
        return activity

    def _get_task_channels(self):
        """Which kind of task is which channel."""
        ref = self.env.ref
        return {
            ref("realestate_collection.mail_activity_type_call"): CALL,
            ref("realestate_collection.mail_activity_type_visit"): VISIT,
        }


def _format_hour(hour):
    minutes = round(hour * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"
