"""The desk of whoever leads: how much each officer has, and what comes of it."""

from datetime import UTC, datetime, time, timedelta

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from .aging_sql import officer_sql

#: Days before today of a period.
PERIODS = {"day": 0, "week": 6, "month": 29}

LOAD = """
    SELECT user_id, currency_id, count(*) AS cases, sum(amount_overdue) AS overdue,
           count(*) FILTER (WHERE date_next < %(today)s) AS behind,
           count(*) FILTER (WHERE date_next IS NULL) AS unplanned,
           count(*) FILTER (WHERE risk_band = 'high') AS high,
           count(*) FILTER (WHERE has_reply) AS replies
      FROM realestate_collection_case
     WHERE id IN %(cases)s
  GROUP BY user_id, currency_id"""
CONTACTS = """
    SELECT user_id, count(*) AS contacts,
           count(*) FILTER (WHERE date >= %(today)s) AS contacts_today,
           count(*) FILTER (WHERE outcome IN ('reached', 'promised', 'call_back',
               'paid_already', 'disputed', 'refused')) AS reached
      FROM realestate_collection_event
     WHERE id IN %(events)s
  GROUP BY user_id"""
PROMISES = """
    SELECT user_id, count(*) FILTER (WHERE state = 'kept') AS kept,
           count(*) FILTER (WHERE state = 'broken') AS broken,
           count(*) FILTER (WHERE state = 'open') AS promised
      FROM realestate_promise
     WHERE id IN %(promises)s
  GROUP BY user_id"""
#: Money of buyers, by whose account it came in on.
COLLECTED = """
    SELECT %(officer)s AS user_id, line.currency_id,
           -sum(line.amount_currency) AS collected
      FROM account_move_line line
      JOIN account_move move ON move.id = line.move_id
      JOIN account_account account ON account.id = line.account_id
      JOIN realestate_contract contract ON contract.id = line.realestate_contract_id
      JOIN res_company company ON company.id = contract.company_id
     WHERE line.realestate_contract_id IN %(contracts)s
       AND line.date BETWEEN %(since)s AND %(today)s
       AND line.parent_state = 'posted' AND account.account_type = 'asset_receivable'
       AND (move.origin_payment_id IS NOT NULL OR move.statement_line_id IS NOT NULL)
  GROUP BY 1, 2"""


class RealestateCollectionDesk(models.AbstractModel):
    # A file for each concern keeps them short.
    _inherit = "realestate.collection.desk"  # pylint: disable=consider-merging-classes-inherited

    # === PUBLIC === #

    @api.model
    @api.readonly
    def get_team(self, period="week"):
        """Return the load of each officer and the results of a period.

        :param period: day, week (seven days) or month (thirty)
        :return: dict of ``officers`` (dicts with figures; sums of money as lists of
            ``[currency, amount]``), ``since`` and ``today``; officers whose cases the
            user may not see are not among them
        :raises AccessError: for who neither manages collection nor leads a team
        """
        self._check_leader()
        today = self._get_today()
        known = isinstance(period, str) and period in PERIODS
        since = today - timedelta(days=PERIODS[period if known else "week"])
        figures = {}
        for row in self._read_team(since, today):
            self._add_figures(figures.setdefault(row.pop("user_id"), {}), row)
        names = self._get_team_names(figures)
        officers = [
            {"id": user or False, "name": names.get(user, ""), **found}
            for user, found in figures.items()
        ]
        officers.sort(key=lambda one: (not one["id"], one["name"]))
        return {"officers": officers, "since": since, "today": today}

    @api.model
    def reassign(self, case_ids, user_id):
        """Hand cases over to another officer.

        :return: how many
        :raises AccessError: for who does not lead the cases' teams
        """
        self._check_collector()
        given = case_ids if isinstance(case_ids, list | tuple) else ()
        ids = [one for one in given if self._to_id(one)]
        cases = self._get_cases().search([("id", "in", ids), ("state", "=", "open")])
        if cases:
            cases.action_assign(self._to_id(user_id) or 0)
        return len(cases)

    # === BUSINESS === #

    @api.model
    def _check_leader(self):
        self._check_collector()
        if not self._is_leader():
            raise AccessError(
                self.env._("The team view is for collection managers and team leaders.")
            )

    @api.model
    def _is_leader(self):
        teams = self.env["realestate.collection.team"]
        return self._is_manager() or bool(
            teams.search_count([("user_id", "=", self.env.uid)], limit=1)
        )

    @api.model
    def _read_team(self, since, today):
        """Rows of figures, each with its ``user_id``."""
        self._flush_desk()
        self.env["realestate.collection.event"].flush_model()
        self.env["account.move.line"].flush_model()
        begin, day = self._to_moment(since), self._to_moment(today)
        made = [("date_made", ">=", begin)]
        events = [("date", ">=", begin), ("kind", "!=", "note")]
        return [
            *self._read_figures(
                LOAD, today=today, cases=self._select("case", [("state", "=", "open")])
            ),
            *self._read_figures(
                CONTACTS,
                today=day,
                events=self._select("event", [*events, ("direction", "=", "out")]),
            ),
            *self._read_figures(
                PROMISES,
                promises=self.env["realestate.promise"]._search(made).subselect(),
            ),
            *self._read_figures(
                COLLECTED,
                officer=officer_sql(),
                contracts=self._get_contract_sql(self._read_filters(None)),
                since=since,
                today=today,
            ),
        ]

    @api.model
    def _select(self, name, domain):
        """Those of a model of collection that the user may see."""
        return self.env[f"realestate.collection.{name}"]._search(domain).subselect()

    @api.model
    def _read_figures(self, sql, **values):
        return self.env.execute_query_dict(SQL(sql, **values))

    @api.model
    def _to_moment(self, day):
        """When a day of the company begins, as the database has it."""
        zone = self.env.company._realestate_zone()
        begin = datetime.combine(day, time.min, tzinfo=zone)
        return begin.astimezone(UTC).replace(tzinfo=None)

    @api.model
    def _add_figures(self, found, row):
        """Add a row to what is known of an officer: counts are summed, amounts kept by
        currency."""
        currency = row.pop("currency_id", None)
        for name, value in row.items():
            if name in ("overdue", "collected"):
                if value:
                    found.setdefault(name, []).append([currency, value])
            else:
                found[name] = found.get(name, 0) + value

    @api.model
    def _get_team_names(self, ids):
        # Names of colleagues only.
        users = self.env["res.users"].sudo().browse(filter(None, ids)).exists()
        return {user.id: user.name for user in users}
