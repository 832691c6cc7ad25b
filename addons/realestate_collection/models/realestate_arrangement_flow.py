from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.realestate_sales.models.collision import collide

TEMPLATE = "realestate_collection.mail_template_arrangement"
#: Longest text kept of what a browser says of itself.
AGENT_LENGTH = 200


class RealestateArrangement(models.Model):
    """An arrangement goes to the buyer: offered, accepted, refused, called off."""

    # A file for each concern keeps them short.
    _inherit = "realestate.arrangement"  # pylint: disable=consider-merging-classes-inherited

    is_offer_mailed = fields.Boolean(
        string="By E-mail", compute="_compute_is_offer_mailed"
    )

    @api.depends("partner_id.email_normalized")
    def _compute_is_offer_mailed(self):
        for arrangement in self:
            partner = arrangement.partner_id
            arrangement.is_offer_mailed = bool(partner.email_normalized)

    # === ACTIONS === #

    def action_offer(self):
        """Put an approved arrangement before the buyer: by e-mail and in the portal.
        The dunning waits for the answer.

        :raises UserError: when it is not approved as it is, or its days have passed
        """
        self.check_access("write")
        for arrangement in self:
            if arrangement.state == "offered":
                continue
            arrangement._check_offerable()
            # Facts that nobody writes.
            arrangement.sudo()._offer()
        return True

    def action_accept_on_paper(self):
        """The buyer has signed the printed agreement: it runs."""
        self.check_access("write")
        for arrangement in self:
            arrangement._accept("paper")
        return True

    def action_cancel(self):
        """Call the arrangement off; dunning goes on where it stood."""
        self.check_access("write")
        # Holds and approvals are written by nobody's hand.
        for arrangement in self.sudo():
            today = arrangement.company_id._realestate_today()
            arrangement._set_ended("cancelled", today)
            arrangement._void_approvals(self._approval_kind)
        return True

    def action_draft(self):
        """Back to draft: an offer is withdrawn, an approval counts no longer."""
        result = super().action_draft()
        # Facts that nobody writes.
        own = self.sudo()
        own._write_facts(date_expiry=False, date_offered=False, refuse_reason=False)
        own._end_hold(self.env._("withdrawn"))
        return result

    def action_open_page(self):
        """The page that the buyer sees."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": self._get_page_path(),
            "target": "new",
        }

    # === BUSINESS === #

    def _check_offerable(self):
        self.ensure_one()
        if self.state != "approved":
            raise UserError(self._state_move_message("offered"))
        self._check_is_approved()
        today = self.company_id._realestate_today()
        if self.line_ids.sorted("date")[:1].date < today:
            raise UserError(
                self.env._(
                    "%(arrangement)s: its first part was due before today. Set it back "
                    "to draft and give it new dates.",
                    arrangement=self.name,
                )
            )

    def _offer(self):
        self.ensure_one()
        today = self.company_id._realestate_today()
        last = today + timedelta(days=self.company_id.realestate_offer_days)
        self._update_state(
            "offered",
            date_offered=fields.Datetime.now(),
            # Accepted later it would be broken at once.
            date_expiry=min([last, *self.line_ids.mapped("date")]),
        )
        self._hold()
        # That it was approved is old news now.
        self.activity_unlink(["mail.mail_activity_data_todo"])
        self._mail_offer()

    def _mail_offer(self):
        if not self.partner_id.email_normalized:
            self._tell_user(
                self.env._("Hand over the arrangement: the buyer has no e-mail")
            )
            return
        self.env.ref(TEMPLATE).send_mail(
            self.id,
            email_layout_xmlid="mail.mail_notification_light",
            # What the buyer answers is a reply to the contract.
            email_values={
                "model": self.contract_id._name,
                "res_id": self.contract_id.id,
            },
        )

    def _is_open_to_buyer(self):
        """Whether the buyer may still answer."""
        self.ensure_one()
        today = self.company_id._realestate_today()
        return self.state == "offered" and self.date_expiry >= today

    def _check_open_to_buyer(self):
        if not self._is_open_to_buyer():
            raise UserError(
                self.env._(
                    "This offer stands no longer. Please talk to us: we find another "
                    "way."
                )
            )

    def _accept(self, how, user=None, address=False, agent=False):
        """It runs: the facts of who accepted it, when and from where are kept.

        :param how: portal or paper
        :param user: who accepts, default who calls
        """
        self.ensure_one()
        # Two answers at the same time: one wins, the other sees it.
        own = self.sudo()
        collide(own)
        if own.state == "accepted":
            return
        own._check_open_to_buyer()
        own._check_is_approved()
        own._update_state(
            "accepted",
            accepted_how=how,
            accepted_by_id=(user or self.env.user).id,
            accepted_address=address,
            accepted_agent=agent and agent[:AGENT_LENGTH],
            date_accepted=fields.Datetime.now(),
        )
        own._hold()
        own._log_end(own.env._("accepted by the buyer"))
        own._tell_user(own.env._("Accepted: %(name)s", name=own.name))
        own._judge()

    def _refuse_by_buyer(self, reason):
        """The buyer does not want it; dunning goes on."""
        self.ensure_one()
        # Facts that follow from what the caller may do; nobody writes them.
        own = self.sudo()
        collide(own)
        own._check_open_to_buyer()
        text = reason.strip()[:500] if isinstance(reason, str) else ""
        own._set_ended(
            "refused", own.company_id._realestate_today(), refuse_reason=text
        )
        own._log_end(own.env._("refused by the buyer"))
        own._tell_user(own.env._("Refused: %(name)s", name=own.name), text)

    # === PAGE === #

    def _get_page_path(self):
        self.ensure_one()
        return f"/my/contracts/{self.contract_id.id}/arrangement"

    def _get_page_url(self):
        """Where the buyer answers."""
        return f"{self.get_base_url()}{self._get_page_path()}"

    def _get_page_texts(self):
        """Sentences of the page, in the language of who reads it."""
        self.ensure_one()
        day, money = self._summary_date, self.currency_id.format
        return {
            "short": self.env._(
                "%(amount)s in %(count)s parts until %(date)s",
                amount=money(self.amount),
                count=len(self.line_ids),
                date=day(self.date_last),
            ),
            "arrears": self.env._(
                "%(amount)s that were due before %(date)s",
                amount=money(self.amount),
                date=day(self.date),
            ),
            "expiry": self.env._(
                "The offer stands until %(date)s.", date=day(self.date_expiry)
            ),
            "grace": self.env._(
                "A part that is more than %(days)s days late ends the agreement.",
                # The company's own name and settings, for whoever works in it.
                days=self.company_id.sudo().realestate_arrangement_grace_days,
            ),
            "accepted": self.env._(
                "Accepted on %(date)s", date=day(self._to_day(self.date_accepted))
            ),
        }

    def _to_day(self, moment):
        """The calendar day of a moment where the company is; False for none."""
        self.ensure_one()
        if not moment:
            return False
        place = self.with_context(tz=self.company_id._realestate_zone().key)
        return fields.Datetime.context_timestamp(place, moment).date()

    def _is_buyer(self, user):
        """Whether ``user`` is the buyer who answers: co-buyers look on."""
        self.ensure_one()
        # Whose contract it is, whoever asks.
        own = self.sudo().partner_id.commercial_partner_id
        # Names and companies of people and banks, for who sees the record.
        return user.sudo().partner_id.commercial_partner_id == own
