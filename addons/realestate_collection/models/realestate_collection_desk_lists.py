"""What the lists of the desk are made of.

Each is a statement with a row of ``id``, ``contract_id``, ``kind``, ``bucket`` (the
heading), the order ``k1`` and ``k2``, and what is told: ``amount``, ``date``, ``note``.
"""

from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, escape_psql

from .aging_sql import officer_sql
from .realestate_maturing import LAST_SHARE

#: How early what matures is on the desk.
MATURING_DAYS = 60
#: Nobody need be told of a promise that was broken long ago.
BROKEN_DAYS = 30
#: Nor of a letter that came back half a year ago.
FAILED_DAYS = 90
RUNNING = ("approved", "signed", "sealed", "active", "completed")
#: By heading (late, today, nothing planned, later) and risk; what is planned for later,
#: by day.
CASES = """
    SELECT id, contract_id, 'case' AS kind, bucket, bucket AS k1,
           CASE WHEN bucket = 3 THEN date_next - DATE '2000-01-01' ELSE -risk END AS k2,
           amount_overdue AS amount, date_next AS date, next_action AS note
      FROM (SELECT *, CASE WHEN date_next IS NULL THEN 2
                           WHEN date_next < %(today)s THEN 0
                           WHEN date_next = %(today)s THEN 1 ELSE 3 END AS bucket
              FROM realestate_collection_case WHERE id IN %(cases)s) one
     WHERE bucket < %(buckets)s"""
REPLIES = """
    SELECT id, contract_id, 'reply' AS kind, 0 AS bucket,
           COALESCE(extract(epoch FROM date_last_contact) / 60, 0)::bigint AS k1,
           0 AS k2, amount_overdue AS amount, date_last_contact::date AS date,
           '' AS note
      FROM realestate_collection_case
     WHERE has_reply AND id IN %(cases)s"""
#: Due today or before, and those broken of which nobody has spoken since.
PROMISES = """
    SELECT promise.id, promise.contract_id, 'promise' AS kind, 0 AS bucket,
           promise.date - DATE '2000-01-01' AS k1, 0 AS k2,
           promise.amount - COALESCE(promise.amount_received, 0) AS amount,
           promise.date, promise.state AS note
      FROM realestate_promise promise
 LEFT JOIN realestate_collection_case one ON one.id = promise.case_id
     WHERE promise.id IN %(promises)s AND promise.contract_id IN %(contracts)s
       AND (promise.state = 'open' AND promise.date <= %(today)s
            OR promise.state = 'broken' AND one.state = 'open'
           AND promise.date_limit >= %(today)s - %(days)s
           AND one.date_last_contact::date <= promise.date_limit)"""
#: Balloons, retentions and whatever large ends a plan, as the list of maturing amounts
#: has them; by day, and the dear question last.
MATURING = """
    SELECT item.id, item.contract_id, 'item' AS kind, 0 AS bucket,
           item.date_due - DATE '2000-01-01' AS k1, 0 AS k2,
           CASE WHEN item.state = 'planned' THEN item.amount_due
                ELSE item.amount_residual END AS amount,
           item.date_due AS date, item.name AS note
      FROM realestate_installment item
      JOIN realestate_contract contract ON contract.id = item.contract_id
     WHERE item.date_due BETWEEN %(today)s AND %(today)s + %(days)s
       AND item.is_void IS NOT TRUE AND item.state IN ('planned', 'billed', 'partial')
       AND CASE WHEN item.kind IN ('balloon', 'handover', 'retention') THEN TRUE
                WHEN 100 * item.amount < %(share)s * contract.amount_total THEN FALSE
                ELSE NOT EXISTS (SELECT FROM realestate_installment later
                                  WHERE later.contract_id = item.contract_id
                                    AND later.sequence > item.sequence
                                    AND later.is_void IS NOT TRUE
                                    AND later.kind != 'retention') END
       AND item.contract_id IN %(contracts)s"""
#: The newest first.
FAILED = """
    SELECT delivery.id, delivery.contract_id, 'delivery' AS kind, 0 AS bucket,
           DATE '2100-01-01' - delivery.date AS k1, 0 AS k2,
           notice.amount, delivery.date, delivery.channel AS note
      FROM realestate_dunning_delivery delivery
      JOIN realestate_dunning_notice notice ON notice.id = delivery.notice_id
     WHERE delivery.id IN %(deliveries)s AND delivery.contract_id IN %(contracts)s"""
#: One pass for each way to be named: asking contract by contract takes twice as long.
FOUND = """
    SELECT id, id AS contract_id, 'found' AS kind, 0 AS bucket,
           0 AS k1, 0 AS k2, 0 AS amount, NULL::date AS date, '' AS note
      FROM (SELECT contract.id
              FROM res_partner partner
              JOIN realestate_contract contract ON contract.partner_id = partner.id
             WHERE partner.name ILIKE %(like)s %(phone)s
             UNION
            SELECT id FROM realestate_contract WHERE name ILIKE %(like)s
             UNION
            SELECT line.contract_id
              FROM realestate_unit unit
              JOIN realestate_contract_line line ON line.unit_id = unit.id
             WHERE unit.name ILIKE %(like)s) named
     WHERE id IN %(contracts)s"""


class RealestateCollectionDesk(models.AbstractModel):
    # A file for each concern keeps them short.
    _inherit = "realestate.collection.desk"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _get_source(self, tab, filters):
        """The statement of a list; of the whole queue, for a name that is none."""
        sources = {
            "my_day": self._get_day_sql,
            "promises": self._get_promises_sql,
            "replies": self._get_replies_sql,
            "maturing": self._get_maturing_sql,
            "failed": self._get_failed_sql,
            "search": self._get_search_sql,
        }
        source = sources.get(tab) if isinstance(tab, str) else None
        return (source or self._get_all_sql)(filters)

    # === WHICH === #

    @api.model
    def _get_case_sql(self, filters):
        """The open cases the user sees that pass the filters."""
        domain = Domain("state", "=", "open") & self._get_project_domain(filters)
        if filters["officer"]:
            officer = filters["officer"] if filters["officer"] > 0 else False
            domain &= Domain("user_id", "=", officer)
        return self._get_cases()._search(domain).subselect()

    @api.model
    def _get_contract_sql(self, filters):
        """The running contracts the user reads that pass the filters."""
        domain = Domain("state", "in", RUNNING)
        contracts = self.env["realestate.contract"]
        sql = contracts._search(domain & self._get_project_domain(filters)).subselect()
        if not filters["officer"]:
            return sql
        return SQL(
            """(SELECT contract.id FROM realestate_contract contract
                  JOIN res_company company ON company.id = contract.company_id
                 WHERE contract.id IN %s AND %s = %s)""",
            sql,
            officer_sql(),
            filters["officer"],
        )

    @api.model
    def _get_project_domain(self, filters):
        project = filters["project"]
        return Domain("project_id", "=", project) if project else Domain.TRUE

    # === LISTS === #

    @api.model
    def _get_day_sql(self, filters, buckets=3):
        return SQL(
            CASES,
            today=self._get_today(),
            cases=self._get_case_sql(filters),
            buckets=buckets,
        )

    @api.model
    def _get_all_sql(self, filters):
        return self._get_day_sql(filters, buckets=4)

    @api.model
    def _get_replies_sql(self, filters):
        return SQL(REPLIES, cases=self._get_case_sql(filters))

    @api.model
    def _get_promises_sql(self, filters):
        domain = [("state", "in", ("open", "broken"))]
        return SQL(
            PROMISES,
            promises=self.env["realestate.promise"]._search(domain).subselect(),
            contracts=self._get_contract_sql(filters),
            today=self._get_today(),
            days=BROKEN_DAYS,
        )

    @api.model
    def _get_maturing_sql(self, filters):
        return SQL(
            MATURING,
            contracts=self._get_contract_sql(filters),
            today=self._get_today(),
            days=MATURING_DAYS,
            share=LAST_SHARE,
        )

    @api.model
    def _get_failed_sql(self, filters):
        since = self._get_today() - timedelta(days=FAILED_DAYS)
        domain = [("state", "=", "failed"), ("date", ">=", since)]
        return SQL(
            FAILED,
            deliveries=self.env["realestate.dunning.delivery"]
            ._search(domain)
            .subselect(),
            contracts=self._get_contract_sql(filters),
        )

    @api.model
    def _get_search_sql(self, filters):
        """Whoever is asked for by name, unit, contract number or telephone, late or
        not, of whichever officer: a buyer who calls is helped."""
        text = filters["text"]
        digits = "".join(char for char in text if char.isdigit()).lstrip("0")
        by_phone = SQL(
            "OR regexp_replace(partner.phone, '[^0-9]', '', 'g') LIKE %s", f"%{digits}%"
        )
        return SQL(
            FOUND,
            contracts=self._get_contract_sql({**filters, "officer": None}),
            like=f"%{escape_psql(text)}%",
            phone=by_phone if len(digits) >= 4 else SQL(),
        )
