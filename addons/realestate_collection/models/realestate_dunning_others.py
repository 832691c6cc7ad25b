from odoo import api, models
from odoo.tools import SQL

from .realestate_dunning_selection import NO_LADDER


class RealestateDunningSelection(models.AbstractModel):
    """Why the others are sent nothing: written down by the database for all of them,
    in the words of the pure decision."""

    # A file for each concern keeps them short.
    _inherit = "realestate.dunning.selection"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _write_others(self, run):
        """Insert the decisions on the contracts that ``run`` has not decided yet."""
        company, date = run.company_id, run.date
        ladders = self._get_rungs(company, date)
        if all(each.projects for each in ladders):
            ladders.append(NO_LADDER)
        self._prepare_query()
        for rungs in ladders:
            others = [p for each in ladders for p in each.projects]
            self._write_others_of(run, rungs, others)

    @api.model
    def _write_others_of(self, run, rungs, others):
        """Insert those of one ladder.

        :param others: projects that have a ladder of their own
        """
        date = SQL("%s::date", run.date)
        self.env.execute_query(
            SQL(
                """WITH %(facts)s, reminded AS MATERIALIZED (%(reminded)s)
                   INSERT INTO realestate_dunning_decision (
                          run_id, company_id, contract_id, project_id, partner_id,
                          currency_id, ladder_id, action, amount, days, reason_code,
                          reason_params)
                   SELECT %(run)s, contract.company_id, contract.id,
                          contract.project_id, contract.partner_id,
                          contract.currency_id, %(ladder)s, 'none',
                          CASE WHEN said.late THEN arrears.amount ELSE 0 END,
                          CASE WHEN said.late
                               THEN %(today)s - arrears.oldest ELSE 0 END,
                          said.reason, jsonb_strip_nulls(said.params)
                     FROM realestate_contract contract %(known)s
           CROSS JOIN LATERAL (%(rung)s) climbed
           CROSS JOIN LATERAL (%(said)s) said
                    WHERE %(others)s
                RETURNING 1""",
                facts=self._facts_sql(
                    run.company_id, run.date, SQL("sum(amount_residual)")
                ),
                reminded=self._reminded_sql(rungs, run.date),
                run=run.id,
                ladder=rungs.ladder,
                today=date,
                known=self._known_sql(date),
                rung=self._rung_sql(rungs),
                said=self._say_sql(rungs, run),
                others=self._others_sql(run, rungs, others),
            )
        )

    @api.model
    def _known_sql(self, date):
        """What is known of a contract; ``now`` is a notice of the day itself."""
        return SQL(
            """LEFT JOIN arrears ON arrears.contract_id = contract.id
               LEFT JOIN soon ON soon.contract_id = contract.id
               LEFT JOIN held ON held.contract_id = contract.id
               LEFT JOIN reminded ON reminded.contract_id = contract.id
               LEFT JOIN realestate_dunning_notice now
                      ON now.contract_id = contract.id
                     AND now.date = %s
                     AND now.state != 'cancelled'""",
            date,
        )

    @api.model
    def _others_sql(self, run, rungs, others):
        """The active contracts of these rungs that the run has not decided on."""
        if rungs.projects:
            projects = SQL("contract.project_id = ANY(%s)", rungs.projects)
        else:
            projects = SQL("contract.project_id != ALL(%s::integer[])", others)
        return SQL(
            """contract.company_id = %(company)s
               AND contract.state = 'active'
               AND %(projects)s
               AND NOT EXISTS (SELECT FROM realestate_dunning_decision decision
                                WHERE decision.run_id = %(run)s
                                  AND decision.contract_id = contract.id)""",
            company=run.company_id.id,
            projects=projects,
            run=run.id,
        )

    @api.model
    def _say_sql(self, rungs, run):
        """The reason, its parameters and whether it is about arrears."""
        if rungs is NO_LADDER:
            return SQL(
                "SELECT FALSE AS late, 'no_ladder' AS reason, '{}'::jsonb AS params"
            )
        today = SQL("%s::date", run.date)
        return SQL(
            """SELECT arrears.oldest IS NOT NULL AS late,
                      reason,
                      CASE reason %(params)s ELSE '{}'::jsonb END AS params
                 FROM (SELECT CASE
                       WHEN now.state = 'queued' THEN 'in_queue'
                       WHEN now.id IS NOT NULL THEN 'today'
                       WHEN arrears.oldest IS NOT NULL THEN %(late)s
                       ELSE %(calm)s END AS reason) given""",
            late=self._say_late_sql(rungs),
            calm=self._say_calm_sql(),
            params=self._params_sql(rungs, run, today),
        )

    @api.model
    def _say_late_sql(self, rungs):
        if not rungs.days:
            return SQL(
                "CASE WHEN held.contract_id IS NOT NULL THEN 'held' ELSE 'no_level' END"
            )
        return SQL(
            """CASE WHEN held.contract_id IS NOT NULL THEN 'held'
                    WHEN arrears.state = 'queued' THEN 'in_queue'
                    WHEN rung = 0 THEN 'too_early'
                    WHEN rung < %s THEN 'waiting'
                    ELSE 'finished' END""",
            len(rungs.days),
        )

    @api.model
    def _say_calm_sql(self):
        return SQL(
            """CASE WHEN reminded.state = 'queued' THEN 'in_queue'
                    WHEN reminded.state IS NOT NULL THEN 'reminded'
                    WHEN soon.unbilled IS NOT NULL THEN 'not_billed'
                    WHEN soon.due IS NOT NULL THEN 'not_due'
                    ELSE 'ahead' END"""
        )

    @api.model
    def _rung_sql(self, rungs):
        """Number of the rung of the last notice, from 1; 0 where there is none. A level
        that has been moved counts where it stands now, one that is gone by its days."""
        cases = [
            SQL("WHEN %s THEN %s", level, days)
            for level, days in zip(rungs.ids, rungs.days, strict=True)
        ]
        moved = SQL("arrears.level_days")
        if cases:
            moved = SQL(
                "CASE arrears.level_id %s ELSE arrears.level_days END",
                SQL(" ").join(cases),
            )
        return SQL(
            "SELECT COALESCE(width_bucket(%s, %s), 0) AS rung",
            moved,
            self._array(rungs.days),
        )

    @api.model
    def _next_day_sql(self, rungs):
        """The first day of the rung above; NULL at the top."""
        return SQL(
            """CASE WHEN rung = 0 THEN arrears.oldest + %(days)s[1]
                    ELSE greatest(arrears.oldest + %(days)s[rung + 1],
                                  arrears.date + %(days)s[rung + 1] - %(days)s[rung])
               END""",
            days=SQL("(%s)", self._array(rungs.days)),
        )

    @api.model
    def _reminded_sql(self, rungs, date):
        """The last reminder that contracts were given of their next item."""
        return SQL(
            """SELECT DISTINCT ON (soon.contract_id)
                      soon.contract_id, reminder.date, reminder.state
                 FROM soon
           CROSS JOIN LATERAL (%s) begun
                 JOIN reminder
                   ON reminder.contract_id = soon.contract_id
                  AND reminder.level_id = begun.level_id
                  AND reminder.date BETWEEN soon.due + begun.days AND soon.due
             ORDER BY soon.contract_id, reminder.date DESC""",
            self._begun_sql(rungs, date),
        )

    @api.model
    def _params_sql(self, rungs, run, today):
        """What the sentence of each reason names; dates as text."""
        ahead = self.env["realestate.dunning.ladder"]._get_reminder_days(run.company_id)
        until = SQL("%s + greatest(%s, soon.ahead)", today, ahead)
        queued = SQL("COALESCE(now.date, arrears.date, reminded.date)")
        late = SQL("'days', %s - arrears.oldest", today)
        names = SQL("(%s::text[])", rungs.names)
        last = SQL("'last', %s[rung], 'sent', arrears.date::text", names)
        following = SQL(
            "'level', %s[rung + 1], 'date', (%s)::text",
            names,
            self._next_day_sql(rungs),
        )
        said = {
            "in_queue": SQL("'date', (%s)::text", queued),
            "today": SQL("'date', %s::text", today),
            "held": self._held_params_sql(),
            "too_early": SQL("%s, %s", late, following),
            "waiting": SQL("%s, %s", last, following),
            "finished": last,
            "reminded": SQL("'date', reminded.date::text"),
            "not_billed": SQL("'date', soon.unbilled::text"),
            "not_due": SQL("'date', soon.due::text"),
            "ahead": SQL("'date', (%s)::text", until),
        }
        return SQL(" ").join(
            SQL("WHEN %s THEN jsonb_build_object(%s)", reason, params)
            for reason, params in said.items()
        )
