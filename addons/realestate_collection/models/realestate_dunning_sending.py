from datetime import timedelta

from odoo import api, fields, models

from ..tools.delivery import CHANNELS, WRITTEN
from ..tools.dunning import decide
from ..tools.ladder import SEND

#: Notices of one transaction: a letter takes a fifth of a second.
BATCH = 20
#: How long a notice rests that something keeps from being sent.
REST = timedelta(hours=1)


class RealestateDunningNotice(models.Model):
    """Sending: the balance is looked at again at the last moment, and every failure
    comes to light at once."""

    # A file for each concern keeps them short.
    _inherit = "realestate.dunning.notice"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _cron_send(self):
        """Send what waits, batch by batch. Killed at any point it goes on: letters that
        were made are sent after another look at the balance, and none twice."""
        crons = self.env["ir.cron"]
        skipped = self.browse()
        while waiting := self._next_to_send(skipped):
            batch = waiting.sudo().try_lock_for_update()
            batch._prepare_sending()
            crons._commit_progress(remaining=self._count_to_send())
            batch._send_prepared()
            skipped |= waiting._filter_to_send()
            left = max(self._count_to_send() - len(skipped), 0)
            if not crons._commit_progress(len(batch), remaining=left):
                break

    @api.model
    def _get_to_send_domain(self):
        return [("date_next", "<=", fields.Datetime.now())]

    @api.model
    def _next_to_send(self, skipped):
        """The next notices to look at; what has been looked at waits for the next
        round."""
        domain = [*self._get_to_send_domain(), ("id", "not in", skipped.ids)]
        found = self.search(domain, order="id", limit=BATCH)
        # What goes to one buyer is looked at together: it may go in one letter.
        buyers = found.partner_id.ids
        return found | self.search([*domain, ("partner_id", "in", buyers)], order="id")

    @api.model
    def _count_to_send(self):
        return self.search_count(self._get_to_send_domain())

    def _filter_to_send(self):
        return self.filtered_domain(self._get_to_send_domain())

    def _send_soon(self):
        """Let the job look at these notices at once."""
        self.date_next = fields.Datetime.now()
        # Whoever queues a notice may wake the job.
        self.env.ref("realestate_collection.ir_cron_send_notices").sudo()._trigger()

    def _plan_next(self):
        """Write down when the job looks at the notices again: as soon as one of their
        deliveries may go out."""
        for notice in self:
            queued = notice.delivery_ids.filtered(
                lambda one: one.state == "queued" and one._is_job_s()
            )
            days = [one.date_wait or fields.Datetime.now() for one in queued]
            notice.date_next = min(days, default=False)

    # === PREPARE === #

    def _prepare_sending(self):
        """Call off what is no longer called for, and make what the others send."""
        self.delivery_ids._follow_carriers()
        waiting = self._filter_pending()._call_off_stale()._hold_back()
        waiting._make_deliveries()
        waiting._get_due_deliveries()._hold_for_contact()._prepare_each()
        waiting._plan_next()

    def _filter_pending(self):
        """Those of which something is still to be sent."""
        return self.filtered(
            lambda notice: (
                (notice.state == "queued" and not notice.delivery_ids)
                or "queued" in notice.delivery_ids.mapped("state")
            )
        )

    def _hold_back(self):
        """Let those rest that must not go out yet; return the others."""
        held = self.filtered(lambda notice: notice._get_send_problem())
        held.date_next = fields.Datetime.now() + REST
        return self - held

    def _make_deliveries(self):
        """Make a delivery for each channel of the notices that have none yet."""
        fresh = self.filtered(lambda notice: not notice.delivery_ids)
        self.env["realestate.dunning.delivery"].create(
            [
                {"notice_id": notice.id, "channel": channel}
                for notice in fresh
                for channel in CHANNELS
                if channel in notice._get_channels()
            ]
        )
        for notice in fresh:
            if notice.level_id.create_activity:
                notice._schedule_activity(notice.level_id.activity_type_id)
            if not notice.delivery_ids:
                # A task alone: the level is given once somebody has it.
                notice._follow_deliveries()

    def _get_due_deliveries(self):
        """Deliveries that wait for nothing any more."""
        now = fields.Datetime.now()
        return self.delivery_ids.filtered(
            lambda one: (
                one.state == "queued" and (not one.date_wait or one.date_wait <= now)
            )
        )

    def _call_off_stale(self):
        """Decide anew, as if these notices had not been made; call off those that
        would not be made now.

        :return: those that still stand
        """
        latest = self._call_off_overtaken()
        stand = self.browse()
        for company, notices in latest.grouped("company_id").items():
            decisions = notices._decide_anew(company)
            for notice in notices:
                reason, params = decisions.get(notice) or ("inactive", {})
                if reason is None:
                    stand |= notice
                else:
                    notice._call_off(reason, params)
        return stand

    def _call_off_overtaken(self):
        """Nothing more of a notice goes out once a later one of its contract does.

        :return: the latest notice of each contract
        """
        latest = {notice.contract_id: notice for notice in self.sorted("id")}
        for notice in self:
            newer = latest[notice.contract_id]
            if newer != notice:
                notice._call_off("changed", {"level": newer.level_id.name})
        return self.browse(notice.id for notice in latest.values())

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
        amount = float(decision.amount)
        if self.currency_id.compare_amounts(amount, self.amount):
            self._drop_unsent()
        self.write({"amount": amount, "days": decision.days})
        return None, {}

    def _drop_unsent(self):
        """Throw away what was made for another amount and has not gone out."""
        unsent = self.delivery_ids.filtered(
            lambda one: one.state == "queued" and one.mail_mail_id
        )
        unsent.mail_mail_id.cancel()
        unsent._write_facts(mail_mail_id=False)
        if unsent:
            self.attachment_id = False

    def _create_letter(self):
        """The letter as a PDF attached to the contract, if the level has one."""
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

    def _schedule_activity(self, kind):
        """Give the officer a task of this ``mail.activity.type``; return it."""
        self.ensure_one()
        return self.contract_id._schedule_quietly(
            activity_type_id=kind.id,
            note=self.env._(
                "%(notice)s: %(amount)s is overdue, %(days)s days.",
                notice=self.name,
                amount=self.currency_id.format(self.amount),
                days=self.days,
            ),
        )

    # === SEND === #

    def _send_prepared(self):
        """Hand over what was prepared and take down what became of it. Text messages go
        first: of those a kill would leave nobody knowing."""
        self.delivery_ids._send_texts()
        self.delivery_ids._send_mails()

    def _call_off(self, reason, params):
        """Send nothing more of this notice; it counts as given if it went out."""
        self.ensure_one()
        detail = self.env["realestate.dunning.decision"]._write_json(params)
        gone = self.delivery_ids.filtered(
            lambda one: one.channel in WRITTEN and one.state in ("sent", "delivered")
        )
        if self.state in ("queued", "failed") and not gone:
            self._update_state("cancelled", failure_code=reason, failure_detail=detail)
        self._get_open_deliveries()._set_cancelled(reason, detail)
        self.date_next = False

    # === HOOKS === #

    def _action_sent(self):
        """What follows when the notices count as delivered."""

    def _action_not_given(self):
        """What follows when the notices came back or were called off."""

    def _get_send_problem(self):
        """What this notice waits for before anything of it is sent, as a sentence;
        False where nothing keeps it. Others add theirs."""
        self.ensure_one()
        return False
