"""The queue of the desk: one statement for a page, one for all the counts."""

from odoo import api, models
from odoo.tools import SQL

from .realestate_collection_desk import TABS

#: What a page tells of each of its rows, whatever list it is of.
PAGE_SQL = """
    WITH page AS (
        SELECT * FROM (%(source)s) item
         WHERE %(after)s
      ORDER BY k1, k2, id LIMIT %(limit)s)
    SELECT page.kind || page.id AS key, page.contract_id AS id, page.kind,
           jsonb_build_array(page.k1, page.k2, page.id) AS keys,
           page.bucket, page.amount, page.date, page.note,
           contract.name AS contract, partner.name AS name,
           contract.currency_id AS currency, project.code AS project,
           (SELECT string_agg(unit.name, ', ' ORDER BY line.id)
              FROM realestate_contract_line line
              JOIN realestate_unit unit ON unit.id = line.unit_id
             WHERE line.contract_id = contract.id) AS units,
           one.id AS case_id, one.risk_band, one.stage, one.has_reply,
           overdue.amount AS overdue, overdue.days AS days
      FROM page
      JOIN realestate_contract contract ON contract.id = page.contract_id
      JOIN res_partner partner ON partner.id = contract.partner_id
      JOIN realestate_project project ON project.id = contract.project_id
 LEFT JOIN realestate_collection_case one
        ON one.contract_id = contract.id AND one.state = 'open'
       AND one.id IN %(cases)s
 LEFT JOIN LATERAL (SELECT sum(amount_residual) AS amount,
                           %(today)s - min(date_due) AS days
                      FROM realestate_installment
                     WHERE contract_id = contract.id AND amount_residual > 0
                       AND date_due < %(today)s) overdue ON TRUE
  ORDER BY page.k1, page.k2, page.id"""


class RealestateCollectionDesk(models.AbstractModel):
    # A file for each concern keeps them short.
    _inherit = "realestate.collection.desk"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _read_queue(self, tab, filters, after, limit):
        """The rows of a page, each with its ``keys``, by which the next page begins."""
        keys = self._read_keys(after)
        later = keys and SQL("(k1, k2, id) > (%s, %s, %s)", *keys)
        self._flush_desk()
        rows = self.env.execute_query_dict(
            SQL(
                PAGE_SQL,
                source=self._get_source(tab, filters),
                after=later or SQL("TRUE"),
                limit=limit,
                cases=self._get_cases()._search([("state", "=", "open")]).subselect(),
                today=self._get_today(),
            )
        )
        self._tell_notes(rows)
        return rows

    @api.model
    def _read_keys(self, after):
        """Where a page begins, as it came from outside; none: at the beginning."""
        is_sound = (
            isinstance(after, list | tuple)
            and len(after) == 3
            and all(self._to_id(key) is not None for key in after)
        )
        return after if is_sound else None

    @api.model
    def _tell_notes(self, rows):
        """Write the codes of next actions and promises as words."""
        words = {
            "case": self._get_words("realestate.collection.case", "next_action"),
            "promise": self._get_words("realestate.promise", "state"),
            "delivery": self._get_words("realestate.dunning.delivery", "channel"),
        }
        for row in rows:
            known = words.get(row["kind"], {})
            row["note"] = known.get(row["note"], row["note"]) or ""

    @api.model
    def _get_words(self, model, name):
        return dict(self.env[model]._fields[name]._description_selection(self.env))

    @api.model
    def _read_counts(self, filters):
        self._flush_desk()
        parts = SQL(", ").join(
            SQL(
                "(SELECT count(*) FROM (%s) item) AS %s",
                self._get_source(tab, filters),
                SQL.identifier(tab),
            )
            for tab in TABS
        )
        return self.env.execute_query_dict(SQL("SELECT %s", parts))[0]

    @api.model
    def _flush_desk(self):
        for name in (
            "realestate.contract",
            "realestate.installment",
            "realestate.dunning.notice",
            "realestate.dunning.delivery",
            "realestate.collection.case",
            "realestate.promise",
        ):
            self.env[name].flush_model()

    @api.model
    def _get_cases(self):
        return self.env["realestate.collection.case"]
