from odoo import models


class ClausePaper(models.AbstractModel):
    """A paper beside the contract whose text is made of the clauses of a template.

    A heir names its kind in ``_paper_kind`` and prepares in :meth:`_prepare_body` what
    is printed around the clauses: ``title``, ``subtitle``, ``watermark``, ``date``,
    ``parties``, ``facts``, ``units``, ``amounts``, ``total``, ``words``, ``tables``,
    ``remark``, ``totals``, ``rows``, ``note``, ``signatures``; what is missing is not
    printed.
    """

    _name = "realestate.clause.paper"
    _description = "Paper Made of Clauses"
    _inherit = ["realestate.paper"]

    _paper_kind = None
    # A form: its clauses are small print under it.
    _has_notes = False

    def _get_template(self, record):
        """The template in force for this paper of ``record``; none: no clauses."""
        return self._get_preview_template() or self.env[
            "realestate.paper.template"
        ]._choose(
            self._paper_kind,
            record.company_id,
            self._get_project(record),
            self._get_reader_lang(record),
        )

    def _prepare_sheet(self, record):
        body = self._prepare_body(record)
        if self._get_preview_template():
            body["watermark"] = self.env._("DRAFT")
        sheet = {
            "labels": self._prepare_labels(),
            "currency": record.currency_id,
            "number": record.name,
            "figure": lambda amount: self._format_figure(amount, record.currency_id),
            **body,
        }
        values = {
            **self._prepare_common_values(
                sheet, self._get_reader(record), record.company_id
            ),
            "date.paper": body.get("date"),
            **self._prepare_values(record, sheet),
        }
        wordings = self._get_paper_wordings(record, values)
        return {
            "pairs": None,
            "has_notes": self._has_notes,
            **body,
            "clauses": self._prepare_clauses(wordings, values, record.currency_id),
        }

    def _get_paper_wordings(self, record, values):
        template = self._get_template(record)
        if not template:
            return []
        conditions = {"always", *self._get_conditions(record, values)}
        with_drafts = bool(self._get_preview_template())
        return template._get_wordings(self.env.lang, conditions, with_drafts)

    # === HOOKS === #

    def _prepare_body(self, record):
        """What stands around the clauses, see the class."""
        raise NotImplementedError

    def _prepare_values(self, record, sheet):
        """Values of the placeholders that this kind of paper knows."""
        return {}

    def _get_conditions(self, record, values):
        """What is true of the record, for clauses that depend on it."""
        amounts = {
            "fee": "fee.amount",
            "paid": "paid.amount",
            "refund": "refund.amount",
            "kept": "kept.amount",
        }
        return {
            name
            for name, value in amounts.items()
            if not record.currency_id.is_zero(values.get(value) or 0)
        }

    # === PIECES === #

    def _prepare_table(self, title, columns, rows, total=None):
        """A table of a paper.

        :param columns: pairs of a label and whether it holds figures
        :param rows: lists of texts, as many as columns
        :param total: texts of the last row, printed bold
        """
        return {"title": title, "columns": columns, "rows": rows, "total": total}

    def _prepare_both_signatures(self, partner, company, date=None):
        """The buyer and the seller sign."""
        return [
            {"role": self.env._("Buyer"), "name": partner.name, "date": date},
            {
                "role": self.env._("For the seller"),
                "name": company.name,
                "lines": [self.env._("Name and position of the signatory:")],
                "date": date,
                "seal": True,
            },
        ]

    def _prepare_sale_values(self, project, units, price, fee):
        """Values of the placeholders of what is sold."""
        return {
            "project.name": project.name,
            "project.completion": project.date_completion,
            "project.jurisdiction": project.jurisdiction_id.name,
            "units.names": ", ".join(units.mapped("name")),
            "price.amount": price,
            "price.words": price,
            "fee.amount": fee,
            "fee.words": fee,
        }
