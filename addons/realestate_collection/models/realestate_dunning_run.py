import logging
from functools import partial

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.realestate_sales.models.collision import work_patiently

from ..tools.dunning import decide

_logger = logging.getLogger(__name__)


class RealestateDunningRun(models.Model):
    """One look at all active contracts of a company on a day."""

    _name = "realestate.dunning.run"
    _description = "Dunning Run"
    _order = "date desc, id desc"
    _rec_names_search = ["date"]

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    date = fields.Date(required=True, readonly=True, index=True)
    is_preview = fields.Boolean(
        readonly=True, help="Of a day to come: shows what would be sent, sends nothing."
    )
    user_id = fields.Many2one(
        "res.users", readonly=True, default=lambda self: self.env.user
    )
    contract_count = fields.Integer(string="Contracts", readonly=True)
    send_count = fields.Integer(string="To Send", readonly=True)
    overdue_count = fields.Integer(string="Overdue", readonly=True)
    decision_ids = fields.One2many("realestate.dunning.decision", "run_id")
    notice_ids = fields.One2many("realestate.dunning.notice", "run_id")
    sent_count = fields.Integer(compute="_compute_notice_counts")
    failed_count = fields.Integer(compute="_compute_notice_counts")
    queued_count = fields.Integer(compute="_compute_notice_counts")
    state = fields.Selection(
        [
            ("simulated", "Simulated"),
            ("asked", "To Release"),
            ("queued", "Being Sent"),
            ("done", "Done"),
            ("rejected", "Rejected"),
            ("replaced", "Replaced"),
            ("preview", "Preview"),
        ],
        compute="_compute_notice_counts",
    )

    def _compute_name(self):
        for run in self:
            run.name = self.env._(
                "Dunning of %(date)s", date=fields.Date.to_string(run.date)
            )

    @api.depends("notice_ids.state", "is_preview", "release")
    def _compute_notice_counts(self):
        groups = self.env["realestate.dunning.notice"]._read_group(
            [("run_id", "in", self.ids)], ["run_id", "state"], ["__count"]
        )
        counts = {(run, state): count for run, state, count in groups}
        for run in self:
            run.sent_count = counts.get((run, "sent"), 0)
            run.failed_count = counts.get((run, "failed"), 0)
            run.queued_count = counts.get((run, "queued"), 0)
            if run.is_preview:
                run.state = "preview"
            elif run.release and run.release != "released":
                run.state = run.release
            else:
                run.state = "queued" if run.queued_count else "done"

    # === ACTIONS === #

    def action_run(self):
        """Run from the list of runs, whatever is selected, and show the decisions."""
        return self.env["realestate.dunning.ladder"].run().action_open_decisions()

    def action_open_decisions(self):
        """Open the decisions of these runs, those to send first."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "realestate_collection.realestate_dunning_decision_action"
        )
        action["domain"] = [("run_id", "in", self.ids)]
        return action

    def action_open_notices(self):
        """Open the notices of this run."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "realestate_collection.realestate_dunning_notice_action"
        )
        action["domain"] = [("run_id", "=", self.id)]
        return action

    # === BUSINESS === #

    @api.model
    def _perform(self, company, date=None, simulate=False):
        """Decide on every active contract of ``company``.

        :param simulate: queue nothing, whether or not the company releases its runs
        :return: the run
        """
        today = company._realestate_today()
        day = date or today
        ladders = self.env["realestate.dunning.ladder"]
        ladders._lock_for_run(company, today)
        run = self.create(
            {"company_id": company.id, "date": day, "is_preview": day > today}
        )
        decided = run._decide()
        waits = run.is_preview or run._take_simulation(simulate)
        notices = {} if waits else run._queue_notices(decided, day)
        run._write_decisions(decided, notices)
        self.env["realestate.dunning.selection"]._write_others(run)
        run._count()
        if notices:
            self.env.ref("realestate_collection.ir_cron_send_notices")._trigger()
        return run

    def _decide(self):
        """Decisions on the contracts that may have to be sent something: list of
        (facts, ladder, decision)."""
        self.ensure_one()
        selection = self.env["realestate.dunning.selection"]
        return self._decide_on(selection._choose(self.company_id, self.date), self.date)

    def _decide_on(self, contracts, date):
        """Decide on ``contracts`` as of ``date``, like :meth:`_decide`; those of which
        nothing is open and those that are not active are left out."""
        if not contracts:
            return []
        ladders = self.env["realestate.dunning.ladder"]
        currencies = self.env["res.currency"]
        by_project = ladders._get_by_project(self.company_id)
        ahead = ladders._get_reminder_days(self.company_id)
        facts_list = self.env["realestate.dunning.facts"]._collect(
            self.company_id, date, ahead, contracts=contracts
        )
        rules, decided = {}, []
        for facts in facts_list:
            key = facts.project_id, facts.currency_id
            if key not in rules:
                ladder = by_project.get(facts.project_id, by_project[None])
                levels = ladder._get_levels(currencies.browse(facts.currency_id), date)
                rules[key] = ladder, levels, ladder.retry_days or 1
            ladder, levels, retry_days = rules[key]
            decision = decide(facts.account, levels, date, retry_days)
            decided.append((facts, ladder, decision))
        return decided

    def _count(self):
        self.ensure_one()
        self.env["realestate.dunning.decision"].invalidate_model()
        self.invalidate_recordset(["decision_ids", "notice_ids"])
        rows = self.env.execute_query(
            SQL(
                """SELECT count(*),
                          count(*) FILTER (WHERE action = 'send'),
                          count(*) FILTER (WHERE amount > 0 AND days > 0)
                     FROM realestate_dunning_decision
                    WHERE run_id = %s""",
                self.id,
            )
        )
        contracts, send, overdue = rows[0]
        self.write(
            {
                "contract_count": contracts,
                "send_count": send,
                "overdue_count": overdue,
            }
        )
        self._write_totals()

    # === CRON === #

    @api.model
    def _cron_run(self):
        """Run once a day for each company; a day that was missed needs no second run,
        for a run looks at everything that is open."""
        for company in self.env["res.company"]._realestate_developers():
            try:
                work_patiently(self.env, partial(self._run_once_today, company))
            except Exception:  # the next company is not to wait
                _logger.exception("The dunning of %s could not run", company.name)
            self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _run_once_today(self, company):
        if self.search_count(self._get_day_domain(company), limit=1):
            return
        # The work of a job, for the whole company.
        run = self.sudo().with_company(company)._perform(company)
        if run.release == "simulated" and run.send_count:
            run._ask_release()

    @api.model
    def _get_day_domain(self, company):
        """The runs that make the one of today needless: neither looks ahead nor, where
        nobody has to release them, simulations."""
        domain = (
            Domain("company_id", "=", company.id)
            & Domain("date", "=", company._realestate_today())
            & Domain("is_preview", "=", False)
        )
        if not company.realestate_dunning_release:
            domain &= Domain("release", "in", (False, "released"))
        return domain
