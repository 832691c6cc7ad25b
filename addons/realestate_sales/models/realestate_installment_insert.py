import itertools

from odoo import api, models
from odoo.tools import SQL, split_every

#: Rows of one statement: some megabytes.
BATCH = 10000


class RealestateInstallment(models.Model):
    """Instalments of whole towers, stored by one statement."""

    # A file for each concern keeps them short.
    _inherit = "realestate.installment"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _insert_planned(self, vals_list):
        """Store instalments that nothing is billed of.

        The ORM converts, stores, computes and updates row by row. A plan chosen for a
        tower makes a hundred thousand rows, and what is computed of them is known: it
        comes with the values. What others add to the model is computed as ever.

        :param vals_list: dictionaries with the same keys, without an invoice
        :return: the instalments
        """
        if not vals_list:
            return self
        # What is voided or numbered anew has to be so in the database, too.
        self.flush_model()
        now, user = self.env.cr.now(), self.env.uid
        shared = {
            **self._add_missing_default_values(vals_list[0]),
            "create_date": now,
            "create_uid": user,
            "write_date": now,
            "write_uid": user,
        }
        planned = [self._with_planned_facts(vals) for vals in vals_list]
        given = planned[0].keys()
        shared = {name: shared[name] for name in shared.keys() - given}
        installments = self.browse(
            itertools.chain.from_iterable(
                self._insert_rows(rows, shared) for rows in split_every(BATCH, planned)
            )
        )
        self._follow_insert(installments, given)
        contracts = {vals["contract_id"] for vals in vals_list}
        contracts = self.env["realestate.contract"].browse(contracts)
        contracts.invalidate_recordset(["installment_ids"])
        return installments

    def _is_column(self, name):
        field = self._fields[name]
        return bool(field.store and field.column_type)

    def _with_planned_facts(self, vals):
        """``vals`` with what would be computed of them."""
        contract = self.env["realestate.contract"].browse(vals["contract_id"])
        currency = contract.currency_id
        due = vals["amount"] + vals["amount_interest"]
        return {
            **vals,
            "project_id": contract.project_id.id,
            "company_id": contract.company_id.id,
            "partner_id": contract.partner_id.id,
            "currency_id": currency.id,
            "amount_due": currency.round(due) if vals["amount_interest"] else due,
            "amount_billed": 0,
            "amount_paid": 0,
            "amount_residual": 0,
            "state": "planned",
        }

    def _insert_rows(self, rows, shared):
        """Insert ``rows``, each with what is ``shared`` by all; return their ids."""
        columns = {
            name: SQL(
                "unnest(%s::%s[])",
                [self._to_column(name, row[name]) for row in rows],
                self._get_type(name),
            )
            for name in rows[0]
        }
        for name in filter(self._is_column, shared):
            value = self._to_column(name, shared[name])
            columns[name] = SQL("%s::%s", value, self._get_type(name))
        query = SQL(
            "INSERT INTO %s (%s) SELECT %s RETURNING id",
            SQL.identifier(self._table),
            SQL(", ").join(map(SQL.identifier, columns)),
            SQL(", ").join(columns.values()),
        )
        return [number for (number,) in self.env.execute_query(query)]

    def _get_type(self, name):
        return SQL.identifier(self._fields[name].column_type[0])

    def _to_column(self, name, value):
        """The ORM's empty value as SQL's."""
        is_empty = value is False and self._fields[name].type != "boolean"
        return None if is_empty else value

    def _follow_insert(self, installments, given):
        """Tell the ORM what is new, and that what was given is computed."""
        installments.modified(self._fields, create=True)
        for name in given:
            if self._fields[name].compute:
                self.env.remove_to_compute(self._fields[name], installments)
        installments._validate_fields(given)
