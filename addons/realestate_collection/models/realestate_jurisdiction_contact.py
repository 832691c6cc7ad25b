from datetime import UTC
from zoneinfo import ZoneInfo

import pytz

from odoo import fields, models

from ..tools.contact import next_allowed


class RealestateJurisdiction(models.Model):
    """When buyers may be contacted under this law."""

    _inherit = "realestate.jurisdiction"

    contact_rule_ids = fields.One2many(
        "realestate.contact.rule",
        "jurisdiction_id",
        groups="realestate_collection.group_officer",
    )

    def _get_contact_window(self, channel, moment, company=None):
        """When a contact is allowed by its hours.

        :param channel: email, sms, letter, call or visit
        :param moment: wall-clock time where the buyer lives, without a time zone
        :return: ``moment``, or the next one that is allowed
        """
        company = company or self.env.company
        # Rules bind everybody, also who may not read them.
        rules = self.env["realestate.contact.rule"].sudo()
        rules = rules._get_for(channel, self, company)
        wait = next_allowed(moment, rules._to_rules())
        return wait.until if wait else moment


class RealestateProject(models.Model):
    _inherit = "realestate.project"

    def _get_contact_zone(self, partner):
        """The time zone a buyer is contacted in: the buyer's, else the country's of the
        project where it has one alone, else the company's."""
        self.ensure_one()
        # Where the buyer's contract is, whoever sends.
        project = self.sudo()
        country = project.jurisdiction_id.country_id.code
        zones = pytz.country_timezones.get(country, []) if country else []
        own = zones[0] if len(zones) == 1 else project.company_id.partner_id.tz
        return ZoneInfo(partner.tz or own or "UTC")


class RealestateContract(models.Model):
    """Whether a buyer may be contacted now."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    def _get_contact_wait(self, channel, moment=None, past=()):
        """What a contact has to wait for; None where it may be made.

        :param moment: UTC without a time zone, default now
        :param past: earlier contacts, see :meth:`_get_past_contacts`
        :return: :class:`..tools.contact.Wait` in the buyer's time
        """
        self.ensure_one()
        # Rules bind everybody; only managers read them.
        rules = self.env["realestate.contact.rule"].sudo()
        rules = rules._get_for(
            channel,
            self.project_id.jurisdiction_id,
            self.company_id,
            self.env.context.get("realestate_days_late"),
        )
        if not rules:
            return None
        zone = self.project_id._get_contact_zone(self.partner_id)
        local = _to_local(moment or fields.Datetime.now(), zone)
        here = [one.__class__(_to_local(one.moment, zone), one.channel) for one in past]
        return next_allowed(local, rules._to_rules(), here)


def _to_local(moment, zone):
    """A UTC moment as wall-clock time of ``zone``."""
    return moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
