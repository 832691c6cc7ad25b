from odoo import models


class ArrangementReport(models.AbstractModel):
    """The agreement on new dates, for the buyer to sign, in the buyer's language."""

    _name = "report.realestate_collection.report_arrangement"
    _description = "Arrangement"
    _inherit = ["realestate.paper"]

    _paper_model = "realestate.arrangement"

    def _prepare_sheet(self, arrangement):
        contract = arrangement.contract_id
        currency = arrangement.currency_id
        return {
            "title": self.env._("Agreement on New Payment Dates"),
            "number": arrangement.name,
            "date": arrangement._to_day(arrangement.date_offered)
            or arrangement.company_id._realestate_today(),
            "parties": [
                self._prepare_seller(arrangement.company_id),
                self._prepare_buyer(arrangement.partner_id, self.env._("Buyer")),
            ],
            "facts": [
                (self.env._("Contract"), contract.name),
                (self.env._("Units"), contract.unit_names),
                (self.env._("Project"), contract.project_id.name),
                (self.env._("Offer stands until"), self._get_expiry(arrangement)),
            ],
            "intro": self.env._(
                "What was due on this contract before %(date)s and has not been paid "
                "is paid on these dates:",
                date=self._format_date(arrangement.date),
            ),
            "rows": self._prepare_rows(arrangement),
            "total": (self.env._("Arrears"), arrangement.amount),
            "words": self._amount_in_words(arrangement.amount, currency),
            "besides": [
                {**item, "due": self._format_date(item["date"])}
                for item in arrangement._get_besides()
            ],
            "note": arrangement.note,
            "grace": self._get_grace_text(arrangement),
            "accepted": self._get_accepted(arrangement),
        }

    def _get_grace_text(self, arrangement):
        days = arrangement.company_id.realestate_arrangement_grace_days
        if not days:
            return self.env._(
                "A part that is late ends this agreement: all of the arrears are due "
                "at once, and the contract and the law apply as if it had not been "
                "made."
            )
        return self.env._(
            "A part that is more than %(days)s days late ends this agreement: all of "
            "the arrears are due at once, and the contract and the law apply as if it "
            "had not been made.",
            days=days,
        )

    def _get_expiry(self, arrangement):
        return self._format_date(arrangement.date_expiry) or "—"

    def _prepare_rows(self, arrangement):
        rest, rows = arrangement.amount, []
        for number, line in enumerate(arrangement.line_ids, 1):
            rest = arrangement.currency_id.round(rest - line.amount)
            rows.append(
                {
                    "number": number,
                    "name": self.env._("Down Payment")
                    if line.is_down
                    else self.env._("Partial Payment"),
                    "due": self._format_date(line.date),
                    "amount": line.amount,
                    "rest": rest or 0.0,
                }
            )
        return rows

    def _get_accepted(self, arrangement):
        """Who accepted when, once that is so."""
        if not arrangement.date_accepted:
            return ""
        # The buyer's own name; papers do not need the right to users.
        user = arrangement.sudo().accepted_by_id
        if arrangement.accepted_how != "portal":
            return ""
        return self.env._(
            "Accepted in the portal by %(name)s on %(date)s.",
            name=user.name,
            date=self._format_date(arrangement._to_day(arrangement.date_accepted)),
        )
