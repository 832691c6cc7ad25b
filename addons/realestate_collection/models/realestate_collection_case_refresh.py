import logging
from decimal import Decimal
from functools import partial

from odoo import api, fields, models

from odoo.addons.realestate_sales.models.collision import collide, work_patiently

from ..tools.risk import RiskFacts

_logger = logging.getLogger(__name__)

#: Rows of cases written by one statement.
PAGE = 2000
#: Columns that follow from facts, in the order of :meth:`_to_row`.
COLUMNS = (
    "partner_id",
    "project_id",
    "currency_id",
    "team_id",
    "stage",
    "amount_overdue",
    "amount_open",
    "item_count",
    "date_oldest",
    "days_late",
    "risk",
    "risk_band",
    "risk_factors",
    "date_refreshed",
)
TYPES = {
    "stage": "varchar",
    "amount_overdue": "numeric",
    "amount_open": "numeric",
    "date_oldest": "date",
    "risk_band": "varchar",
    "risk_factors": "varchar",
    "date_refreshed": "date",
}


class RealestateCollectionCase(models.Model):
    """Cases follow the facts: opened when a contract is late enough, brought up to
    date, closed as soon as nothing is overdue. The one writer of those fields."""

    _inherit = "realestate.collection.case"

    @api.model
    def _refresh(self, company, date=None, contracts=None):
        """Open, bring up to date and close the cases of ``company``.

        :param date: calendar day to look from; None: today where the company is
        :param contracts: only these; None: everything late or open
        :return: the open cases looked at
        """
        date = date or company._realestate_today()
        # Facts are written by nobody's right.
        cases = self.sudo().with_company(company)
        rows = cases.env["realestate.collection.case.figures"]._collect(
            company, date, contracts
        )
        limits = cases._get_limits(company, date, rows)
        # Read on behalf of who sees the record, and not shown.
        teams = self.env["realestate.collection.team"].sudo()._get_by_project(company)
        opened, kept, done = [], [], []
        for row in rows:
            overdue = cases._own_overdue(row)
            values = cases._to_row(row, overdue, date, teams)
            if row.case and cases._is_settled(row, overdue):
                done.append((row, values))
            elif row.case:
                kept.append((row, values))
            elif cases._is_to_open(row, overdue, date, limits):
                opened.append((row, values))
        cases._insert(opened, date)
        cases._update_figures(kept + done)
        cases._close_settled([row.case for row, _values in done])
        return cases._find_open([row.contract for row, _values in opened + kept])

    # === DECISIONS === #

    @api.model
    def _get_limits(self, company, date, rows):
        """From when on the contracts of these rows get a case, by the ladder of their
        project: ``{(project id, currency id): (days, Decimal)}``."""
        own = company.currency_id
        # Limits bind whoever causes a refresh.
        ladders = self.env["realestate.dunning.ladder"].sudo()._get_by_project(company)
        currencies = self.env["res.currency"]
        limits = {}
        for project, currency in {(row.project, row.currency) for row in rows}:
            ladder = ladders.get(project, ladders[None])
            days, least = ladder._get_case_limits(company)
            if least:
                least = own._convert(least, currencies.browse(currency), company, date)
            limits[project, currency] = days, Decimal(str(least))
        return limits

    @api.model
    def _own_overdue(self, row):
        """What is overdue and the buyer's own to pay, exact: less credit, and less what
        a bank pays, which is the last of what is open."""
        overdue = max(Decimal(row.overdue) - Decimal(row.credit), Decimal(0))
        bank = max(Decimal(row.bank) - Decimal(row.later), Decimal(0))
        return max(overdue - bank, Decimal(0))

    @api.model
    def _is_to_open(self, row, overdue, date, limits):
        if not row.is_active or overdue <= 0:
            return False
        days, least = limits[row.project, row.currency]
        return (date - row.oldest).days >= days and overdue >= least

    @api.model
    def _is_settled(self, row, overdue):
        """Whether money, or the end of the contract, has settled a case. One that was
        opened by hand while nothing was overdue waits for its officer."""
        if not row.is_active:
            return True
        return overdue <= 0 and (
            not row.is_manual or Decimal(row.case_overdue or 0) > 0
        )

    # === ROWS === #

    @api.model
    def _to_row(self, row, overdue, date, teams):
        """Values of :data:`COLUMNS`."""
        days = (date - row.oldest).days if row.oldest and overdue else 0
        score, band, factors = self._rate(self._to_risk_facts(row, overdue, days))
        team = teams.get(row.project) or teams[None]
        return (
            row.partner,
            row.project,
            row.currency,
            team.id or None,
            row.stage if row.case else "new",
            overdue,
            max(Decimal(row.open_amount) - Decimal(row.credit), Decimal(0)),
            row.items if overdue else 0,
            row.oldest if overdue else None,
            days,
            score,
            band,
            factors,
            date,
        )

    @api.model
    def _to_risk_facts(self, row, overdue, days):
        return RiskFacts(
            days_late=days,
            overdue=overdue,
            price=Decimal(row.price or 0),
            items=row.items,
            broken=row.broken,
            silent=row.silent,
            refused=row.refused,
            failed=row.failed,
            earlier=row.earlier,
        )

    # === WRITING === #

    @api.model
    def _open_by_hand(self, company, contracts, reason):
        """Open cases for contracts that the rule has opened none for."""
        date = company._realestate_today()
        # The work of a job, for the whole company.
        cases = self.sudo().with_company(company)
        rows = cases.env["realestate.collection.case.figures"]._collect(
            company, date, contracts
        )
        # Read on behalf of who sees the record, and not shown.
        teams = self.env["realestate.collection.team"].sudo()._get_by_project(company)
        opened = [
            (row, cases._to_row(row, cases._own_overdue(row), date, teams))
            for row in rows
            if not row.case
        ]
        cases._insert(opened, date, reason)
        return cases._find_open(contracts.ids)

    @api.model
    def _insert(self, opened, date, reason=None):
        """Insert cases past the ORM: a day after a month end may open thousands.

        :param reason: why they are opened by hand; None: by rule
        """
        if not opened:
            return
        names = [
            *("contract_id", "company_id", "user_id", "state", "date_opened"),
            *("date_next", "next_action", "escalation", "has_reply", "is_manual"),
            *("open_reason", "create_uid", "write_uid", "create_date", "write_date"),
            *COLUMNS,
        ]
        # Money that comes in at the same time has to see the case, and close it.
        contracts = self.env["realestate.contract"].browse(
            row.contract for row, _figures in opened
        )
        collide(contracts)
        now = fields.Datetime.now()
        rows = [
            (
                *(row.contract, row.company, row.officer, "open", date),
                *(date, "call", 0, False, reason is not None),
                *(reason, self.env.uid, self.env.uid, now, now),
                *figures,
            )
            for row, figures in opened
        ]
        # Two that open a case at once: the second finds it there.
        self.env.cr.execute_values(
            f"""INSERT INTO realestate_collection_case ({", ".join(names)})
                VALUES %s
                ON CONFLICT (contract_id) WHERE state = 'open' DO NOTHING""",
            rows,
            page_size=PAGE,
        )
        self._forget()

    @api.model
    def _update_figures(self, rows):
        """Write what changed of the figures."""
        if not rows:
            return
        sets = ", ".join(f"{name} = new.{name}" for name in COLUMNS)
        olds = ", ".join(f"kase.{name}" for name in COLUMNS)
        news = ", ".join(f"new.{name}" for name in COLUMNS)
        casts = ", ".join(f"%s::{TYPES.get(name, 'integer')}" for name in COLUMNS)
        self.env.cr.execute_values(
            f"""UPDATE realestate_collection_case kase SET {sets}
                  FROM (VALUES %s) AS new (id, {", ".join(COLUMNS)})
                 WHERE kase.id = new.id
                   AND ({olds}) IS DISTINCT FROM ({news})""",
            [(row.case, *figures) for row, figures in rows],
            template=f"(%s, {casts})",
            page_size=PAGE,
        )
        self._forget()

    @api.model
    def _close_settled(self, ids):
        cases = self.browse(ids)
        ended = cases.filtered(lambda case: case.contract_id.state != "active")
        ended._set_closed(self.env._("The contract has ended"))
        (cases - ended)._set_closed(self.env._("Nothing is overdue any more"))

    @api.model
    def _forget(self):
        """Drop what the cache holds of cases: they were written past it."""
        self.invalidate_model(flush=False)
        self.env["realestate.contract"].invalidate_model(["case_ids"], flush=False)

    @api.model
    def _find_open(self, contracts):
        return self.search(
            [("contract_id", "in", list(contracts)), ("state", "=", "open")]
        )

    # === CRON === #

    @api.model
    def _cron_refresh(self):
        """Bring the cases of every company up to date; one failure stops no other."""
        companies = self.env["res.company"]._realestate_developers()
        for number, company in enumerate(companies):
            try:
                work_patiently(self.env, partial(self._refresh_all, company))
            except Exception:  # the next company is not to wait
                _logger.exception("Cases of %s could not be refreshed", company.name)
            self.env["ir.cron"]._commit_progress(
                1, remaining=len(companies) - number - 1
            )

    @api.model
    def _refresh_all(self, company):
        self.env["realestate.promise"]._follow_days(company)
        self._refresh(company)
        self.env["realestate.dispute"]._chase(company)
        self.env["realestate.escalation.rule"]._apply(company)
