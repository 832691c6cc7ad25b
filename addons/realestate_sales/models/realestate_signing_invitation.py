import base64
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date, format_time

from ..tools import slots
from ..tools.ics import Event, to_ics
from .realestate_signing import STANDING

LAYOUT = "mail.mail_notification_light"


class RealestateSigning(models.Model):
    """What buyers are told of their appointment: invitation and reminder."""

    # A file for each concern keeps them short.
    _inherit = "realestate.signing"  # pylint: disable=consider-merging-classes-inherited

    when_text = fields.Char(string="When", compute="_compute_texts")
    where_text = fields.Char(string="Where", compute="_compute_texts")
    sms_text = fields.Text(string="Text Message", compute="_compute_texts")
    bring_text = fields.Text(string="To Bring", compute="_compute_texts")

    @api.depends("date_start", "desk_id", "contract_ids", "user_id")
    @api.depends_context("lang")
    def _compute_texts(self):
        for signing in self:
            signing.when_text = signing._get_when()
            signing.where_text = signing._get_where()
            signing.sms_text = signing._get_sms_text()
            signing.bring_text = "\n".join(signing._get_items_to_bring())

    # === ACTIONS === #

    def action_invite(self):
        """Send the buyers their invitation, each in the buyer's language, with what to
        bring and a file for their calendar. It can be sent again.

        :raises UserError: for a contract that is not approved, or an appointment over
        """
        self.check_access("write")
        for signing in self:
            signing._check_invitable()
            signing._send_to_buyers("realestate_sales.mail_template_signing_invitation")
            now = fields.Datetime.now()
            if signing.state == "planned":
                signing._update_state("invited", date_invited=now)
            else:
                signing._write_facts(date_invited=now)
            signing._action_invited()
        return True

    # === HOOKS === #

    def _action_invited(self):
        """What follows an invitation; downstream addons extend."""

    def _action_reminded(self):
        """What follows a reminder; downstream addons extend."""

    def _get_items_to_bring(self, partner=None):
        """What a buyer brings along, as lines in the language of the environment.

        :param partner: the buyer, default the main buyer
        """
        self.ensure_one()
        partner = partner or self.partner_id
        # What is missing is the buyer's to know, whoever sends the mail.
        contracts = self.sudo().contract_ids
        papers = contracts.document_ids.filtered(
            lambda one: one.is_owed and one.partner_id in (partner, one.partner_id[:0])
        )
        lines = []
        if not any(papers.mapped("is_identity")):
            lines.append(self.env._("An identity document with your picture"))
        lines += [
            self.env._("%(paper)s (%(contract)s)", paper=p.name, contract=c.name)
            if len(contracts) > 1
            else p.name
            for c in contracts
            for p in papers.filtered(lambda one, c=c: one.contract_id == c)
        ]
        for contract in contracts.filtered("amount_residual"):
            lines.append(
                self.env._(
                    "Payment of %(amount)s, contract %(contract)s",
                    amount=contract.currency_id.format(contract.amount_residual),
                    contract=contract.name,
                )
            )
        return lines

    # === TEXTS === #

    def _get_when(self):
        """Day and hour by the clock of the desk, in the reader's language."""
        if not self.date_start:
            return ""
        day, hour = self._format_slot(self.date_start)
        return self.env._("%(date)s, %(time)s", date=day, time=hour)

    def _format_slot(self, moment):
        """(day, hour) of a moment by the clock of the desk, in the reader's
        language."""
        zone = self.desk_id.tz or "UTC"
        day = slots.local_day(moment, zone)
        return (
            format_date(self.env, day, date_format="full"),
            format_time(self.env, moment, tz=zone, time_format="short"),
        )

    def _get_where(self):
        if not self.desk_id:
            return ""
        address = self.desk_id._get_address()
        return ", ".join(filter(None, (self.desk_id.name, address)))

    def _get_sms_text(self):
        return self.env._(
            "%(company)s: you sign the contract of %(units)s on %(when)s at %(where)s. "
            "Please bring your identity document. Questions: %(officer)s %(phone)s",
            company=self.company_id.name or "",
            units=self.unit_names or "",
            when=self._get_when(),
            where=self.desk_id.name or "",
            # Buyers are told whom to call; users are not theirs to read.
            officer=self.user_id.sudo().name or "",
            phone=self.user_id.sudo().phone or "",
        ).strip()

    def _get_portal_link(self):
        """Where the buyers confirm; opens without a login."""
        contract = self.sudo().contract_id
        return contract.get_base_url() + contract.get_portal_url(suffix="/signing")

    def _get_calendar_file(self):
        """The appointment for the buyers' own calendars, as bytes."""
        self.ensure_one()
        bring = "\n".join(f"• {line}" for line in self._get_items_to_bring())
        host = self.get_base_url().split("//")[-1]
        return to_ics(
            Event(
                uid=f"signing-{self.id}@{host}",
                start=self.date_start,
                stop=self.date_stop,
                stamp=fields.Datetime.now(),
                summary=self.env._("Signing of %(units)s", units=self.unit_names),
                location=self._get_where(),
                description=bring,
                sequence=self.move_count,
                cancelled=self.state == "cancelled",
            )
        )

    # === BUSINESS === #

    def _check_invitable(self):
        if self.state not in STANDING or self.date_start <= fields.Datetime.now():
            raise UserError(
                self.env._(
                    "The appointment of %(signing)s is over or cancelled: move it "
                    "before you invite.",
                    signing=self.display_name,
                )
            )
        for contract in self.contract_ids.filtered(lambda c: c.state != "approved"):
            raise UserError(
                self.env._(
                    "Contract %(contract)s is “%(state)s”: its buyers are invited once "
                    "it is approved and not signed yet.",
                    contract=contract.name,
                    state=contract._state_label(contract.state),
                )
            )

    def _get_invited(self):
        """All buyers of the contracts, and who signs for them."""
        buyers = self.sudo().contract_ids.buyer_ids
        return buyers.partner_id | buyers.proxy_id

    def _send_to_buyers(self, template):
        """Mail ``template`` to every buyer; who has no address is to be called."""
        self.ensure_one()
        mail_template = self.env.ref(template).sudo()
        for partner in self._get_invited().filtered("email_normalized"):
            self._send_to_buyer(mail_template, partner)
        unreachable = self._get_unreachable()
        if unreachable:
            self._ask_officer(
                self.env._(
                    "Call %(buyers)s about the appointment: there is no e-mail address",
                    buyers=", ".join(unreachable.mapped("name")),
                )
            )

    def _get_unreachable(self):
        """Buyers without an e-mail address, whose proxy has none either."""
        silent = self.sudo().contract_ids.buyer_ids.filtered(
            lambda buyer: (
                not (buyer.partner_id | buyer.proxy_id).filtered("email_normalized")
            )
        )
        return silent.partner_id

    def _send_to_buyer(self, template, partner):
        own = self.with_context(lang=partner.lang or self.env.lang)
        mail_id = template.with_context(
            signing_lang=partner.lang, signing_partner=partner
        ).send_mail(
            self.id,
            email_layout_xmlid=LAYOUT,
            email_values={"recipient_ids": [Command.set(partner.ids)]},
        )
        # The mail is the system's; so is what it carries.
        mail = self.env["mail.mail"].sudo().browse(mail_id)
        mail.attachment_ids |= mail.attachment_ids.create(
            {
                "name": "signing.ics",
                "mimetype": "text/calendar",
                "datas": base64.b64encode(own._get_calendar_file()),
                "res_model": self._name,
                "res_id": self.id,
            }
        )

    # === CRON === #

    @api.model
    def _cron_remind(self, limit=200):
        """Remind buyers on the morning before, by the clock of the desk, once each."""
        now = fields.Datetime.now()
        domain = [
            ("state", "in", ("invited", "confirmed")),
            ("date_reminded", "=", False),
            ("date_start", ">", now),
            ("date_start", "<=", now + timedelta(days=2)),
        ]
        due = self.search(domain, limit=limit).filtered(lambda one: one._is_due(now))
        for signing in due.try_lock_for_update():
            signing._remind(now)
            self.env["ir.cron"]._commit_progress(1)

    def _is_due(self, now):
        return slots.remind_from(self.date_start, self.desk_id.tz) <= now

    def _remind(self, now):
        self._write_facts(date_reminded=now)
        begins = slots.remind_from(self.date_start, self.desk_id.tz)
        # Who was invited since has it fresh in mind.
        if not self.date_invited or self.date_invited < begins:
            self._send_to_buyers("realestate_sales.mail_template_signing_reminder")
            self._action_reminded()
