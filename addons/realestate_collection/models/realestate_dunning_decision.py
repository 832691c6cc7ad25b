import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, format_date

from ..tools.ladder import sentence_of
from .dunning_messages import DUNNING_REASONS

#: Old decisions deleted in one go; the autovacuum comes back for the rest.
VACUUM = 50000


class RealestateDunningDecision(models.Model):
    """What a run decided on one contract, and why. Never changed afterwards; what
    became of it at a later release is written beside it."""

    _name = "realestate.dunning.decision"
    _description = "Dunning Decision"
    _order = "run_id desc, action desc, days desc, id"
    _rec_name = "contract_id"

    run_id = fields.Many2one(
        "realestate.dunning.run", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True)
    date = fields.Date(related="run_id.date")
    contract_id = fields.Many2one(
        "realestate.contract", required=True, index=True, ondelete="cascade"
    )
    project_id = fields.Many2one("realestate.project", ondelete="cascade")
    partner_id = fields.Many2one("res.partner", string="Buyer", ondelete="cascade")
    currency_id = fields.Many2one("res.currency", required=True)
    action = fields.Selection([("send", "Send"), ("none", "Nothing")], required=True)
    ladder_id = fields.Many2one("realestate.dunning.ladder", ondelete="set null")
    level_id = fields.Many2one("realestate.dunning.level", ondelete="set null")
    notice_id = fields.Many2one(
        "realestate.dunning.notice", ondelete="set null", index="btree_not_null"
    )
    amount = fields.Monetary(string="Overdue", aggregator=None)
    days = fields.Integer(string="Days Late", aggregator="avg")
    reason_code = fields.Char(required=True)
    reason_params = fields.Json()
    reason = fields.Char(compute="_compute_reason")
    dropped_code = fields.Char(index="btree_not_null")
    dropped_params = fields.Json()
    dropped_reason = fields.Char(
        string="Not Sent Because",
        compute="_compute_dropped_reason",
        help="What had changed between simulation and release.",
    )

    @api.depends("reason_code", "reason_params")
    @api.depends_context("lang")
    def _compute_reason(self):
        for decision in self:
            decision.reason = decision._explain(
                decision.reason_code, decision.reason_params, decision.currency_id
            )

    @api.depends("dropped_code", "dropped_params")
    @api.depends_context("lang")
    def _compute_dropped_reason(self):
        for decision in self:
            decision.dropped_reason = decision.dropped_code and decision._explain(
                decision.dropped_code, decision.dropped_params, decision.currency_id
            )

    @api.model
    def _explain(self, code, params, currency):
        """The reason as a sentence in the user's language."""
        values = dict(params or {})
        for name in ("date", "sent", "since", "until"):
            if values.get(name):
                day = fields.Date.to_date(values[name])
                values[name] = format_date(self.env, day)
        for name in ("minimum", "loan"):
            if name in values:
                values[name] = currency.format(float(values[name]))
        return str(DUNNING_REASONS[sentence_of(code, values)]) % values

    @api.model
    def _to_json(self, params):
        """Parameters of a reason as they are stored."""
        return {
            name: value if isinstance(value, int) else str(value)
            for name, value in params.items()
        }

    @api.model
    def _write_json(self, params):
        return json.dumps(self._to_json(params))

    @api.model
    def _read_json(self, text):
        return json.loads(text or "{}")

    @api.autovacuum
    def _gc_decisions(self):
        """Delete decisions to send nothing that are past their company's time."""
        self.env.flush_all()
        for company in self.env["res.company"]._realestate_developers():
            days = company.realestate_decision_days
            self.env.execute_query(
                SQL(
                    """DELETE FROM realestate_dunning_decision
                        WHERE id IN (
                              SELECT decision.id
                                FROM realestate_dunning_decision decision
                                JOIN realestate_dunning_run run
                                  ON run.id = decision.run_id
                               WHERE run.company_id = %(company)s
                                 AND run.date < %(date)s
                                 AND decision.action = 'none'
                               LIMIT %(limit)s)
                    RETURNING id""",
                    company=company.id,
                    date=company._realestate_today() - timedelta(days=days),
                    limit=VACUUM,
                )
            )
        self.env.invalidate_all()
