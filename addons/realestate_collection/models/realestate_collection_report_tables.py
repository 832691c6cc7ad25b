from decimal import Decimal

from odoo import api, models

from odoo.addons.realestate_sales.tools import money

from ..tools.report_table import Column, Group, Table, percent
from .aging_sql import AMOUNTS as AGING_AMOUNTS

#: Buckets of the aging, without its sums.
BUCKETS = tuple(
    name
    for name in AGING_AMOUNTS
    if name not in ("amount_overdue", "amount_total", "amount_credit")
)


class RealestateCollectionReportTables(models.AbstractModel):
    """The tables of a collection report, in the language of the environment: the same
    on screen, on paper and in the spreadsheet."""

    _name = "realestate.collection.report.tables"
    _description = "Collection Report: Tables"

    @api.model
    def _get_tables(self, report):
        """Tables of ``report``, those of money once for each currency."""
        tables = []
        lines = report.line_ids
        currencies = lines.currency_id.sorted("name")
        for currency in currencies:
            own = lines.filtered(lambda line, c=currency: line.currency_id == c)
            tables += [
                self._get_collected(own, currency),
                self._get_aging(own, currency),
                self._get_promises(own, currency),
            ]
        if len(currencies) > 1:
            tables.insert(0, self._get_converted(lines, report.company_id.currency_id))
        tables += [self._get_work(lines), self._get_levels(report)]
        return [table for table in tables if table.groups]

    # === TABLES === #

    def _get_collected(self, lines, currency):
        columns = [
            *self._get_who_columns(),
            self._money("amount_due", self.env._("Fell due")),
            self._money("amount_due_paid", self.env._("Paid of it")),
            Column(
                "rate",
                self.env._("Paid (%)"),
                "percent",
                formula='=IF({amount_due}=0,"",100*{amount_due_paid}/{amount_due})',
                compute=lambda row: percent(row["amount_due_paid"], row["amount_due"]),
                has_total=True,
            ),
            self._money("amount_collected", self.env._("Collected in all")),
            self._money("amount_overdue_before", self.env._("Overdue before")),
            self._money("amount_overdue_new", self.env._("New overdue")),
            Column(
                "recovered",
                self.env._("Recovered"),
                "money",
                formula="={amount_overdue_before}+{amount_overdue_new}-{amount_overdue}",
                compute=lambda row: (
                    row["amount_overdue_before"]
                    + row["amount_overdue_new"]
                    - row["amount_overdue"]
                ),
                has_total=True,
            ),
            self._money("amount_overdue", self.env._("Overdue at the end")),
        ]
        title = self.env._("Due and collected (%(currency)s)", currency=currency.name)
        note = self.env._(
            "Recovered: of what was or became overdue, what was paid, credited or "
            "written off by the end."
        )
        return self._build(title, columns, lines, currency, note)

    def _get_aging(self, lines, currency):
        labels = {
            name: lines._fields[name]._description_string(self.env) for name in BUCKETS
        }
        late = BUCKETS[1:]
        columns = [
            *self._get_who_columns(),
            *(self._money(name, labels[name]) for name in BUCKETS),
            self._sum_column("late", self.env._("Overdue"), late),
            self._sum_column("open", self.env._("Open"), BUCKETS),
            self._money("amount_credit", self.env._("Credit")),
            self._count("late_count", self.env._("Contracts overdue")),
        ]
        title = self.env._("Aging at the end (%(currency)s)", currency=currency.name)
        return self._build(title, columns, lines, currency)

    def _get_promises(self, lines, currency):
        columns = [
            *self._get_who_columns(),
            self._count("promise_count", self.env._("Promises")),
            self._money("amount_promised", self.env._("Promised")),
            self._count("kept_count", self.env._("Kept")),
            self._money("amount_kept", self.env._("Amount kept")),
            self._count("broken_count", self.env._("Broken")),
            self._money("amount_broken", self.env._("Amount broken")),
            Column(
                "rate",
                self.env._("Kept (%)"),
                "percent",
                formula="=IF({kept_count}+{broken_count}=0,"
                '"",100*{kept_count}/({kept_count}+{broken_count}))',
                compute=lambda row: percent(
                    row["kept_count"], row["kept_count"] + row["broken_count"]
                ),
                has_total=True,
            ),
        ]
        title = self.env._("Promises (%(currency)s)", currency=currency.name)
        counts = ("promise_count", "kept_count", "broken_count")
        lines = lines.filtered(lambda line: any(line[name] for name in counts))
        return self._build(title, columns, lines, currency)

    def _get_work(self, lines):
        """What was done, whatever the currency."""
        names = {
            "contact_count": self.env._("Contacts"),
            "reached_count": self.env._("Reached"),
            "sent_count": self.env._("Notices sent"),
            "failed_count": self.env._("Not delivered"),
            "case_opened_count": self.env._("Cases opened"),
            "case_closed_count": self.env._("Cases closed"),
            "case_count": self.env._("Open cases"),
        }
        columns = [
            *self._get_who_columns(),
            *(self._count(name, label) for name, label in names.items()),
        ]
        lines = lines.filtered(lambda line: any(line[name] for name in names))
        return self._build(self.env._("Work done"), columns, lines)

    def _get_levels(self, report):
        columns = [
            *self._get_who_columns(),
            Column("level", self.env._("Level")),
            self._count("sent_count", self.env._("Sent")),
            self._count("failed_count", self.env._("Not delivered")),
        ]
        title = self.env._("Notices by level")
        return self._build(title, columns, report.level_ids)

    def _get_converted(self, lines, currency):
        """All currencies in the company's."""
        columns = [
            *self._get_who_columns(),
            Column("currency", self.env._("Currency")),
            self._money("amount_due_company", self.env._("Fell due")),
            self._money("amount_collected_company", self.env._("Collected in all")),
            self._money("amount_overdue_company", self.env._("Overdue at the end")),
        ]
        rates = ", ".join(
            self.env._("1 %(currency)s = %(rate)s", currency=name, rate=f"{rate:.6g}")
            for name, rate in sorted(
                {
                    (line.currency_id.name, line.rate)
                    for line in lines
                    if line.currency_id != currency
                }
            )
        )
        title = self.env._("All in %(currency)s", currency=currency.name)
        note = self.env._("Rates of the last day: %(rates)s", rates=rates)
        return self._build(title, columns, lines, currency, note)

    # === PIECES === #

    def _build(self, title, columns, lines, currency=None, note=""):
        decimals = currency.decimal_places if currency else 0
        groups = [
            Group(
                self.env._("Total of %(name)s", name=project.display_name),
                [self._get_row(columns, line, decimals) for line in self._sort(own)],
            )
            for project, own in sorted(
                lines.grouped("project_id").items(), key=lambda one: one[0].display_name
            )
        ]
        return Table(title, columns, groups, self.env._("Total"), decimals, note)

    def _sort(self, lines):
        return lines.sorted(lambda line: (line.user_id.name or "", line.id))

    def _get_row(self, columns, line, decimals):
        row = {
            "project": line.project_id.display_name,
            "officer": line.user_id.name or self.env._("Nobody"),
        }
        for column in columns:
            if column.key in line._fields:
                value = line[column.key]
                if column.kind == "money":
                    value = money.to_money(value, decimals)
                row[column.key] = value
        if "level_name" in line._fields:
            row["level"] = line.level_name or ""
        elif "currency_id" in line._fields:
            row["currency"] = line.currency_id.name
        return row

    def _get_who_columns(self):
        return (
            Column("project", self.env._("Project")),
            Column("officer", self.env._("Officer")),
        )

    def _money(self, key, header):
        return Column(key, header, "money", has_total=True)

    def _count(self, key, header):
        return Column(key, header, "integer", has_total=True)

    def _sum_column(self, key, header, names):
        """A column that adds up its neighbours from the first to the last of
        ``names``."""
        return Column(
            key,
            header,
            "money",
            formula=f"=SUM({{{names[0]}}}:{{{names[-1]}}})",
            compute=lambda row: sum((row[name] for name in names), Decimal(0)),
            has_total=True,
        )
