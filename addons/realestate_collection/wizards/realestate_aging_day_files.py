import base64

from odoo import api, fields, models
from odoo.tools import format_date

from odoo.addons.realestate_sales.tools import money

from ..models.realestate_collection_report_tables import BUCKETS
from ..tools.report_sheet import Page, write_report
from ..tools.report_table import Column, Group, Table


class RealestateAgingDay(models.TransientModel):
    """The aging of a day as spreadsheet and as paper, contract by contract."""

    # A file for each concern keeps them short.
    _inherit = "realestate.aging.day"  # pylint: disable=consider-merging-classes-inherited

    xlsx = fields.Binary(compute="_compute_xlsx", attachment=False)
    xlsx_name = fields.Char(compute="_compute_xlsx")

    @api.depends("date", "project_ids", "user_id", "is_overdue", "company_id")
    def _compute_xlsx(self):
        for wizard in self:
            wizard.xlsx = base64.b64encode(wizard._get_xlsx())
            wizard.xlsx_name = f"{wizard._get_title()}.xlsx".replace("/", "-")

    # === ACTIONS === #

    def action_download(self):
        """Download the aging of that day as a spreadsheet."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/xlsx?download=true"
            "&filename_field=xlsx_name",
            "target": "download",
        }

    def action_print(self):
        """Print the aging of that day."""
        report = self.env.ref("realestate_collection.action_report_aging")
        return report.report_action(self)

    # === BUSINESS === #

    def _get_title(self):
        self.ensure_one()
        day = format_date(self.env, self.date, date_format="medium")
        return self.env._("Aging as of %(date)s", date=day)

    def _get_lines(self):
        """What stands below the title."""
        self.ensure_one()
        # The company's own name and settings, for whoever works in it.
        parts = [self.company_id.sudo().name or ""]
        if self.project_ids:
            parts.append(", ".join(self.project_ids.mapped("display_name")))
        if self.user_id:
            parts.append(self.user_id.name)
        if self.is_overdue:
            parts.append(self.env._("Overdue only"))
        return [" · ".join(parts)]

    def _get_rows(self, limit=None):
        """The rows of the aging that are asked for, by project, oldest first."""
        self.ensure_one()
        aging = self.env["realestate.aging"].with_company(self.company_id)
        aging = aging.with_context(aging_date=fields.Date.to_string(self.date))
        order = "project_id, date_oldest, contract_id"
        return aging.search(list(self._get_domain()), order=order, limit=limit)

    def _get_tables(self, limit=None):
        """A table for each currency, see :mod:`..tools.report_table`."""
        rows = self._get_rows(limit)
        tables = []
        for currency, own in rows.grouped("currency_id").items():
            groups = [
                Group(
                    self.env._("Total of %(name)s", name=project.display_name),
                    [self._get_row(row, currency) for row in projects_rows],
                )
                for project, projects_rows in own.grouped("project_id").items()
            ]
            projects = own.project_id
            title = currency.name
            if len(projects) == 1:
                title = f"{title} · {projects.display_name}"
            tables.append(
                Table(
                    title,
                    self._get_columns(rows, len(projects) > 1),
                    groups,
                    self.env._("Total"),
                    currency.decimal_places,
                )
            )
        return tables

    def _get_columns(self, rows, with_project):
        """The columns; that of the project where the title does not name it."""

        def label(name):
            return rows._fields[name]._description_string(self.env)

        late = BUCKETS[1:]
        return [
            Column("contract", label("contract_id")),
            Column("partner", label("partner_id")),
            *([Column("project", label("project_id"))] if with_project else []),
            Column("officer", label("user_id")),
            Column("date_oldest", label("date_oldest"), "date"),
            Column("days_late", label("days_late"), "integer"),
            *(Column(name, label(name), "money", has_total=True) for name in BUCKETS),
            self._sum_column("overdue", label("amount_overdue"), late),
            self._sum_column("open", label("amount_total"), BUCKETS),
            Column("amount_credit", label("amount_credit"), "money", has_total=True),
            Column(
                "balance",
                label("amount_balance"),
                "money",
                formula="={open}-{amount_credit}",
                compute=lambda row: row["open"] - row["amount_credit"],
                has_total=True,
            ),
        ]

    def _sum_column(self, key, header, names):
        tables = self.env["realestate.collection.report.tables"]
        return tables._sum_column(key, header, names)

    def _get_row(self, row, currency):
        amounts = {
            name: money.to_money(row[name], currency.decimal_places)
            for name in (*BUCKETS, "amount_credit")
        }
        return {
            "contract": row.contract_id.display_name,
            "partner": row.partner_id.display_name,
            "project": row.project_id.display_name,
            "officer": row.user_id.name or "",
            "date_oldest": row.date_oldest or None,
            "days_late": row.days_late,
            **amounts,
        }

    def _get_xlsx(self):
        """The aging as the bytes of a spreadsheet whose sums are formulas."""
        self.ensure_one()
        title, lines = self._get_title(), self._get_lines()
        tables = self._get_tables()
        pages = [Page(table.title, title, lines, [table]) for table in tables]
        pages = pages or [Page(title, title, lines, [])]
        # The company's own name and settings, for whoever works in it.
        return write_report(pages, author=self.company_id.sudo().name)
