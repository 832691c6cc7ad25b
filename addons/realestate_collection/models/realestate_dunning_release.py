from psycopg2.extras import Json

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import split_every

from ..tools.ladder import SEND
from .realestate_dunning_run_writing import PAGE

RELEASES = [
    ("simulated", "Simulated"),
    ("asked", "Asked"),
    ("released", "Cleared to Send"),
    ("rejected", "Rejected"),
    ("replaced", "Replaced"),
]
#: A run waits in these; from them it is released, rejected or replaced by a later one.
WAITING = ("simulated", "asked")
LINK_NOTICES = """
    UPDATE realestate_dunning_decision decision
       SET notice_id = made.notice_id
      FROM (VALUES %s) AS made (run_id, contract_id, notice_id)
     WHERE decision.run_id = made.run_id AND decision.contract_id = made.contract_id"""
DROP_DECISIONS = """
    UPDATE realestate_dunning_decision decision
       SET dropped_code = made.code, dropped_params = made.params::jsonb
      FROM (VALUES %s) AS made (run_id, contract_id, code, params)
     WHERE decision.run_id = made.run_id AND decision.contract_id = made.contract_id"""


class RealestateDunningRun(models.Model):
    """A run that waits to be released: it has its decisions and no notice. At release
    each is decided anew, so that who has paid meanwhile, or is held, gets nothing."""

    _name = "realestate.dunning.run"
    # Facts stand before the thread, whose tracking sees the write then.
    _inherit = ["realestate.facts.mixin", "realestate.dunning.run"]

    _fact_fields = frozenset(
        {"release", "date_released", "user_released_id", "reason_rejected"}
    )

    release = fields.Selection(
        RELEASES,
        string="Release State",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Empty: sent at once, nobody had to release it.",
    )
    needs_approval = fields.Boolean(compute="_compute_needs_approval")
    date_released = fields.Datetime(string="Released At", readonly=True)
    user_released_id = fields.Many2one("res.users", string="Released by", readonly=True)
    dropped_count = fields.Integer(
        string="Not Sent",
        readonly=True,
        help="Of those to send: had paid, were held or got another notice between "
        "simulation and release.",
    )
    reason_rejected = fields.Char(string="Rejected Because", readonly=True)

    def _compute_needs_approval(self):
        for run in self:
            # Officers need not read the settings of companies.
            run.needs_approval = run.sudo().company_id.realestate_dunning_release

    # === ACTIONS === #

    def action_simulate(self):
        """Simulate from the list of runs, whatever is selected, and show the result."""
        runs = self.env["realestate.dunning.ladder"].simulate()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "realestate_collection.realestate_dunning_run_action"
        )
        if len(runs) == 1:
            return {**action, "views": [(False, "form")], "res_id": runs.id}
        return {**action, "domain": [("id", "in", runs.ids)]}

    def action_release(self):
        """Queue the notices of simulated runs, each decided anew as of today.

        :raises UserError: for a run that needs an approval it has not got, or that is
            over
        """
        self._check_officer()
        for run in self.filtered(lambda run: run.release != "released"):
            run._check_waiting()
            if run.needs_approval and not run._is_approved("dunning_run"):
                raise UserError(
                    self.env._(
                        "%(run)s is released by approval: ask for it first.",
                        run=run.name,
                    )
                )
            # Notices are made by nobody's hand.
            run.sudo()._release()
        return True

    def action_discard(self):
        """Send nothing of these runs."""
        self._check_officer()
        for run in self:
            run._check_waiting()
        # The right was checked; facts are written by nobody's hand.
        self.sudo()._reject(self.env._("Discarded"))
        return True

    def action_open_dropped(self):
        """Open the decisions that were not carried out at release."""
        action = self.action_open_decisions()
        action["domain"] += [("dropped_code", "!=", False)]
        return action

    # === BUSINESS === #

    def _check_officer(self):
        self.check_access("read")
        self.env["realestate.dunning.ladder"]._check_may_run()

    def _check_waiting(self):
        self.ensure_one()
        if self.release not in WAITING:
            raise UserError(
                self.env._(
                    "%(run)s is “%(state)s”: nothing of it waits to be released. Start "
                    "a new simulation.",
                    run=self.name,
                    state=dict(self._fields["state"]._description_selection(self.env))[
                        self.state
                    ],
                )
            )

    def _take_simulation(self, simulate):
        """Whether this run, just made, waits for its release; earlier days' runs that
        still wait are replaced by it."""
        self.ensure_one()
        older = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("release", "in", WAITING),
                ("date", "<", self.date),
            ]
        )
        older._void_approvals("dunning_run")
        older._write_facts(release="replaced")
        if not simulate and not self.company_id.realestate_dunning_release:
            return False
        self._write_facts(release="simulated")
        return True

    def _reject(self, reason):
        self._void_approvals("dunning_run")
        self._write_facts(release="rejected", reason_rejected=reason)

    def _release(self):
        """Queue what is called for today as well, and write down why not the rest."""
        self.ensure_one()
        company = self.company_id
        today = company._realestate_today()
        self.env["realestate.dunning.ladder"]._lock_for_run(company, today)
        wanted = self.env["realestate.dunning.decision"].search(
            [("run_id", "=", self.id), ("action", "=", SEND)]
        )
        decided = self._decide_on(wanted.contract_id, today)
        stand, dropped = self._compare(wanted, decided)
        notices = self._queue_notices(stand, today)
        self._write_rows(LINK_NOTICES, notices.items())
        self._write_rows(DROP_DECISIONS, dropped)
        self.dropped_count = len(dropped)
        self._write_facts(
            release="released",
            date_released=fields.Datetime.now(),
            user_released_id=self.env.uid,
        )
        self.env["realestate.dunning.decision"].invalidate_model()
        if notices:
            self.env.ref("realestate_collection.ir_cron_send_notices")._trigger()

    @api.model
    def _compare(self, wanted, decided):
        """What of ``wanted`` is decided in the same way today.

        :return: those decisions, and rows (contract id, code, params) of the others
        """
        now = {facts.contract_id: (facts, *rest) for facts, *rest in decided}
        to_json = self.env["realestate.dunning.decision"]._to_json
        stand, dropped = [], []
        for decision in wanted:
            contract = decision.contract_id
            code, params = "paid_up", {}
            if contract.id in now:
                pure = now[contract.id][2]
                code, params = pure.reason, pure.params
                if pure.action == SEND:
                    code, params = "changed", {"level": pure.level.name}
                    if pure.level.code == decision.level_id.id:
                        stand.append(now[contract.id])
                        continue
            elif contract.state != "active":
                code = "inactive"
            dropped.append((contract.id, code, Json(to_json(params))))
        return stand, dropped

    def _write_rows(self, statement, rows):
        self.ensure_one()
        self.env.flush_all()
        for page in split_every(PAGE, [(self.id, *row) for row in rows]):
            self.env.cr.execute_values(statement, page, page_size=PAGE)
