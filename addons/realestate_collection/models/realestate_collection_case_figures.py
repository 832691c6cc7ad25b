from collections import namedtuple

from odoo import api, models
from odoo.tools import SQL

#: What the database knows of a contract that is late or has an open case.
Figures = namedtuple(
    "Figures",
    "contract partner project company currency officer is_active price overdue oldest "
    "items open_amount credit bank later broken silent refused failed earlier stage "
    "case case_overdue is_manual case_stage",
)


class RealestateCollectionCaseFigures(models.AbstractModel):
    """Figures of cases, gathered by the database in one query that grows with what is
    late, not with what exists. Amounts travel as text: exact."""

    _name = "realestate.collection.case.figures"
    _description = "Figures of Collection Cases"

    @api.model
    def _collect(self, company, date, contracts=None):
        """Figures of the contracts of ``company`` that are late or have an open case.

        :param contracts: only these
        :return: list of :class:`Figures`
        """
        self._flush()
        # Compiling the query takes longer than running it.
        self.env.cr.execute("SET LOCAL jit = off")
        rows = self.env.execute_query(
            SQL(
                """WITH %(wanted)s
                   SELECT %(columns)s
                     FROM wanted
                     JOIN realestate_contract contract
                       ON contract.id = wanted.contract_id
                LEFT JOIN late ON late.contract_id = contract.id
                LEFT JOIN credit ON credit.contract_id = contract.id
                LEFT JOIN due ON due.contract_id = contract.id
                LEFT JOIN bank ON bank.contract_id = contract.id
                LEFT JOIN realestate_collection_case kase
                       ON kase.contract_id = contract.id AND kase.state = 'open'
        LEFT JOIN LATERAL (%(talk)s) talk ON TRUE
                    WHERE contract.company_id = %(company)s
                 ORDER BY contract.id""",
                wanted=self._wanted_sql(company, date, contracts),
                columns=self._columns_sql(company, date),
                talk=self._talk_sql(),
                company=company.id,
            )
        )
        return [Figures(*row) for row in rows]

    @api.model
    def _columns_sql(self, company, date):
        """The columns of :class:`Figures`, in their order."""
        return SQL(
            """contract.id, contract.partner_id, contract.project_id,
            contract.company_id, contract.currency_id,
            COALESCE(contract.collector_id, %(officer)s),
            contract.state = 'active', contract.amount_total::text,
            COALESCE(late.amount, 0)::text, late.oldest,
            COALESCE(late.items, 0),
            COALESCE(due.amount, 0)::text,
            COALESCE(credit.amount, 0)::text,
            COALESCE(bank.amount, 0)::text,
            COALESCE(bank.later, 0)::text,
            %(broken)s, COALESCE(talk.silent, 0),
            COALESCE(talk.refused, FALSE),
            (SELECT count(*) FROM realestate_dunning_notice notice
              WHERE notice.contract_id = contract.id
                AND notice.state = 'failed'
                AND notice.date > %(date)s - 90),
            (SELECT count(*) FROM realestate_collection_case earlier
              WHERE earlier.contract_id = contract.id
                AND earlier.state = 'closed'),
            %(stage)s,
            kase.id, kase.amount_overdue::text, kase.is_manual,
            kase.stage""",
            # The company's own name and settings, for whoever works in it.
            officer=company.sudo().realestate_collector_id.id or None,
            broken=self._broken_sql(date),
            stage=self._stage_sql(date),
            date=date,
        )

    @api.model
    def _flush(self):
        self.env["realestate.dunning.facts"]._flush()
        for name in (
            "realestate.collection.case",
            "realestate.collection.event",
            "realestate.dispute",
            "realestate.dunning.hold",
            "realestate.promise",
        ):
            self.env[name].flush_model()

    @api.model
    def _wanted_sql(self, company, date, contracts):
        """Common table expressions: ``late``, ``wanted``, ``credit``, ``due`` (open
        receivable), ``bank`` (loans whose money is waited for)."""
        facts = self.env["realestate.dunning.facts"]
        return SQL(
            """late AS MATERIALIZED (
                   SELECT item.contract_id, sum(item.amount_residual) AS amount,
                          min(item.date_due) AS oldest, count(*) AS items
                     FROM realestate_installment item
                    WHERE item.amount_residual > 0
                      AND item.date_due < %(date)s %(only_item)s
                 GROUP BY item.contract_id),
               wanted AS MATERIALIZED (%(wanted)s),
               credit AS (%(credit)s),
               due AS (%(due)s),
               bank AS (
                   SELECT mortgage.contract_id,
                          sum(mortgage.amount_outstanding) AS amount,
                          (SELECT sum(CASE WHEN item.amount_residual > 0
                                           THEN item.amount_residual
                                           ELSE item.amount END)
                             FROM realestate_installment item
                            WHERE item.contract_id = mortgage.contract_id
                              AND (item.amount_residual > 0
                                AND (item.date_due IS NULL OR item.date_due >= %(date)s)
                                OR item.move_id IS NULL AND item.is_void IS NOT TRUE)
                          ) AS later
                     FROM wanted
                     JOIN realestate_mortgage mortgage
                       ON mortgage.contract_id = wanted.contract_id
                    WHERE %(waiting)s
                 GROUP BY mortgage.contract_id)""",
            date=date,
            only_item=facts._only_sql("item", "contract_id", contracts),
            wanted=self._chosen_sql(company, contracts),
            credit=self._receivable_sql(SQL("< 0")),
            due=self._receivable_sql(SQL("> 0")),
            waiting=facts._waiting_sql(date),
        )

    @api.model
    def _chosen_sql(self, company, contracts):
        """The contracts to look at: those asked for, else the late and the open."""
        if contracts is not None:
            return SQL("SELECT unnest(%s) AS contract_id", contracts.ids or [0])
        return SQL(
            """SELECT contract_id FROM late
                UNION
               SELECT contract_id FROM realestate_collection_case
                WHERE state = 'open' AND company_id = %s""",
            company.id,
        )

    @api.model
    def _receivable_sql(self, sign):
        """Open receivable by contract in its currency: above zero dues, below credit.

        Never more than accounting says is open, see the partial indexes of lines.
        """
        return SQL(
            """SELECT line.realestate_contract_id AS contract_id,
                      abs(sum(line.amount_residual_currency)) AS amount
                 FROM wanted
                 JOIN account_move_line line
                   ON line.realestate_contract_id = wanted.contract_id
                 JOIN account_account account ON account.id = line.account_id
                 JOIN realestate_contract contract
                   ON contract.id = line.realestate_contract_id
                  AND contract.currency_id = line.currency_id
                WHERE line.amount_residual_currency %s
                  AND line.parent_state = 'posted'
                  AND account.account_type = 'asset_receivable'
             GROUP BY line.realestate_contract_id""",
            sign,
        )

    @api.model
    def _broken_sql(self, date):
        """How many promises of ``contract`` were broken within a year."""
        return SQL(
            """(SELECT count(*) FROM realestate_promise promise
                 WHERE promise.contract_id = contract.id
                   AND promise.state = 'broken'
                   AND promise.date > %s - 365)""",
            date,
        )

    @api.model
    def _talk_sql(self):
        """Of ``contract``: tries since somebody was reached, and whether that one
        refused."""
        return SQL(
            """SELECT count(*) FILTER (
                          WHERE event.outcome IN ('no_answer', 'wrong_number',
                                                  'left_message')
                            AND event.date > COALESCE(spoken.date, '-infinity')
                      ) AS silent,
                      bool_or(spoken.outcome = 'refused') AS refused
                 FROM realestate_collection_event event
            LEFT JOIN (SELECT date, outcome
                         FROM realestate_collection_event
                        WHERE contract_id = contract.id
                          AND outcome NOT IN ('no_answer', 'wrong_number',
                                              'left_message')
                     ORDER BY date DESC, id DESC LIMIT 1) spoken ON TRUE
                WHERE event.contract_id = contract.id"""
        )

    # === STAGE === #

    @api.model
    def _get_stage_conditions(self, date):
        """What puts a case into a stage: list of (stage, condition), the first that
        holds decides. Conditions know ``contract`` and ``kase``."""
        return [
            ("legal", self._held_sql("legal", date)),
            (
                "disputed",
                SQL(
                    """EXISTS (SELECT FROM realestate_dispute dispute
                                WHERE dispute.contract_id = contract.id
                                  AND dispute.state = 'open') OR %s""",
                    self._held_sql("dispute", date),
                ),
            ),
            ("arranged", self._held_sql("arrangement", date)),
            (
                "promised",
                SQL(
                    """EXISTS (SELECT FROM realestate_promise promise
                                WHERE promise.contract_id = contract.id
                                  AND promise.state = 'open')"""
                ),
            ),
            ("escalated", SQL("kase.escalation > 0")),
            (
                "working",
                SQL(
                    """EXISTS (SELECT FROM realestate_collection_event event
                                WHERE event.case_id = kase.id
                                  AND event.kind != 'reply')"""
                ),
            ),
        ]

    @api.model
    def _held_sql(self, kind, date):
        """Whether the dunning of ``contract`` is held for a reason of this kind."""
        return SQL(
            """EXISTS (SELECT FROM realestate_dunning_hold hold
                        WHERE hold.contract_id = contract.id
                          AND hold.kind = %(kind)s
                          -- Whose day has begun where somebody else is.
                          AND hold.date_from <= %(date)s + 1
                          AND (hold.date_to IS NULL OR hold.date_to >= %(date)s))""",
            kind=kind,
            date=date,
        )

    @api.model
    def _stage_sql(self, date):
        cases = [
            SQL("WHEN %s THEN %s", condition, stage)
            for stage, condition in self._get_stage_conditions(date)
        ]
        return SQL("CASE %s ELSE 'new' END", SQL(" ").join(cases))
