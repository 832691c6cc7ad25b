from collections import defaultdict
from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from . import aging_sql, collection_sql
from .realestate_collection_report_line import CONVERTED, COUNTS


class RealestateCollectionReportFigures(models.AbstractModel):
    """Where the figures of a collection report come from: the facts, by a handful of
    aggregates, each grouped by project, officer and currency."""

    _name = "realestate.collection.report.figures"
    _description = "Collection Report: Figures"

    @api.model
    def _collect(self, company, first, last):
        """The values of the lines and of the levels of a report.

        :param first: first day of the period
        :param last: last day; one to come means today
        """
        self.env.flush_all()
        day = min(last, company._realestate_today())
        found = defaultdict(dict)
        for source in self._get_sources():
            for row in source(company, first, day):
                key = row.pop("project_id"), row.pop("user_id"), row.pop("currency_id")
                for name, value in row.items():
                    if value:
                        found[key][name] = found[key].get(name, 0) + value
        lines = [
            self._prepare_line(key, values, company, day)
            for key, values in sorted(
                found.items(), key=lambda one: tuple(id_ or 0 for id_ in one[0])
            )
            if values
        ]
        return lines, self._get_levels(company, first, day)

    @api.model
    def _get_sources(self):
        """Methods of company, first and last day that return rows of figures."""
        return [
            self._get_due,
            self._get_collected,
            self._get_overdue_before,
            self._get_aging,
            self._get_notices,
            self._get_promises,
            self._get_contacts,
            self._get_cases,
        ]

    @api.model
    def _prepare_line(self, key, values, company, day):
        project, user, currency_id = key
        currency = self.env["res.currency"].browse(currency_id)
        rate = currency._convert(1, company.currency_id, company, day, round=False)
        line = {
            "project_id": project,
            "user_id": user,
            "currency_id": currency_id,
            "rate": rate,
        }
        for name, value in values.items():
            line[name] = value if name in COUNTS else currency.round(float(value))
        for name in CONVERTED:
            amount = line.get(name, 0.0) * rate
            line[f"{name}_company"] = company.currency_id.round(amount)
        return line

    # === MONEY === #

    @api.model
    def _get_due(self, company, first, day):
        """What fell due, and what was paid of it by the end."""
        return self._sum_up(
            company,
            collection_sql.due_sql(company, first, day),
            amount_due=SQL("sum(fact.amount)"),
            amount_due_paid=SQL("sum(fact.paid)"),
        )

    @api.model
    def _get_collected(self, company, first, day):
        """What came in, from whatever account it was booked."""
        return self._sum_up(
            company,
            collection_sql.collected_sql(company, first, day),
            amount_collected=SQL("sum(fact.amount)"),
        )

    @api.model
    def _get_overdue_before(self, company, first, _day):
        """What was overdue at the end of the day before the period."""
        before = first - timedelta(days=1)
        return self._sum_up(
            company,
            aging_sql.open_items_sql(aging_sql.get_accounts(self.env), before),
            amount_overdue_before=SQL(
                "sum(fact.amount) FILTER ("
                "WHERE fact.amount > 0 AND fact.date_due < %s)",
                before,
            ),
        )

    @api.model
    def _get_aging(self, company, first, day):
        """What is open at the end, by its age."""
        accounts = aging_sql.get_accounts(self.env)
        past = day if day < company._realestate_today() else None
        items = aging_sql.open_items_sql(accounts, past)
        contracts = SQL(
            """SELECT item.contract_id, item.currency_id, %(buckets)s,
                      sum(item.amount) FILTER (
                          WHERE %(is_late)s AND item.date_due >= %(new)s
                      ) AS amount_overdue_new
                 FROM (%(items)s) item GROUP BY 1, 2""",
            buckets=aging_sql.bucket_sums_sql(),
            is_late=aging_sql.IS_LATE,
            new=first - timedelta(days=1),
            items=aging_sql.aged_items_sql(items, SQL("%s::date", day)),
        )
        names = {*aging_sql.AMOUNTS, "amount_overdue_new"} - {"amount_total"}
        return self._sum_up(
            company,
            contracts,
            **{name: SQL("sum(fact.%s)", SQL.identifier(name)) for name in names},
            late_count=SQL("count(*) FILTER (WHERE fact.amount_overdue > 0)::int"),
        )

    @api.model
    def _sum_up(self, company, facts, officer=None, **sums):
        """Sums of ``facts`` by project, officer and currency of their contracts.

        :param facts: SQL with columns contract_id and currency_id; amounts in another
            currency than the contract's are no dues of it
        :param officer: SQL of whose work it is, default the contract's officer's
        """
        columns = [
            SQL("%s AS %s", sql, SQL.identifier(name)) for name, sql in sums.items()
        ]
        return self.env.execute_query_dict(
            SQL(
                """SELECT contract.project_id, %(officer)s AS user_id,
                          contract.currency_id, %(columns)s
                     FROM (%(facts)s) fact
                     JOIN realestate_contract contract
                       ON contract.id = fact.contract_id
                      AND contract.currency_id = fact.currency_id
                     JOIN res_company company ON company.id = contract.company_id
                    WHERE contract.company_id = %(company)s
                 GROUP BY 1, 2, 3""",
                officer=officer or aging_sql.officer_sql(),
                columns=SQL(", ").join(columns),
                facts=facts,
                company=company.id,
            )
        )

    # === NOTICES === #

    @api.model
    def _get_notices(self, company, first, day):
        """Notices that went out, and those that could not be delivered."""
        return self._sum_up(
            company,
            collection_sql.notices_sql(company, first, day),
            sent_count=SQL("count(*) FILTER (WHERE fact.is_sent)::int"),
            failed_count=SQL("count(*) FILTER (WHERE NOT fact.is_sent)::int"),
        )

    @api.model
    def _get_levels(self, company, first, day):
        """The same by level."""
        rows = self.env.execute_query_dict(
            SQL(
                """SELECT contract.project_id, %(officer)s AS user_id, fact.level_id,
                          count(*) FILTER (WHERE fact.is_sent)::int AS sent_count,
                          count(*) FILTER (WHERE NOT fact.is_sent)::int AS failed_count
                     FROM (%(facts)s) fact
                     JOIN realestate_contract contract
                       ON contract.id = fact.contract_id
                     JOIN res_company company ON company.id = contract.company_id
                 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3""",
                officer=aging_sql.officer_sql(),
                facts=collection_sql.notices_sql(company, first, day),
            )
        )
        levels = self.env["realestate.dunning.level"]
        names = {level.id: level.name for level in levels.search([])}
        return [{**row, "level_name": names.get(row["level_id"])} for row in rows]

    # === WORK === #

    @api.model
    def _get_promises(self, company, first, day):
        """Promises made in the period, and those that it decided."""
        sums = {}
        for name, amount, fact in (
            ("promise_count", "amount_promised", "is_made"),
            ("kept_count", "amount_kept", "is_kept"),
            ("broken_count", "amount_broken", "is_broken"),
        ):
            condition = SQL.identifier("fact", fact)
            sums[name] = SQL("count(*) FILTER (WHERE %s)::int", condition)
            sums[amount] = SQL("sum(fact.amount) FILTER (WHERE %s)", condition)
        facts = collection_sql.promises_sql(company, first, day)
        return self._sum_up(company, facts, collection_sql.BY_WHOM, **sums)

    @api.model
    def _get_contacts(self, company, first, day):
        """Whom somebody tried to speak to, and who was reached."""
        return self._sum_up(
            company,
            collection_sql.contacts_sql(company, first, day),
            collection_sql.BY_WHOM,
            contact_count=SQL("count(*)::int"),
            reached_count=SQL("count(*) FILTER (WHERE fact.is_reached)::int"),
        )

    @api.model
    def _get_cases(self, company, first, day):
        """Cases opened and closed in the period, and those open at its end."""
        return self._sum_up(
            company,
            collection_sql.cases_sql(company, day),
            collection_sql.BY_WHOM,
            case_opened_count=SQL(
                "count(*) FILTER (WHERE fact.date_opened >= %s)::int", first
            ),
            case_closed_count=SQL(
                "count(*) FILTER (WHERE fact.date_closed BETWEEN %s AND %s)::int",
                first,
                day,
            ),
            case_count=SQL(
                "count(*) FILTER (WHERE fact.date_closed IS NULL"
                " OR fact.date_closed > %s)::int",
                day,
            ),
        )
