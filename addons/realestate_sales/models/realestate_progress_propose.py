from datetime import timedelta
from decimal import Decimal

from odoo import fields, models
from odoo.fields import Domain

from ..tools.progress import Progress, monday, propose
from .realestate_filing import OURS


class RealestateProject(models.Model):
    """What is known of a project's progress."""

    # A file for each concern keeps them short.
    _inherit = "realestate.project"  # pylint: disable=consider-merging-classes-inherited

    def _get_construction(self):
        """Pairs of day and percent, of milestones reached or planned."""
        return [
            (day, Decimal(str(milestone.percent)))
            for milestone in self.milestone_ids
            if (day := milestone.date_reached or milestone.date_planned)
        ]

    def _get_loan_share(self):
        """Percent of the signed contracts that have a mortgage."""
        signed = Domain("project_id", "in", self.ids) & Domain(
            "date_signed", "!=", False
        )
        contracts = self.env["realestate.contract"]
        total = contracts.search_count(signed & Domain("state", "!=", "cancelled"))
        # Whoever plans need not see the loans of buyers.
        mortgages = self.env["realestate.mortgage"].sudo()
        groups = mortgages._read_group(
            [
                ("contract_id.project_id", "in", self.ids),
                ("contract_id.state", "!=", "cancelled"),
                ("contract_id.date_signed", "!=", False),
                ("date_cancelled", "=", False),
                ("date_refused", "=", False),
            ],
            [],
            ["contract_id:count_distinct"],
        )
        return round(100 * groups[0][0] / total, 2) if total else 0


class RealestateProgressPlan(models.Model):
    """The proposal of a plan."""

    # A file for each concern keeps them short.
    _inherit = "realestate.progress.plan"  # pylint: disable=consider-merging-classes-inherited

    def _propose_lines(self):
        """Values of the lines, week by week and kind by kind."""
        self.ensure_one()
        mortgages = self._get_mortgages()
        prices = self._get_mean_price()
        loans = mortgages.mapped("amount_due")
        means = {
            "sign": prices,
            "file": prices,
            "loan": sum(loans) / len(loans) if loans else 0,
        }
        weeks = propose(self.date_start, self.weeks, self._get_progress(mortgages))
        return [
            {
                "date": week.day,
                "kind": kind,
                "planned_count": getattr(week, kind),
                "planned_amount": self.currency_id.round(getattr(week, kind) * mean),
            }
            for week in weeks
            for kind, mean in means.items()
        ]

    def _get_progress(self, mortgages):
        own = Domain("project_id", "=", self.project_id.id)
        contracts = self.env["realestate.contract"]
        units = self.env["realestate.unit"]
        waiting = contracts.search_count(
            own & Domain("state", "in", ("review", "approved"))
        )
        available = units.search_count(
            own
            & Domain("state", "in", ("available", "held", "reserved"))
            & Domain("kind", "=", "home")
        )
        before = self._get_planned_before()
        return Progress(
            waiting=max(waiting - before, 0),
            pace=self._get_pace(),
            available=max(available - max(before - waiting, 0), 0),
            filing_days=self._get_filing_days(),
            filing_lag=self.filing_lag,
            loan_days=self._get_days(
                one.date_release_expected
                for one in mortgages
                if one.amount_outstanding and one.date_release_expected
            ),
            loan_lag=self.loan_lag,
            loan_share=Decimal(str(self.loan_share)) / 100,
            loan_from=Decimal(str(self.loan_from)),
            milestones=self.project_id._get_construction(),
        )

    def _get_pace(self):
        """Contracts made a week, over the weeks that are looked back at."""
        today = fields.Date.context_today(self)
        since = today - timedelta(weeks=self.pace_weeks)
        count = self.env["realestate.contract"].search_count(
            [
                ("project_id", "=", self.project_id.id),
                ("date_signed", ">", since),
                ("date_signed", "<=", today),
            ]
        )
        return Decimal(count) / self.pace_weeks

    def _get_filing_days(self):
        """The days until which what is signed has to be filed; of filings without
        one, and those at the authority, the first week."""
        # Whoever plans need not see the filings.
        filings = self.env["realestate.filing"].sudo()
        own = [("project_id", "=", self.project_id.id), ("kind", "=", "contract")]
        waiting = filings.search([*own, ("state", "in", (*OURS, "submitted"))])
        today = fields.Date.context_today(self)
        return self._get_days(filing.date_due or today for filing in waiting)

    def _get_days(self, days):
        """Those that are this plan's: what was due before it begins is overdue work
        of its first week, or of an earlier plan where it begins later on."""
        ahead = self.date_start > fields.Date.context_today(self)
        return [day for day in days if day >= self.date_start or not ahead]

    def _get_planned_before(self):
        """How many signatures earlier plans have from this week until this plan."""
        this_week = monday(fields.Date.context_today(self))
        groups = self.env["realestate.progress.line"]._read_group(
            [
                ("project_id", "=", self.project_id.id),
                ("kind", "=", "sign"),
                ("date", ">=", this_week),
                ("date", "<", self.date_start),
            ],
            [],
            ["planned_count:sum"],
        )
        return groups[0][0] or 0

    def _get_mortgages(self):
        # Whoever plans need not see the loans of buyers.
        return (
            self.env["realestate.mortgage"]
            .sudo()
            .search(
                [
                    ("project_id", "=", self.project_id.id),
                    ("date_refused", "=", False),
                    ("date_cancelled", "=", False),
                ]
            )
        )

    def _get_mean_price(self):
        groups = self.env["realestate.contract"]._read_group(
            [("project_id", "=", self.project_id.id), ("state", "!=", "cancelled")],
            [],
            ["amount_total:avg"],
        )
        return groups[0][0] or 0
