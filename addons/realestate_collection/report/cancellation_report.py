from odoo import fields, models

#: Entries of the history in the package.
HISTORY = 200


class CancellationReport(models.AbstractModel):
    """The cover of a cancellation package, for the manager who decides."""

    _name = "report.realestate_collection.report_cancellation"
    _description = "Cancellation Package"
    _inherit = ["realestate.paper"]

    _paper_model = "realestate.cancellation.package"

    def _get_lang(self, record):
        # Staff reads it, not the buyer.
        return self.env.lang or self.env.user.lang or "en_US"

    def _prepare_sheet(self, package):
        contract = package.contract_id
        currency = package.currency_id
        price = self._format_amount(contract.amount_total, currency)
        paid = self._format_amount(contract.amount_paid, currency)
        return {
            "title": self.env._("Cancellation Package"),
            "number": package.name,
            "date": package.date,
            "facts": [
                (self.env._("Contract"), contract.name),
                (self.env._("Units"), contract.unit_names),
                (self.env._("Project"), contract.project_id.name),
                (self.env._("Buyer"), package.partner_id.name),
                (self.env._("Overdue since"), self._format_date(package.date_oldest)),
                (self.env._("Days late"), str(package.days_late)),
                (self.env._("Price"), price),
                (self.env._("Paid"), paid),
            ],
            "rows": self._prepare_arrears(package),
            "amounts": [(self.env._("Open in all"), package.amount_open)],
            "total": (self.env._("Overdue"), package.amount_overdue),
            "items": self._prepare_items(package),
            "missing": package.missing_count,
            "note": package.note,
            "history": self._prepare_history(package),
        }

    def _prepare_arrears(self, package):
        """The overdue lines of the account, oldest first."""
        contract, today = package.contract_id, package.date
        lines = (
            # Lines of what its reader may see.
            contract.sudo()
            ._get_open_lines()
            .filtered(
                lambda line: (
                    line.amount_residual_currency > 0
                    and (line.date_maturity or line.date) < today
                )
            )
        )
        return [
            {
                "number": line.move_id.name,
                "name": line.move_id.realestate_installment_id.name
                or line.move_id.ref
                or "",
                "due": self._format_date(line.date_maturity or line.date),
                "days": (today - (line.date_maturity or line.date)).days,
                "residual": line.amount_residual_currency,
            }
            for line in lines.sorted(lambda line: line.date_maturity or line.date)
        ]

    def _prepare_items(self, package):
        items = package.item_ids
        kinds = dict(items._fields["kind"]._description_selection(self.env))
        problems = dict(items._fields["problem"]._description_selection(self.env))
        return [
            {
                "kind": kinds[item.kind],
                "subject": item.subject or "",
                "problem": problems.get(item.problem, ""),
                "pages": item.page_count or "",
            }
            for item in items
        ]

    def _prepare_history(self, package):
        currency = package.currency_id
        place = package.with_context(tz=package.company_id._realestate_zone().key)
        entries = package.contract_id._get_timeline(HISTORY)
        return [
            {
                "date": self._format_date(
                    fields.Datetime.context_timestamp(place, entry["date"]).date()
                ),
                "title": entry["title"],
                "detail": (entry["detail"] or "")[:160],
                "user": entry["user"],
                "amount": self._format_amount(entry["amount"], currency)
                if entry["amount"]
                else "",
            }
            for entry in entries
        ]
