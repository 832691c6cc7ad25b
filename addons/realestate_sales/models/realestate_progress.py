from odoo import api, fields, models
from odoo.tools import SQL

from .realestate_progress_plan import PROGRESS_KINDS

#: What was done, one row a project, week and kind; nobody types it.
DONE = """
    SELECT project_id, company_id, kind, week, count(*) AS count, sum(amount) AS amount
      FROM (
        SELECT project_id, company_id, 'sign' AS kind, amount_total AS amount,
               date_trunc('week', date_signed)::date AS week
          FROM realestate_contract
         WHERE date_signed IS NOT NULL
         UNION ALL
        SELECT filing.project_id, filing.company_id, 'file', contract.amount_total,
               date_trunc('week', filing.date_accepted)::date
          FROM realestate_filing filing
          JOIN realestate_contract contract ON contract.id = filing.contract_id
         WHERE filing.kind = 'contract' AND filing.state = 'accepted'
         UNION ALL
        SELECT project_id, company_id, 'loan', amount_released,
               date_trunc('week', date_released)::date
          FROM realestate_mortgage
         WHERE date_released IS NOT NULL
           ) fact
  GROUP BY project_id, company_id, kind, week
    """
#: Beside what was planned. Weeks begin on Mondays in both.
PROGRESS = """
    SELECT row_number() OVER (ORDER BY project_id, date, kind) AS id, *
      FROM (
        SELECT COALESCE(done.project_id, line.project_id) AS project_id,
               COALESCE(done.company_id, line.company_id) AS company_id,
               COALESCE(done.kind, line.kind) AS kind,
               COALESCE(done.week, line.date) AS date,
               line.plan_id,
               COALESCE(line.planned_count, 0) AS planned_count,
               COALESCE(line.planned_amount, 0) AS planned_amount,
               COALESCE(done.count, 0)::int AS done_count,
               COALESCE(done.amount, 0) AS done_amount,
               CASE WHEN COALESCE(done.week, line.date) > CURRENT_DATE THEN 0
                    ELSE COALESCE(done.count, 0)::int - COALESCE(line.planned_count, 0)
                END AS gap
          FROM (%(done)s) done
          FULL JOIN realestate_progress_line line
            ON line.project_id = done.project_id
           AND line.kind = done.kind AND line.date = done.week
           ) both_sides
    """


class RealestateProgress(models.Model):
    """Planned against done, one row a project, week and kind, to be summed up."""

    _name = "realestate.progress"
    _description = "Progress: Planned and Done"
    _auto = False
    _order = "date desc, project_id, kind"
    _rec_name = "date"
    _depends = {
        "realestate.contract": ["date_signed", "amount_total", "project_id"],
        "realestate.filing": ["state", "kind", "date_accepted", "contract_id"],
        "realestate.mortgage": ["date_released", "amount_released", "project_id"],
        "realestate.progress.line": [
            "date",
            "kind",
            "planned_count",
            "planned_amount",
            "plan_id",
        ],
    }

    date = fields.Date(string="Week of", readonly=True)
    kind = fields.Selection(PROGRESS_KINDS, string="What", readonly=True)
    project_id = fields.Many2one("realestate.project", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="project_id.currency_id")
    plan_id = fields.Many2one("realestate.progress.plan", readonly=True)
    planned_count = fields.Integer(string="Planned", readonly=True)
    done_count = fields.Integer(string="Done", readonly=True)
    gap = fields.Integer(string="Ahead", readonly=True, help="Done less planned.")
    planned_amount = fields.Monetary(readonly=True)
    done_amount = fields.Monetary(readonly=True)

    @property
    def _table_query(self):
        return SQL(PROGRESS, done=SQL(DONE))

    @api.model
    def _get_done(self, projects):
        """What was done in ``projects``: number and amount by project, week and kind.
        Counts are no secret to whoever reads the plan."""
        if not projects.ids:
            return {}
        for model, names in self._depends.items():
            self.env[model].flush_model(names)
        rows = self.env.execute_query(
            SQL(
                """SELECT project_id, week, kind, count, amount FROM (%s) done
                    WHERE project_id IN %s""",
                SQL(DONE),
                tuple(projects.ids),
            )
        )
        return {tuple(key): (count, float(amount)) for *key, count, amount in rows}
