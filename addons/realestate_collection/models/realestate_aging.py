from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from . import aging_sql

AGING = """
    SELECT aged.*,
           contract.project_id, contract.company_id, contract.partner_id,
           %(officer)s AS user_id,
           aged.amount_not_due + aged.amount_overdue AS amount_total,
           aged.amount_not_due + aged.amount_overdue - aged.amount_credit
               AS amount_balance,
           COALESCE(%(contract_day)s - aged.date_oldest, 0) AS days_late
      FROM (SELECT item.contract_id AS id, item.contract_id, item.currency_id,
                   %(sums)s,
                   min(item.date_due) FILTER (WHERE %(is_late)s) AS date_oldest,
                   count(*) FILTER (WHERE %(is_late)s)::int AS late_count
              FROM (%(items)s) item
          GROUP BY item.contract_id, item.currency_id
           ) aged
      JOIN realestate_contract contract
        ON contract.id = aged.contract_id
       AND contract.currency_id = aged.currency_id
      JOIN res_company company ON company.id = contract.company_id
    """


class RealestateAging(models.Model):
    """What each buyer owes by its age, one row a contract. A view of the database on
    accounting's open entries: nothing is copied, so nothing can differ.

    The context key ``aging_date`` asks for the books as they stood at the end of a
    day gone by; without it, or for a day to come, what is open now is aged to that day.
    """

    _name = "realestate.aging"
    _description = "Aging"
    _auto = False
    _order = "amount_overdue desc, id"
    _rec_name = "contract_id"
    _depends = {
        "account.move.line": [
            "account_id",
            "amount_residual_currency",
            "currency_id",
            "date",
            "date_maturity",
            "parent_state",
            "realestate_contract_id",
        ],
        "account.partial.reconcile": [
            "credit_amount_currency",
            "credit_move_id",
            "debit_amount_currency",
            "debit_move_id",
            "max_date",
        ],
        "realestate.contract": [
            "collector_id",
            "company_id",
            "currency_id",
            "partner_id",
            "project_id",
            "user_id",
        ],
        "res.company": ["realestate_collector_id"],
    }

    contract_id = fields.Many2one("realestate.contract", readonly=True)
    project_id = fields.Many2one("realestate.project", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Buyer", readonly=True)
    user_id = fields.Many2one("res.users", string="Collection Officer", readonly=True)
    unit_names = fields.Char(related="contract_id.unit_names")
    amount_not_due = fields.Monetary(string="Not Due", readonly=True)
    amount_days_30 = fields.Monetary(string="1 to 30 Days", readonly=True)
    amount_days_60 = fields.Monetary(string="31 to 60 Days", readonly=True)
    amount_days_90 = fields.Monetary(string="61 to 90 Days", readonly=True)
    amount_days_180 = fields.Monetary(string="91 to 180 Days", readonly=True)
    amount_older = fields.Monetary(string="Over 180 Days", readonly=True)
    amount_overdue = fields.Monetary(string="Overdue", readonly=True)
    amount_total = fields.Monetary(
        string="Open", readonly=True, help="Invoiced and not settled, due or not."
    )
    amount_credit = fields.Monetary(
        string="Credit", readonly=True, help="Paid and not yet used for any invoice."
    )
    amount_balance = fields.Monetary(
        string="Balance", readonly=True, help="Open less credit."
    )
    date_oldest = fields.Date(
        string="Late Since", readonly=True, help="Due date of the oldest item overdue."
    )
    days_late = fields.Integer(readonly=True, aggregator="max")
    late_count = fields.Integer(string="Items Overdue", readonly=True)

    @property
    def _table_query(self):
        day = self._get_aging_day()
        # Compiling the sums takes PostgreSQL longer than adding them up.
        self.env.cr.execute("SET LOCAL jit = off")
        accounts = aging_sql.get_accounts(self.env)
        items = aging_sql.open_items_sql(accounts, self._get_past(day))
        return SQL(
            AGING,
            officer=aging_sql.officer_sql(),
            sums=aging_sql.bucket_sums_sql(),
            is_late=aging_sql.IS_LATE,
            contract_day=self._day_sql(day, "contract"),
            items=aging_sql.aged_items_sql(items, self._day_sql(day, "item")),
        )

    @api.model
    def _get_aging_day(self):
        """The day asked for, or None for today."""
        value = self.env.context.get("aging_date")
        try:
            return fields.Date.to_date(value) or None
        except (TypeError, ValueError) as error:
            raise UserError(
                self.env._(
                    "Aging: “%(date)s” is no date. Write it as 2026-12-31.", date=value
                )
            ) from error

    @api.model
    def _get_past(self, day):
        """``day`` if the books have to be taken back to it."""
        return day if day and day < self.env.company._realestate_today() else None

    @api.model
    def _day_sql(self, day, alias):
        """The day to age on: the same for all, or today where each company is."""
        if day:
            return SQL("%s::date", day)
        days = {company: company._realestate_today() for company in self.env.companies}
        today = SQL("%s::date", self.env.company._realestate_today())
        if len(set(days.values())) < 2:
            return today
        whens = [
            SQL("WHEN %s THEN %s::date", company.id, day)
            for company, day in days.items()
        ]
        return SQL(
            "CASE %s %s ELSE %s END",
            SQL.identifier(alias, "company_id"),
            SQL(" ").join(whens),
            today,
        )

    # === ACTIONS === #

    def action_open_contract(self):
        """Open the contract that a row is about."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "realestate.contract",
            "res_id": self.contract_id.id,
            "view_mode": "form",
        }

    # === BUSINESS === #

    @api.model
    def get_aging(self, date=None, groupby=("project_id", "currency_id"), domain=()):
        """The aging of everything the caller may see, summed up by the database.

        :param date: as the books stood at the end of that day, default now
        :param groupby: fields of this model; amounts of several currencies are added
            unless one of them is ``currency_id``
        :param domain: which contracts, on the fields of this model
        :return: list of dicts of the ``groupby`` values (ids of records), the amounts
            by their names and ``count``, the number of contracts
        :raises UserError: for fields or a domain that there are not
        """
        model = self.with_context(aging_date=date)
        groupby, domain = self._read_grouping(groupby), self._read_domain(domain)
        sums = [f"{name}:sum" for name in (*aging_sql.AMOUNTS, "amount_balance")]
        rows = model._read_group(domain, groupby, ["__count", *sums])
        names = [*groupby, "count", *aging_sql.AMOUNTS, "amount_balance"]
        return [
            {
                name: value.id if isinstance(value, models.BaseModel) else value
                for name, value in zip(names, row, strict=True)
            }
            for row in rows
        ]

    @api.model
    def _read_grouping(self, names):
        known = [name for name, field in self._fields.items() if field.store]
        if isinstance(names, list | tuple) and all(name in known for name in names):
            return list(names)
        raise UserError(
            self.env._(
                "Aging: “%(names)s” is no list of its fields to group by, such as "
                "project_id.",
                names=names,
            )
        )

    @api.model
    def _read_domain(self, domain):
        try:
            return Domain(domain or [])
        except (TypeError, ValueError) as error:
            raise UserError(
                self.env._("Aging: “%(domain)s” is no domain.", domain=domain)
            ) from error
