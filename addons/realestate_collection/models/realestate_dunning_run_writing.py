from psycopg2.extras import Json

from odoo import fields, models
from odoo.tools import split_every

from ..tools.ladder import SEND

#: Rows written by one statement.
PAGE = 2000
INSERT_DECISIONS = """
    INSERT INTO realestate_dunning_decision (
        run_id, company_id, contract_id, project_id, partner_id, currency_id,
        ladder_id, level_id, notice_id, action, amount, days, reason_code,
        reason_params)
    VALUES %s"""
INSERT_NOTICES = """
    INSERT INTO realestate_dunning_notice (
        run_id, company_id, contract_id, project_id, partner_id, level_id, level_days,
        kind, date, amount, days, state, date_next, create_uid, create_date, write_uid,
        write_date)
    VALUES %s
    RETURNING contract_id, id"""


class RealestateDunningRun(models.Model):
    """What a run writes down, by thousands in a second: the decisions and the notices
    they call for."""

    _inherit = "realestate.dunning.run"

    def _queue_notices(self, decided, date):
        """Insert the notices to send: ``{contract id: notice id}``."""
        self.ensure_one()
        self.env.flush_all()
        chosen = [entry for entry in decided if entry[2].action == SEND]
        codes = {decision.level.code for _facts, _ladder, decision in chosen}
        levels = self.env["realestate.dunning.level"].browse(codes)
        kinds = {level.id: level.kind for level in levels}
        rows = [
            self._to_notice_row(facts, decision, date, kinds[decision.level.code])
            for facts, _ladder, decision in chosen
        ]
        made = {}
        for page in split_every(PAGE, rows, list):
            made.update(
                self.env.cr.execute_values(
                    INSERT_NOTICES, page, page_size=PAGE, fetch=True
                )
            )
        self.env["realestate.dunning.notice"].invalidate_model(flush=False)
        self.env["realestate.contract"].invalidate_model(["notice_ids"], flush=False)
        return made

    def _to_notice_row(self, facts, decision, date, kind):
        now, user = fields.Datetime.now(), self.env.uid
        return (
            self.id,
            self.company_id.id,
            facts.contract_id,
            facts.project_id,
            facts.partner_id,
            decision.level.code,
            decision.level.days,
            kind,
            date,
            decision.amount,
            decision.days,
            "queued",
            now,
            user,
            now,
            user,
            now,
        )

    def _write_decisions(self, decided, notices):
        """Insert the decisions; ``notices``: those made for them, by contract."""
        self.ensure_one()
        self.env.flush_all()
        rows = [self._to_row(*entry, notices) for entry in decided]
        if rows:
            self.env.cr.execute_values(INSERT_DECISIONS, rows, page_size=PAGE)

    def _to_row(self, facts, ladder, decision, notices):
        to_json = self.env["realestate.dunning.decision"]._to_json
        return (
            self.id,
            self.company_id.id,
            facts.contract_id,
            facts.project_id,
            facts.partner_id,
            facts.currency_id,
            ladder.id or None,
            decision.level.code if decision.level else None,
            notices.get(facts.contract_id),
            decision.action,
            decision.amount,
            decision.days,
            decision.reason,
            Json(to_json(decision.params)),
        )
