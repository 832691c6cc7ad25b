from odoo import models
from odoo.tools import is_html_empty

from ..tools.placeholder import fill


class ContractReport(models.AbstractModel):
    """The text of the sales contract: its clauses, in one language or in two."""

    _inherit = "report.realestate_sales.report_contract"

    def _get_languages(self, contract):
        return contract._get_text_languages(self._get_preview_template())

    def _get_lang(self, contract):
        return self._get_languages(contract)[0]

    def _pair_sheets(self, first, second):
        pair = super()._pair_sheets(first, second)
        if "note" not in first:
            return pair
        return {
            **pair,
            # Special terms are written once; only what is filled in may differ.
            "note": first["note"],
            "notes": first["note"] != second["note"]
            and [(first["note"], second["note"])],
        }

    def _prepare_text(self, contract, sheet):
        """Clauses and special terms of ``contract``.

        :param sheet: the rest of the sheet, which tables inside clauses print
        """
        lang = self.env.lang
        values = self._prepare_values(contract, self._complete(contract, sheet))
        wordings = contract._get_wordings(lang, self._get_preview_template())
        clauses = self._prepare_clauses(wordings, values, contract.currency_id)
        note = contract.note
        if is_html_empty(note):
            note = ""
        else:
            note = fill(
                note,
                lambda slot: self._write_value(
                    slot, values.get(slot.name), contract.currency_id
                ),
            )
        return {
            "clauses": clauses,
            "note": note,
            "has_changes": bool(note) or any(one["is_changed"] for one in clauses),
            "pairs": None,
        }

    def _complete(self, contract, sheet):
        """The sheet as pieces inside a clause need it."""
        return {
            "labels": self._prepare_labels(),
            "currency": contract.currency_id,
            "number": contract.name,
            "figure": lambda amount: self._format_figure(amount, contract.currency_id),
            **sheet,
        }

    def _prepare_values(self, contract, sheet):
        """Values of the placeholders that a contract knows."""
        project = contract.project_id
        price = contract.amount_total
        return {
            **self._prepare_common_values(
                sheet, contract.partner_id, contract.company_id
            ),
            "buyers.names": ", ".join(contract.buyer_ids.partner_id.mapped("name")),
            "date.paper": contract.date_contract,
            "project.name": project.name,
            "project.completion": project.date_completion,
            "project.jurisdiction": project.jurisdiction_id.name,
            "units.names": contract.unit_names,
            "price.amount": price,
            "price.words": price,
            # Where the contract comes from is nothing for buyers, but on their paper.
            "reservation.number": contract.sudo().reservation_id.name,
            "plan.name": contract.plan_id.name,
            "plan.start": contract.date_start,
            "fee.amount": contract.reservation_fee,
            "fee.words": contract.reservation_fee,
            "units.table": self._draw("realestate_sales.paper_units", sheet),
            "buyers.table": self._draw("realestate_sales.paper_buyers", sheet),
            "schedule.table": self._draw(
                "realestate_sales.paper_schedule", sheet, total=price
            ),
            "schedule.totals": self._draw(
                "realestate_sales.paper_schedule_totals", sheet, total=price
            ),
        }
