from collections import namedtuple
from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

#: A ladder as the database compares with it: parallel lists, rungs by their days.
Rungs = namedtuple(
    "Rungs", "ladder projects ids days repeats names reminder_ids reminder_days"
)
NO_LADDER = Rungs(None, [], [], [], [], [], [], [])


class RealestateDunningSelection(models.AbstractModel):
    """Whom the decision has to look at: chosen by the database in one pass over what is
    late, so that a day with 100,000 contracts costs little more than adding up their
    arrears.

    The choice may be too wide, never too narrow: whoever is not chosen would get the
    same answer from the pure decision, which is nothing, for the reason that
    :mod:`.realestate_dunning_others` writes down. It rests on the last notice of each
    contract alone: rungs are climbed one by one, so the last is the highest.
    """

    _name = "realestate.dunning.selection"
    _description = "Selection for Dunning"

    @api.model
    def _choose(self, company, date):
        """Contracts that may have to be sent something on ``date``."""
        ladders = self._get_rungs(company, date)
        if not ladders:
            return self.env["realestate.contract"]
        self._prepare_query()
        rows = self.env.execute_query(
            SQL(
                """WITH %(facts)s,
                   chosen AS (%(late)s UNION ALL %(soon)s UNION ALL %(credit)s
                              UNION ALL %(bank)s)
                   SELECT DISTINCT contract.id
                     FROM chosen
                     -- LIMIT: one by one by their ids, for they are few among all.
               CROSS JOIN LATERAL (
                          SELECT id, project_id
                            FROM realestate_contract
                           WHERE id = chosen.contract_id
                             AND company_id = %(company)s
                             AND state = 'active'
                           LIMIT 1) contract
                    WHERE COALESCE(chosen.ladder, %(ladder)s) = %(ladder)s""",
                facts=self._facts_sql(company, date),
                late=self._union(self._choose_late_sql(each, date) for each in ladders),
                soon=self._union(self._choose_soon_sql(each, date) for each in ladders),
                credit=self._choose_credit_sql(date),
                bank=self._choose_bank_sql(date),
                company=company.id,
                ladder=self._ladder_sql(ladders),
            )
        )
        return self.env["realestate.contract"].browse(row[0] for row in rows)

    @api.model
    def _prepare_query(self):
        self.env["realestate.dunning.facts"]._flush()
        # Compiling these queries, and starting workers for them, takes longer than
        # running them.
        self.env.cr.execute(
            "SET LOCAL jit = off; SET LOCAL max_parallel_workers_per_gather = 0"
        )

    # === LADDERS === #

    @api.model
    def _get_rungs(self, company, date):
        """The active ladders of a company; the default one is last and has no
        projects."""
        by_project = self.env["realestate.dunning.ladder"]._get_by_project(company)
        default = by_project.pop(None)
        projects = {}
        for project, ladder in by_project.items():
            projects.setdefault(ladder, []).append(project)
        found = [self._to_rungs(ladder, ids, date) for ladder, ids in projects.items()]
        if default:
            found.append(self._to_rungs(default, [], date))
        return found

    @api.model
    def _to_rungs(self, ladder, projects, date):
        levels = ladder._get_levels(ladder.company_id.currency_id, date)
        rungs = [level for level in levels if not level.is_reminder]
        reminders = [level for level in levels if level.is_reminder]
        return Rungs(
            ladder=ladder.id,
            projects=projects,
            ids=[level.code for level in rungs],
            days=[level.days for level in rungs],
            repeats=[level.repeat_days for level in rungs],
            names=[level.name for level in rungs],
            reminder_ids=[level.code for level in reminders],
            reminder_days=[level.days for level in reminders],
        )

    @api.model
    def _ladder_sql(self, ladders):
        """The ladder of a contract, by its project; 0 where it has none."""
        cases = [
            SQL(
                "WHEN contract.project_id = ANY(%s) THEN %s", each.projects, each.ladder
            )
            for each in ladders
            if each.projects
        ]
        default = next((each.ladder for each in ladders if not each.projects), 0)
        if not cases:
            return SQL("%s", default)
        return SQL("CASE %s ELSE %s END", SQL(" ").join(cases), default)

    @api.model
    def _array(self, values):
        return SQL("%s::integer[]", list(values))

    @api.model
    def _union(self, queries):
        return SQL(" UNION ALL ").join(queries)

    # === FACTS === #

    @api.model
    def _facts_sql(self, company, date, amount=None):
        """Common table expressions: ``arrears``, ``soon``, ``held`` and ``reminder``
        (recent reminders).

        :param amount: an aggregate of the overdue instalments; left out where nobody
            asks for it
        """
        ladders = self.env["realestate.dunning.ladder"]
        ahead = ladders._get_reminder_days(company)
        wish = ladders._get_wish_days(company)
        return SQL(
            """%(arrears)s, %(soon)s, %(held)s,
               reminder AS MATERIALIZED (
                   SELECT contract_id, level_id, date, state
                     FROM realestate_dunning_notice
                    WHERE date >= %(since)s
                      AND level_days <= 0
                      AND state != 'cancelled')""",
            arrears=self._arrears_sql(date, amount),
            soon=self._soon_sql(company, date, date + timedelta(days=ahead), wish),
            held=self._held_sql(date),
            since=date - timedelta(days=max(ahead, wish)),
        )

    @api.model
    def _arrears_sql(self, date, amount):
        """``arrears``: contract, oldest overdue day, amount, with the last notice if it
        was about them, see :func:`..tools.climb._is_about`."""
        return SQL(
            """late AS (%(late)s),
               last AS (
                   SELECT DISTINCT ON (contract_id)
                          contract_id, date, state, level_id, level_days
                     FROM realestate_dunning_notice
                    WHERE state != 'cancelled' AND level_days > 0
                 ORDER BY contract_id DESC, date DESC),
               arrears AS (
                   SELECT late.*, last.date, last.state, last.level_id, last.level_days
                     FROM late
                LEFT JOIN last
                       ON last.contract_id = late.contract_id
                      AND last.date >= late.oldest + CASE last.state
                          WHEN 'queued' THEN 1 ELSE last.level_days END)""",
            late=self._late_sql(date, amount),
        )

    @api.model
    def _late_sql(self, date, amount):
        """Contract and oldest overdue day: the first of each in the index of what is
        open, unless an amount is to be added up."""
        if not amount:
            return SQL(
                """SELECT DISTINCT ON (contract_id) contract_id, date_due AS oldest
                     FROM realestate_installment
                    WHERE amount_residual > 0 AND date_due < %s
                 ORDER BY contract_id, date_due""",
                date,
            )
        return SQL(
            """SELECT contract_id, min(date_due) AS oldest, %s AS amount
                 FROM realestate_installment
                WHERE amount_residual > 0 AND date_due < %s
             GROUP BY contract_id""",
            amount,
            date,
        )

    @api.model
    def _is_late_sql(self, contract, date):
        """Whether something of ``contract``, a column, is overdue: one look into the
        index of what is open, where EXISTS would gather all that is late first."""
        return SQL(
            """(SELECT 1
                  FROM realestate_installment item
                 WHERE item.contract_id = %s
                   AND item.amount_residual > 0
                   AND item.date_due < %s
                 LIMIT 1) IS NOT NULL""",
            contract,
            date,
        )

    @api.model
    def _soon_sql(self, company, date, until, wish):
        """``soon``: contract, next due day, oldest due day that is not invoiced, days
        ahead that the buyer wishes.

        :param wish: the most that any buyer wishes; 0: nobody wishes anything
        """
        wished = self._wished_sql(company, date, until) if wish else SQL()
        return SQL(
            """soon AS MATERIALIZED (
                   SELECT contract_id,
                          min(date_due) FILTER (WHERE date_due >= %(today)s) AS due,
                          min(date_due) FILTER (WHERE date_due < %(today)s) AS unbilled,
                          max(ahead) AS ahead
                     FROM (SELECT contract_id, date_due, 0 AS ahead
                             FROM realestate_installment
                            WHERE amount_residual > 0
                              AND date_due BETWEEN %(today)s AND %(until)s
                        UNION ALL
                           SELECT contract_id, date_due, 0
                             FROM realestate_installment
                            WHERE move_id IS NULL
                              AND is_void IS NOT TRUE
                              AND date_due <= %(until)s %(wished)s) item
                 GROUP BY contract_id)""",
            today=date,
            until=until,
            wished=wished,
        )

    # === CHOICE === #

    @api.model
    def _choose_late_sql(self, rungs, date):
        """Late contracts whose next rung has come, and those on which more than the
        last notice bears: a failure, a level that repeats or is gone. Who is held hears
        nothing of arrears."""
        return SQL(
            """SELECT arrears.contract_id, %(ladder)s AS ladder
                 FROM arrears
                WHERE arrears.state IS DISTINCT FROM 'queued'
                  AND arrears.date IS DISTINCT FROM %(today)s
                  AND (arrears.state = 'failed' OR %(earliest)s <= %(today)s)
                  AND NOT EXISTS (SELECT FROM held
                                   WHERE held.contract_id = arrears.contract_id)""",
            ladder=rungs.ladder,
            earliest=self._earliest_sql(rungs),
            today=date,
        )

    @api.model
    def _earliest_sql(self, rungs):
        """The day from which something may have to be sent; NULL after the top."""
        if not rungs.days:
            return SQL("NULL")
        steps = zip(rungs.ids, rungs.days, rungs.days[1:], rungs.repeats, strict=False)
        cases = [
            SQL(
                """WHEN %s THEN greatest(arrears.oldest + %s, arrears.date + %s)""",
                level,
                following,
                following - days,
            )
            for level, days, following, repeat in steps
            if not repeat
        ]
        if not rungs.repeats[-1]:
            cases.append(SQL("WHEN %s THEN NULL", rungs.ids[-1]))
        if not cases:
            return SQL("COALESCE(arrears.date, arrears.oldest + %s)", rungs.days[0])
        return SQL(
            """CASE WHEN arrears.date IS NULL THEN arrears.oldest + %s
                    ELSE CASE arrears.level_id %s ELSE arrears.date END END""",
            rungs.days[0],
            SQL(" ").join(cases),
        )

    @api.model
    def _choose_soon_sql(self, rungs, date):
        """Contracts that are not late, or held, and whose reminder has begun and is not
        given."""
        return SQL(
            """SELECT soon.contract_id, %(ladder)s AS ladder
                 FROM soon
           CROSS JOIN LATERAL (%(begun)s) begun
                WHERE begun.days IS NOT NULL
                  AND (NOT (%(late)s)
                    OR EXISTS (SELECT FROM held
                                WHERE held.contract_id = soon.contract_id))
                  AND NOT EXISTS (SELECT FROM reminder
                                   WHERE reminder.contract_id = soon.contract_id
                                     AND reminder.level_id = begun.level_id
                                     AND reminder.state != 'failed'
                                     AND reminder.date
                                         BETWEEN soon.due + begun.days AND soon.due)""",
            ladder=rungs.ladder,
            begun=self._begun_sql(rungs, date),
            late=self._is_late_sql(SQL("soon.contract_id"), date),
        )

    @api.model
    def _choose_credit_sql(self, date):
        """Contracts with credit and something due: what it covers is for the decision
        to say. They are few, since billing and payments use credit up."""
        return SQL(
            """SELECT line.realestate_contract_id, NULL::integer
                 FROM account_move_line line
                WHERE line.realestate_contract_id IS NOT NULL
                  AND line.amount_residual_currency < 0
                  AND line.parent_state = 'posted'
                  AND (%(late)s
                    OR EXISTS (SELECT FROM soon
                                WHERE soon.contract_id = line.realestate_contract_id))
            """,
            late=self._is_late_sql(SQL("line.realestate_contract_id"), date),
        )

    @api.model
    def _choose_bank_sql(self, date):
        """Contracts of whose dues a bank pays a part: what is the buyer's own is for
        the decision to say. They are as many as loans are under way."""
        return SQL(
            """SELECT mortgage.contract_id, NULL::integer
                 FROM realestate_mortgage mortgage
                WHERE %(waiting)s
                  AND (%(late)s
                    OR EXISTS (SELECT FROM soon
                                WHERE soon.contract_id = mortgage.contract_id))""",
            waiting=self.env["realestate.dunning.facts"]._waiting_sql(date),
            late=self._is_late_sql(SQL("mortgage.contract_id"), date),
        )
