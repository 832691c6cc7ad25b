import logging
from datetime import timedelta
from functools import partial

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL, format_amount, format_date

from odoo.addons.realestate_sales.models.collision import work_patiently

from .realestate_maturing import MATURING_KINDS

_logger = logging.getLogger(__name__)

BATCH = 100
#: Kind and lead days of the rules a company starts with.
STANDARD = (("balloon", 90), ("balloon", 30), ("remaining", 60), ("retention", 30))
ACTIVITY = "realestate_collection.mail_activity_type_maturing"
FAILED_ACTIVITY = "realestate_collection.mail_activity_type_maturing_failed"


class RealestateProactiveRule(models.Model):
    """So many days before a large amount matures somebody calls the buyer: one activity
    for each amount, made once, by a job that catches up."""

    _name = "realestate.proactive.rule"
    _description = "Proactive Rule"
    _order = "company_id, kind, days desc, id"
    _check_company_auto = True
    _rec_names_search = ["kind"]

    name = fields.Char(compute="_compute_name")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    kind = fields.Selection(MATURING_KINDS, required=True, default="balloon")
    days = fields.Integer(
        string="Days Ahead", required=True, default=60, help="Before the due date."
    )
    project_ids = fields.Many2many(
        "realestate.project", string="Projects", check_company=True, help="Empty: all."
    )
    activity_type_id = fields.Many2one(
        "mail.activity.type",
        string="Activity",
        required=True,
        domain="[('res_model', 'in', (False, 'realestate.contract'))]",
        default=lambda self: self.env.ref(ACTIVITY, False),
        ondelete="restrict",
    )
    user_id = fields.Many2one(
        "res.users",
        string="For",
        domain="[('share', '=', False)]",
        help="Empty: the collection officer of the contract.",
    )
    days_to_act = fields.Integer(
        default=7, required=True, help="The activity is to be done within so many days."
    )
    task_ids = fields.One2many("realestate.proactive.task", "rule_id")
    task_count = fields.Integer(string="Activities", compute="_compute_task_count")

    _days_positive = models.Constraint(
        "CHECK (days BETWEEN 0 AND 1000)",
        "A proactive rule looks 0 to 1000 days ahead.",
    )
    _days_to_act_positive = models.Constraint(
        "CHECK (days_to_act BETWEEN 0 AND 365)",
        "An activity is to be done within 0 to 365 days.",
    )

    @api.depends("kind", "days")
    @api.depends_context("lang")
    def _compute_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for rule in self:
            rule.name = self.env._(
                "%(kind)s, %(days)s days ahead",
                kind=kinds.get(rule.kind, ""),
                days=rule.days,
            )

    def _compute_task_count(self):
        groups = self.env["realestate.proactive.task"]._read_group(
            [("rule_id", "in", self.ids)], ["rule_id"], ["__count"]
        )
        counts = dict(groups)
        for rule in self:
            rule.task_count = counts.get(rule, 0)

    # === ACTIONS === #

    def action_open_tasks(self):
        """Show what this rule made activities for."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "realestate_collection.realestate_proactive_task_action"
        )
        action["domain"] = [("rule_id", "=", self.id)]
        return action

    # === BUSINESS === #

    def _select_items(self, day, size, without=()):
        """The next amounts this rule has still to make an activity for, earliest first;
        what is past its day is dunned, not announced."""
        self.ensure_one()
        maturing = self.env["realestate.maturing"]
        for model, names in maturing._depends.items():
            self.env[model].flush_model(names)
        self.env["realestate.proactive.task"].flush_model()
        projects = self.project_ids.ids
        rows = self.env.execute_query(
            SQL(
                """SELECT item.id FROM (%(maturing)s) item
                    WHERE item.company_id = %(company)s
                      AND item.kind = %(kind)s
                      AND item.date_due BETWEEN %(day)s AND %(until)s
                      AND item.id != ALL(%(without)s) %(projects)s
                      AND NOT EXISTS (SELECT FROM realestate_proactive_task task
                                       WHERE task.installment_id = item.id
                                         AND task.rule_id = %(rule)s)
                 ORDER BY item.date_due, item.id LIMIT %(size)s""",
                maturing=maturing._table_query,
                company=self.company_id.id,
                kind=self.kind,
                day=day,
                until=day + timedelta(days=self.days),
                without=list(without),
                projects=SQL("AND item.project_id = ANY(%s)", projects)
                if projects
                else SQL(),
                rule=self.id,
                size=size,
            )
        )
        return maturing.browse(row[0] for row in rows)

    def _announce(self, items, day):
        """Make the activities of ``items``; one that fails leaves the others, and an
        officer hears of it.

        :return: the items that have one now
        """
        done = items.browse()
        for item in items:
            try:
                with self.env.cr.savepoint():
                    self._create_task(item, day)
                done |= item
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                raise
            except Exception as error:  # one bad record must not stop many
                _logger.exception("%s: no activity for %s", self.name, item.id)
                item.contract_id._report_failure(FAILED_ACTIVITY, self.name, error)
        return done

    def _create_task(self, item, day):
        contract = item.contract_id
        user = self.user_id or contract._get_collector()
        quiet = contract.with_context(
            mail_activity_quick_update=True, lang=user.lang or self.env.lang
        )
        activity = quiet.activity_schedule(
            activity_type_id=self.activity_type_id.id,
            user_id=user.id or self.env.uid,
            date_deadline=min(item.date_due, day + timedelta(days=self.days_to_act)),
            summary=self._get_summary(item.with_env(quiet.env)),
            note=self._get_note(item.with_env(quiet.env)),
        )
        self.env["realestate.proactive.task"].create(
            {
                "rule_id": self.id,
                "installment_id": item.id,
                "contract_id": contract.id,
                "company_id": self.company_id.id,
                "user_id": user.id,
                "date": day,
                "date_due": item.date_due,
                "amount": item.amount,
                "activity_id": activity.id,
            }
        )

    def _get_summary(self, item):
        kinds = dict(item._fields["kind"]._description_selection(item.env))
        return item.env._(
            "%(kind)s of %(amount)s due on %(date)s",
            kind=kinds[item.kind],
            amount=format_amount(item.env, item.amount, item.currency_id),
            date=format_date(item.env, item.date_due),
        )

    def _get_note(self, item):
        """What the officer has to know before calling the buyer."""
        mortgage = item.mortgage_id
        if not mortgage:
            return item.env._(
                "Ask %(buyer)s how it will be paid: there is no mortgage.",
                buyer=item.partner_id.display_name,
            )
        stages = dict(mortgage._fields["stage"]._description_selection(item.env))
        return item.env._(
            "Mortgage with %(bank)s, waits for: %(stage)s. The bank has still to pay "
            "%(amount)s.",
            bank=mortgage.bank_id.display_name,
            stage=stages.get(mortgage.stage, ""),
            amount=format_amount(
                item.env, mortgage.amount_outstanding, item.currency_id
            ),
        )

    # === CRON === #

    @api.model
    def _cron_announce(self):
        """Make what activities are missing, rule by rule, committing each batch: a job
        that is killed goes on where it stopped, and no amount is announced twice."""
        # The job looks after everybody.
        for rule in self.sudo().search([("active", "=", True)]):
            try:
                if not rule.with_company(rule.company_id)._announce_committing():
                    return
            except Exception:  # the next rule is not to wait
                _logger.exception("%s: nothing could be announced", rule.name)

    def _announce_committing(self):
        """Work off one rule.

        :return: whether there is time left for other rules
        """
        day = self.company_id._realestate_today()
        failed = []
        while True:
            work = partial(self._announce_next, day, tuple(failed))
            items, done = work_patiently(self.env, work)
            failed += (items - done).ids
            if not items:
                return True
            if not self.env["ir.cron"]._commit_progress(len(done)):
                return False

    def _announce_next(self, day, without):
        """One batch: its items, and those that have an activity now."""
        items = self._select_items(day, BATCH, without)
        return items, self._announce(items, day)
