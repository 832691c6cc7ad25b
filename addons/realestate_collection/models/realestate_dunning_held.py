from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ..tools.hold import Hold


class RealestateDunningFacts(models.AbstractModel):
    """Holds among what the decision needs to know."""

    # A file for each concern keeps them short.
    _inherit = "realestate.dunning.facts"  # pylint: disable=consider-merging-classes-inherited

    def _select_holds(self, company, date, contracts):
        """What keeps buyers from being dunned on ``date``: ``{contract id: [Hold]}``,
        the earliest made first."""
        rows = self.env.execute_query(
            SQL(
                """SELECT hold.contract_id, hold.kind, hold.date_from, hold.date_to,
                          hold.reason, hold.with_reminders
                     FROM realestate_dunning_hold hold
                    WHERE hold.company_id = %(company)s
                      AND hold.date_from <= %(date)s
                      AND COALESCE(hold.date_to, %(date)s) >= %(date)s %(only)s
                 ORDER BY hold.id""",
                company=company.id,
                date=date,
                only=self._only_sql("hold", "contract_id", contracts),
            )
        )
        holds = defaultdict(list)
        for contract, *values in rows:
            holds[contract].append(Hold(*values))
        return holds


class RealestateDunningSelection(models.AbstractModel):
    """Holds in the words of the database, as :func:`..tools.hold.get_holding`."""

    # A file for each concern keeps them short.
    _inherit = "realestate.dunning.selection"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _held_sql(self, date):
        """``held``: contract and the hold that is named for ``date``."""
        return SQL(
            """held AS MATERIALIZED (
                   SELECT DISTINCT ON (contract_id)
                          contract_id, kind, date_from, date_to, reason
                     FROM realestate_dunning_hold
                    WHERE date_from <= %(date)s
                      AND COALESCE(date_to, %(date)s) >= %(date)s
                 ORDER BY contract_id, date_to DESC NULLS FIRST, date_from, id)""",
            date=date,
        )

    @api.model
    def _held_params_sql(self):
        return SQL(
            """'kind', held.kind, 'since', held.date_from::text,
               'until', held.date_to::text, 'why', held.reason"""
        )
